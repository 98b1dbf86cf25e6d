package io.github.k8sclient;

import io.github.k8sclient.meta.Status;
import org.jspecify.annotations.Nullable;

/**
 * The server is overloaded, or protects itself or its pods (429). Try again after
 * {@link #retryAfter()}.
 *
 * @since 0.1.0
 */
public final class TooManyRequestsException extends KubernetesApiException {

	TooManyRequestsException(Status status, @Nullable String verb, @Nullable String path) {
		super(status, verb, path);
	}

}
