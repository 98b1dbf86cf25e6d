package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.function.DoubleSupplier;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * How long a reflector waits after a failure: 0.8 seconds, twice as long after each
 * further one up to 30 seconds, and up to as much again at random. Two minutes without a
 * failure begin anew. These are the figures of client-go. A watch that has worked for as
 * long as the last delay begins anew too, so that the delays stay in proportion where a
 * server fails every few seconds. A list that succeeds does not: where lists succeed and
 * watches fail, the requests must become rarer. For one subscription, not thread-safe.
 * <p>
 * A server that cannot be reached is different: the attempts cost it next to nothing, and
 * the store is out of date until one succeeds. These delays end at 10 seconds and begin
 * anew as soon as the server has answered. One of them also ends early, at a random time
 * within the first delay, when another informer of the factory has reached the server; if
 * that attempt fails too, the others last as long as they should.
 */
final class ReflectorBackoff {

	static final Duration INITIAL = Duration.ofMillis(800);

	static final Duration MAXIMUM = Duration.ofSeconds(30);

	static final Duration MAXIMUM_UNREACHABLE = Duration.ofSeconds(10);

	static final Duration RESET_AFTER = Duration.ofMinutes(2);

	private final Scheduler timer;

	private final DoubleSupplier random;

	private final ServerPulse pulse;

	private long refused = INITIAL.toMillis();

	private long unreachable = INITIAL.toMillis();

	private long quietFrom;

	private long lastDelay;

	/** Whether a delay has ended early since the server answered. */
	private boolean hurried;

	ReflectorBackoff(Scheduler timer, DoubleSupplier random, ServerPulse pulse) {
		this.timer = timer;
		this.random = random;
		this.pulse = pulse;
		this.quietFrom = now();
	}

	/**
	 * The server has answered as it should.
	 */
	void answered() {
		this.unreachable = INITIAL.toMillis();
		this.hurried = false;
		this.pulse.beat();
	}

	/**
	 * A watch has worked.
	 * @param lasted for how long, in milliseconds
	 */
	void worked(long lasted) {
		if (lasted >= this.lastDelay) {
			this.refused = INITIAL.toMillis();
		}
	}

	/**
	 * Return how long to wait after the server has refused a request or failed.
	 * @param error the failure
	 * @return the time, at least as long as the server wants
	 */
	Duration afterFailure(Throwable error) {
		long now = now();
		if (now - this.quietFrom >= RESET_AFTER.toMillis()) {
			this.refused = INITIAL.toMillis();
		}
		long delay = Math.max(spread(this.refused), RequestFailure.retryAfter(error).toMillis());
		this.refused = Math.min(this.refused * 2, MAXIMUM.toMillis());
		this.quietFrom = now + delay;
		this.lastDelay = delay;
		return Duration.ofMillis(delay);
	}

	/**
	 * Return how long to wait when the server could not be reached.
	 * @return the time
	 */
	Duration afterSilence() {
		long delay = spread(this.unreachable);
		this.unreachable = Math.min(this.unreachable * 2, MAXIMUM_UNREACHABLE.toMillis());
		return Duration.ofMillis(delay);
	}

	/**
	 * Wait.
	 * @param delay the time
	 * @return completes when it is over
	 */
	Mono<Void> await(Duration delay) {
		return Mono.delay(delay, this.timer).then();
	}

	/**
	 * Wait, but not for much longer once the server can be reached.
	 * @param delay the time
	 * @return completes when it is time for the next attempt
	 */
	Mono<Void> awaitServer(Duration delay) {
		if (this.hurried) {
			return await(delay);
		}
		return Mono.firstWithSignal(await(delay), this.pulse.beats().next().flatMap((beat) -> hurry()));
	}

	private Mono<Void> hurry() {
		this.hurried = true;
		return await(Duration.ofMillis((long) (INITIAL.toMillis() * this.random.getAsDouble())));
	}

	private long spread(long delay) {
		return (long) (delay * (1 + this.random.getAsDouble()));
	}

	private long now() {
		return MonotonicTime.millis(this.timer);
	}

}
