package io.github.k8sclient.client;

import io.github.k8sclient.api.core.v1.Namespace;
import io.github.k8sclient.meta.UpdateOptions;
import io.github.k8sclient.rest.RESTClient;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What can be done with namespaces and nothing else.
 */
abstract class NamespaceExpansion extends ResourceClient<Namespace> {

	NamespaceExpansion(RESTClient restClient, @Nullable String namespace) {
		super(restClient, Namespace.RESOURCE, namespace);
	}

	/**
	 * Replace the finalizers of a namespace's specification, which keep it from going
	 * when it is deleted.
	 * @param namespace the namespace
	 * @return the namespace as the server keeps it
	 */
	public Mono<Namespace> updateFinalize(Namespace namespace) {
		return updateFinalize(namespace, UpdateOptions.builder().build());
	}

	/**
	 * Replace the finalizers of a namespace's specification, which keep it from going
	 * when it is deleted.
	 * @param namespace the namespace
	 * @param options dry run and field manager
	 * @return the namespace as the server keeps it, or would keep it
	 */
	public Mono<Namespace> updateFinalize(Namespace namespace, UpdateOptions options) {
		return subresource("finalize", Namespace.CODEC).update(nameOf(namespace), namespace, options);
	}

}
