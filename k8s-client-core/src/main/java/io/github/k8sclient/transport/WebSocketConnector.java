package io.github.k8sclient.transport;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.github.k8sclient.config.ConfigurationException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.util.StringUtils;

/**
 * Opens WebSockets in the guise of an HTTP exchange, so that all filters of a WebClient
 * apply: the messages to send are the body of the request, the messages received are the
 * body of the response, and a server that refuses answers as to any other request.
 */
final class WebSocketConnector implements ClientHttpConnector {

	private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

	private final HttpClient httpClient;

	private final Duration upgradeTimeout;

	private final Scheduler timer;

	/**
	 * Create a connector.
	 * @param httpClient speaks HTTP/1.1, and has no response timeout
	 * @param upgradeTimeout how long the server may take to accept or refuse, zero for
	 * any time
	 * @param timer measures time
	 */
	WebSocketConnector(HttpClient httpClient, Duration upgradeTimeout, Scheduler timer) {
		this.httpClient = httpClient.doOnRequest((request, connection) -> RefusedUpgrades.watch(connection));
		this.upgradeTimeout = upgradeTimeout;
		this.timer = timer;
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		if (uri.getHost() == null) {
			// Netty asks URI for it
			return Mono.error(new ConfigurationException(
					"WebSockets cannot be opened to " + uri.getRawAuthority() + ", whose name has an underscore",
					"Use another name of the server, or its address."));
		}
		return Mono.defer(() -> {
			WebSocketRequest request = new WebSocketRequest(method, uri);
			return requestCallback.apply(request).then(Mono.defer(() -> open(request)));
		});
	}

	private Mono<ClientHttpResponse> open(WebSocketRequest request) {
		AtomicReference<WebSocketResponse> opened = new AtomicReference<>();
		Mono<ClientHttpResponse> response = this.httpClient.headers((headers) -> copy(request, headers))
			.websocket(spec(request))
			.uri(webSocketUri(request.getURI()))
			.connect()
			.map((connection) -> opened(connection, request, opened));
		Mono<ClientHttpResponse> limited = this.upgradeTimeout.isZero() ? response
				: response.timeout(this.upgradeTimeout, this.timer);
		// A response that nobody reads any more would leave its connection open
		return limited.onErrorResume(UpgradeRefusedException.class, (refused) -> Mono.just(refused.response()))
			.doOnCancel(() -> closeUnread(opened.get()));
	}

	private ClientHttpResponse opened(Connection connection, WebSocketRequest request,
			AtomicReference<WebSocketResponse> opened) {
		WebSocketResponse response = new WebSocketResponse(new WebSocket(connection, request.messages(), this.timer));
		opened.set(response);
		return response;
	}

	private static void closeUnread(@Nullable WebSocketResponse response) {
		if (response != null) {
			response.closeUnlessRead();
		}
	}

	private static void copy(ClientHttpRequest request, HttpHeaders headers) {
		request.getHeaders().forEach((name, values) -> {
			if (!name.equalsIgnoreCase(SUBPROTOCOL)) {
				headers.set(name, values);
			}
		});
		headers.remove(HttpHeaderNames.ACCEPT_ENCODING);
	}

	private static WebsocketClientSpec spec(ClientHttpRequest request) {
		List<String> subprotocols = request.getHeaders().getOrEmpty(SUBPROTOCOL);
		WebsocketClientSpec.Builder spec = WebsocketClientSpec.builder().maxFramePayloadLength(WebSocket.MAX_MESSAGE);
		return (subprotocols.isEmpty() ? spec
				: spec.protocols(StringUtils.collectionToCommaDelimitedString(subprotocols)))
			.build();
	}

	private static URI webSocketUri(URI uri) {
		return URI.create("ws" + uri.toString().substring("http".length()));
	}

}
