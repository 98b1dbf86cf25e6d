package io.github.k8sclient.informer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The queue of one handler, and its place at one informer or, if these appear as one, at
 * several. The loops of the informers put batches in, a worker of the handler's own takes
 * single events out and works while at least one of the informers runs. So neither a slow
 * handler nor its neighbours hold up the watch, which the server would cut.
 *
 * @param <T> the type of the objects
 */
final class HandlerMailbox<T extends KubernetesObject> implements HandlerRegistration {

	private final String name;

	private final HandlerOptions options;

	private final Recipient<T> recipient;

	private final Scheduler scheduler;

	private final HandlerObserver<T> observer;

	private final Consumer<HandlerMailbox<T>> onDispose;

	private final PendingEvents<T> pending;

	private final SerialWorker worker;

	private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

	private final HandlerCalls calls;

	private final AtomicInteger missingViews;

	private final FirstView firstView = new FirstView();

	private final Sinks.Empty<Void> left = Sinks.empty();

	private volatile @Nullable Throwable failure;

	private int runningInformers;

	/**
	 * Create a mailbox.
	 * @param name the name of the handler
	 * @param options how the handler is served
	 * @param recipient the handler
	 * @param informers how many informers the mailbox has its place at
	 * @param scheduler where the handler works
	 * @param observer told how the handler fares
	 * @param onDispose takes the mailbox away from the informers
	 */
	HandlerMailbox(String name, HandlerOptions options, Recipient<T> recipient, int informers, Scheduler scheduler,
			HandlerObserver<T> observer, Consumer<HandlerMailbox<T>> onDispose) {
		this.name = name;
		this.options = options;
		this.recipient = recipient;
		this.scheduler = scheduler;
		this.observer = observer;
		this.onDispose = onDispose;
		this.missingViews = new AtomicInteger(informers);
		this.pending = PendingEvents.of(options);
		this.calls = new HandlerCalls(scheduler);
		this.worker = new SerialWorker(scheduler, this::deliverNext);
		this.worker.pause();
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public Mono<Void> whenSynced() {
		return this.firstView.await();
	}

	@Override
	public int pending() {
		return isDisposed() ? 0 : this.pending.size();
	}

	@Override
	public long delivered() {
		return this.calls.count();
	}

	@Override
	public long failures() {
		return this.calls.failures();
	}

	@Override
	public Duration processingTime() {
		return this.calls.time();
	}

	@Override
	public @Nullable Instant busySince() {
		return this.calls.runningSince();
	}

	@Override
	public @Nullable Throwable failure() {
		return this.failure;
	}

	@Override
	public void dispose() {
		if (leave()) {
			this.firstView.fail(new CancellationException("Handler " + this.name + " was removed"));
		}
	}

	@Override
	public Mono<Void> disposeGracefully() {
		return Mono.defer(() -> {
			dispose();
			return this.left.asMono();
		});
	}

	@Override
	public boolean isDisposed() {
		return isLeaving(this.state.get());
	}

	private boolean leave() {
		State before = this.state.getAndUpdate((current) -> switch (current) {
			case IDLE, LEFT -> State.LEFT;
			case DELIVERING, LEAVING -> State.LEAVING;
		});
		if (isLeaving(before)) {
			return false;
		}
		if (before == State.IDLE) {
			this.left.tryEmitEmpty();
		}
		this.onDispose.accept(this);
		this.worker.signal();
		return true;
	}

	private static boolean isLeaving(@Nullable State state) {
		return state == State.LEAVING || state == State.LEFT;
	}

	/**
	 * Put a batch at the end of the queue. On the loop of an informer.
	 * @param batch the batch
	 */
	void offer(EventBatch<T> batch) {
		if (isDisposed()) {
			return;
		}
		Instant stuck = this.calls.stuckSince();
		if (stuck != null) {
			this.observer.handlerStuck(this, stuck);
		}
		if (this.pending.offer(batch)) {
			this.worker.signal();
		}
		else if (leave()) {
			HandlerOverflowException overflow = new HandlerOverflowException(this.name, this.options.maxPending());
			this.failure = overflow;
			execute(() -> fail(overflow));
		}
	}

	private void fail(HandlerOverflowException overflow) {
		this.observer.handlerFailed(this, overflow);
		this.firstView.fail(overflow);
		this.recipient.fail(overflow);
	}

	/**
	 * Tell that the handler wants another event.
	 */
	void signal() {
		this.worker.signal();
	}

	/**
	 * An informer begins to work, or works already when the mailbox gets its place there.
	 */
	synchronized void informerStarted() {
		if (this.runningInformers++ == 0) {
			this.worker.resume();
		}
	}

	/**
	 * An informer does not work any more.
	 * @param informer the informer
	 * @return completes when the handler does not work any more, at once if it works for
	 * another informer
	 */
	synchronized Mono<Void> informerStopped(SharedInformer<T> informer) {
		if (--this.runningInformers > 0) {
			return Mono.empty();
		}
		Mono<Void> paused = this.worker.pause();
		Runnable tellWaiting = this.firstView.postpone(new InformersNotSyncedException(
				"Stopped before handler " + this.name + " had its first view", List.of(informer)));
		execute(() -> {
			tellWaiting.run();
			this.recipient.complete();
		});
		return paused;
	}

	private void execute(Runnable task) {
		try {
			this.scheduler.schedule(task);
		}
		catch (RejectedExecutionException ex) {
			// without a thread of its own it must do with this one
			task.run();
		}
	}

	private boolean deliverNext() {
		if (isDisposed()) {
			this.pending.clear();
			return false;
		}
		return this.recipient.wantsNext() && this.pending.deliverNext(this);
	}

	/**
	 * Call the handler. On the worker.
	 * @param event what to tell
	 */
	void deliver(InformerEvent<T> event) {
		if (!this.state.compareAndSet(State.IDLE, State.DELIVERING)) {
			return;
		}
		this.calls.begin();
		try {
			event.deliverTo(this.recipient.handler());
		}
		catch (Throwable ex) {
			this.calls.failed();
			this.observer.handlerFailed(this, ex);
		}
		this.observer.handlerReturned(this.calls.end());
		if (!this.state.compareAndSet(State.DELIVERING, State.IDLE)) {
			this.state.set(State.LEFT);
			this.left.tryEmitEmpty();
		}
	}

	/**
	 * A batch is worked off. On the worker.
	 * @param batch the batch
	 */
	void delivered(EventBatch<T> batch) {
		Consumer<HandlerMailbox<T>> onDelivered = batch.onDelivered();
		if (onDelivered != null) {
			onDelivered.accept(this);
		}
	}

	/**
	 * The first view of an informer is worked off. On the worker.
	 */
	void viewDelivered() {
		if (this.missingViews.decrementAndGet() == 0 && !isDisposed()) {
			this.firstView.complete();
		}
	}

	/**
	 * Between calls, in a call, removed during a call, removed.
	 */
	private enum State {

		IDLE, DELIVERING, LEAVING, LEFT

	}

}
