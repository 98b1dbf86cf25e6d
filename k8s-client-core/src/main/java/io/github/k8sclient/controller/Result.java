package io.github.k8sclient.controller;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What is to be done after a key was reconciled.
 *
 * @param requeueAfter after what time the key is to be reconciled again even if nothing
 * changes, {@code null} for never
 * @since 0.1.0
 */
public record Result(@Nullable Duration requeueAfter) {

	private static final Result DONE = new Result(null);

	/**
	 * Wait for the next change.
	 * @return the result
	 */
	public static Result done() {
		return DONE;
	}

	/**
	 * Reconcile again after some time, or at the next change if that comes first.
	 * @param delay the time, positive
	 * @return the result
	 */
	public static Result requeueAfter(Duration delay) {
		Assert.isTrue(delay != null && delay.compareTo(Duration.ZERO) > 0, "'delay' must be positive");
		return new Result(delay);
	}

}
