package io.github.k8sclient.client;

import io.github.k8sclient.api.core.v1.Service;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.rest.Request;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;

/**
 * What can be done with services and nothing else.
 */
abstract class ServiceExpansion extends ResourceClient<Service> {

	ServiceExpansion(RESTClient restClient, @Nullable String namespace) {
		super(restClient, Service.RESOURCE, namespace);
	}

	/**
	 * Begin a request that the API server passes on to a service.
	 * @param verb the HTTP method
	 * @param target the service, its port and protocol
	 * @param path the path at the service
	 * @return the request, to which parameters, headers and a body can be added
	 */
	public Request proxy(HttpMethod verb, ProxyTarget target, String path) {
		return proxyRequest(verb, target, path);
	}

}
