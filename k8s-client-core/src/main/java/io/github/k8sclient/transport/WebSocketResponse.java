package io.github.k8sclient.transport;

import java.util.concurrent.atomic.AtomicBoolean;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * The answer of a server that has opened a WebSocket. Its body is what the server sends,
 * and can be read once: whoever reads it uses the WebSocket, and whoever stops reading
 * closes it.
 */
final class WebSocketResponse implements ClientHttpResponse {

	private final WebSocket webSocket;

	private final HttpHeaders headers;

	private final AtomicBoolean read = new AtomicBoolean();

	WebSocketResponse(WebSocket webSocket) {
		this.webSocket = webSocket;
		this.headers = webSocket.handshakeHeaders();
	}

	@Override
	public HttpStatusCode getStatusCode() {
		return HttpStatus.SWITCHING_PROTOCOLS;
	}

	@Override
	public MultiValueMap<String, ResponseCookie> getCookies() {
		return new LinkedMultiValueMap<>();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

	@Override
	public Flux<DataBuffer> getBody() {
		return Flux.defer(() -> this.read.compareAndSet(false, true) ? this.webSocket.messages()
				: Flux.error(new IllegalStateException("The messages of a WebSocket can be read once")));
	}

	/**
	 * Close the WebSocket if nobody has begun to read.
	 */
	void closeUnlessRead() {
		if (this.read.compareAndSet(false, true)) {
			this.webSocket.close();
		}
	}

}
