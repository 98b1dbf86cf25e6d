package io.github.k8sclient;

import io.github.k8sclient.meta.Status;
import org.jspecify.annotations.Nullable;

/**
 * The server does not accept the credentials, or asks for some (401,
 * {@code Unauthorized}).
 *
 * @since 0.1.0
 */
public final class UnauthorizedException extends KubernetesApiException {

	UnauthorizedException(Status status, @Nullable String verb, @Nullable String path, @Nullable String source) {
		super(status, verb, path, (source != null)
				? ". Check the credentials in " + source + ": they are missing, wrong or expired" : "");
	}

}
