package io.github.k8sclient.client;

import java.time.Duration;
import java.util.Objects;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.meta.CreateOptions;
import io.github.k8sclient.meta.DeleteOptions;
import io.github.k8sclient.meta.GetOptions;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.PatchOptions;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.meta.UpdateOptions;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.rest.Request;
import io.github.k8sclient.watch.WatchEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Client for one resource, in one namespace or in all of them. The clients of resources
 * that can do more, such as {@link PodClient}, extend it.
 * <p>
 * What the methods return does nothing until subscription, and makes a request for each
 * subscription. It fails with a {@link io.github.k8sclient.KubernetesApiException} when
 * the server refuses, with another {@link io.github.k8sclient.KubernetesException} when
 * the server cannot be reached, does not answer in time, or its answer cannot be read,
 * and with an {@link IllegalArgumentException} when the operation needs a namespace and
 * this client has none.
 * <p>
 * Immutable and thread-safe.
 *
 * @param <T> the type of the objects
 * @since 0.1.0
 */
public class ResourceClient<T extends KubernetesObject> {

	private final RESTClient restClient;

	private final ResourceDescriptor<T> resource;

	private final @Nullable String namespace;

	/**
	 * Create a client.
	 * @param restClient sends the requests
	 * @param resource the resource
	 * @param namespace the namespace, {@code null} or empty for all of them and for
	 * resources without namespaces
	 */
	public ResourceClient(RESTClient restClient, ResourceDescriptor<T> resource, @Nullable String namespace) {
		Assert.notNull(restClient, "'restClient' must not be null");
		Assert.notNull(resource, "'resource' must not be null");
		this.restClient = restClient;
		this.resource = resource;
		this.namespace = namespace;
	}

	/**
	 * Return the resource.
	 * @return the descriptor of the resource
	 */
	public final ResourceDescriptor<T> resource() {
		return this.resource;
	}

	final RESTClient restClient() {
		return this.restClient;
	}

	/**
	 * Return a client for the objects of a namespace.
	 * @param namespace the namespace, empty for all of them
	 * @return a client for the same resource in the namespace
	 */
	public ResourceClient<T> namespace(String namespace) {
		Assert.notNull(namespace, "'namespace' must not be null");
		return new ResourceClient<>(this.restClient, this.resource, namespace);
	}

	/**
	 * Read an object as it is now.
	 * @param name name of the object
	 * @return the object; fails with a {@link io.github.k8sclient.NotFoundException} if
	 * there is none
	 */
	public final Mono<T> get(String name) {
		return request(HttpMethod.GET, name).into(this.resource.codec());
	}

	/**
	 * Read an object.
	 * @param name name of the object
	 * @param options how fresh it must be: without a resource version, the newest state;
	 * with {@code "0"}, any state that the server has at hand; with another one, a state
	 * not older than that
	 * @return the object; fails with a {@link io.github.k8sclient.NotFoundException} if
	 * there is none
	 */
	public final Mono<T> get(String name, GetOptions options) {
		return request(HttpMethod.GET, name).versionedParams(options).into(this.resource.codec());
	}

	/**
	 * Read all objects as they are now.
	 * @return the list, whose metadata hold the resource version at which a watch can go
	 * on
	 */
	public final Mono<KubernetesList<T>> list() {
		return request(HttpMethod.GET).list(this.resource.codec());
	}

	/**
	 * Read the objects that the options select.
	 * @param options selectors, limit and resource version
	 * @return the list; fails with a {@link io.github.k8sclient.GoneException} if a
	 * continue token or a resource version is too old
	 */
	public final Mono<KubernetesList<T>> list(ListOptions options) {
		return limited(request(HttpMethod.GET), options).versionedParams(options).list(this.resource.codec());
	}

	/**
	 * Read all objects as they are now, page by page, one by one.
	 * @return the objects, as {@link #listAll(ListOptions)} returns them
	 */
	public final Flux<T> listAll() {
		return listAll(ListOptions.builder().build());
	}

