package io.github.k8sclient.transport;

import java.net.URI;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.AbstractClientHttpRequest;

/**
 * A request for a WebSocket. Takes note of the messages in its body, which are for later.
 */
final class WebSocketRequest extends AbstractClientHttpRequest {

	private final HttpMethod method;

	private final URI uri;

	private Flux<DataBuffer> messages = Flux.empty();

	WebSocketRequest(HttpMethod method, URI uri) {
		this.method = method;
		this.uri = uri;
	}

	/**
	 * Return what is to be sent once the WebSocket is open.
	 */
	Flux<DataBuffer> messages() {
		return this.messages;
	}

	@Override
	public HttpMethod getMethod() {
		return this.method;
	}

	@Override
	public URI getURI() {
		return this.uri;
	}

	@Override
	public DataBufferFactory bufferFactory() {
		return DefaultDataBufferFactory.sharedInstance;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> T getNativeRequest() {
		return (T) this;
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		this.messages = Flux.from(body);
		return doCommit(null);
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return writeWith(Flux.from(body).concatMap((messages) -> messages));
	}

	@Override
	public Mono<Void> setComplete() {
		return doCommit(null);
	}

	@Override
	protected void applyHeaders() {
	}

	@Override
	protected void applyCookies() {
	}

}
