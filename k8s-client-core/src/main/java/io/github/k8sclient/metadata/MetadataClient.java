package io.github.k8sclient.metadata;

import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.PartialObjectMetadata;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.resource.Resources;
import io.github.k8sclient.rest.RESTClient;

import org.springframework.util.Assert;

/**
 * Client for the metadata of objects of any kind. The API server leaves out everything
 * else, so that large objects cost little: the garbage collector and the deletion of
 * namespaces work so.
 *
 * <pre class="code">
 * metadataClient.resource(GroupVersionResource.of("apps", "v1", "replicasets")).namespace("default").list();
 * informerFactory.forMetadata(Pod.class).informer();
 * </pre>
 * <p>
 * Objects can be read, listed, watched, patched and deleted. There is nothing to create,
 * update or apply; patches may change whatever they like, and answer with the metadata.
 * <p>
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class MetadataClient {

	private final RESTClient restClient;

	private MetadataClient(RESTClient restClient) {
		Assert.notNull(restClient, "'restClient' must not be null");
		this.restClient = restClient;
	}

	/**
	 * Create a client over the connections of a REST client.
	 * @param restClient sends the requests
	 * @return a new client
	 */
	public static MetadataClient create(RESTClient restClient) {
		return new MetadataClient(restClient);
	}

	/**
	 * Return a client for the metadata of a resource: for objects that live in no
	 * namespace, and for the lists and watches of all namespaces.
	 * {@link ResourceClient#namespace(String)} makes it one for a namespace.
	 * @param resource the resource
	 * @return the client
	 */
	public ResourceClient<PartialObjectMetadata> resource(GroupVersionResource resource) {
		Assert.notNull(resource, "'resource' must not be null");
		ResourceDescriptor<PartialObjectMetadata> any = ResourceDescriptor
			.builder(PartialObjectMetadata.class, resource.groupVersion().toString(), ResourceDescriptor.ANY_KIND,
					resource.resource(), PartialObjectMetadata.CODEC)
			.clusterScoped()
			.build();
		return new ResourceClient<>(this.restClient, Resources.metadataOf(any), null);
	}

	@Override
	public String toString() {
		return "MetadataClient[" + this.restClient + "]";
	}

}