	/**
	 * Read the objects that the options select, page by page, one by one: never more of
	 * them are in memory than two pages hold.
	 * @param options selectors, resource version, and as limit the size of a page, 500
	 * without one
	 * @return the objects, each once. They are those of one moment, unless reading them
	 * takes so long that the server forgets that moment (after some 5 minutes): from
	 * there on they are those of another one. Fails with a
	 * {@link io.github.k8sclient.GoneException} if the server then says nothing of how to
	 * go on, which API servers of Kubernetes always do
	 */
	public final Flux<T> listAll(ListOptions options) {
		Assert.notNull(options, "'options' must not be null");
		return Flux.defer(() -> new ListPages<>(this::list, options).items());
	}

	// As client-go does: what limits the server limits the client
	private static Request limited(Request request, ListOptions options) {
		Long seconds = options.timeoutSeconds();
		return (seconds != null && seconds > 0) ? request.timeout(Duration.ofSeconds(seconds)) : request;
	}

	/**
	 * Watch all objects, those that exist coming first, in no order. To follow what
	 * changes after a list, give the resource version of the list to
	 * {@link #watch(ListOptions)}.
	 * @return the events; ends as {@link io.github.k8sclient.watch.ListWatch#watch} says
	 */
	public final Flux<WatchEvent<T>> watch() {
		return request(HttpMethod.GET).watch(this.resource.codec());
	}

	/**
	 * Watch the objects that the options select.
	 * @param options selectors, and the resource version after which to begin; without
	 * one, or with {@code "0"}, the objects that exist come first. {@code watch=true}
	 * need not be set
	 * @return the events; ends as {@link io.github.k8sclient.watch.ListWatch#watch} says
	 */
	public final Flux<WatchEvent<T>> watch(ListOptions options) {
		return request(HttpMethod.GET).versionedParams(options).watch(this.resource.codec());
	}

	/**
	 * Create an object.
	 * @param object the object, named in its metadata or to be named by the server after
	 * its {@code generateName}
	 * @return the object as the server keeps it; fails with an
	 * {@link io.github.k8sclient.AlreadyExistsException} if the name is taken, and with
	 * an {@link io.github.k8sclient.InvalidException} if the object is not valid
	 */
	public final Mono<T> create(T object) {
		return create(object, CreateOptions.builder().build());
	}

	/**
	 * Create an object.
	 * @param object the object
	 * @param options dry run, field manager and field validation
	 * @return the object as the server keeps it, or would keep it
	 * @see #create(KubernetesObject)
	 */
	public final Mono<T> create(T object, CreateOptions options) {
		Assert.notNull(object, "'object' must not be null");
		return request(HttpMethod.POST).versionedParams(options)
			.body(object, this.resource.codec())
			.into(this.resource.codec());
	}

	/**
	 * Replace an object, except for its status.
	 * @param object the object. With the resource version of its metadata, it replaces
	 * that version only; without one, it replaces any, where the resource allows that
	 * @return the object as the server keeps it; fails with a
	 * {@link io.github.k8sclient.ConflictException} if it has changed since it was read
	 * @see KubernetesRetry#onConflict
	 */
	public final Mono<T> update(T object) {
		return update(object, UpdateOptions.builder().build());
	}

	/**
	 * Replace an object, except for its status.
	 * @param object the object
	 * @param options dry run, field manager and field validation
	 * @return the object as the server keeps it, or would keep it
	 * @see #update(KubernetesObject)
	 */
	public final Mono<T> update(T object, UpdateOptions options) {
		return replace(request(HttpMethod.PUT, nameOf(object)), object, options);
	}

	/**
	 * Replace the status of an object, and nothing else of it.
	 * @param object the object
	 * @return the object as the server keeps it; fails with a
	 * {@link io.github.k8sclient.ConflictException} if it has changed since it was read,
	 * and with a {@link io.github.k8sclient.NotFoundException} if the resource has no
	 * status to replace
	 */
	public final Mono<T> updateStatus(T object) {
		return updateStatus(object, UpdateOptions.builder().build());
	}

	/**
	 * Replace the status of an object, and nothing else of it.
	 * @param object the object
	 * @param options dry run, field manager and field validation
	 * @return the object as the server keeps it, or would keep it
	 * @see #updateStatus(KubernetesObject)
	 */
	public final Mono<T> updateStatus(T object, UpdateOptions options) {
		return replace(request(HttpMethod.PUT, nameOf(object)).subResource("status"), object, options);
	}

