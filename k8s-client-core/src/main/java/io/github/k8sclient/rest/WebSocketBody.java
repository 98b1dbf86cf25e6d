package io.github.k8sclient.rest;

import java.util.function.Function;

import io.github.k8sclient.KubernetesException;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * The two directions of a WebSocket: what is sent depends on what the server has
 * answered, so that the response is known first.
 */
final class WebSocketBody implements ResponseReader<DataBuffer> {

	static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

	private final ApiCall call;

	private final Function<String, ? extends Publisher<? extends DataBuffer>> outgoing;

	private volatile String subprotocol = "";

	WebSocketBody(ApiCall call, Function<String, ? extends Publisher<? extends DataBuffer>> outgoing) {
		this.call = call;
		this.outgoing = outgoing;
	}

	/**
	 * Return what is sent while the response is read. Its failures are told from those of
	 * the connection.
	 */
	RequestBody outgoing() {
		return new RequestBody.Messages(Flux.defer(() -> Flux.<DataBuffer>from(this.outgoing.apply(this.subprotocol)))
			.onErrorMap((ex) -> !(ex instanceof KubernetesException), this::unsendable));
	}

	private KubernetesException unsendable(Throwable failure) {
		return new KubernetesException(
				this.call.describe() + ": what is to be sent cannot be had: " + failure.getMessage(), failure);
	}

	@Override
	public Publisher<DataBuffer> read(ClientResponse response) {
		if (!response.statusCode().isSameCodeAs(HttpStatus.SWITCHING_PROTOCOLS)) {
			int code = response.statusCode().value();
			return response.releaseBody()
				.thenMany(Flux.error(() -> new KubernetesException(
						this.call.describe() + ": the server answered " + code + " instead of opening a WebSocket")));
		}
		String chosen = response.headers().asHttpHeaders().getFirst(SUBPROTOCOL);
		this.subprotocol = (chosen != null) ? chosen : "";
		return ResponseBody.buffers(response);
	}

}
