package io.github.k8sclient.transport;

import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * Carries the answer of a server that does not open a WebSocket out of the connection.
 */
final class UpgradeRefusedException extends RuntimeException {

	private final transient ClientHttpResponse response;

	UpgradeRefusedException(int code, HttpHeaders headers, byte[] body) {
		super("The server answered " + code + " instead of opening a WebSocket", null, false, false);
		this.response = new Refusal(HttpStatusCode.valueOf(code),
				org.springframework.http.HttpHeaders.copyOf(new Netty4HeadersAdapter(headers)), body);
	}

	/**
	 * Return the answer.
	 */
	ClientHttpResponse response() {
		return this.response;
	}

	private record Refusal(HttpStatusCode code, org.springframework.http.HttpHeaders headers,
			byte[] body) implements ClientHttpResponse {

		@Override
		public HttpStatusCode getStatusCode() {
			return this.code;
		}

		@Override
		public MultiValueMap<String, ResponseCookie> getCookies() {
			return new LinkedMultiValueMap<>();
		}

		@Override
		public org.springframework.http.HttpHeaders getHeaders() {
			return this.headers;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return (this.body.length == 0) ? Flux.empty()
					: Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(this.body)));
		}

	}

}
