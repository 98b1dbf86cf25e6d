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

	private static final HandlerOptions DEFAULTS = new HandlerOptions(null, null);

	private final @Nullable String name;

	private final @Nullable Duration resync;

	private HandlerOptions(@Nullable String name, @Nullable Duration resync) {
		this.name = name;
		this.resync = resync;
	}

	/**
	 * Return options that name the handler after its class and resync as the informer
	 * says.
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
		return new HandlerOptions(name, this.resync);
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
		return new HandlerOptions(this.name, checkResync(resync));
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

	static Duration checkResync(Duration resync) {
		Assert.notNull(resync, "'resync' must not be null");
		Assert.isTrue(resync.isZero() || resync.compareTo(MINIMUM_RESYNC) >= 0,
				() -> "'resync' must be zero or at least one second but is " + resync);
		return resync;
	}

}
