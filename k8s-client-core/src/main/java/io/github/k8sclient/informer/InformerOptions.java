package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.Objects;

import org.springframework.util.Assert;

/**
 * How an informer works. Immutable: each {@code with} method returns a changed copy.
 *
 * @since 0.1.0
 */
public final class InformerOptions {

	private static final InformerOptions DEFAULTS = new InformerOptions(Duration.ZERO, 500, Duration.ofMinutes(5),
			Duration.ofMinutes(11));

	private final Duration resync;

	private final int pageSize;

	private final Duration minWatchTimeout;

	private final Duration staleAfter;

	private InformerOptions(Duration resync, int pageSize, Duration minWatchTimeout, Duration staleAfter) {
		this.resync = resync;
		this.pageSize = pageSize;
		this.minWatchTimeout = minWatchTimeout;
		this.staleAfter = staleAfter;
	}

	/**
	 * Return the options of client-go: no resync, pages of 500 objects where lists are
	 * paged, watches of 5 to 10 minutes; stale after 11 minutes.
	 * @return the defaults
	 */
	public static InformerOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Show every object of the store to the handlers again and again, unless a handler
	 * says otherwise. No request is made for it.
	 * @param resync the time between two rounds, at least one second; zero for never
	 * @return the changed options
	 * @throws IllegalArgumentException if the period is negative, or shorter than a
	 * second and not zero
	 * @see HandlerOptions#withResync(Duration)
	 */
	public InformerOptions withResync(Duration resync) {
		return new InformerOptions(HandlerOptions.checkResync(resync), this.pageSize, this.minWatchTimeout,
				this.staleAfter);
	}

	/**
	 * Choose how many objects a page has when a list is read in pages: when it cannot be
	 * answered from the cache of the server.
	 * @param pageSize the number of objects, positive
	 * @return the changed options
	 */
	public InformerOptions withPageSize(int pageSize) {
		Assert.isTrue(pageSize > 0, "'pageSize' must be positive");
		return new InformerOptions(this.resync, pageSize, this.minWatchTimeout, this.staleAfter);
	}

	/**
	 * Choose how long a watch lasts at least. Each watch asks the server for a random
	 * time between this and twice as long, so that the watches of many clients do not end
	 * together.
	 * @param minWatchTimeout the time, at least a second
	 * @return the changed options
	 */
	public InformerOptions withMinWatchTimeout(Duration minWatchTimeout) {
		Assert.notNull(minWatchTimeout, "'minWatchTimeout' must not be null");
		Assert.isTrue(minWatchTimeout.toSeconds() >= 1, "'minWatchTimeout' must be at least one second");
		return new InformerOptions(this.resync, this.pageSize, minWatchTimeout, this.staleAfter);
	}

	/**
	 * Choose after which silence of the server the store is called stale. A healthy
	 * server is heard of at least as often as a watch ends, and with bookmarks every
	 * minute.
	 * @param staleAfter the time, positive
	 * @return the changed options
	 * @see InformerState#STALE
	 */
	public InformerOptions withStaleAfter(Duration staleAfter) {
		Assert.notNull(staleAfter, "'staleAfter' must not be null");
		Assert.isTrue(!staleAfter.isNegative() && !staleAfter.isZero(), "'staleAfter' must be positive");
		return new InformerOptions(this.resync, this.pageSize, this.minWatchTimeout, staleAfter);
	}

	/**
	 * Return the time between two resyncs.
	 * @return the period, zero for never
	 */
	public Duration resync() {
		return this.resync;
	}

	/**
	 * Return how many objects a page of a list has.
	 * @return the number of objects
	 */
	public int pageSize() {
		return this.pageSize;
	}

	/**
	 * Return how long a watch lasts at least.
	 * @return the time
	 */
	public Duration minWatchTimeout() {
		return this.minWatchTimeout;
	}

	/**
	 * Return after which silence of the server the store is called stale.
	 * @return the time
	 */
	public Duration staleAfter() {
		return this.staleAfter;
	}

	@Override
	public boolean equals(Object other) {
		return this == other || (other instanceof InformerOptions options && this.resync.equals(options.resync)
				&& this.pageSize == options.pageSize && this.minWatchTimeout.equals(options.minWatchTimeout)
				&& this.staleAfter.equals(options.staleAfter));
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.resync, this.pageSize, this.minWatchTimeout, this.staleAfter);
	}

	@Override
	public String toString() {
		return "resync " + this.resync + ", page size " + this.pageSize + ", watches of at least "
				+ this.minWatchTimeout + ", stale after " + this.staleAfter;
	}

}
