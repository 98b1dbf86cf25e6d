package io.github.k8sclient.controller;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.k8sclient.informer.ObjectKey;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.workqueue.RateLimiter;
import io.github.k8sclient.workqueue.WorkQueue;
import reactor.core.scheduler.Scheduler;

import org.springframework.util.Assert;

/**
 * Builds a {@link DefaultController}.
 *
 * @param <T> the type of the objects
 */
final class DefaultControllerBuilder<T extends KubernetesObject> implements Controller.Builder {

	private final SharedInformer<T> informer;

	private final Reconciler<T> reconciler;

	private final List<KeySource<?>> sources = new ArrayList<>();

	private final List<Consumer<WorkQueue.Builder<ObjectKey>>> queueSettings = new ArrayList<>();

	private String name;

	private int workers = 1;

	private int maxRetries = Integer.MAX_VALUE;

	private BiConsumer<ObjectKey, Throwable> onGivenUp = (key, failure) -> {
	};

	DefaultControllerBuilder(SharedInformer<T> informer, Reconciler<T> reconciler) {
		Assert.notNull(informer, "'informer' must not be null");
		Assert.notNull(reconciler, "'reconciler' must not be null");
		this.informer = informer;
		this.reconciler = reconciler;
		this.name = informer.name();
		this.sources.add(new KeySource<>(informer, (object) -> List.of(ObjectKey.of(object))));
	}

	@Override
	public Controller.Builder name(String name) {
		Assert.hasText(name, "'name' must not be empty");
		this.name = name;
		return this;
	}

	@Override
	public <S extends KubernetesObject> Controller.Builder watch(SharedInformer<S> informer,
			Function<? super S, ? extends Collection<ObjectKey>> keys) {
		Assert.notNull(informer, "'informer' must not be null");
		Assert.notNull(keys, "'keys' must not be null");
		this.sources.add(new KeySource<>(informer, keys));
		return this;
	}

	@Override
	public Controller.Builder workers(int workers) {
		Assert.isTrue(workers > 0, "'workers' must be positive");
		this.workers = workers;
		return this;
	}

	@Override
	public Controller.Builder maxRetries(int maxRetries) {
		Assert.isTrue(maxRetries >= 0, "'maxRetries' must not be negative");
		this.maxRetries = maxRetries;
		return this;
	}

	@Override
	public Controller.Builder onGivenUp(BiConsumer<ObjectKey, Throwable> handler) {
		Assert.notNull(handler, "'handler' must not be null");
		this.onGivenUp = handler;
		return this;
	}

	@Override
	public Controller.Builder rateLimiter(RateLimiter<ObjectKey> rateLimiter) {
		this.queueSettings.add((queue) -> queue.rateLimiter(rateLimiter));
		return this;
	}

	@Override
	public Controller.Builder scheduler(Scheduler scheduler) {
		this.queueSettings.add((queue) -> queue.scheduler(scheduler));
		return this;
	}

	@Override
	public Controller.Builder handlerScheduler(Scheduler handlerScheduler) {
		this.queueSettings.add((queue) -> queue.handlerScheduler(handlerScheduler));
		return this;
	}

	@Override
	public Controller build() {
		WorkQueue.Builder<ObjectKey> queue = WorkQueue.builder(this.name);
		this.queueSettings.forEach((setting) -> setting.accept(queue));
		return new DefaultController<>(this.informer.store(), this.reconciler, List.copyOf(this.sources), queue.build(),
				this.workers, this.maxRetries, this.onGivenUp);
	}

}
