package io.github.k8sclient.client;

import java.util.Objects;
import java.util.function.Supplier;

import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.rest.Request;
import io.github.k8sclient.watch.ListWatch;
import io.github.k8sclient.watch.ListWatchProvider;
import io.github.k8sclient.watch.WatchEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Connects informers with a cluster.
 *
 * @since 0.1.0
 */
public final class ListWatches {

	private ListWatches() {
	}

	/**
	 * Return a provider whose list-watches send their requests through a client.
	 * @param restClient sends the requests
	 * @return the provider, thread-safe as the client is
	 */
	public static ListWatchProvider over(RESTClient restClient) {
		Assert.notNull(restClient, "'restClient' must not be null");
		return new RestListWatchProvider(restClient);
	}

	/**
	 * The provider, a class so that its generic method has a body.
	 */
	private record RestListWatchProvider(RESTClient restClient) implements ListWatchProvider {

		@Override
		public <T extends KubernetesObject> ListWatch<T> listWatch(ResourceDescriptor<T> resource,
				@Nullable String namespace, Supplier<DecodingOptions> decoding) {
			Assert.notNull(resource, "'resource' must not be null");
			Assert.notNull(decoding, "'decoding' must not be null");
			return new RestListWatch<>(this.restClient, resource, namespace, decoding);
		}

	}

	private record RestListWatch<T extends KubernetesObject>(RESTClient restClient, ResourceDescriptor<T> resource,
			@Nullable String namespace, Supplier<DecodingOptions> decoding) implements ListWatch<T> {

		@Override
		public Mono<KubernetesList<T>> list(ListOptions options) {
			return Mono.defer(() -> request(options).list(this.resource.codec()));
		}

		@Override
		public Flux<WatchEvent<T>> watch(ListOptions options) {
			return Flux.defer(() -> request(options).watch(this.resource.codec()));
		}

		private Request request(ListOptions options) {
			Request request = this.restClient.get()
				.resource(this.resource.resource())
				.versionedParams(options)
				.decoding(this.decoding.get());
			return this.resource.namespaced() ? request.namespace(Objects.requireNonNullElse(this.namespace, ""))
					: request;
		}

	}

}
