package io.github.k8sclient.rest;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A scheduler that runs at once what is to run later, and tells how much later.
 */
final class RecordingScheduler implements Scheduler {

	final List<Duration> delays = new CopyOnWriteArrayList<>();

	private final Scheduler delegate = Schedulers.parallel();

	@Override
	public Disposable schedule(Runnable task) {
		return this.delegate.schedule(task);
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		this.delays.add(Duration.of(delay, unit.toChronoUnit()));
		return this.delegate.schedule(task);
	}

	@Override
	public Worker createWorker() {
		return this.delegate.createWorker();
	}

}
