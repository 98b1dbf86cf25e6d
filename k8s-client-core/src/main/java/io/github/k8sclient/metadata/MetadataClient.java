package io.github.k8sclient.metadata;

import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.PartialObjectMetadata;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.rest.RESTClient;

import org.springframework.util.Assert;

/**
 * Client for the metadata of objects of any kind. The API server leaves out everything
 * else, so that large objects cost little: the garbage collector and the deletion of
 * namespaces work so.
 *
 * <pre class="code">
 * metadataClient.resource(GroupVersionResource.of("apps", "v1", "replicasets")).namespace("default").list();
 * informerFactory.forResource(MetadataClient.descriptor(pods, "Pod").build()).informer();
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

	private static final String ANY_KIND = "*";

	private final RESTClient restClient;

	/**
	 * Create a client.
	 * @param restClient sends the requests
	 */
	public MetadataClient(RESTClient restClient) {
		Assert.notNull(restClient, "'restClient' must not be null");
		this.restClient = restClient;
	}

	/**
	 * Return a client for the metadata of a resource: for objects that live in no
	 * namespace, and for the lists and watches of all namespaces.
	 * {@link ResourceClient#namespace(String)} makes it one for a namespace.
	 * @param resource the resource
	 * @return the client
	 */
	public ResourceClient<PartialObjectMetadata> resource(GroupVersionResource resource) {
		return new ResourceClient<>(this.restClient, descriptor(resource, ANY_KIND).clusterScoped().build(), null);
	}

	/**
	 * Describe a resource of whose objects only the metadata are wanted, for an informer.
	 * @param resource the resource
	 * @param kind the kind of its objects
	 * @return a builder of the description, which is namespaced if it is not told
	 * otherwise
	 */
	public static ResourceDescriptor.Builder<PartialObjectMetadata> descriptor(GroupVersionResource resource,
			String kind) {
		Assert.notNull(resource, "'resource' must not be null");
		return ResourceDescriptor
			.builder(PartialObjectMetadata.class, resource.groupVersion().toString(), kind, resource.resource(),
					MetadataCodec.INSTANCE)
			.verbs("get", "list", "watch", "patch", "delete", "deletecollection");
	}

	@Override
	public String toString() {
		return "MetadataClient[" + this.restClient + "]";
	}

}
