package io.github.k8sclient.client;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.meta.CreateOptions;
import io.github.k8sclient.meta.GetOptions;
import io.github.k8sclient.meta.PatchOptions;
import io.github.k8sclient.meta.UpdateOptions;
import io.github.k8sclient.rest.Request;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.util.Assert;

/**
 * Client for one subresource of the objects of a resource, such as the {@code scale} of
 * deployments. Which of the verbs it has is the subresource's matter: the server answers
 * others with 405.
 * <p>
 * What the methods return does nothing until subscription, and fails as that of
 * {@link ResourceClient} does. Immutable and thread-safe.
 *
 * @param <S> the type of what is sent and answered
 * @since 0.1.0
 * @see ResourceClient#subresource
 */
public final class SubresourceClient<S> {

	private final ResourceClient<?> resource;

	private final String subresource;

	private final Codec<S> codec;

	SubresourceClient(ResourceClient<?> resource, String subresource, Codec<S> codec) {
		this.resource = resource;
		this.subresource = subresource;
		this.codec = codec;
	}

	/**
	 * Read the subresource as it is now.
	 * @param name name of the object
	 * @return the subresource
	 */
	public Mono<S> get(String name) {
		return get(name, GetOptions.builder().build());
	}

	/**
	 * Read the subresource.
	 * @param name name of the object
	 * @param options how fresh it must be
	 * @return the subresource
	 * @see ResourceClient#get(String, GetOptions)
	 */
	public Mono<S> get(String name, GetOptions options) {
		return request(HttpMethod.GET, name).versionedParams(options).into(this.codec);
	}

	/**
	 * Send a request to the subresource.
	 * @param name name of the object
	 * @param body what is sent
	 * @return what the server answers, empty if that is a {@code Status} of success
	 */
	public Mono<S> create(String name, S body) {
		return create(name, body, CreateOptions.builder().build());
	}

	/**
	 * Send a request to the subresource.
	 * @param name name of the object
	 * @param body what is sent
	 * @param options dry run, field manager and field validation
	 * @return what the server answers, empty if that is a {@code Status} of success
	 */
	public Mono<S> create(String name, S body, CreateOptions options) {
		return request(HttpMethod.POST, name).versionedParams(options).body(body, this.codec).into(this.codec);
	}

	/**
	 * Replace the subresource.
	 * @param name name of the object
	 * @param body the subresource. With a resource version in its metadata, it replaces
	 * that version only
	 * @return the subresource as the server keeps it; fails with a
	 * {@link io.github.k8sclient.ConflictException} if the object has changed since
	 */
	public Mono<S> update(String name, S body) {
		return update(name, body, UpdateOptions.builder().build());
	}

	/**
	 * Replace the subresource.
	 * @param name name of the object
	 * @param body the subresource
	 * @param options dry run, field manager and field validation
	 * @return the subresource as the server keeps it, or would keep it
	 * @see #update(String, Object)
	 */
	public Mono<S> update(String name, S body, UpdateOptions options) {
		return request(HttpMethod.PUT, name).versionedParams(options).body(body, this.codec).into(this.codec);
	}

	/**
	 * Change a part of the subresource.
	 * @param name name of the object
	 * @param patch the change
	 * @return the subresource as the server keeps it
	 */
	public Mono<S> patch(String name, Patch patch) {
		return patch(name, patch, PatchOptions.builder().build());
	}

	/**
	 * Change a part of the subresource.
	 * @param name name of the object
	 * @param patch the change
	 * @param options dry run, field manager, field validation, and force for an apply
	 * @return the subresource as the server keeps it, or would keep it
	 */
	public Mono<S> patch(String name, Patch patch, PatchOptions options) {
		Assert.notNull(patch, "'patch' must not be null");
		return patch.addTo(request(HttpMethod.PATCH, name).versionedParams(options)).into(this.codec);
	}

	/**
	 * Apply what a field manager wants of the subresource (server-side apply).
	 * @param name name of the object
	 * @param body what the manager wants, and nothing else
	 * @param options field manager, force and dry run
	 * @return the subresource as the server keeps it, or would keep it
	 * @see ResourceClient#apply
	 */
	public Mono<S> apply(String name, S body, ApplyOptions options) {
		Assert.notNull(options, "'options' must not be null");
		return patch(name, Patch.apply(body, this.codec), options.toPatchOptions());
	}

	private Request request(HttpMethod verb, String name) {
		return this.resource.request(verb, name).subResource(this.subresource);
	}

	@Override
	public String toString() {
		return "SubresourceClient[" + this.subresource + " of " + this.resource + "]";
	}

}
