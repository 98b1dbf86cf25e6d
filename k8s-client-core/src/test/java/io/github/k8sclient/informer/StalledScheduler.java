package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Does nothing until it is told to, and then everything on the thread that tells. Its
 * clock stands still unless it is moved.
 */
final class StalledScheduler implements Scheduler {

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private volatile Duration now = Duration.ZERO;

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

	@Override
	public long now(TimeUnit unit) {
		return unit.convert(this.now);
	}

	/**
	 * Move the clock.
	 * @param time by how much
	 */
	void elapse(Duration time) {
		this.now = this.now.plus(time);
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
