package io.github.k8sclient.workqueue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Works on some keys of a queue at a time.
 *
 * @param <K> the type of the keys
 */
final class KeyWorkers<K> implements WorkQueue.Workers {

	private static final Log logger = LogFactory.getLog(WorkQueue.class);

	private final DefaultWorkQueue<K> queue;

	private final int limit;

	private final Function<? super K, ? extends Publisher<?>> handler;

	private final Scheduler threads;

	private final Set<Attempt> running = new HashSet<>();

	private final Sinks.Empty<Void> idle = Sinks.empty();

	private boolean disposed;

	KeyWorkers(DefaultWorkQueue<K> queue, int limit, Function<? super K, ? extends Publisher<?>> handler,
			Scheduler threads) {
		this.queue = queue;
		this.limit = limit;
		this.handler = handler;
		this.threads = threads;
	}

	/**
	 * Begin with as many keys as there are and may be worked on.
	 */
	void begin() {
		Attempt next = claim();
		while (next != null && start(next)) {
			next = claim();
		}
	}

	private synchronized @Nullable Attempt claim() {
		K key = (!this.disposed && this.running.size() < this.limit) ? this.queue.take() : null;
		if (key == null) {
			return null;
		}
		Attempt attempt = new Attempt(key);
		this.running.add(attempt);
		return attempt;
	}

	private boolean start(Attempt attempt) {
		try {
			this.threads.schedule(attempt::call);
			return true;
		}
		catch (RejectedExecutionException ex) {
			// the next key that comes tries again
			logger.warn("No thread to work on keys of " + this.queue.name() + ": " + ex.getMessage());
			this.queue.putBack(attempt.key);
			leave(attempt);
			return false;
		}
	}

	private synchronized void leave(Attempt attempt) {
		this.running.remove(attempt);
		tellIfIdle();
	}

	private void tellIfIdle() {
		if (this.disposed && this.running.isEmpty()) {
			this.idle.tryEmitEmpty();
		}
	}

	@Override
	public void dispose() {
		stop().forEach(Attempt::dispose);
	}

	@Override
	public Mono<Void> disposeGracefully() {
		return Mono.defer(() -> {
			stop();
			return this.idle.asMono();
		});
	}

	private List<Attempt> stop() {
		this.queue.remove(this);
		synchronized (this) {
			this.disposed = true;
			tellIfIdle();
			return List.copyOf(this.running);
		}
	}

	@Override
	public synchronized boolean isDisposed() {
		return this.disposed;
	}

	/**
	 * Works on one key. It is done when the call of the handler has returned and what it
	 * returned has ended, so that a call which blocks is waited for even if it is
	 * cancelled.
	 */
	private final class Attempt extends BaseSubscriber<Object> {

		private final K key;

		private final AtomicInteger open = new AtomicInteger(2);

		private volatile boolean cut;

		Attempt(K key) {
			this.key = key;
		}

		void call() {
			try {
				if (!isDisposed()) {
					KeyWorkers.this.handler.apply(this.key).subscribe(this);
				}
			}
			// an error of the JVM, too, must not keep the key for ever
			catch (Throwable ex) {
				onError(ex);
			}
			finally {
				close();
			}
		}

		@Override
		protected void hookOnError(Throwable ex) {
			logger.error("The handler of " + KeyWorkers.this.queue.name() + " failed for " + this.key, ex);
		}

		@Override
		protected void hookFinally(SignalType type) {
			this.cut = (type == SignalType.CANCEL);
			close();
		}

		private void close() {
			if (this.open.decrementAndGet() > 0) {
				return;
			}
			leave(this);
			if (this.cut) {
				KeyWorkers.this.queue.putBack(this.key);
			}
			KeyWorkers.this.queue.done(this.key);
		}

	}

}
