package io.github.k8sclient.informer;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Queue;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads of a scheduler with one queue for all of them. Some schedulers,
 * {@link Schedulers#boundedElastic()} among them, bind a task that finds all threads busy
 * to one of them, where it waits even if that thread never returns from what it does.
 * Here a thread that has done its task takes on what has waited longest, whatever thread
 * that was meant for: nothing waits while a thread is free. Thread-safe.
 */
final class HandlerThreads implements Scheduler {

	private static final int IDLE_SECONDS = 60;

	/** Those in use, so that factories with one scheduler have one queue. */
	private static final Map<Scheduler, WeakReference<HandlerThreads>> IN_USE = new WeakHashMap<>();

	private final Scheduler threads;

	/** In the order of time; what a thread works on is not here any more. */
	private final Queue<Task> waiting = new ConcurrentLinkedQueue<>();

	private HandlerThreads(Scheduler threads) {
		this.threads = threads;
	}

	/**
	 * Share the threads of a scheduler.
	 * @param threads the scheduler
	 * @return the threads, the same for all who ask with this scheduler
	 */
	static Scheduler of(Scheduler threads) {
		synchronized (IN_USE) {
			WeakReference<HandlerThreads> known = IN_USE.get(threads);
			HandlerThreads shared = (known != null) ? known.get() : null;
			if (shared == null) {
				shared = new HandlerThreads(threads);
				IN_USE.put(threads, new WeakReference<>(shared));
			}
			return shared;
		}
	}

	/**
	 * Return the threads of all factories that have no others: daemons of their own, so
	 * that a handler which never returns holds up nobody else in the application. There
	 * are ten for each core at most, and those without work end.
	 * @return the threads
	 */
	static Scheduler shared() {
		return Shared.THREADS;
	}

	@Override
	public Disposable schedule(Runnable work) {
		Task task = new Task(work);
		this.waiting.add(task);
		try {
			task.seekThread();
		}
		catch (RejectedExecutionException ex) {
			if (task.take()) {
				this.waiting.remove(task);
				throw ex;
			}
		}
		return task;
	}

	/**
	 * Return a worker of the scheduler, bound to one of its threads as they are.
	 */
	@Override
	public Worker createWorker() {
		return this.threads.createWorker();
	}

	@Override
	public long now(TimeUnit unit) {
		return this.threads.now(unit);
	}

	private void work(Task first, Worker thread) {
		try {
			// what another thread has taken on leaves nothing to do for this one
			if (first.take()) {
				this.waiting.remove(first);
				first.work.run();
				workOffWhatWaits();
			}
		}
		finally {
			thread.dispose();
			moveOneThatCameLate();
		}
	}

	private void workOffWhatWaits() {
		Task next = takeNext();
		while (next != null) {
			next.work.run();
			next = takeNext();
		}
	}

	/**
	 * Look once more after the thread is free: what came just before was bound to another
	 * thread, and what comes from now on finds this one.
	 */
	private void moveOneThatCameLate() {
		Task late = takeNext();
		if (late != null) {
			try {
				schedule(late.work);
			}
			catch (RejectedExecutionException ex) {
				// without a thread of its own it must do with this one
				late.work.run();
			}
		}
	}

	private @Nullable Task takeNext() {
		Task next = this.waiting.poll();
		while (next != null && !next.take()) {
			next = this.waiting.poll();
		}
		if (next != null) {
			next.leaveThread();
		}
		return next;
	}

	/**
	 * A task, until a thread takes it on.
	 */
	private final class Task implements Disposable {

		private final Runnable work;

		private final AtomicBoolean taken = new AtomicBoolean();

		private volatile @Nullable Worker thread;

		Task(Runnable work) {
			this.work = work;
		}

		void seekThread() {
			Worker worker = HandlerThreads.this.threads.createWorker();
			this.thread = worker;
			try {
				worker.schedule(() -> work(this, worker));
			}
			catch (RejectedExecutionException ex) {
				worker.dispose();
				throw ex;
			}
		}

		/**
		 * Return whether nobody has taken the task on, or off, before.
		 */
		boolean take() {
			return this.taken.compareAndSet(false, true);
		}

		/**
		 * Wait no more for the thread that the task was meant for.
		 */
		void leaveThread() {
			Worker worker = this.thread;
			if (worker != null) {
				worker.dispose();
			}
		}

		@Override
		public void dispose() {
			if (take()) {
				HandlerThreads.this.waiting.remove(this);
				leaveThread();
			}
		}

		@Override
		public boolean isDisposed() {
			return this.taken.get();
		}

	}

	/**
	 * Made when it is needed first.
	 */
	private static final class Shared {

		static final Scheduler THREADS = new HandlerThreads(pool());

		private static Scheduler pool() {
			CustomizableThreadFactory daemons = new CustomizableThreadFactory("k8s-handler-");
			daemons.setDaemon(true);
			// not the factory that is installed, which may be one of virtual time
			Scheduler pool = new Schedulers.Factory() {
			}.newBoundedElastic(Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE, Integer.MAX_VALUE, daemons, IDLE_SECONDS);
			pool.init();
			return pool;
		}

	}

}
