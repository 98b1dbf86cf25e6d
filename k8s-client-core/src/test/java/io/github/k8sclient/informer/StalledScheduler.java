package io.github.k8sclient.informer;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Does nothing until it is told to, and then everything on the thread that tells.
 */
final class StalledScheduler implements Scheduler {

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	@Override
	public Disposable schedule(Runnable task) {
		this.tasks.add(task);
		return Disposables.disposed();
	}

	@Override
	public Worker createWorker() {
		return new Worker() {

			@Override
			public Disposable schedule(Runnable task) {
				return StalledScheduler.this.schedule(task);
			}

			@Override
			public void dispose() {
			}

		};
	}

	/**
	 * Do what there is to do, and what comes of it.
	 */
	void work() {
		Runnable task = this.tasks.poll();
		while (task != null) {
			task.run();
			task = this.tasks.poll();
		}
	}

}
