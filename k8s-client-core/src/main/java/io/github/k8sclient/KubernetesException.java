package io.github.k8sclient;

import org.jspecify.annotations.Nullable;

/**
 * Root of the unchecked exceptions of this client: configuration mistakes, connection
 * failures, answers that cannot be read, and what the API server refuses.
 * <p>
 * Messages never hold credentials. A cancelled request raises no exception: cancellation
 * of a subscription is passed on as cancellation.
 *
 * @since 0.1.0
 */
public class KubernetesException extends RuntimeException {

	/**
	 * Create an exception without a cause.
	 * @param message what went wrong, free of secrets
	 */
	public KubernetesException(String message) {
		super(message);
	}

	/**
	 * Create an exception with a cause.
	 * @param message what went wrong, free of secrets
	 * @param cause what led to it, {@code null} when nothing did
	 */
	public KubernetesException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
