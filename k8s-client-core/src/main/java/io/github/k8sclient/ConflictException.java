package io.github.k8sclient;

import io.github.k8sclient.meta.Status;
import org.jspecify.annotations.Nullable;

/**
 * The object has changed since it was read, or another field manager owns a field that
 * was to be changed (409, {@code Conflict}). Read the object again, and repeat the change
 * on what was read.
 *
 * @since 0.1.0
 */
public final class ConflictException extends KubernetesApiException {

	ConflictException(Status status, @Nullable String verb, @Nullable String path) {
		super(status, verb, path);
	}

}
