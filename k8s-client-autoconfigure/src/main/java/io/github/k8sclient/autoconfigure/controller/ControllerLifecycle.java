package io.github.k8sclient.autoconfigure.controller;

import java.time.Duration;

import io.github.k8sclient.autoconfigure.informer.KeepAliveThread;
import io.github.k8sclient.leaderelection.LeaderElector;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.context.SmartLifecycle;

/**
 * Runs the controllers as long as the application runs, or as long as it leads: they
 * start after the informers and stop before them.
 */
final class ControllerLifecycle implements SmartLifecycle {

	/**
	 * The phase of the controllers, right after that of the informers
	 * ({@code DEFAULT_PHASE - 4096}).
	 */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4095;

	private static final Duration PAUSE = Duration.ofSeconds(2);

	private static final Log logger = LogFactory.getLog(ControllerLifecycle.class);

	private final ApplicationControllers controllers;

	private final @Nullable LeaderElector elector;

	private @Nullable KeepAliveThread keepAlive;

	private @Nullable Disposable work;

	private volatile boolean running;

	/**
	 * Create a lifecycle.
	 * @param controllers the controllers
	 * @param elector has the controllers run while this instance leads, {@code null} to
	 * run them in any case
	 */
	ControllerLifecycle(ApplicationControllers controllers, @Nullable LeaderElector elector) {
		this.controllers = controllers;
		this.elector = elector;
	}

	@Override
	public void start() {
		this.running = true;
		if (this.elector != null || !this.controllers.controllers().isEmpty()) {
			this.keepAlive = KeepAliveThread.start();
		}
		Mono<Void> run = (this.elector != null) ? this.elector.run() : this.controllers.run();
		this.work = run.doOnError((ex) -> logger.error("The controllers failed and start again", ex))
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, PAUSE))
			// who has lost the leadership may have it again
			.repeat(() -> this.running && this.elector != null)
			.subscribe();
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		// whoever takes over must not meet what still runs here
		Mono<Void> end = (this.elector != null) ? this.controllers.stop().then(this.elector.stop())
				: this.controllers.stop();
		end.doFinally((signal) -> {
			ended();
			callback.run();
		}).subscribe(null, (ex) -> logger.warn("The controllers did not stop cleanly", ex));
	}

	private void ended() {
		if (this.work != null) {
			this.work.dispose();
		}
		if (this.keepAlive != null) {
			this.keepAlive.stop();
		}
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
