package io.github.k8sclient.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

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
 * @param retryAfter when the client shall try again, null if that is not said
 */
record ApiResponse(int code, String contentType, Flux<byte[]> body, @Nullable Long length, boolean stream,
		@Nullable Duration retryAfter) {

	static ApiResponse of(int code, String contentType, byte[] body) {
		return new ApiResponse(code, contentType, Flux.just(body), (long) body.length, false, null);
	}

	static ApiResponse text(int code, String text) {
		return of(code, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
	}

	static ApiResponse chunked(String contentType, Flux<byte[]> body) {
		return new ApiResponse(200, contentType, body, null, false, null);
	}

	static ApiResponse stream(String contentType, Flux<byte[]> body) {
		return new ApiResponse(200, contentType, body, null, true, null);
	}

	ApiResponse withRetryAfter(@Nullable Duration retryAfter) {
		return new ApiResponse(this.code, this.contentType, this.body, this.length, this.stream, retryAfter);
	}

}
