package io.github.k8sclient.workqueue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * Lets each key wait as long as the strictest of some limiters says.
 *
 * @param <K> the type of the keys
 * @param limiters the limiters
 */
record MaxOfRateLimiter<K>(List<RateLimiter<K>> limiters) implements RateLimiter<K> {

	@Override
	public Duration when(K key) {
		return Collections.max(this.limiters.stream().map((limiter) -> limiter.when(key)).toList());
	}

	@Override
	public void forget(K key) {
		this.limiters.forEach((limiter) -> limiter.forget(key));
	}

	@Override
	public int numRequeues(K key) {
		return this.limiters.stream().mapToInt((limiter) -> limiter.numRequeues(key)).max().orElse(0);
	}

}
