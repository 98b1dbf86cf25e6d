package io.github.k8sclient.rest;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * A scheduler whose workers complete what they have accepted before they are gone.
 * {@code publishOn} releases the buffers that it holds in its next task: if a cancel
 * takes back that task before it has begun, as happens on a busy machine, they are lost.
 */
final class CompletingScheduler implements Scheduler {

	private final Scheduler delegate;

	CompletingScheduler(Scheduler delegate) {
		this.delegate = delegate;
	}

	@Override
	public Disposable schedule(Runnable task) {
		return this.delegate.schedule(task);
	}

	@Override
	public long now(TimeUnit unit) {
		return this.delegate.now(unit);
	}

	@Override
	public Worker createWorker() {
		return new CompletingWorker(this.delegate.createWorker());
	}

	private static final class CompletingWorker implements Worker {

		private final Worker delegate;

		private volatile boolean disposed;

		CompletingWorker(Worker delegate) {
			this.delegate = delegate;
		}

		@Override
		public Disposable schedule(Runnable task) {
			if (this.disposed) {
				throw new RejectedExecutionException("The worker is disposed");
			}
			return this.delegate.schedule(task);
		}

		@Override
		public void dispose() {
			this.disposed = true;
			try {
				this.delegate.schedule(this.delegate::dispose);
			}
			catch (RejectedExecutionException ex) {
				this.delegate.dispose();
			}
		}

		@Override
		public boolean isDisposed() {
			return this.disposed;
		}

	}

}
