package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Does pieces of work one after the other on a shared scheduler, and occupies a thread of
 * it only while there is work. Each piece sees what the one before did. Thread-safe.
 */
final class SerialWorker {

	/**
	 * After how many pieces a thread is given back, so that many workers share few
	 * threads fairly.
	 */
	private static final int PIECES_PER_TURN = 256;

	/**
	 * After how many nanoseconds a thread is given back. A piece that takes longer is the
	 * only one of its turn.
	 */
	private static final long TURN = Duration.ofMillis(100).toNanos();

	private static final Log logger = LogFactory.getLog(SerialWorker.class);

	private final Scheduler scheduler;

	private final BooleanSupplier piece;

	/** More than zero while a turn is scheduled or runs. */
	private final AtomicInteger demands = new AtomicInteger();

	private volatile boolean paused;

	private volatile Sinks.Empty<Void> idle = Sinks.empty();

	/**
	 * Create a worker.
	 * @param scheduler where to work
	 * @param piece does one piece of work and returns whether there was one; never throws
	 */
	SerialWorker(Scheduler scheduler, BooleanSupplier piece) {
		this.scheduler = scheduler;
		this.piece = piece;
	}

	/**
	 * Tell that there is work.
	 */
	void signal() {
		if (!this.paused && this.demands.getAndIncrement() == 0) {
			schedule();
		}
	}

	/**
	 * Do no more work until resumed. Not at the same time as {@link #resume()}.
	 * @return completes when the piece that is being worked on is done, or the worker is
	 * resumed
	 */
	Mono<Void> pause() {
		Sinks.Empty<Void> sink = Sinks.empty();
		this.idle = sink;
		this.paused = true;
		if (this.demands.get() == 0) {
			sink.tryEmitEmpty();
		}
		return sink.asMono();
	}

	/**
	 * Go on with the work.
	 */
	void resume() {
		this.paused = false;
		this.idle.tryEmitEmpty();
		signal();
	}

	private void schedule() {
		try {
			this.scheduler.schedule(this::turn);
		}
		catch (RejectedExecutionException ex) {
			// the next signal tries again
			logger.warn("No thread to serve handlers: " + ex.getMessage());
			this.demands.set(0);
			reportIdle();
		}
	}

	private void turn() {
		int demand = this.demands.get();
		long start = now();
		int done = 0;
		do {
			if (this.paused) {
				rest();
				return;
			}
			if (!this.piece.getAsBoolean()) {
				demand = this.demands.addAndGet(-demand);
				if (demand == 0) {
					reportIdle();
					return;
				}
			}
			done++;
		}
		while (done < PIECES_PER_TURN && now() - start < TURN);
		schedule();
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	private void rest() {
		this.demands.set(0);
		if (this.paused) {
			reportIdle();
		}
		else {
			// resumed before the demands were forgotten
			signal();
		}
	}

	private void reportIdle() {
		if (this.paused) {
			this.idle.tryEmitEmpty();
		}
	}

}
