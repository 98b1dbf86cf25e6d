package io.github.k8sclient.informer;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;

/**
 * Calls the status listeners and the error handler of an informer, in order and on a
 * thread that may block. Thread-safe.
 */
final class InformerNotifier {

	private final SharedInformer<?> informer;

	private final @Nullable InformerErrorHandler errorHandler;

	private final BiConsumer<Object, Throwable> onFailure;

	private final List<InformerStatusListener> listeners = new CopyOnWriteArrayList<>();

	private final Queue<Notification> notifications = Queues.<Notification>unboundedMultiproducer().get();

	private final SerialWorker worker;

	/**
	 * Create a notifier.
	 * @param informer the informer to speak of
	 * @param errorHandler told of errors, {@code null} for nobody
	 * @param scheduler where to call
	 * @param onFailure told which listener or error handler threw what
	 */
	InformerNotifier(SharedInformer<?> informer, @Nullable InformerErrorHandler errorHandler, Scheduler scheduler,
			BiConsumer<Object, Throwable> onFailure) {
		this.informer = informer;
		this.errorHandler = errorHandler;
		this.onFailure = onFailure;
		this.worker = new SerialWorker(scheduler, this::callNext);
	}

	Disposable addListener(InformerStatusListener listener) {
		this.listeners.add(listener);
		return () -> this.listeners.remove(listener);
	}

	void stateChanged(InformerStatus previous, InformerStatus current) {
		for (InformerStatusListener listener : this.listeners) {
			call(listener, () -> listener.onStatusChange(this.informer, previous, current));
		}
	}

	void failed(InformerException error) {
		InformerErrorHandler handler = this.errorHandler;
		if (handler != null) {
			call(handler, () -> handler.onError(this.informer, error));
		}
	}

	private void call(Object listener, Runnable call) {
		this.notifications.offer(new Notification(listener, call));
		this.worker.signal();
	}

	private boolean callNext() {
		Notification notification = this.notifications.poll();
		if (notification == null) {
			return false;
		}
		try {
			notification.call().run();
		}
		catch (Throwable ex) {
			this.onFailure.accept(notification.listener(), ex);
		}
		return true;
	}

	/**
	 * A call that is due.
	 *
	 * @param listener who is called
	 * @param call calls the listener
	 */
	private record Notification(Object listener, Runnable call) {

	}

}
