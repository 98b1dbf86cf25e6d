package io.github.k8sclient.client;

import java.util.Objects;

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

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Client for one resource, in one namespace or in all of them.
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
public final class ResourceClient<T extends KubernetesObject> {

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
	public ResourceDescriptor<T> resource() {
		return this.resource;
	}

	/**
	 * Return the namespace.
	 * @return the namespace, {@code null} for all of them and for resources without
	 * namespaces
	 */
	public @Nullable String namespace() {
		return this.namespace;
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
	public Mono<T> get(String name) {
		return object(this.restClient.get(), name).into(this.resource.codec());
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
	public Mono<T> get(String name, GetOptions options) {
		return object(this.restClient.get(), name).versionedParams(options).into(this.resource.codec());
	}

	/**
	 * Read all objects as they are now.
	 * @return the list, whose metadata hold the resource version at which a watch can go
	 * on
	 */
	public Mono<KubernetesList<T>> list() {
		return collection(this.restClient.get()).list(this.resource.codec());
	}

	/**
	 * Read the objects that the options select.
	 * @param options selectors, limit and resource version
	 * @return the list; fails with a {@link io.github.k8sclient.GoneException} if a
	 * continue token or a resource version is too old
	 */
	public Mono<KubernetesList<T>> list(ListOptions options) {
		return collection(this.restClient.get()).versionedParams(options).list(this.resource.codec());
	}

	/**
	 * Watch all objects, those that exist coming first, in no order. To follow what
	 * changes after a list, give the resource version of the list to
	 * {@link #watch(ListOptions)}.
	 * @return the events; ends as {@link io.github.k8sclient.watch.ListWatch#watch} says
	 */
	public Flux<WatchEvent<T>> watch() {
		return collection(this.restClient.get()).watch(this.resource.codec());
	}

	/**
	 * Watch the objects that the options select.
	 * @param options selectors, and the resource version after which to begin; without
	 * one, or with {@code "0"}, the objects that exist come first. {@code watch=true}
	 * need not be set
	 * @return the events; ends as {@link io.github.k8sclient.watch.ListWatch#watch} says
	 */
	public Flux<WatchEvent<T>> watch(ListOptions options) {
		return collection(this.restClient.get()).versionedParams(options).watch(this.resource.codec());
	}

	/**
	 * Create an object.
	 * @param object the object, named in its metadata or to be named by the server after
	 * its {@code generateName}
	 * @return the object as the server keeps it; fails with an
	 * {@link io.github.k8sclient.AlreadyExistsException} if the name is taken, and with
	 * an {@link io.github.k8sclient.InvalidException} if the object is not valid
	 */
	public Mono<T> create(T object) {
		return create(object, CreateOptions.builder().build());
	}

	/**
	 * Create an object.
	 * @param object the object
	 * @param options dry run, field manager and field validation
	 * @return the object as the server keeps it, or would keep it
	 * @see #create(KubernetesObject)
	 */
	public Mono<T> create(T object, CreateOptions options) {
		Assert.notNull(object, "'object' must not be null");
		return collection(this.restClient.post()).versionedParams(options)
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
	public Mono<T> update(T object) {
		return update(object, UpdateOptions.builder().build());
	}

	/**
	 * Replace an object, except for its status.
	 * @param object the object
	 * @param options dry run, field manager and field validation
	 * @return the object as the server keeps it, or would keep it
	 * @see #update(KubernetesObject)
	 */
	public Mono<T> update(T object, UpdateOptions options) {
		return replace(object(this.restClient.put(), nameOf(object)), object, options);
	}

	/**
	 * Replace the status of an object, and nothing else of it.
	 * @param object the object
	 * @return the object as the server keeps it; fails with a
	 * {@link io.github.k8sclient.ConflictException} if it has changed since it was read,
	 * and with a {@link io.github.k8sclient.NotFoundException} if the resource has no
	 * status to replace
	 */
	public Mono<T> updateStatus(T object) {
		return updateStatus(object, UpdateOptions.builder().build());
	}

	/**
	 * Replace the status of an object, and nothing else of it.
	 * @param object the object
	 * @param options dry run, field manager and field validation
	 * @return the object as the server keeps it, or would keep it
	 * @see #updateStatus(KubernetesObject)
	 */
	public Mono<T> updateStatus(T object, UpdateOptions options) {
		return replace(object(this.restClient.put(), nameOf(object)).subResource("status"), object, options);
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
	public Mono<T> patch(String name, Patch patch, String... subresources) {
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
	public Mono<T> patch(String name, Patch patch, PatchOptions options, String... subresources) {
		Assert.notNull(patch, "'patch' must not be null");
		Request request = object(this.restClient.patch(), name);
		if (subresources.length > 0) {
			request.subResource(subresources);
		}
		return request.versionedParams(options)
			.body(patch.content(), patch.type().mediaType())
			.into(this.resource.codec());
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
	public Mono<T> delete(String name) {
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
	public Mono<T> delete(String name, DeleteOptions options) {
		return object(this.restClient.delete(), name).body(options, DeleteOptions.CODEC).into(this.resource.codec());
	}

	/**
	 * Delete the objects that the options select.
	 * @param options grace period, treatment of dependents and dry run
	 * @param selection selectors; without any, all objects are deleted
	 * @return completes when the server has begun to delete all of them
	 */
	public Mono<Void> deleteCollection(DeleteOptions options, ListOptions selection) {
		return collection(this.restClient.delete()).versionedParams(selection)
			.body(options, DeleteOptions.CODEC)
			.send();
	}

	private static String nameOf(KubernetesObject object) {
		Assert.notNull(object, "'object' must not be null");
		return Objects.requireNonNullElse(object.metadata().name(), "");
	}

	private Request object(Request request, String name) {
		return collection(request).name(name);
	}

	private Request collection(Request request) {
		request.resource(this.resource.resource());
		return (this.resource.namespaced() || StringUtils.hasLength(this.namespace))
				? request.namespace(Objects.requireNonNullElse(this.namespace, "")) : request;
	}

	@Override
	public String toString() {
		return "ResourceClient[" + this.resource + ((this.namespace != null) ? " in " + this.namespace : "") + "]";
	}

}
