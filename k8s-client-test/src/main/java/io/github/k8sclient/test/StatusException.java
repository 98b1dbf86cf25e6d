package io.github.k8sclient.test;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ends a request with a {@code Status} of the API. It is control flow inside the server,
 * so it has no stack trace.
 */
final class StatusException extends RuntimeException {

	private final transient ObjectNode status;

	private final int code;

	StatusException(int code, ObjectNode status) {
		super(status.path("message").asString(""), null, false, false);
		this.code = code;
		this.status = status;
	}

	int code() {
		return this.code;
	}

	ObjectNode status() {
		return this.status;
	}

	/**
	 * How long the client shall wait before it tries again.
	 * @return the time, or null if the status names none
	 */
	@Nullable Duration retryAfter() {
		int seconds = this.status.path("details").path("retryAfterSeconds").asInt(0);
		return (seconds > 0) ? Duration.ofSeconds(seconds) : null;
	}

}
