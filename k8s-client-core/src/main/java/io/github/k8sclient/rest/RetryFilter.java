package io.github.k8sclient.rest;

import java.time.Duration;

import io.github.k8sclient.transport.KubernetesConnectionException;
import io.github.k8sclient.transport.KubernetesConnectionException.Reason;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;
import reactor.util.retry.Retry.RetrySignal;

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

	private final boolean afterBrokenConnections;

	/**
	 * Create a filter.
	 * @param scheduler waits
	 * @param afterBrokenConnections whether to repeat a GET whose connection broke. Who
	 * watches or streams does that, and knows from where on
	 */
	RetryFilter(Scheduler scheduler, boolean afterBrokenConnections) {
		this.scheduler = scheduler;
		this.afterBrokenConnections = afterBrokenConnections;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return Mono.defer(() -> next.exchange(request))
			.flatMap(RetryFilter::failIfAskedToWait)
			.retryWhen(Retry.from((signals) -> signals.concatMap((signal) -> decide(request, signal))))
			.onErrorResume(AskedToWait.class, (asked) -> Mono.just(asked.response));
	}

	private static Mono<ClientResponse> failIfAskedToWait(ClientResponse response) {
		int code = response.statusCode().value();
		Integer seconds = (code == 429 || code >= 500) ? RetryAfter.seconds(response) : null;
		return (seconds != null) ? Mono.error(new AskedToWait(response, seconds)) : Mono.just(response);
	}

	private Mono<Long> decide(ClientRequest request, RetrySignal signal) {
		Throwable failure = signal.failure();
		Duration delay = delay(request, failure);
		int maxRetries = (Integer) request.attribute(MAX_RETRIES).orElse(0);
		if (delay == null || signal.totalRetries() >= maxRetries) {
			return Mono.error(failure);
		}
		if (logger.isDebugEnabled()) {
			logger.debug(
					"Attempt " + (signal.totalRetries() + 1) + " at " + request.method() + " " + request.url().getPath()
							+ " failed, next in " + delay.toSeconds() + " s: " + failure.getMessage());
		}
		Mono<Void> released = (failure instanceof AskedToWait asked) ? asked.response.releaseBody() : Mono.empty();
		return released.then(Mono.delay(delay, this.scheduler));
	}

	private @Nullable Duration delay(ClientRequest request, Throwable failure) {
		if (failure instanceof AskedToWait asked) {
			return Duration.ofSeconds(Math.max(0, asked.seconds));
		}
		boolean broken = failure instanceof KubernetesConnectionException connection
				&& connection.reason() == Reason.CLOSED;
		boolean repeatable = request.method() == HttpMethod.GET && this.afterBrokenConnections;
		return (broken && repeatable) ? AFTER_BROKEN_CONNECTION : null;
	}

	/**
	 * Signal that a response asks to repeat the request. Holds the response until it is
	 * decided whether this happens.
	 */
	private static final class AskedToWait extends RuntimeException {

		private final transient ClientResponse response;

		private final int seconds;

		AskedToWait(ClientResponse response, int seconds) {
			super("the server answered " + response.statusCode().value(), null, false, false);
			this.response = response;
			this.seconds = seconds;
		}

	}

}
