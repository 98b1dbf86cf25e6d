package io.github.k8sclient.dynamic;

import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.resource.Resources;
import io.github.k8sclient.rest.RESTClient;

import org.springframework.util.Assert;

/**
 * Client for resources of any kind, those that no class is known for among them:
 *
 * <pre class="code">
 * dynamicClient.resource(GroupVersionResource.of("monitoring.coreos.com", "v1", "prometheuses"))
 * 	.namespace("monitoring")
 * 	.list();
 * dynamicClient.resource(Prometheus.class).namespace("monitoring").get("main");
 * </pre>
 * <p>
 * Objects travel as JSON. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class DynamicClient {

	private final RESTClient restClient;

	/**
	 * Create a client.
	 * @param restClient sends the requests
	 */
	public DynamicClient(RESTClient restClient) {
		Assert.notNull(restClient, "'restClient' must not be null");
		this.restClient = restClient;
	}

	/**
	 * Return a client for a resource. Whether its objects live in namespaces need not be
	 * known: the client returned is for those that do not, and for the lists and watches
	 * of all namespaces; {@link ResourceClient#namespace(String)} makes it one for a
	 * namespace.
	 * @param resource the resource
	 * @return a client of objects that are trees
	 */
	public ResourceClient<Unstructured> resource(GroupVersionResource resource) {
		return new ResourceClient<>(this.restClient,
				Unstructured.descriptor(resource, ResourceDescriptor.ANY_KIND).clusterScoped().build(), null);
	}

	/**
	 * Return a client for the resource of a class, for all namespaces.
	 * @param type a class that is annotated with
	 * {@link io.github.k8sclient.meta.CustomResource}, or one of a built-in kind
	 * @param <T> the type of the objects
	 * @return a client of objects of the class
	 * @throws IllegalArgumentException if the class is neither annotated nor of a
	 * built-in kind
	 */
	public <T extends KubernetesObject> ResourceClient<T> resource(Class<T> type) {
		return new ResourceClient<>(this.restClient, Resources.of(type), null);
	}

	@Override
	public String toString() {
		return "DynamicClient[" + this.restClient + "]";
	}

}
