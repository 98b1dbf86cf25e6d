package io.github.k8sclient;

import io.github.k8sclient.meta.Status;
import org.jspecify.annotations.Nullable;

/**
 * An object of that name exists already (409, {@code AlreadyExists}).
 *
 * @since 0.1.0
 */
public final class AlreadyExistsException extends KubernetesApiException {

	AlreadyExistsException(Status status, @Nullable String verb, @Nullable String path) {
		super(status, verb, path);
	}

}
