package io.github.k8sclient.dynamic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.github.k8sclient.client.ApplyOptions;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.discovery.RESTMapper;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.resource.Resources;
import io.github.k8sclient.rest.RESTClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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

	private final RESTMapper mapper;

	private final String defaultNamespace;

	private final Mono<Void> close;

	private DynamicClient(RESTClient restClient, RESTMapper mapper, String defaultNamespace, Mono<Void> close) {
		Assert.notNull(restClient, "'restClient' must not be null");
		Assert.notNull(mapper, "'mapper' must not be null");
		Assert.hasText(defaultNamespace, "'defaultNamespace' must not be empty");
		this.restClient = restClient;
		this.mapper = mapper;
		this.defaultNamespace = defaultNamespace;
		this.close = close;
	}

	/**
	 * Create a client with connections and a mapper of its own.
	 * @param configuration what to connect to, and how; its namespace is the one of
	 * applied objects that name none
	 * @return a new client, to be closed when it is no longer needed
	 * @throws io.github.k8sclient.config.ConfigurationException if a certificate or key
	 * cannot be used, or the credential plugin may not be run
	 */
	public static DynamicClient create(ClientConfiguration configuration) {
		RESTClient restClient = RESTClient.create(configuration);
		return new DynamicClient(restClient, RESTMapper.create(restClient), configuration.namespace(),
				restClient.close());
	}

	/**
	 * Create a client over the connections of a REST client, with a mapper of its own.
	 * @param restClient sends the requests
	 * @return a client whose default namespace is {@code default}
	 */
	public static DynamicClient create(RESTClient restClient) {
		return create(restClient, RESTMapper.create(restClient), "default");
	}

	/**
	 * Create a client over the connections of a REST client.
	 * @param restClient sends the requests
	 * @param mapper knows which resources serve which kinds
	 * @param defaultNamespace the namespace of applied objects that name none
	 * @return a new client
	 */
	public static DynamicClient create(RESTClient restClient, RESTMapper mapper, String defaultNamespace) {
		return new DynamicClient(restClient, mapper, defaultNamespace, Mono.empty());
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

	/**
	 * Return a client for the resource that serves a kind, for all namespaces.
	 * @param kind the kind
	 * @return a client of objects that are trees; fails with a
	 * {@link io.github.k8sclient.discovery.NoMatchException} if the server does not serve
	 * the kind
	 */
	public Mono<ResourceClient<Unstructured>> resource(GroupVersionKind kind) {
		return this.mapper.mapping(kind)
			.map((resource) -> new ResourceClient<>(this.restClient, Unstructured.descriptor(resource), null));
	}

	/**
	 * Apply all objects of a manifest, of any kinds, as {@code kubectl apply
	 * --server-side -f} does:
	 * <ul>
	 * <li>namespaces and definitions of custom resources come first, and definitions are
	 * waited for until they are in force; all others follow in their order,</li>
	 * <li>objects of kinds that live in namespaces, and that name none, go to the default
	 * namespace of this client,</li>
	 * <li>the items of a list count as documents of their own.</li>
	 * </ul>
	 * A document that fails does not stop the others. A dry run waits for nothing; it
	 * fails for objects that need a definition or a namespace of the same manifest which
	 * the server does not have, and says that they were not checked.
	 * @param manifest YAML or JSON, in any number of documents between lines of three
	 * hyphens
	 * @param options field manager, force and dry run
	 * @return the objects as the server keeps them, in the order of the documents. Fails
	 * after the last one with a {@link ManifestException} that names each document that
	 * could not be read or applied
	 */
	public Flux<Unstructured> apply(String manifest, ApplyOptions options) {
		Assert.notNull(manifest, "'manifest' must not be null");
		Assert.notNull(options, "'options' must not be null");
		return Flux.defer(() -> apply(YamlDocuments.read(manifest), options));
	}

	/**
	 * Apply objects of any kinds, as {@link #apply(String, ApplyOptions)} does.
	 * @param objects the objects: trees, or of built-in kinds or annotated classes
	 * @param options field manager, force and dry run
	 * @return the objects as the server keeps them, in the same order. Fails after the
	 * last one with a {@link ManifestException} that names each object that could not be
	 * applied
	 */
	public Flux<Unstructured> apply(Collection<? extends KubernetesObject> objects, ApplyOptions options) {
		Assert.notNull(objects, "'objects' must not be null");
		Assert.notNull(options, "'options' must not be null");
		List<ManifestDocument> documents = new ArrayList<>();
		for (KubernetesObject object : objects) {
			documents.add(ManifestDocument.of("object " + (documents.size() + 1), Unstructured.of(object)));
		}
		return apply(documents, options);
	}

	private Flux<Unstructured> apply(List<ManifestDocument> documents, ApplyOptions options) {
		return new ManifestApplier(this, this.mapper, this.defaultNamespace).apply(documents, options);
	}

	/**
	 * Close the connections of a client that was made of a configuration, as
	 * {@link RESTClient#close()} does. A client that was made of a REST client has none
	 * of its own, and leaves the others open.
	 * @return completes when the connections are closed; can be subscribed to repeatedly
	 */
	public Mono<Void> close() {
		return this.close;
	}

	@Override
	public String toString() {
		return "DynamicClient[" + this.restClient + "]";
	}

}
