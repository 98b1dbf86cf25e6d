package io.github.k8sclient.informer;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The first view of the cluster, for those who wait for it. They are told when there is
 * no prospect of it, and may wait anew when there is one again. Thread-safe.
 */
final class FirstView {

	private Sinks.Empty<Void> waiting = Sinks.empty();

	private boolean decided;

	/**
	 * Wait for the view.
	 * @return completes when it is there, or fails
	 */
	Mono<Void> await() {
		return Mono.defer(() -> current().asMono());
	}

	private synchronized Sinks.Empty<Void> current() {
		return this.waiting;
	}

	/**
	 * The view is there.
	 */
	void complete() {
		decide().tryEmitEmpty();
	}

	/**
	 * There will never be a view.
	 * @param reason why
	 */
	void fail(Throwable reason) {
		decide().tryEmitError(reason);
	}

	private synchronized Sinks.Empty<Void> decide() {
		this.decided = true;
		return this.waiting;
	}

	/**
	 * There will be no view for those who wait now.
	 * @param reason why
	 * @return tells them
	 */
	synchronized Runnable postpone(Throwable reason) {
		Sinks.Empty<Void> disappointed = this.waiting;
		if (!this.decided) {
			this.waiting = Sinks.empty();
		}
		return () -> disappointed.tryEmitError(reason);
	}

}
