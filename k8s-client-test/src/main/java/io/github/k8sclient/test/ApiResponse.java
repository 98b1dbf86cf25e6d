package io.github.k8sclient.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

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
 * @param webSocket the WebSocket that is opened instead, null for none
 */
record ApiResponse(int code, String contentType, Flux<byte[]> body, @Nullable Long length, boolean stream,
		List<Header> headers, @Nullable WebSocket webSocket) {

	private ApiResponse(int code, String contentType, Flux<byte[]> body, @Nullable Long length, boolean stream) {
		this(code, contentType, body, length, stream, List.of(), null);
	}

	static ApiResponse of(int code, String contentType, byte[] body) {
		return new ApiResponse(code, contentType, Flux.just(body), (long) body.length, false);
	}

	static ApiResponse text(int code, String text) {
		return of(code, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
	}

	static ApiResponse chunked(String contentType, Flux<byte[]> body) {
		return new ApiResponse(200, contentType, body, null, false);
	}

	static ApiResponse stream(String contentType, Flux<byte[]> body) {
		return new ApiResponse(200, contentType, body, null, true);
	}

	/**
	 * Open a WebSocket.
	 * @param subprotocols the subprotocols that are spoken
	 * @param conversation what to send, by what comes
	 * @return the answer
	 */
	static ApiResponse webSocket(List<String> subprotocols, UnaryOperator<Flux<byte[]>> conversation) {
		return new ApiResponse(101, "", Flux.empty(), null, false, List.of(),
				new WebSocket(subprotocols, conversation));
	}

	ApiResponse withBody(Flux<byte[]> body, @Nullable Long length, boolean stream) {
		return new ApiResponse(this.code, this.contentType, body, length, stream, this.headers, this.webSocket);
	}

	ApiResponse withRetryAfter(@Nullable Duration retryAfter) {
		return (retryAfter != null) ? withHeader("Retry-After", Long.toString(retryAfter.toSeconds())) : this;
	}

	ApiResponse withHeader(String name, String value) {
		List<Header> headers = new ArrayList<>(this.headers);
		headers.add(new Header(name, value));
		return new ApiResponse(this.code, this.contentType, this.body, this.length, this.stream, headers,
				this.webSocket);
	}

	/**
	 * A header.
	 *
	 * @param name the name
	 * @param value the value
	 */
	record Header(String name, String value) {

	}

	/**
	 * A WebSocket with binary messages.
	 *
	 * @param subprotocols the subprotocols that are spoken
	 * @param conversation what to send, by what comes; its end closes the WebSocket
	 */
	record WebSocket(List<String> subprotocols, UnaryOperator<Flux<byte[]>> conversation) {

	}

}
