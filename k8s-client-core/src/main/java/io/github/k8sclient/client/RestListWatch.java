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
	 * How the last list or watch was decoded, for the next one: what is equal is then
	 * shared by all objects that come this way. It is taken out while it is in use, as
	 * two at a time cannot have the same; and what is cancelled does not put it back, as
	 * a thread may still be decoding.
	 */
	private final AtomicReference<@Nullable DecodingOptions> lastDecoding = new AtomicReference<>();

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
			DecodingOptions decoding = takeDecoding();
			// A list that fails may do so because of a time limit, while it is read
			return request(options, decoding).list(this.resource.codec())
				.doOnNext((list) -> this.lastDecoding.set(decoding));
		});
	}

	@Override
	public Flux<WatchEvent<T>> watch(ListOptions options) {
		return Flux.defer(() -> {
			DecodingOptions decoding = takeDecoding();
			return request(options, decoding).watch(this.resource.codec())
				.doOnTerminate(() -> this.lastDecoding.set(decoding));
		});
	}

	private DecodingOptions takeDecoding() {
		DecodingOptions last = this.lastDecoding.getAndSet(null);
		return (last != null) ? last : this.decoding.get();
	}

	private Request request(ListOptions options, DecodingOptions decoding) {
		Request request = this.restClient.get()
			.resource(this.resource.resource())
			.versionedParams(options)
			.decoding(decoding);
		return this.resource.namespaced() ? request.namespace(Objects.requireNonNullElse(this.namespace, "")) : request;
	}

}
