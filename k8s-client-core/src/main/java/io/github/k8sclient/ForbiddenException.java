package io.github.k8sclient;

import io.github.k8sclient.meta.Status;
import org.jspecify.annotations.Nullable;

/**
 * The caller is known but may not do this (403, {@code Forbidden}). The message names the
 * user, the verb and the resource that a role would have to grant.
 *
 * @since 0.1.0
 */
public final class ForbiddenException extends KubernetesApiException {

	ForbiddenException(Status status, @Nullable String verb, @Nullable String path) {
		super(status, verb, path);
	}

}
