package io.github.k8sclient.rest;

import java.time.Duration;

import io.github.k8sclient.transport.KubernetesConnectionException;
import io.github.k8sclient.transport.KubernetesConnectionException.Reason;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Repeats requests as client-go's {@code with_retry.go} does: when the server asks for it
 * by {@code Retry-After}, and when the connection of a GET broke before the response
 * began. It is the outermost filter, so that a repeated request passes all others anew.
 */
final class RetryFilter implements ExchangeFilterFunction {

	/**
	 * Request attribute: how often the request may be repeated. Without it, it is not.
	 */
	static final String MAX_RETRIES = RetryFilter.class.getName() + ".maxRetries";

	private static final Log logger = LogFactory.getLog(RetryFilter.class);

	private static final Duration AFTER_BROKEN_CONNECTION = Duration.ofSeconds(1);

	private final Scheduler scheduler;

	private final Mono<Void> permit;

	private final boolean afterBrokenConnections;

	/**
	 * Create a filter.
	 * @param scheduler waits
	 * @param permit completes when a repeated request may be sent
	 * @param afterBrokenConnections whether to repeat a GET whose connection broke. Who
	 * watches or streams does that, and knows from where on
	 */
	RetryFilter(Scheduler scheduler, Mono<Void> permit, boolean afterBrokenConnections) {
		this.scheduler = scheduler;
		this.permit = permit;
		this.afterBrokenConnections = afterBrokenConnections;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return attempt(request, next, (Integer) request.attribute(MAX_RETRIES).orElse(0));
	}

	private Mono<ClientResponse> attempt(ClientRequest request, ExchangeFunction next, int retriesLeft) {
		Mono<ClientResponse> exchange = Mono.defer(() -> next.exchange(request));
		if (retriesLeft == 0) {
			return exchange;
		}
		return exchange.map(Outcome::of)
			.onErrorResume((ex) -> isRepeatable(request, ex), (ex) -> Mono.just(Outcome.of(ex)))
			.flatMap((outcome) -> proceed(outcome, request, next, retriesLeft));
	}

	private boolean isRepeatable(ClientRequest request, Throwable failure) {
		return this.afterBrokenConnections && request.method() == HttpMethod.GET
				&& failure instanceof KubernetesConnectionException connection && connection.reason() == Reason.CLOSED;
	}

	private Mono<ClientResponse> proceed(Outcome outcome, ClientRequest request, ExchangeFunction next,
			int retriesLeft) {
		if (outcome.delay == null) {
			return Mono.justOrEmpty(outcome.response);
		}
		if (logger.isDebugEnabled()) {
			logger.debug(request.method() + " " + request.url().getPath() + ": " + outcome.reason + ", next attempt in "
					+ outcome.delay.toSeconds() + " s, " + retriesLeft + " left");
		}
		Mono<Void> discarded = (outcome.response != null) ? ResponseBody.discard(outcome.response) : Mono.empty();
		return discarded.then(Mono.delay(outcome.delay, this.scheduler))
			.then(this.permit)
			.then(attempt(request, next, retriesLeft - 1));
	}

	/**
	 * How an attempt ended.
	 *
	 * @param reason why there is to be another one
	 * @param response the response, {@code null} if the connection broke before
	 * @param delay how long to wait before the next attempt, {@code null} if there is to
	 * be none
	 */
	private record Outcome(String reason, @Nullable ClientResponse response, @Nullable Duration delay) {

		static Outcome of(ClientResponse response) {
			int code = response.statusCode().value();
			Integer seconds = (code == 429 || code >= 500) ? RetryAfter.seconds(response) : null;
			return new Outcome("answer " + code, response,
					(seconds != null) ? Duration.ofSeconds(Math.max(0, seconds)) : null);
		}

		static Outcome of(Throwable failure) {
			return new Outcome(String.valueOf(failure.getMessage()), null, AFTER_BROKEN_CONNECTION);
		}

	}

}
