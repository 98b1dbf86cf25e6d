package io.github.k8sclient.workqueue;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/**
 * Lets each key wait according to its failures.
 *
 * @param <K> the type of the keys
 */
final class FailureRateLimiter<K> implements RateLimiter<K> {

	private final IntFunction<Duration> delay;

	private final Map<K, Integer> failures = new ConcurrentHashMap<>();

	FailureRateLimiter(IntFunction<Duration> delay) {
		this.delay = delay;
	}

	@Override
	public Duration when(K key) {
		return this.delay.apply(this.failures.merge(key, 1, Integer::sum) - 1);
	}

	@Override
	public void forget(K key) {
		this.failures.remove(key);
	}

	@Override
	public int numRequeues(K key) {
		return this.failures.getOrDefault(key, 0);
	}

}
