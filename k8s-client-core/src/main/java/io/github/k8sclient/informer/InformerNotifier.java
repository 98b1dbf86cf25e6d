package io.github.k8sclient.informer;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

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

	private final Consumer<Throwable> onFailure;

	private final List<InformerStatusListener> listeners = new CopyOnWriteArrayList<>();

	private final Queue<Runnable> notifications = Queues.<Runnable>unboundedMultiproducer().get();

	private final SerialWorker worker;

	/**
	 * Create a notifier.
	 * @param informer the informer to speak of
	 * @param errorHandler told of errors, {@code null} for nobody
	 * @param scheduler where to call
	 * @param onFailure told of what listeners and error handler throw
	 */
	InformerNotifier(SharedInformer<?> informer, @Nullable InformerErrorHandler errorHandler, Scheduler scheduler,
			Consumer<Throwable> onFailure) {
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
			call(() -> listener.onStatusChange(this.informer, previous, current));
		}
	}

	void failed(InformerException error) {
		InformerErrorHandler handler = this.errorHandler;
		if (handler != null) {
			call(() -> handler.onError(this.informer, error));
		}
	}

	private void call(Runnable notification) {
		this.notifications.offer(notification);
		this.worker.signal();
	}

	private boolean callNext() {
		Runnable notification = this.notifications.poll();
		if (notification == null) {
			return false;
		}
		try {
			notification.run();
		}
		catch (Throwable ex) {
			this.onFailure.accept(ex);
		}
		return true;
	}

}
