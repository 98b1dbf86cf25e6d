package io.github.k8sclient.informer;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How a handler is served. Immutable: each {@code with} method returns a changed copy.
 *
 * @since 0.1.0
 */
public final class HandlerOptions {

	private static final Duration MINIMUM_RESYNC = Duration.ofSeconds(1);

	private static final int MAX_PENDING = 100_000;

	private static final HandlerOptions DEFAULTS = new HandlerOptions(null, null, OverflowStrategy.BUFFER, MAX_PENDING);

	private final @Nullable String name;

	private final @Nullable Duration resync;

	private final OverflowStrategy overflow;

	private final int maxPending;

	private HandlerOptions(@Nullable String name, @Nullable Duration resync, OverflowStrategy overflow,
			int maxPending) {
		this.name = name;
		this.resync = resync;
		this.overflow = overflow;
		this.maxPending = maxPending;
	}

	/**
	 * Return options that name the handler after its class, resync as the informer says,
	 * and keep all changes that the handler is too slow for.
	 * @return the defaults
	 */
	public static HandlerOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Name the handler in logs and metrics.
	 * @param name the name, not empty
	 * @return the changed options
	 */
	public HandlerOptions withName(String name) {
		Assert.hasText(name, "'name' must not be empty");
		return new HandlerOptions(name, this.resync, this.overflow, this.maxPending);
	}

	/**
	 * Show the handler every object of the store again and again. No request is made for
	 * it. A round is left out while the one before is not yet worked off.
	 * @param resync the time between two rounds, at least one second; zero for never
	 * @return the changed options
	 * @throws IllegalArgumentException if the period is negative, or shorter than a
	 * second and not zero
	 */
	public HandlerOptions withResync(Duration resync) {
		return new HandlerOptions(this.name, checkResync(resync), this.overflow, this.maxPending);
	}

	/**
	 * Choose what becomes of the changes that the handler is too slow for.
	 * @param overflow the strategy
	 * @return the changed options
	 */
	public HandlerOptions withOverflow(OverflowStrategy overflow) {
		Assert.notNull(overflow, "'overflow' must not be null");
		return new HandlerOptions(this.name, this.resync, overflow, this.maxPending);
	}

	/**
	 * Choose how many changes may wait with {@link OverflowStrategy#ERROR}; the other
	 * strategies know no such limit.
	 * @param maxPending the number of changes, positive; 100,000 without this call
	 * @return the changed options
	 */
	public HandlerOptions withMaxPending(int maxPending) {
		Assert.isTrue(maxPending > 0, "'maxPending' must be positive");
		return new HandlerOptions(this.name, this.resync, this.overflow, maxPending);
	}

	/**
	 * Return the name of the handler.
	 * @return the name, {@code null} to name it after its class
	 */
	public @Nullable String name() {
		return this.name;
	}

	/**
	 * Return the time between two resyncs.
	 * @return the period, zero for never, {@code null} for what the informer says
	 */
	public @Nullable Duration resync() {
		return this.resync;
	}

	/**
	 * Return what becomes of the changes that the handler is too slow for.
	 * @return the strategy
	 */
	public OverflowStrategy overflow() {
		return this.overflow;
	}

	/**
	 * Return how many changes may wait with {@link OverflowStrategy#ERROR}.
	 * @return the number of changes
	 */
	public int maxPending() {
		return this.maxPending;
	}

	static Duration checkResync(Duration resync) {
		Assert.notNull(resync, "'resync' must not be null");
		Assert.isTrue(resync.isZero() || resync.compareTo(MINIMUM_RESYNC) >= 0,
				() -> "'resync' must be zero or at least one second but is " + resync);
		return resync;
	}

}