	private Mono<T> replace(Request request, T object, UpdateOptions options) {
		return request.versionedParams(options).body(object, this.resource.codec()).into(this.resource.codec());
	}

	/**
	 * Change a part of an object.
	 * @param name name of the object
	 * @param patch the change
	 * @param subresources the subresource to change, such as {@code status}; none for the
	 * object itself
	 * @return the object as the server keeps it
	 */
	public final Mono<T> patch(String name, Patch patch, String... subresources) {
		return patch(name, patch, PatchOptions.builder().build(), subresources);
	}

	/**
	 * Change a part of an object.
	 * @param name name of the object
	 * @param patch the change
	 * @param options dry run, field manager, field validation, and force for an apply
	 * @param subresources the subresource to change, such as {@code status}; none for the
	 * object itself
	 * @return the object as the server keeps it, or would keep it
	 */
	public final Mono<T> patch(String name, Patch patch, PatchOptions options, String... subresources) {
		Assert.notNull(patch, "'patch' must not be null");
		Request request = request(HttpMethod.PATCH, name);
		if (subresources.length > 0) {
			request.subResource(subresources);
		}
		return patch.addTo(request.versionedParams(options)).into(this.resource.codec());
	}

	/**
	 * Apply what a field manager wants of an object (server-side apply): the object is
	 * created if there is none; fields that are set get these values, and belong to the
	 * manager; fields that the manager applied before and that are not set any more are
	 * removed. All other fields stay as they are.
	 *
	 * <pre class="code">
	 * deployments.apply(Deployment.builder()
	 * 	.metadata((metadata) -&gt; metadata.name("web"))
	 * 	.spec((spec) -&gt; spec.replicas(3))
	 * 	.build(), ApplyOptions.fieldManager("demo").force());
	 * </pre>
	 * @param object what the manager wants: build it anew with the fields that matter,
	 * instead of changing an object that was read, as that would make the manager the
	 * owner of all its fields. With the uid in its metadata, no other object of that name
	 * is touched or made; managed fields are not sent
	 * @param options field manager, force and dry run
	 * @return the object as the server keeps it, or would keep it; fails with a
	 * {@link io.github.k8sclient.ConflictException} if another manager owns a field and
	 * force is not set
	 */
	public final Mono<T> apply(T object, ApplyOptions options) {
		return apply(request(HttpMethod.PATCH, nameOf(object)), object, options);
	}

	/**
	 * Apply what a field manager wants of the status of an object.
	 * @param object what the manager wants of the status, and the name; the rest of it
	 * does not count
	 * @param options field manager, force and dry run
	 * @return the object as the server keeps it, or would keep it; fails with a
	 * {@link io.github.k8sclient.NotFoundException} if there is none
	 * @see #apply(KubernetesObject, ApplyOptions)
	 */
	public final Mono<T> applyStatus(T object, ApplyOptions options) {
		return apply(request(HttpMethod.PATCH, nameOf(object)).subResource("status"), object, options);
	}

	private Mono<T> apply(Request request, T object, ApplyOptions options) {
		Assert.notNull(options, "'options' must not be null");
		return Patch.apply(object, this.resource.codec())
			.addTo(request.versionedParams(options.toPatchOptions()))
			.into(this.resource.codec());
	}

	/**
	 * Return what a field manager has applied of an object, by the managed fields that
	 * were read with it. It is a beginning for the next apply of a manager that does not
	 * keep what it wants.
	 *
	 * <pre class="code">
	 * deployments.get("web")
	 * 	.map((read) -&gt; deployments.extract(read, "demo").toBuilder().spec((spec) -&gt; spec.replicas(5)).build())
	 * 	.flatMap((desired) -&gt; deployments.apply(desired, ApplyOptions.fieldManager("demo")));
	 * </pre>
	 * @param object the object as it was read
	 * @param fieldManager the name of the manager
	 * @return the fields that belong to the manager by its last apply, with the name of
	 * the object; only the name if it has applied nothing
	 */
	public final T extract(T object, String fieldManager) {
		return extract(object, fieldManager, "");
	}

