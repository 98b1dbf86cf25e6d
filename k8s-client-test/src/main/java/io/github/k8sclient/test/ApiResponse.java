package io.github.k8sclient.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * An answer to a request.
 *
 * @param code the HTTP status code
 * @param contentType the media type of the body
 * @param body the body in pieces
 * @param length the length of the body, null if it is not known before it is written
 * @param stream whether each piece is to be sent at once
 * @param headers further headers
 */
record ApiResponse(int code, String contentType, Flux<byte[]> body, @Nullable Long length, boolean stream,
		List<Header> headers) {

	static ApiResponse of(int code, String contentType, byte[] body) {
		return new ApiResponse(code, contentType, Flux.just(body), (long) body.length, false, List.of());
	}

	static ApiResponse text(int code, String text) {
		return of(code, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
	}

	static ApiResponse chunked(String contentType, Flux<byte[]> body) {
		return new ApiResponse(200, contentType, body, null, false, List.of());
	}

	static ApiResponse stream(String contentType, Flux<byte[]> body) {
		return new ApiResponse(200, contentType, body, null, true, List.of());
	}

	ApiResponse withRetryAfter(@Nullable Duration retryAfter) {
		return (retryAfter != null) ? withHeader("Retry-After", Long.toString(retryAfter.toSeconds())) : this;
	}

	ApiResponse withHeader(String name, String value) {
		List<Header> headers = new ArrayList<>(this.headers);
		headers.add(new Header(name, value));
		return new ApiResponse(this.code, this.contentType, this.body, this.length, this.stream, headers);
	}

	/**
	 * A header.
	 *
	 * @param name the name
	 * @param value the value
	 */
	record Header(String name, String value) {

	}

}
