package io.github.k8sclient.test;

import java.util.ArrayDeque;
import java.util.Queue;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * A subscription to the changes of one table. All methods but {@link #signals()} are
 * called under the lock of the store, which makes the signals come in the order of the
 * changes. Signals are buffered without bound: the store never waits for a watch.
 */
final class StoreWatch {

	private final String table;

	private final Sinks.Many<WatchSignal> sink = Sinks.many().unicast().onBackpressureBuffer();

	// null: signals pass; otherwise those that are held back
	private @Nullable Queue<WatchSignal> held;

	private boolean silent;

	private boolean ended;

	StoreWatch(String table) {
		this.table = table;
	}

	String table() {
		return this.table;
	}

	/**
	 * The signals, for one subscriber. Completes when the watch is ended.
	 * @return the signals
	 */
	Flux<WatchSignal> signals() {
		return this.sink.asFlux();
	}

	void offer(WatchSignal signal) {
		if (this.silent || this.ended) {
			return;
		}
		if (this.held != null) {
			this.held.add(signal);
			return;
		}
		this.sink.emitNext(signal, Sinks.EmitFailureHandler.FAIL_FAST);
	}

	void pause() {
		if (this.held == null) {
			this.held = new ArrayDeque<>();
		}
	}

	void resume() {
		Queue<WatchSignal> signals = this.held;
		this.held = null;
		if (signals != null) {
			signals.forEach(this::offer);
		}
	}

	/**
	 * Say nothing any more, not even the end.
	 */
	void silence() {
		this.silent = true;
	}

	void end() {
		if (!this.silent && !this.ended) {
			this.ended = true;
			this.sink.tryEmitComplete();
		}
	}

}
