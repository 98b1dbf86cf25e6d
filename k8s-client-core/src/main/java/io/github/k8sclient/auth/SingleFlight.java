package io.github.k8sclient.auth;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Work that is done once at a time: who asks for its result while it is under way waits
 * for that one. It goes on when nobody waits any longer, because the next caller will
 * need its result.
 *
 * @param <T> type of the result
 */
final class SingleFlight<T> {

	private final Mono<T> work;

	private final AtomicReference<@Nullable Mono<T>> underWay = new AtomicReference<>();

	/**
	 * Create a flight.
	 * @param work what is to be done; keeps its result where callers look for it first
	 */
	SingleFlight(Mono<T> work) {
		this.work = work;
	}

	/**
	 * Return the result of the work under way, or of a new run.
	 */
	Mono<T> join() {
		Mono<T> run = this.underWay.updateAndGet((shared) -> (shared != null) ? shared : start());
		Assert.state(run != null, "No run");
		return run;
	}

	private Mono<T> start() {
		return this.work.doOnTerminate(() -> this.underWay.set(null)).cache();
	}

}
