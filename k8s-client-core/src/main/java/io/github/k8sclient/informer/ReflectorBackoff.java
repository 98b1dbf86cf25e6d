package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

import reactor.core.scheduler.Scheduler;

/**
 * How long a reflector waits after a failure: 0.8 seconds, twice as long after each
 * further one up to 30 seconds, and up to as much again at random. Two minutes without a
 * failure begin anew. These are the figures of client-go. For one subscription, not
 * thread-safe.
 * <p>
 * Elapsed time and not the first success resets it: where lists succeed and watches fail,
 * the requests must still become rarer.
 */
final class ReflectorBackoff {

	static final Duration INITIAL = Duration.ofMillis(800);

	static final Duration MAXIMUM = Duration.ofSeconds(30);

	static final Duration RESET_AFTER = Duration.ofMinutes(2);

	private final Scheduler clock;

	private final DoubleSupplier random;

	private long base = INITIAL.toMillis();

	private long quietFrom;

	ReflectorBackoff(Scheduler clock, DoubleSupplier random) {
		this.clock = clock;
		this.random = random;
		this.quietFrom = now();
	}

	Duration next() {
		long now = now();
		if (now - this.quietFrom >= RESET_AFTER.toMillis()) {
			this.base = INITIAL.toMillis();
		}
		long delay = (long) (this.base * (1 + this.random.getAsDouble()));
		this.base = Math.min(this.base * 2, MAXIMUM.toMillis());
		this.quietFrom = now + delay;
		return Duration.ofMillis(delay);
	}

	private long now() {
		return this.clock.now(TimeUnit.MILLISECONDS);
	}

}
