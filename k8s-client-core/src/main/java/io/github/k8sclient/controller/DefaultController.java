package io.github.k8sclient.controller;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

import io.github.k8sclient.informer.HandlerRegistration;
import io.github.k8sclient.informer.ObjectKey;
import io.github.k8sclient.informer.Store;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.workqueue.WorkQueue;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.util.Assert;

/**
 * Feeds a queue while it runs, and has workers call the reconciler.
 *
 * @param <T> the type of the objects
 */
final class DefaultController<T extends KubernetesObject> implements Controller {

	private static final Log logger = LogFactory.getLog(Controller.class);

	private final Store<T> store;

	private final Reconciler<T> reconciler;

	private final List<KeySource<?>> sources;

	private final WorkQueue<ObjectKey> queue;

	private final int workers;

	private final int maxRetries;

	private final BiConsumer<ObjectKey, Throwable> onGivenUp;

	private final AtomicReference<@Nullable Run> current = new AtomicReference<>();

	DefaultController(Store<T> store, Reconciler<T> reconciler, List<KeySource<?>> sources, WorkQueue<ObjectKey> queue,
			int workers, int maxRetries, BiConsumer<ObjectKey, Throwable> onGivenUp) {
		this.store = store;
		this.reconciler = reconciler;
		this.sources = sources;
		this.queue = queue;
		this.workers = workers;
		this.maxRetries = maxRetries;
		this.onGivenUp = onGivenUp;
	}

	@Override
	public String name() {
		return this.queue.name();
	}

	@Override
	public Reconciler<T> reconciler() {
		return this.reconciler;
	}

	@Override
	public WorkQueue<ObjectKey> queue() {
		return this.queue;
	}

	@Override
	public Mono<Void> run() {
		return Mono.using(this::begin, this::work, this::end);
	}

	private Run begin() {
		Run run = new Run(Sinks.empty(), Sinks.empty());
		Assert.state(this.current.compareAndSet(null, run), () -> "The controller of " + name() + " runs already");
		return run;
	}

	private Mono<Void> work(Run run) {
		return Mono.using(this::feed,
				(feeds) -> Mono.when(feeds.stream().map(HandlerRegistration::whenSynced).toList())
					.thenReturn(run)
					.takeUntilOther(run.stop().asMono())
					.flatMap(this::process),
				(feeds) -> feeds.forEach(HandlerRegistration::dispose));
	}

	private List<HandlerRegistration> feed() {
		return this.sources.stream().map((source) -> source.feed(this.queue, "controller of " + name())).toList();
	}

	private Mono<Void> process(Run run) {
		return Mono.usingWhen(Mono.fromSupplier(() -> this.queue.process(this.workers, this::reconcile)),
				(working) -> run.stop().asMono(), WorkQueue.Workers::disposeGracefully,
				(working, failure) -> working.disposeGracefully(), (working) -> Mono.fromRunnable(working::dispose));
	}

	private void end(Run run) {
		this.current.set(null);
		run.end().tryEmitEmpty();
	}

	@Override
	public Mono<Void> stop() {
		return Mono.defer(() -> {
			Run run = this.current.get();
			if (run == null) {
				return Mono.empty();
			}
			run.stop().tryEmitEmpty();
			return run.end().asMono();
		});
	}

	@Override
	public boolean isRunning() {
		return this.current.get() != null;
	}

	private Mono<Void> reconcile(ObjectKey key) {
		return call(key).defaultIfEmpty(Result.done())
			.doOnNext((result) -> succeeded(key, result))
			.onErrorResume((failure) -> Mono.fromRunnable(() -> failed(key, failure)))
			.then();
	}

	private Mono<Result> call(ObjectKey key) {
		try {
			return this.reconciler.reconcile(key, this.store.get(key).orElse(null));
		}
		// an error of the JVM, too, has the key tried again
		catch (Throwable ex) {
			return Mono.error(ex);
		}
	}

	private void succeeded(ObjectKey key, Result result) {
		this.queue.forget(key);
		Duration delay = result.requeueAfter();
		if (delay != null) {
			this.queue.addAfter(key, delay);
		}
	}

	private void failed(ObjectKey key, Throwable failure) {
		int retries = this.queue.numRequeues(key);
		if (retries < this.maxRetries) {
			logger.warn("Cannot reconcile " + key + " of " + name() + " (attempt " + (retries + 1) + "), trying again: "
					+ failure, logger.isDebugEnabled() ? failure : null);
			this.queue.addRateLimited(key);
		}
		else {
			logger.error("Giving up " + key + " of " + name() + " after " + (retries + 1) + " attempts", failure);
			this.queue.forget(key);
			this.onGivenUp.accept(key, failure);
		}
	}

	/**
	 * A run of the controller.
	 *
	 * @param stop says that it is to end
	 * @param end says that it has ended
	 */
	private record Run(Sinks.Empty<Void> stop, Sinks.Empty<Void> end) {
	}

}
