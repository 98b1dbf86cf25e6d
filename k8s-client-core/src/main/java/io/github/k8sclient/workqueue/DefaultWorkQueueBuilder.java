package io.github.k8sclient.workqueue;

import io.github.k8sclient.informer.HandlerThreads;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.Assert;

/**
 * Builds a {@link DefaultWorkQueue}.
 *
 * @param <K> the type of the keys
 */
final class DefaultWorkQueueBuilder<K> implements WorkQueue.Builder<K> {

	private final String name;

	private @Nullable RateLimiter<K> rateLimiter;

	private Scheduler scheduler = Schedulers.parallel();

	private Scheduler handlerScheduler = HandlerThreads.shared();

	DefaultWorkQueueBuilder(String name) {
		Assert.hasText(name, "'name' must not be empty");
		this.name = name;
	}

	@Override
	public WorkQueue.Builder<K> rateLimiter(RateLimiter<K> rateLimiter) {
		Assert.notNull(rateLimiter, "'rateLimiter' must not be null");
		this.rateLimiter = rateLimiter;
		return this;
	}

	@Override
	public WorkQueue.Builder<K> scheduler(Scheduler scheduler) {
		Assert.notNull(scheduler, "'scheduler' must not be null");
		this.scheduler = scheduler;
		return this;
	}

	@Override
	public WorkQueue.Builder<K> handlerScheduler(Scheduler handlerScheduler) {
		Assert.notNull(handlerScheduler, "'handlerScheduler' must not be null");
		this.handlerScheduler = handlerScheduler;
		return this;
	}

	@Override
	public WorkQueue<K> build() {
		RateLimiter<K> limiter = (this.rateLimiter != null) ? this.rateLimiter : RateLimiter.defaults(this.scheduler);
		return new DefaultWorkQueue<>(this.name, limiter, this.scheduler, this.handlerScheduler);
	}

}
