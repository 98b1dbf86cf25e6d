package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The handlers of an informer. They join and leave by tasks on the informer's loop, where
 * batches are dispatched as well: so each gets its first view and then every change after
 * it, without a lock.
 *
 * @param <T> the type of the objects
 */
final class InformerHandlers<T extends KubernetesObject> {

	private final Scheduler loop;

	private final Store<T> store;

	private final BooleanSupplier listed;

	/** On the loop only. */
	private final Map<HandlerMailbox<T>, Resync> joined = new LinkedHashMap<>();

	/** On the loop only. */
	private boolean running;

	/**
	 * Create the handlers of an informer.
	 * @param loop the informer's loop
	 * @param store what handlers see at first, and in a resync
	 * @param listed whether the store has had its first list
	 */
	InformerHandlers(Scheduler loop, Store<T> store, BooleanSupplier listed) {
		this.loop = loop;
		this.store = store;
		this.listed = listed;
	}

	/**
	 * Add a handler. From any thread.
	 * @param mailbox the mailbox of the handler
	 * @param resync the time between two resyncs, zero for never
	 */
	void add(HandlerMailbox<T> mailbox, Duration resync) {
		this.loop.schedule(() -> join(mailbox, resync));
	}

	/**
	 * Remove a handler. From any thread.
	 * @param mailbox the mailbox of the handler
	 */
	void remove(HandlerMailbox<T> mailbox) {
		this.loop.schedule(() -> leave(mailbox));
	}

	private void join(HandlerMailbox<T> mailbox, Duration period) {
		if (mailbox.isDisposed()) {
			return;
		}
		Resync resync = new Resync(mailbox, period);
		this.joined.put(mailbox, resync);
		if (this.running) {
			start(mailbox, resync);
		}
		if (this.listed.getAsBoolean()) {
			mailbox.offer(EventBatch.present(this.store.list()));
		}
	}

	private void leave(HandlerMailbox<T> mailbox) {
		Resync resync = this.joined.remove(mailbox);
		if (resync != null) {
			resync.stop();
		}
	}

	/**
	 * Let the handlers work. On the loop.
	 */
	void start() {
		this.running = true;
		this.joined.forEach(this::start);
	}

	private void start(HandlerMailbox<T> mailbox, Resync resync) {
		mailbox.informerStarted();
		resync.start();
	}

	/**
	 * Let the handlers rest. On the loop.
	 * @param informer the informer that stops
	 * @return completes when none of them works any more
	 */
	Mono<Void> stop(SharedInformer<T> informer) {
		this.running = false;
		this.joined.values().forEach(Resync::stop);
		return Mono.when(this.joined.keySet().stream().map((mailbox) -> mailbox.informerStopped(informer)).toList());
	}

	/**
	 * Put a batch into every mailbox. On the loop.
	 * @param batch the batch
	 */
	void dispatch(EventBatch<T> batch) {
		for (HandlerMailbox<T> mailbox : this.joined.keySet()) {
			mailbox.offer(batch);
		}
	}

	/**
	 * Shows a handler the content of the store again and again.
	 */
	private final class Resync {

		private final HandlerMailbox<T> mailbox;

		private final Duration period;

		private @Nullable Disposable timer;

		/** Whether the last round is not yet worked off. */
		private volatile boolean waiting;

		Resync(HandlerMailbox<T> mailbox, Duration period) {
			this.mailbox = mailbox;
			this.period = period;
		}

		void start() {
			if (!this.period.isZero()) {
				this.timer = InformerHandlers.this.loop.schedulePeriodically(this::begin, this.period.toMillis(),
						this.period.toMillis(), TimeUnit.MILLISECONDS);
			}
		}

		private void begin() {
			if (InformerHandlers.this.listed.getAsBoolean() && !this.waiting) {
				this.waiting = true;
				this.mailbox.offer(EventBatch.resync(InformerHandlers.this.store.list(), () -> this.waiting = false));
			}
		}

		void stop() {
			if (this.timer != null) {
				this.timer.dispose();
			}
		}

	}

}
