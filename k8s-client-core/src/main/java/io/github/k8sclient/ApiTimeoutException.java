package io.github.k8sclient;

import io.github.k8sclient.meta.Status;
import org.jspecify.annotations.Nullable;

/**
 * The server could not finish in time: it was too slow, or has not yet seen the resource
 * version asked for (504, {@code Timeout}; 500, {@code ServerTimeout}). The operation may
 * have taken effect all the same.
 *
 * @since 0.1.0
 */
public final class ApiTimeoutException extends KubernetesApiException {

	ApiTimeoutException(Status status, @Nullable String verb, @Nullable String path) {
		super(status, verb, path);
	}

	/**
	 * Return whether the resource version asked for is newer than what the server has
	 * seen.
	 * @return {@code true} if a later attempt, or one without a version, may succeed
	 */
	public boolean resourceVersionTooLarge() {
		return hasCause("ResourceVersionTooLarge");
	}

}
