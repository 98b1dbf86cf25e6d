package io.github.k8sclient.informer;

import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;

/**
 * The queue of one handler, and its place at the informer. The informer's loop puts
 * batches in, a worker of the handler's own takes single events out. The queue has no
 * limit, so that neither a slow handler nor its neighbours hold up the watch, which the
 * server would cut; it holds one reference for each event.
 *
 * @param <T> the type of the objects
 */
final class HandlerMailbox<T extends KubernetesObject> implements HandlerRegistration {

	private static final int QUEUE_SEGMENT = 32;

	private final String name;

	private final ResourceEventHandler<? super T> handler;

	private final BooleanSupplier demand;

	private final BiConsumer<HandlerMailbox<T>, Throwable> onFailure;

	private final Consumer<HandlerMailbox<T>> onDispose;

	private final SerialWorker worker;

	private final Queue<EventBatch<T>> batches = Queues.<EventBatch<T>>unbounded(QUEUE_SEGMENT).get();

	private final AtomicInteger pending = new AtomicInteger();

	private final AtomicLong failures = new AtomicLong();

	private final Sinks.Empty<Void> synced = Sinks.empty();

	private volatile boolean resyncing;

	private volatile boolean disposed;

	private @Nullable EventBatch<T> batch;

	private int position;

	/**
	 * Create a mailbox.
	 * @param name the name of the handler
	 * @param handler the handler
	 * @param demand whether the handler wants an event now; {@link #signal()} says when
	 * that changes
	 * @param scheduler where the handler works
	 * @param onFailure told of what the handler throws
	 * @param onDispose takes the mailbox away from the informer
	 */
	HandlerMailbox(String name, ResourceEventHandler<? super T> handler, BooleanSupplier demand, Scheduler scheduler,
			BiConsumer<HandlerMailbox<T>, Throwable> onFailure, Consumer<HandlerMailbox<T>> onDispose) {
		this.name = name;
		this.handler = handler;
		this.demand = demand;
		this.onFailure = onFailure;
		this.onDispose = onDispose;
		this.worker = new SerialWorker(scheduler, this::deliverNext);
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public Mono<Void> whenSynced() {
		return this.synced.asMono();
	}

	@Override
	public int pending() {
		return this.disposed ? 0 : this.pending.get();
	}

	@Override
	public long failures() {
		return this.failures.get();
	}

	@Override
	public void dispose() {
		if (!this.disposed) {
			this.disposed = true;
			this.synced.tryEmitError(new CancellationException("Handler " + this.name + " was removed"));
			this.onDispose.accept(this);
			this.worker.signal();
		}
	}

	@Override
	public boolean isDisposed() {
		return this.disposed;
	}

	/**
	 * Put a batch at the end of the queue. On the loop.
	 * @param batch the batch
	 */
	void offer(EventBatch<T> batch) {
		if (this.disposed) {
			return;
		}
		if (batch.kind() == EventBatch.Kind.RESYNC) {
			this.resyncing = true;
		}
		this.pending.addAndGet(batch.events().size());
		this.batches.offer(batch);
		this.worker.signal();
	}

	/**
	 * Return whether a round of a resync is not yet worked off.
	 * @return {@code true} from its offer to its last event
	 */
	boolean isResyncing() {
		return this.resyncing;
	}

	void signal() {
		this.worker.signal();
	}

	Mono<Void> pause() {
		return this.worker.pause();
	}

	void resume() {
		this.worker.resume();
	}

	private boolean deliverNext() {
		if (this.disposed) {
			clear();
			return false;
		}
		if (!this.demand.getAsBoolean()) {
			return false;
		}
		EventBatch<T> current = (this.batch != null) ? this.batch : this.batches.poll();
		if (current == null) {
			return false;
		}
		this.batch = current;
		if (this.position < current.events().size()) {
			deliver(current.events().get(this.position++));
			this.pending.decrementAndGet();
		}
		if (this.position >= current.events().size()) {
			complete(current);
		}
		return true;
	}

	private void deliver(InformerEvent<T> event) {
		try {
			event.deliverTo(this.handler);
		}
		catch (Throwable ex) {
			this.failures.incrementAndGet();
			this.onFailure.accept(this, ex);
		}
	}

	private void complete(EventBatch<T> completed) {
		this.batch = null;
		this.position = 0;
		switch (completed.kind()) {
			case INITIAL -> this.synced.tryEmitEmpty();
			case RESYNC -> this.resyncing = false;
			case CHANGES -> {
			}
		}
	}

	private void clear() {
		this.batch = null;
		this.batches.clear();
		this.pending.set(0);
	}

}
