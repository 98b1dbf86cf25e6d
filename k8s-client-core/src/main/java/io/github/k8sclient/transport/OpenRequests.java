package io.github.k8sclient.transport;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Ends what is under way when a transport is closed, as pools neither close connections
 * that are in use, nor refuse to open new ones: nothing new begins, what is endless ends
 * at once, and requests that have an end may come to it within a time. What breaks
 * before, or half-way through the body, is translated by {@link ConnectionFailures}.
 */
final class OpenRequests {

	private final ConnectionFailures failures;

	/** Fails when closing begins. */
	private final Sinks.Empty<Void> closing = Sinks.empty();

	/** Fails when time is up. */
	private final Sinks.Empty<Void> closed = Sinks.empty();

	/** Completes when closing has begun and no request is open. */
	private final Sinks.Empty<Void> finished = Sinks.empty();

	private final AtomicInteger open = new AtomicInteger();

	private volatile boolean refusing;

	OpenRequests(ConnectionFailures failures) {
		this.failures = failures;
	}

	/**
	 * Send a request that has an end: its response is read, or it is given up.
	 */
	Mono<ClientResponse> request(ClientRequest request, ExchangeFunction next) {
		return Mono.defer(() -> {
			Runnable end = begin();
			if (this.refusing) {
				end.run();
				return Mono.error(this.failures.shutDown());
			}
			return endWhen(this.closed, next.exchange(request), end).doOnError((ex) -> end.run()).doOnCancel(end);
		});
	}

	/**
	 * Send a request whose response has no end.
	 */
	Mono<ClientResponse> watch(ClientRequest request, ExchangeFunction next) {
		return Mono.defer(() -> this.refusing ? Mono.error(this.failures.shutDown())
				: endWhen(this.closing, next.exchange(request), () -> {
				}));
	}

	private Mono<ClientResponse> endWhen(Sinks.Empty<Void> signal, Mono<ClientResponse> exchange, Runnable end) {
		return this.failures.unlessStopped(exchange)
			.onErrorMap(this.failures::translate)
			.takeUntilOther(signal.asMono())
			.map((response) -> response.mutate()
				.body((body) -> body.onErrorMap(this.failures::translate)
					.takeUntilOther(signal.asMono())
					.doFinally((ended) -> end.run()))
				.build());
	}

	// Counted first and refused then, so that the last one to end cannot be overlooked
	private Runnable begin() {
		this.open.incrementAndGet();
		AtomicBoolean ended = new AtomicBoolean();
		return () -> {
			if (ended.compareAndSet(false, true) && this.open.decrementAndGet() == 0 && this.refusing) {
				this.finished.tryEmitEmpty();
			}
		};
	}

	/**
	 * Refuse requests and end watches from now on, and wait for open requests.
	 * @param limit how long to wait
	 * @param timer measures the time
	 * @return completes when no request is open any more; those that are open when the
	 * time is up fail
	 */
	Mono<Void> close(Duration limit, Scheduler timer) {
		return Mono.defer(() -> {
			this.refusing = true;
			this.closing.tryEmitError(this.failures.shutDown());
			if (this.open.get() == 0) {
				this.finished.tryEmitEmpty();
			}
			return limit.isZero() ? Mono.empty()
					: Mono.firstWithSignal(this.finished.asMono(), Mono.delay(limit, timer).then());
		}).doOnSuccess((nothing) -> this.closed.tryEmitError(this.failures.shutDown()));
	}

}
