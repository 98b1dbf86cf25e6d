package io.github.k8sclient.client;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.meta.CreateOptions;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.rest.RESTClient;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Client for a resource whose objects are questions: they are sent and come back
 * answered, and are not kept. {@code TokenReview} and {@code SubjectAccessReview} are
 * such.
 * <p>
 * Immutable and thread-safe.
 *
 * @param <T> the type of the objects
 * @since 0.1.0
 */
public final class CreateClient<T extends KubernetesObject> {

	private final RESTClient restClient;

	private final ResourceDescriptor<T> resource;

	private final @Nullable String namespace;

	/**
	 * Create a client.
	 * @param restClient sends the requests
	 * @param resource the resource
	 * @param namespace the namespace, {@code null} or empty for resources without
	 * namespaces
	 */
	public CreateClient(RESTClient restClient, ResourceDescriptor<T> resource, @Nullable String namespace) {
		Assert.notNull(restClient, "'restClient' must not be null");
		Assert.notNull(resource, "'resource' must not be null");
		this.restClient = restClient;
		this.resource = resource;
		this.namespace = namespace;
	}

	/**
	 * Send an object, and return it answered.
	 * @param object the object
	 * @return the object as the server answers it; fails as
	 * {@link ResourceClient#create(KubernetesObject)} does
	 */
	public Mono<T> create(T object) {
		return create(object, CreateOptions.builder().build());
	}

	/**
	 * Send an object, and return it answered.
	 * @param object the object
	 * @param options options of the request
	 * @return the object as the server answers it; fails with a
	 * {@link KubernetesException}
	 */
	public Mono<T> create(T object, CreateOptions options) {
		return new ResourceClient<>(this.restClient, this.resource, this.namespace).create(object, options);
	}

	@Override
	public String toString() {
		return "CreateClient[" + this.resource + ((this.namespace != null) ? " in " + this.namespace : "") + "]";
	}

}
