package io.github.k8sclient.workqueue;

import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.Assert;

/**
 * Says how long a key has to wait before it is tried again. Thread-safe; it may be shared
 * by several queues, whose keys then share its limits.
 *
 * @param <K> the type of the keys
 * @since 0.1.0
 * @see WorkQueue#addRateLimited(Object)
 */
public interface RateLimiter<K> {

	/**
	 * Note that a key is to be tried again.
	 * @param key the key
	 * @return how long it has to wait, zero or more
	 */
	Duration when(K key);

	/**
	 * Note that a key is not tried again, for good or bad: its next failure counts as the
	 * first.
	 * @param key the key
	 */
	void forget(K key);

	/**
	 * Return how many times a key has been tried again.
	 * @param key the key
	 * @return the number since it was forgotten, zero if this limiter does not count
	 */
	int numRequeues(K key);

	/**
	 * Return the limits that client-go's controllers have: from 5 ms to 1,000 s for each
	 * key, twice as long with each failure; and for all keys together 10 a second, after
	 * 100 at once.
	 * @param <K> the type of the keys
	 * @return the limiter
	 */
	static <K> RateLimiter<K> defaults() {
		return defaults(Schedulers.parallel());
	}

	/**
	 * Return the limits that client-go's controllers have.
	 * @param clock tells the time
	 * @param <K> the type of the keys
	 * @return the limiter
	 * @see #defaults()
	 */
	static <K> RateLimiter<K> defaults(Scheduler clock) {
		return maxOf(List.of(exponential(Duration.ofMillis(5), Duration.ofSeconds(1000)), bucket(10, 100, clock)));
	}

	/**
	 * Let each key wait twice as long with each failure.
	 * @param base how long it waits after its first failure, positive
	 * @param max how long it waits at most
	 * @param <K> the type of the keys
	 * @return the limiter, {@code ItemExponentialFailureRateLimiter} of client-go
	 */
	static <K> RateLimiter<K> exponential(Duration base, Duration max) {
		Assert.isTrue(base != null && base.compareTo(Duration.ZERO) > 0, "'base' must be positive");
		Assert.isTrue(max != null && max.compareTo(base) >= 0, "'max' must not be less than 'base'");
		double limit = max.toNanos();
		return byFailures((failures) -> Duration.ofNanos((long) Math.min(limit, Math.scalb(base.toNanos(), failures))));
	}

	/**
	 * Let each key wait for a short time at first, and longer when it fails on.
	 * @param fast how long it waits after its first failures
	 * @param slow how long it waits after further ones
	 * @param maxFast after how many failures it waits for the short time
	 * @param <K> the type of the keys
	 * @return the limiter, {@code ItemFastSlowRateLimiter} of client-go
	 */
	static <K> RateLimiter<K> fastSlow(Duration fast, Duration slow, int maxFast) {
		Assert.notNull(fast, "'fast' must not be null");
		Assert.notNull(slow, "'slow' must not be null");
		return byFailures((failures) -> (failures < maxFast) ? fast : slow);
	}

	/**
	 * Let each key wait according to its failures.
	 * @param delay gives the delay for the number of failures that there have been
	 * before, zero at first
	 * @param <K> the type of the keys
	 * @return the limiter
	 */
	static <K> RateLimiter<K> byFailures(IntFunction<Duration> delay) {
		Assert.notNull(delay, "'delay' must not be null");
		return new FailureRateLimiter<>(delay);
	}

	/**
	 * Let no more keys through than a bucket has tokens, whatever keys they are.
	 * @param perSecond how many keys a second in the long run, positive
	 * @param burst how many keys at once, positive
	 * @param <K> the type of the keys
	 * @return the limiter, {@code BucketRateLimiter} of client-go
	 */
	static <K> RateLimiter<K> bucket(double perSecond, int burst) {
		return bucket(perSecond, burst, Schedulers.parallel());
	}

	/**
	 * Let no more keys through than a bucket has tokens, whatever keys they are.
	 * @param perSecond how many keys a second in the long run, positive
	 * @param burst how many keys at once, positive
	 * @param clock tells the time
	 * @param <K> the type of the keys
	 * @return the limiter
	 */
	static <K> RateLimiter<K> bucket(double perSecond, int burst, Scheduler clock) {
		Assert.isTrue(perSecond > 0, "'perSecond' must be positive");
		Assert.isTrue(burst > 0, "'burst' must be positive");
		Assert.notNull(clock, "'clock' must not be null");
		return new BucketRateLimiter<>(perSecond, burst, clock);
	}

	/**
	 * Let each key wait as long as the strictest limiter says.
	 * @param limiters the limiters, at least one; all are asked each time
	 * @param <K> the type of the keys
	 * @return the limiter, {@code MaxOfRateLimiter} of client-go
	 */
	static <K> RateLimiter<K> maxOf(List<RateLimiter<K>> limiters) {
		Assert.notEmpty(limiters, "'limiters' must not be empty");
		return new MaxOfRateLimiter<>(List.copyOf(limiters));
	}

}
