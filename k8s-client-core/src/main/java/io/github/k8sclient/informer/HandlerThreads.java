package io.github.k8sclient.informer;

import java.util.concurrent.LinkedBlockingQueue;
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
		int threads = Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE;
		ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), daemons);
		pool.allowCoreThreadTimeOut(true);
		return Schedulers.fromExecutorService(pool);
	}

}
