package io.github.k8sclient.rest;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.watch.WatchEvent;
import io.github.k8sclient.wire.WireFormat;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Sends calls and has their responses read: waits for the rate limit, agrees on the
 * format, passes on warnings, is observed, and turns all that goes wrong into an
 * exception of this client.
 */
final class ApiExchange {

	private static final Log logger = LogFactory.getLog(ApiExchange.class);

	private final WebClient webClient;

	private final WebClient watchClient;

	private final WebClient webSocketClient;

	private final Mono<Void> permit;

	private final ResponseErrors errors;

	private final WarningHandler warningHandler;

	private final RequestObservations observations;

	private final boolean protobufPreferred;

	private final Scheduler scheduler;

	/**
	 * What has refused protobuf. Bounded by the group versions that there are.
	 */
	private final Set<GroupVersion> jsonOnly = ConcurrentHashMap.newKeySet();

	ApiExchange(WebClient webClient, WebClient watchClient, WebClient webSocketClient, Mono<Void> permit,
			ResponseErrors errors, WarningHandler warningHandler, RequestObservations observations,
			boolean protobufPreferred, Scheduler scheduler) {
		this.webClient = webClient;
		this.watchClient = watchClient;
		this.webSocketClient = webSocketClient;
		this.permit = permit;
		this.errors = errors;
		this.warningHandler = warningHandler;
		this.observations = observations;
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

	Mono<Result> result(ApiCall call) {
		return mono(call, null, new ResultReader(call));
	}

	Mono<Void> send(ApiCall call) {
		return mono(call, null, ClientResponse::releaseBody);
	}

	/**
	 * The time limit begins when the request may be sent, so that a rate limit that is
	 * too low delays requests instead of failing them.
	 */
	private <T> Mono<T> mono(ApiCall call, @Nullable Codec<?> codec, ResponseReader<T> reader) {
		return this.observations
			.observe(call.target(), call.target().verb(false), false,
					(observer) -> this.permit
						.thenMany(limited(call, new Exchange<>(this.webClient, call, codec, null, reader, observer))))
			.singleOrEmpty();
	}

	private <T> Mono<T> limited(ApiCall call, Exchange<T> exchange) {
		Mono<T> result = exchange.send().singleOrEmpty();
		Duration timeout = call.timeout();
		return (timeout != null) ? result.timeout(timeout, tooLate(call, timeout), this.scheduler) : result;
	}

	private <T> Mono<T> tooLate(ApiCall call, Duration timeout) {
		return Mono.error(() -> this.errors.translate(call,
				new TimeoutException(call.describe() + " took longer than " + timeout.toMillis() + " ms")));
	}

	Flux<DataBuffer> stream(ApiCall call) {
		return this.observations.observe(call.target(), call.target().verb(false), true, (observer) -> this.permit
			.thenMany(new Exchange<>(this.watchClient, call, null, null, ResponseBody::buffers, observer).send()));
	}

	<T extends KubernetesObject> Flux<WatchEvent<T>> watch(ApiCall call, Codec<T> codec, WatchTerms terms) {
		ResponseReader<WatchEvent<T>> reader = (response) -> terms.<T>accepted()
			.concatWith(WatchBody.read(call, response, codec));
		return this.observations.observe(call.target(), call.target().verb(true), true,
				(observer) -> new Exchange<>(this.watchClient, call, codec, terms.silence(), reader, observer).send());
	}

	Flux<DataBuffer> webSocket(ApiCall call, Function<String, ? extends Publisher<? extends DataBuffer>> outgoing) {
		return this.observations.observe(call.target(), call.target().verb(false), true,
				(observer) -> this.permit.thenMany(Flux.defer(() -> {
					WebSocketBody socket = new WebSocketBody(call, outgoing);
					return new Exchange<>(this.webSocketClient, call.with(socket.outgoing()), null, null, socket,
							observer)
						.send();
				})));
	}

	private void warn(List<Warning> warnings) {
		for (Warning warning : warnings) {
			try {
				this.warningHandler.handleWarning(warning);
			}
			catch (RuntimeException ex) {
				logger.error("The handler of warnings failed for " + warning, ex);
			}
		}
	}

	/**
	 * A call on its way.
	 */
	private final class Exchange<T> {

		private final WebClient client;

		private final ApiCall call;

		private final @Nullable Codec<?> codec;

		private final @Nullable Duration silence;

		private final ResponseReader<T> reader;

		private final RequestObserver observer;

		Exchange(WebClient client, ApiCall call, @Nullable Codec<?> codec, @Nullable Duration silence,
				ResponseReader<T> reader, RequestObserver observer) {
			this.client = client;
			this.call = call;
			this.codec = codec;
			this.silence = silence;
			this.reader = reader;
			this.observer = observer;
		}

		Flux<T> send() {
			if (this.call.target().problem() != null) {
				return Flux.error(() -> new IllegalArgumentException(this.call.target().problem()));
			}
			return Flux.defer(() -> attempt(preferredFormat()))
				.onErrorResume(FormatRefusedException.class, (refused) -> attemptInJson())
				.onErrorMap((ex) -> ApiExchange.this.errors.translate(this.call, ex));
		}

		private WireFormat preferredFormat() {
			boolean supported = (this.codec != null) ? this.codec.supportsProtobuf()
					: this.call.body() != null && this.call.body().supportsProtobuf();
			GroupVersion groupVersion = this.call.target().groupVersion();
			boolean refused = groupVersion != null && ApiExchange.this.jsonOnly.contains(groupVersion);
			return (ApiExchange.this.protobufPreferred && supported && !refused) ? WireFormat.PROTOBUF
					: WireFormat.JSON;
		}

		private Flux<T> attemptInJson() {
			GroupVersion groupVersion = this.call.target().groupVersion();
			if (groupVersion != null) {
				ApiExchange.this.jsonOnly.add(groupVersion);
			}
			return attempt(WireFormat.JSON);
		}

		private Flux<T> attempt(WireFormat format) {
			Attempt attempt = new Attempt(this.call, this.codec, format, this.silence);
			return attempt.request(this.client).exchangeToFlux((response) -> read(attempt, response));
		}

		private Flux<T> read(Attempt attempt, ClientResponse response) {
			int code = response.statusCode().value();
			// As in client-go: 207 and up are nothing that a Kubernetes API answers with;
			// 101 comes to those who open a WebSocket
			boolean success = code >= 200 && code <= 206 || code == 101;
			this.observer.answered(code, success);
			warn(WarningHeaders.of(response));
			Publisher<T> result = success ? this.reader.read(response)
					: ApiExchange.this.errors.failure(attempt, response)
						.flatMapMany((failure) -> this.reader.refused(response, failure));
			return Flux.from(result);
		}

	}

}
