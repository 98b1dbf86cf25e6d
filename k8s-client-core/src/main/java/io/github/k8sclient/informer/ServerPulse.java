package io.github.k8sclient.informer;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Tells those who wait for a server that could not be reached when another one has
 * reached it. Shared by the informers of a factory. Thread-safe.
 */
final class ServerPulse {

	private final Sinks.Many<Boolean> beats = Sinks.many().multicast().directBestEffort();

	/**
	 * The server has answered.
	 */
	void beat() {
		// Two at once are as good as one
		this.beats.tryEmitNext(Boolean.TRUE);
	}

	/**
	 * Return when the server answers.
	 * @return an element for each answer from now on
	 */
	Flux<Boolean> beats() {
		return this.beats.asFlux();
	}

}
