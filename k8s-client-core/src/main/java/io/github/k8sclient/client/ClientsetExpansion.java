package io.github.k8sclient.client;

import java.util.function.Supplier;

import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.watch.ListWatch;
import io.github.k8sclient.watch.ListWatchProvider;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * What a clientset can do beside handing out clients.
 */
abstract class ClientsetExpansion implements ListWatchProvider {

	private final RESTClient restClient;

	private final Mono<Void> close;

	/**
	 * Create a clientset.
	 * @param restClient sends the requests
	 * @param close closes what the clientset has opened
	 */
	ClientsetExpansion(RESTClient restClient, Mono<Void> close) {
		Assert.notNull(restClient, "'restClient' must not be null");
		this.restClient = restClient;
		this.close = close;
	}

	/**
	 * Return what sends the requests.
	 * @return the REST client
	 */
	public RESTClient restClient() {
		return this.restClient;
	}

	@Override
	public <T extends KubernetesObject> ListWatch<T> listWatch(ResourceDescriptor<T> resource,
			@Nullable String namespace, Supplier<DecodingOptions> decoding) {
		Assert.notNull(resource, "'resource' must not be null");
		Assert.notNull(decoding, "'decoding' must not be null");
		return new RestListWatch<>(this.restClient, resource, namespace, decoding);
	}

	/**
	 * Close the connections of a clientset that was made of a configuration, as
	 * {@link RESTClient#close()} does. A clientset that was made of a REST client has
	 * none of its own, and leaves the others open.
	 * @return completes when the connections are closed; can be subscribed to repeatedly
	 */
	public Mono<Void> close() {
		return this.close;
	}

}
