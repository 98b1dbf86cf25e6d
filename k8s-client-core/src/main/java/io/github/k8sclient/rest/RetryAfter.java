package io.github.k8sclient.rest;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * The header {@code Retry-After}.
 */
final class RetryAfter {

	private RetryAfter() {
	}

	/**
	 * Return the seconds of the header, {@code null} if there is none or if it is a date,
	 * which HTTP allows and Kubernetes does not use.
	 */
	static @Nullable Integer seconds(ClientResponse response) {
		String value = response.headers().asHttpHeaders().getFirst(HttpHeaders.RETRY_AFTER);
		try {
			return (value != null) ? Integer.valueOf(value.strip()) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
