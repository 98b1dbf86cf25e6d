package io.github.k8sclient.client;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.rest.Request;
import io.github.k8sclient.watch.ListWatch;
import io.github.k8sclient.watch.WatchEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.StringUtils;

/**
 * Connects informers with a cluster: lists and watches one resource by a REST client.
 *
 * @param <T> the type of the objects
 */
final class RestListWatch<T extends KubernetesObject> implements ListWatch<T> {

	private final RESTClient restClient;

	private final ResourceDescriptor<T> resource;

	private final @Nullable String namespace;

	private final Supplier<DecodingOptions> decoding;

	/**
	 * How the last page was decoded, for the page that follows it: what is shared between
	 * objects is shared in all of a list. It is taken out while it is in use, as two
	 * lists at a time cannot have the same.
	 */
	private final AtomicReference<@Nullable DecodingOptions> lastPage = new AtomicReference<>();

	RestListWatch(RESTClient restClient, ResourceDescriptor<T> resource, @Nullable String namespace,
			Supplier<DecodingOptions> decoding) {
		this.restClient = restClient;
		this.resource = resource;
		this.namespace = namespace;
		this.decoding = decoding;
	}

	@Override
	public Mono<KubernetesList<T>> list(ListOptions options) {
		return Mono.defer(() -> {
			DecodingOptions last = this.lastPage.getAndSet(null);
			DecodingOptions decoding = (last != null && options.continue_() != null) ? last : this.decoding.get();
			return request(options, decoding).list(this.resource.codec()).doOnNext((page) -> {
				if (StringUtils.hasLength(page.metadata().continue_())) {
					this.lastPage.set(decoding);
				}
			});
		});
	}

	@Override
	public Flux<WatchEvent<T>> watch(ListOptions options) {
		return Flux.defer(() -> request(options, this.decoding.get()).watch(this.resource.codec()));
	}

	private Request request(ListOptions options, DecodingOptions decoding) {
		Request request = this.restClient.get()
			.resource(this.resource.resource())
			.versionedParams(options)
			.decoding(decoding);
		return this.resource.namespaced() ? request.namespace(Objects.requireNonNullElse(this.namespace, "")) : request;
	}

}
