package io.github.k8sclient;

import io.github.k8sclient.meta.Status;
import org.jspecify.annotations.Nullable;

/**
 * There is no such object, or no such resource (404, {@code NotFound}).
 *
 * @since 0.1.0
 */
public final class NotFoundException extends KubernetesApiException {

	NotFoundException(Status status, @Nullable String verb, @Nullable String path) {
		super(status, verb, path);
	}

}