	/**
	 * Return what a field manager has applied of the status of an object, as
	 * {@link #extract(KubernetesObject, String)} does for the object.
	 * @param object the object as it was read
	 * @param fieldManager the name of the manager
	 * @return the fields that belong to the manager by its last apply to the status, with
	 * the name of the object
	 */
	public final T extractStatus(T object, String fieldManager) {
		return extract(object, fieldManager, "status");
	}

	private T extract(T object, String fieldManager, String subresource) {
		Assert.notNull(object, "'object' must not be null");
		Assert.hasText(fieldManager, "'fieldManager' must not be empty");
		return AppliedFields.extract(object, this.resource.codec(), fieldManager, subresource);
	}

	/**
	 * Delete an object, with the grace period and the treatment of dependents that are
	 * the resource's default.
	 * @param name name of the object
	 * @return the object, if the server answers with it, which it does while the object
	 * still waits for its grace period or its finalizers; empty if it answers with a
	 * status. Fails with a {@link io.github.k8sclient.NotFoundException} if there is no
	 * such object
	 */
	public final Mono<T> delete(String name) {
		return delete(name, DeleteOptions.builder().build());
	}

	/**
	 * Delete an object.
	 * @param name name of the object
	 * @param options preconditions, grace period, treatment of dependents and dry run
	 * @return the object, if the server answers with it; empty if it answers with a
	 * status. Fails with a {@link io.github.k8sclient.ConflictException} if a
	 * precondition does not hold
	 * @see #delete(String)
	 */
	public final Mono<T> delete(String name, DeleteOptions options) {
		return request(HttpMethod.DELETE, name).body(options, DeleteOptions.CODEC).into(this.resource.codec());
	}

	/**
	 * Delete the objects that the options select.
	 * @param options grace period, treatment of dependents and dry run
	 * @param selection selectors; without any, all objects are deleted
	 * @return completes when the server has begun to delete all of them
	 */
	public final Mono<Void> deleteCollection(DeleteOptions options, ListOptions selection) {
		return limited(request(HttpMethod.DELETE), selection).versionedParams(selection)
			.body(options, DeleteOptions.CODEC)
			.send();
	}

	/**
	 * Return a client for a subresource of the objects, of which typed clients know no
	 * method: one of a custom resource, or of a kind that has more of them than the
	 * clients know.
	 *
	 * <pre class="code">
	 * client.subresource("scale", Scale.CODEC).get("web")
	 * </pre>
	 * @param subresource name of the subresource, such as {@code scale}
	 * @param codec reads and writes what is sent and answered
	 * @param <S> the type of what is sent and answered
	 * @return the client
	 */
	public final <S> SubresourceClient<S> subresource(String subresource, Codec<S> codec) {
		Assert.hasText(subresource, "'subresource' must not be empty");
		Assert.notNull(codec, "'codec' must not be null");
		return new SubresourceClient<>(this, subresource, codec);
	}

	static String nameOf(KubernetesObject object) {
		Assert.notNull(object, "'object' must not be null");
		return Objects.requireNonNullElse(object.metadata().name(), "");
	}

	/**
	 * Begin a request for one object.
	 */
	final Request request(HttpMethod verb, String name) {
		return request(verb).name(name);
	}

	private Request request(HttpMethod verb) {
		Request request = this.restClient.verb(verb).resource(this.resource.resource());
		return (this.resource.namespaced() || StringUtils.hasLength(this.namespace))
				? request.namespace(Objects.requireNonNullElse(this.namespace, "")) : request;
	}

	/**
	 * Begin a request that the API server passes on to one object.
	 */
	final Request proxyRequest(HttpMethod verb, ProxyTarget target, String path) {
		Assert.notNull(target, "'target' must not be null");
		Assert.notNull(path, "'path' must not be null");
		return request(verb, target.toString()).subResource("proxy").suffix(path);
	}

	@Override
	public final String toString() {
		return getClass().getSimpleName() + "[" + this.resource
				+ ((this.namespace != null) ? " in " + this.namespace : "") + "]";
	}

}
