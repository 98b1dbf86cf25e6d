package io.github.k8sclient.workqueue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import reactor.core.scheduler.Scheduler;

/**
 * A bucket of tokens for all keys together, which is full at first and gets new ones at a
 * constant rate. Each key takes one, if need be of those that are still to come.
 *
 * @param <K> the type of the keys
 */
final class BucketRateLimiter<K> implements RateLimiter<K> {

	private final long interval;

	private final long capacity;

	private final Scheduler clock;

	/** When the bucket will be full again. */
	private final AtomicLong fullAt;

	BucketRateLimiter(double perSecond, int burst, Scheduler clock) {
		this.interval = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
		this.capacity = this.interval * burst;
		this.clock = clock;
		this.fullAt = new AtomicLong(now());
	}

	@Override
	public Duration when(K key) {
		long now = now();
		long full = this.fullAt.updateAndGet((before) -> Math.max(before, now) + this.interval);
		return Duration.ofNanos(Math.max(0, full - this.capacity - now));
	}

	@Override
	public void forget(K key) {
	}

	@Override
	public int numRequeues(K key) {
		return 0;
	}

	private long now() {
		return this.clock.now(TimeUnit.NANOSECONDS);
	}

}
