package io.github.k8sclient.rest;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.watch.WatchEvent;
import io.github.k8sclient.wire.WireFormat;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClientRequest;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.RequestBodySpec;
import org.springframework.web.reactive.function.client.WebClient.RequestHeadersSpec;

/**
 * Sends calls and has their responses read: agrees on the format, repeats what may be
 * repeated, and turns all that goes wrong into an exception of this client.
 */
final class ApiExchange {

	private static final String ANYTHING = "application/json, */*";

	private static final String PROTOBUF_OR_JSON = WireFormat.PROTOBUF.mediaType() + "," + WireFormat.JSON.mediaType();

	private final WebClient webClient;

	private final WebClient watchClient;

	private final ResponseErrors errors;

	private final boolean protobufPreferred;

	private final Scheduler scheduler;

	/**
	 * What has refused protobuf. Bounded by the group versions that there are.
	 */
	private final Set<GroupVersion> jsonOnly = ConcurrentHashMap.newKeySet();

	ApiExchange(WebClient webClient, WebClient watchClient, ResponseErrors errors, boolean protobufPreferred,
			Scheduler scheduler) {
		this.webClient = webClient;
		this.watchClient = watchClient;
		this.errors = errors;
		this.protobufPreferred = protobufPreferred;
		this.scheduler = scheduler;
	}

	boolean prefersProtobuf() {
		return this.protobufPreferred;
	}

	<T> Mono<T> object(ApiCall call, Codec<T> codec) {
		return mono(call, codec, (response) -> ObjectBody.read(call, response, codec));
	}

	<T extends KubernetesObject> Mono<KubernetesList<T>> list(ApiCall call, Codec<T> codec) {
		return mono(call, codec, (response) -> ListBody.read(call, response, codec, this.scheduler));
	}

	Mono<byte[]> raw(ApiCall call) {
		return mono(call, null, ResponseBody::bytes);
	}

	Mono<Void> send(ApiCall call) {
		return mono(call, null, ClientResponse::releaseBody);
	}

	private <T> Mono<T> mono(ApiCall call, @Nullable Codec<?> codec, ResponseReader<T> reader) {
		Mono<T> result = exchange(this.webClient, call, codec, null, reader).singleOrEmpty();
		Duration timeout = call.timeout();
		return (timeout != null) ? result.timeout(timeout, tooLate(call, timeout), this.scheduler) : result;
	}

	private <T> Mono<T> tooLate(ApiCall call, Duration timeout) {
		return Mono.error(() -> this.errors.translate(call,
				new TimeoutException(call.describe() + " took longer than " + timeout.toMillis() + " ms")));
	}

	Flux<DataBuffer> stream(ApiCall call) {
		return exchange(this.watchClient, call, null, null, ResponseBody::buffers);
	}

	<T extends KubernetesObject> Flux<WatchEvent<T>> watch(ApiCall call, Codec<T> codec, @Nullable Duration silence,
			Mono<WatchEvent<T>> accepted) {
		return exchange(this.watchClient, call, codec, silence,
				(response) -> accepted.concatWith(WatchBody.read(call, response, codec)));
	}

	private <T> Flux<T> exchange(WebClient client, ApiCall call, @Nullable Codec<?> codec, @Nullable Duration silence,
			ResponseReader<T> reader) {
		if (call.problem() != null) {
			return Flux.error(() -> new IllegalArgumentException(call.problem()));
		}
		return Flux.defer(() -> negotiate(client, call, codec, silence, reader))
			.onErrorMap((ex) -> this.errors.translate(call, ex));
	}

	private <T> Flux<T> negotiate(WebClient client, ApiCall call, @Nullable Codec<?> codec, @Nullable Duration silence,
			ResponseReader<T> reader) {
		Attempt attempt = new Attempt(call, codec, format(call, codec), silence);
		return attempt(client, attempt, reader).onErrorResume(FormatRefusedException.class, (refused) -> {
			if (call.groupVersion() != null) {
				this.jsonOnly.add(call.groupVersion());
			}
			return attempt(client, new Attempt(call, codec, WireFormat.JSON, silence), reader);
		});
	}

	private WireFormat format(ApiCall call, @Nullable Codec<?> codec) {
		boolean json = !this.protobufPreferred
				|| call.groupVersion() != null && this.jsonOnly.contains(call.groupVersion());
		boolean protobuf = (codec != null) ? codec.supportsProtobuf()
				: call.body() != null && call.body().supportsProtobuf();
		return (protobuf && !json) ? WireFormat.PROTOBUF : WireFormat.JSON;
	}

	private <T> Flux<T> attempt(WebClient client, Attempt attempt, ResponseReader<T> reader) {
		return attempt.request(client)
			.exchangeToFlux((response) -> isSuccess(response) ? Flux.from(reader.read(response))
					: this.errors.failure(attempt, response).flatMapMany(Flux::error));
	}

	// As in client-go: 207 and up are nothing that a Kubernetes API answers with
	private static boolean isSuccess(ClientResponse response) {
		int code = response.statusCode().value();
		return code >= 200 && code <= 206;
	}

	/**
	 * One attempt at a call.
	 *
	 * @param call the call
	 * @param codec reads the objects in the response, {@code null} if nothing does
	 * @param format the format to ask for, and to send in
	 * @param silence how long the connection may be silent, {@code null} for the default
	 * of the connections
	 */
	record Attempt(ApiCall call, @Nullable Codec<?> codec, WireFormat format, @Nullable Duration silence) {

		RequestHeadersSpec<?> request(WebClient client) {
			RequestBodySpec request = client.method(this.call.verb())
				.uri(this.call.template(), (builder) -> this.call.uri())
				.attribute(RetryFilter.MAX_RETRIES, this.call.maxRetries())
				.headers(this::addTo)
				.httpRequest(this::limitSilence);
			if (this.call.body() == null) {
				return request;
			}
			RequestBody.Content content = this.call.body().encode(this.format);
			return request.contentType(MediaType.parseMediaType(content.mediaType())).bodyValue(content.bytes());
		}

		private void addTo(HttpHeaders headers) {
			headers.set(HttpHeaders.ACCEPT, accept());
			this.call.headers().forEach(headers::put);
		}

		private String accept() {
			if (this.codec == null) {
				return ANYTHING;
			}
			return (this.format == WireFormat.PROTOBUF) ? PROTOBUF_OR_JSON : WireFormat.JSON.mediaType();
		}

		private void limitSilence(ClientHttpRequest request) {
			if (this.silence != null && request.getNativeRequest() instanceof HttpClientRequest nativeRequest) {
				nativeRequest.responseTimeout(this.silence);
			}
		}

		/**
		 * Return whether it is protobuf that a response refuses, so that JSON may pass.
		 */
		boolean protobufRefused(int code) {
			if (this.format != WireFormat.PROTOBUF) {
				return false;
			}
			RequestBody body = this.call.body();
			return code == 406 && this.codec != null || code == 415 && body != null && body.supportsProtobuf();
		}

	}

}
