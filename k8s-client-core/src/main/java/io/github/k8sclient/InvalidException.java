package io.github.k8sclient;

import io.github.k8sclient.meta.Status;
import org.jspecify.annotations.Nullable;

/**
 * The object does not pass validation (422, {@code Invalid}). {@link #causes()} name the
 * fields.
 *
 * @since 0.1.0
 */
public final class InvalidException extends KubernetesApiException {

	InvalidException(Status status, @Nullable String verb, @Nullable String path) {
		super(status, verb, path);
	}

}
