package io.github.k8sclient.workqueue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

/**
 * Which keys wait and which are worked on, since when, and how many there have been.
 * Times are nanoseconds of one clock. Thread-safe.
 *
 * @param <K> the type of the keys
 */
final class KeyTable<K> {

	/** In order; none that is worked on. */
	private final Queue<K> ready = new ArrayDeque<>();

	/**
	 * All that are to be worked on, since when: those that are ready, and those that are
	 * worked on and were added again.
	 */
	private final Map<K, Long> waiting = new HashMap<>();

	private final Map<K, Long> processing = new HashMap<>();

	private long adds;

	private long takes;

	private long queueNanos;

	private long completed;

	private long workNanos;

	synchronized void add(K key, long now) {
		if (this.waiting.putIfAbsent(key, now) == null) {
			this.adds++;
			if (!this.processing.containsKey(key)) {
				this.ready.add(key);
			}
		}
	}

	synchronized @Nullable K take(long now) {
		K key = this.ready.poll();
		Long since = (key != null) ? this.waiting.remove(key) : null;
		if (since != null) {
			this.processing.put(key, now);
			this.takes++;
			this.queueNanos += now - since;
		}
		return key;
	}

	synchronized void done(K key, long now) {
		Long since = this.processing.remove(key);
		if (since != null) {
			this.completed++;
			this.workNanos += now - since;
			if (this.waiting.containsKey(key)) {
				this.ready.add(key);
			}
		}
	}

	synchronized int size() {
		return this.ready.size();
	}

	synchronized boolean isEmpty() {
		return this.waiting.isEmpty() && this.processing.isEmpty();
	}

	synchronized WorkQueueStatus status(long retries, long now) {
		long unfinished = 0;
		long longest = 0;
		for (long since : this.processing.values()) {
			unfinished += now - since;
			longest = Math.max(longest, now - since);
		}
		return new WorkQueueStatus(this.ready.size(), this.adds, retries, this.takes, Duration.ofNanos(this.queueNanos),
				this.completed, Duration.ofNanos(this.workNanos), Duration.ofNanos(unfinished),
				Duration.ofNanos(longest));
	}

}
