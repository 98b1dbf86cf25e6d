package io.github.k8sclient.informer;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * The calls of one handler: how many there were, how long they took, and since when one
 * runs. Calls begin and end on the handler's worker, one after the other; any thread may
 * ask.
 */
final class HandlerCalls {

	private static final long LONG = Duration.ofMinutes(1).toNanos();

	private static final long NONE = Long.MIN_VALUE;

	private final Scheduler clock;

	private volatile long count;

	private volatile long failures;

	private volatile long nanos;

	/** When the call began that runs now. */
	private volatile long since = NONE;

	/** When the call began that was told to be long. */
	private final AtomicLong told = new AtomicLong(NONE);

	/**
	 * Create without any call.
	 * @param clock gives the time of day, and the time that passes evenly
	 */
	HandlerCalls(Scheduler clock) {
		this.clock = clock;
	}

	/**
	 * A call begins. On the worker.
	 */
	void begin() {
		this.since = now();
	}

	/**
	 * The call has thrown something. On the worker.
	 */
	void failed() {
		this.failures = this.failures + 1;
	}

	/**
	 * The call is over. On the worker.
	 * @return how many nanoseconds it took
	 */
	long end() {
		long took = Math.max(0, now() - this.since);
		this.since = NONE;
		this.nanos = this.nanos + took;
		this.count = this.count + 1;
		return took;
	}

	long count() {
		return this.count;
	}

	long failures() {
		return this.failures;
	}

	Duration time() {
		return Duration.ofNanos(this.nanos);
	}

	/**
	 * Return when the call began that runs now.
	 * @return the time of day, {@code null} if none runs
	 */
	@Nullable Instant runningSince() {
		long began = this.since;
		return (began != NONE) ? timeOfDay(began) : null;
	}

	/**
	 * Return when the call began that runs now, if that is long ago. Each such call is
	 * told once.
	 * @return the time of day, {@code null} if there is nothing new to tell
	 */
	@Nullable Instant stuckSince() {
		long began = this.since;
		boolean stuck = began != NONE && now() - began >= LONG && this.told.getAndSet(began) != began;
		return stuck ? timeOfDay(began) : null;
	}

	private Instant timeOfDay(long time) {
		return Instant.ofEpochMilli(this.clock.now(TimeUnit.MILLISECONDS)).minusNanos(now() - time);
	}

	private long now() {
		return this.clock.now(TimeUnit.NANOSECONDS);
	}

}
