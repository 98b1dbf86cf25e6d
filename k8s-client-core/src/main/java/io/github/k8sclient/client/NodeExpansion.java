package io.github.k8sclient.client;

import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.rest.Request;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;

/**
 * What can be done with nodes and nothing else.
 */
abstract class NodeExpansion extends ResourceClient<Node> {

	NodeExpansion(RESTClient restClient, @Nullable String namespace) {
		super(restClient, Node.RESOURCE, namespace);
	}

	/**
	 * Begin a request that the API server passes on to a node.
	 * @param verb the HTTP method
	 * @param target the node, its port and protocol
	 * @param path the path at the node
	 * @return the request, to which parameters, headers and a body can be added
	 */
	public Request proxy(HttpMethod verb, ProxyTarget target, String path) {
		return proxyRequest(verb, target, path);
	}

}
