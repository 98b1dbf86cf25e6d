package io.github.k8sclient.informer;

import java.util.PriorityQueue;
import java.util.Queue;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * Those who wait for a store to come to a resource version. They come, go and are told on
 * the informer's loop, so that none is forgotten; their own code runs elsewhere.
 */
final class VersionWaiters {

	private final Scheduler loop;

	private final Scheduler callbacks;

	/** On the loop only; the oldest version first. */
	private final Queue<Waiter> waiters = new PriorityQueue<>();

	/** On the loop only. */
	private @Nullable String reached;

	/**
	 * Create an empty queue.
	 * @param loop the informer's loop
	 * @param callbacks where waiters go on
	 */
	VersionWaiters(Scheduler loop, Scheduler callbacks) {
		this.loop = loop;
		this.callbacks = callbacks;
	}

	/**
	 * Wait for a version.
	 * @param version the version, one that can be compared
	 * @return completes when the store has come to it
	 */
	Mono<Void> await(String version) {
		return Mono.<Void>create((sink) -> this.loop.schedule(() -> add(new Waiter(version, sink))))
			.publishOn(this.callbacks);
	}

	private void add(Waiter waiter) {
		if (!tell(waiter)) {
			this.waiters.add(waiter);
			waiter.sink.onDispose(() -> this.loop.schedule(() -> this.waiters.remove(waiter)));
		}
	}

	/**
	 * The store has come to a version. On the loop.
	 * @param version the version
	 */
	void advance(String version) {
		this.reached = version;
		Waiter first = this.waiters.peek();
		while (first != null && tell(first)) {
			this.waiters.remove();
			first = this.waiters.peek();
		}
	}

	private boolean tell(Waiter waiter) {
		String version = this.reached;
		if (ResourceVersions.isAtLeast(version, waiter.version)) {
			waiter.sink.success();
			return true;
		}
		if (version != null && !ResourceVersions.isComparable(version)) {
			waiter.sink.error(new InformerException(
					"The server has resource versions that cannot be compared, such as '" + version + "'", null));
			return true;
		}
		return false;
	}

	/**
	 * One who waits.
	 *
	 * @param version for which version
	 * @param sink told when it is there
	 */
	private record Waiter(String version, MonoSink<Void> sink) implements Comparable<Waiter> {

		@Override
		public int compareTo(Waiter other) {
			return ResourceVersions.compare(this.version, other.version);
		}

	}

}
