package io.github.k8sclient.leaderelection;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * How far a run of an elector has come.
 */
final class ElectionRun {

	private static final Log logger = LogFactory.getLog(LeaderElector.class);

	private static final Duration EMISSION = Duration.ofSeconds(1);

	private final Sinks.Many<Runnable> callbacks = Sinks.many().unicast().onBackpressureBuffer();

	private final Sinks.Empty<Void> stop = Sinks.empty();

	private final Sinks.Empty<Void> end = Sinks.empty();

	private volatile boolean led;

	private volatile boolean holding;

	private ElectionRun() {
	}

	/**
	 * Begin a run.
	 * @param scheduler where callbacks are called, one after the other
	 * @return the run
	 */
	static ElectionRun begin(Scheduler scheduler) {
		ElectionRun run = new ElectionRun();
		run.callbacks.asFlux().publishOn(scheduler).subscribe(ElectionRun::callSafely);
		return run;
	}

	/**
	 * Note that the instance leads.
	 */
	void led() {
		this.led = true;
		this.holding = true;
	}

	/**
	 * Note that there is no lease to give up.
	 */
	void lost() {
		this.holding = false;
	}

	boolean hasLed() {
		return this.led;
	}

	boolean isHolding() {
		return this.holding;
	}

	Mono<Void> stopRequest() {
		return this.stop.asMono();
	}

	/**
	 * Ask for the end, and wait for it.
	 */
	Mono<Void> stop() {
		this.stop.tryEmitEmpty();
		return this.end.asMono();
	}

	void call(Runnable callback) {
		this.callbacks.emitNext(callback, Sinks.EmitFailureHandler.busyLooping(EMISSION));
	}

	private static void callSafely(Runnable callback) {
		try {
			callback.run();
		}
		catch (Throwable ex) {
			logger.error("A callback of the leader election failed", ex);
		}
	}

	/**
	 * Tell that the run has ended.
	 */
	void dispose() {
		this.callbacks.emitComplete(Sinks.EmitFailureHandler.busyLooping(EMISSION));
		this.end.tryEmitEmpty();
	}

}
