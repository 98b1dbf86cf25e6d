package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * A scheduler whose time of day can be set, as that of a machine can, while time passes
 * as it does at another scheduler. Like the schedulers of Reactor, it gives the time of
 * day where it is asked for milliseconds.
 */
final class SettableClock implements Scheduler {

	private final Scheduler time;

	private volatile Duration step = Duration.ZERO;

	SettableClock(Scheduler time) {
		this.time = time;
	}

	void set(Duration step) {
		this.step = step;
	}

	@Override
	public long now(TimeUnit unit) {
		boolean timeOfDay = unit.compareTo(TimeUnit.MILLISECONDS) >= 0;
		return this.time.now(unit) + (timeOfDay ? unit.convert(this.step) : 0);
	}

	@Override
	public Disposable schedule(Runnable task) {
		return this.time.schedule(task);
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		return this.time.schedule(task, delay, unit);
	}

	@Override
	public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
		return this.time.schedulePeriodically(task, initialDelay, period, unit);
	}

	@Override
	public Worker createWorker() {
		return this.time.createWorker();
	}

}
