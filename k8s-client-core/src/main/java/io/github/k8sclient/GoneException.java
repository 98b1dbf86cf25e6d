package io.github.k8sclient;

import io.github.k8sclient.meta.Status;
import org.jspecify.annotations.Nullable;

/**
 * The resource version or the continue token is too old for the server to go on from
 * (410, {@code Gone} or {@code Expired}). List again.
 *
 * @since 0.1.0
 */
public final class GoneException extends KubernetesApiException {

	GoneException(Status status, @Nullable String verb, @Nullable String path) {
		super(status, verb, path);
	}

	/**
	 * Return the continue token with which a list that expired may go on, inconsistently.
	 * @return the token, {@code null} if the server gave none
	 */
	public @Nullable String inconsistentContinue() {
		return (status().metadata() != null) ? status().metadata().continue_() : null;
	}

}
