package io.github.k8sclient.informer;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads of the handlers of all informers, queues and elections that have no others:
 * daemons of their own, so that a handler which never returns holds up nobody else in the
 * application. They have one queue, so that nothing waits while one of them is free;
 * {@link Schedulers#boundedElastic()} would let a task wait for the thread that it was
 * bound to, which may be one that never returns.
 *
 * @since 0.1.0
 */
public final class HandlerThreads {

	private static final int IDLE_SECONDS = 60;

	/** Made when it is needed first; its threads are made with the first tasks. */
	private static final Scheduler SHARED = create();

	private HandlerThreads() {
	}

	/**
	 * Return the threads: ten for each core at most, and those without work end.
	 * @return the scheduler
	 */
	public static Scheduler shared() {
		return SHARED;
	}

	static Scheduler create() {
		CustomizableThreadFactory daemons = new CustomizableThreadFactory("k8s-handler-");
		daemons.setDaemon(true);
		return Schedulers.fromExecutorService(new ThreadPoolExecutor(0, Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE,
				IDLE_SECONDS, TimeUnit.SECONDS, new WaitingTasks(), daemons, HandlerThreads::waitForThread));
	}

	private static void waitForThread(Runnable task, ThreadPoolExecutor pool) {
		if (pool.isShutdown()) {
			throw new RejectedExecutionException("The threads of the handlers have ended");
		}
		pool.getQueue().add(task);
	}

	/**
	 * Has a pool give a task to a thread without work, or else make another thread, or
	 * else let the task wait. A pool with an ordinary queue would make all its threads
	 * before one gets a second task.
	 */
	private static final class WaitingTasks extends LinkedTransferQueue<Runnable> {

		@Override
		public boolean offer(Runnable task) {
			return tryTransfer(task);
		}

		@Override
		public boolean add(Runnable task) {
			put(task);
			return true;
		}

	}

}
