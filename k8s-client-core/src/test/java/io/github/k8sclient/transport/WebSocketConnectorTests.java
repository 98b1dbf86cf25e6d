package io.github.k8sclient.transport;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ConfigurationException;
import io.github.k8sclient.config.Credentials;
import io.github.k8sclient.config.Impersonation;
import io.github.k8sclient.config.TlsConfiguration;
import io.github.k8sclient.tls.TlsFiles;
import io.github.k8sclient.transport.KubernetesConnectionException.Reason;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * WebSockets over a WebClient: {@link WebSocketConnector}, {@link WebSocket}.
 */
class WebSocketConnectorTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final List<HttpHeaders> requests = new CopyOnWriteArrayList<>();

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	private final Sinks.Many<WebSocketFrame> frames = Sinks.many().unicast().onBackpressureBuffer();

	@TempDir
	private Path folder;

	private TestServer server;

	private KubernetesTransport transport;

	@AfterEach
	void close() {
		if (this.transport != null) {
			this.transport.close().block(TIMEOUT);
		}
		this.server.close();
	}

	private void start(TestServer server) {
		start(server, UnaryOperator.identity());
	}

	private void start(TestServer server, UnaryOperator<ClientConfiguration.Builder> customizer) {
		this.server = server;
		ClientConfiguration configuration = customizer
			.apply(ClientConfiguration.builder()
				.server(server.url())
				.tls(TlsConfiguration.defaults().withCertificateAuthority(TlsFiles.pem("ca.crt"))))
			.build();
		this.transport = KubernetesTransport.builder(configuration)
			.timer(this.time)
			.closeTimeout(Duration.ZERO)
			.build();
	}

	private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		this.requests.add(request.requestHeaders().copy());
		return response.sendWebsocket(this::converse,
				WebsocketServerSpec.builder().protocols("test").handlePing(true).build());
	}

	/** Keeps what comes, pings too, which it does not answer. */
	private Publisher<Void> converse(WebsocketInbound in, WebsocketOutbound out) {
		Flux<WebSocketFrame> incoming = in.receiveFrames()
			.doOnNext((frame) -> this.received.add(
					(frame instanceof PingWebSocketFrame) ? "ping" : frame.content().toString(StandardCharsets.UTF_8)));
		return out.sendObject(this.frames.asFlux(), (frame) -> true).then().and(incoming);
	}

	private String received() throws InterruptedException {
		return this.received.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
	}

	private Flux<String> webSocket(String... messages) {
		return WebClient.builder()
			.filters((filters) -> filters.addAll(this.transport.watchFilters()))
			.clientConnector(this.transport.webSocketConnector())
			.build()
			.method(HttpMethod.GET)
			.uri(this.transport.configuration().server().resolve("/path"))
			.header("Sec-WebSocket-Protocol", "test")
			.body(BodyInserters.fromDataBuffers(Flux.just(messages).map(WebSocketConnectorTests::buffer)))
			.exchangeToFlux((response) -> response.body(BodyExtractors.toDataBuffers()))
			.map((message) -> message.toString(StandardCharsets.UTF_8));
	}

	private static DataBuffer buffer(String text) {
		return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

	private void serverSends(String text) {
		this.frames.emitNext(new BinaryWebSocketFrame(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)),
				Sinks.EmitFailureHandler.FAIL_FAST);
	}

	@Test
	void bodiesAreTheMessages() throws InterruptedException {
		start(TestServer.http(this::answer));

		StepVerifier.create(webSocket("one", "two"))
			.then(() -> serverSends("three"))
			.expectNext("three")
			.then(() -> this.frames.tryEmitComplete().orThrow())
			.thenCancel()
			.verify(TIMEOUT);
		assertThat(received()).isEqualTo("one");
		assertThat(received()).isEqualTo("two");
	}

	@Test
	void serverWithHttp2IsAskedForHttp1WithAllHeaders() {
		start(TestServer.https("server-ec", this::answer),
				(builder) -> builder.credentials(Credentials.bearerToken("abc"))
					.impersonation(new Impersonation("jane", null, List.of(), Map.of())));
		serverSends("hello");

		assertThat(webSocket().blockFirst(TIMEOUT)).isEqualTo("hello");

		assertThat(this.requests).singleElement().satisfies((headers) -> {
			assertThat(headers.get("authorization")).isEqualTo("Bearer abc");
			assertThat(headers.get("impersonate-user")).isEqualTo("jane");
			assertThat(headers.get("sec-websocket-protocol")).isEqualTo("test");
			assertThat(headers.contains("accept-encoding")).isFalse();
		});
	}

	@Test
	void refusedTokenIsReadAgain() throws IOException {
		Path file = Files.writeString(this.folder.resolve("token"), "old");
		start(TestServer.https("server-ec",
				(request, response) -> "Bearer new".equals(request.requestHeaders().get("authorization"))
						? answer(request, response) : replace(file, response)),
				(builder) -> builder.credentials(Credentials.tokenFile(file)));
		serverSends("hello");

		assertThat(webSocket("once").blockFirst(TIMEOUT)).isEqualTo("hello");
	}

	private static Publisher<Void> replace(Path file, HttpServerResponse response) {
		try {
			Files.writeString(file, "new");
		}
		catch (IOException ex) {
			return Mono.error(ex);
		}
		return response.status(401).sendString(Mono.just("Unauthorized")).then();
	}

	@Test
	void proxyIsUsed() throws IOException {
		try (ForwardingProxy proxy = ForwardingProxy.http()) {
			start(TestServer.https("server-ec", this::answer),
					(builder) -> builder.proxy(URI.create("http://localhost:" + proxy.port())));
			serverSends("hello");

			assertThat(webSocket().blockFirst(TIMEOUT)).isEqualTo("hello");

			assertThat(proxy.requests().get(0))
				.isEqualTo("CONNECT localhost:" + this.server.url().getPort() + " HTTP/1.1");
		}
	}

	@Test
	void hostMustNotHaveAnUnderscore() {
		start(TestServer.http(this::answer), (builder) -> builder.server(URI.create("http://my_host:8080")));

		StepVerifier.create(webSocket())
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(ConfigurationException.class)
				.hasMessageContaining("my_host:8080, whose name has an underscore"))
			.verify(TIMEOUT);
	}

	@Test
	void fragmentsMakeOneMessage() {
		start(TestServer.http(this::answer));
		StepVerifier.create(webSocket()).then(() -> serverSends("begin")).expectNext("begin").then(() -> {
			this.frames.emitNext(new BinaryWebSocketFrame(false, 0, Unpooled.copiedBuffer("a", StandardCharsets.UTF_8)),
					Sinks.EmitFailureHandler.FAIL_FAST);
			this.frames.emitNext(
					new ContinuationWebSocketFrame(true, 0, Unpooled.copiedBuffer("b", StandardCharsets.UTF_8)),
					Sinks.EmitFailureHandler.FAIL_FAST);
		}).expectNext("ab").thenCancel().verify(TIMEOUT);
	}

	@Test
	void silenceOf61SecondsInSpiteOfPingsIsTheEnd() throws InterruptedException {
		start(TestServer.http(this::answer));
		Subscriber subscriber = new Subscriber(Long.MAX_VALUE);
		webSocket().subscribe(subscriber);
		serverSends("first");
		assertThat(subscriber.next()).isEqualTo("first");

		this.time.advanceTimeBy(Duration.ofSeconds(5));
		assertThat(received()).isEqualTo("ping");
		serverSends("second");
		assertThat(subscriber.next()).isEqualTo("second");
		this.time.advanceTimeBy(Duration.ofMillis(60_999));
		assertThat(subscriber.signals).isEmpty();
		this.time.advanceTimeBy(Duration.ofMillis(1));

		assertThat(subscriber.next()).isEqualTo(Reason.TIMEOUT.name());
		this.server.awaitConnections(0);
	}

	@Test
	void timeInWhichNobodyReadsDoesNotCount() throws InterruptedException {
		start(TestServer.http(this::answer));
		Subscriber subscriber = new Subscriber(1);
		webSocket().subscribe(subscriber);
		serverSends("first");
		assertThat(subscriber.next()).isEqualTo("first");

		this.time.advanceTimeBy(Duration.ofMinutes(10));
		assertThat(received()).isEqualTo("ping");
		subscriber.request(1);
		this.time.advanceTimeBy(Duration.ofSeconds(60));
		assertThat(subscriber.signals).isEmpty();
		serverSends("second");

		assertThat(subscriber.next()).isEqualTo("second");
		subscriber.cancel();
	}

	@Test
	void messagesComeNoFasterThanTheyAreAskedFor() throws InterruptedException {
		AtomicInteger produced = new AtomicInteger();
		start(TestServer.http(
				(request,
						response) -> response
							.sendWebsocket(
									(in, out) -> out.sendObject(Flux.range(0, 20_000)
										.doOnNext((i) -> produced.incrementAndGet())
										.map((i) -> new BinaryWebSocketFrame(
												Unpooled.wrappedBuffer(new byte[32_768])))),
									WebsocketServerSpec.builder().protocols("test").build())));
		Subscriber subscriber = new Subscriber(1);
		webSocket().subscribe(subscriber);

		for (int i = 0; i < 200; i++) {
			assertThat(subscriber.next()).hasSize(32_768);
			subscriber.request(1);
		}

		assertThat(produced).hasValueLessThan(10_000);
		subscriber.cancel();
		this.server.awaitConnections(0);
	}

	@Test
	void serverThatDoesNotAnswerIsNotWaitedFor() {
		start(TestServer.http((request, response) -> {
			this.received.add("request");
			return Mono.never();
		}));

		StepVerifier.create(webSocket()).then(() -> {
			try {
				received();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			this.time.advanceTimeBy(this.transport.configuration().responseTimeout());
		})
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(KubernetesConnectionException.class,
					(failure) -> assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT)))
			.verify(TIMEOUT);
	}

	@Test
	void closeOfTheTransportIsTheEnd() {
		start(TestServer.http(this::answer));

		StepVerifier.create(webSocket())
			.then(() -> serverSends("hello"))
			.expectNext("hello")
			.then(() -> this.transport.close().subscribe())
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(KubernetesConnectionException.class,
					(failure) -> assertThat(failure.reason()).isEqualTo(Reason.SHUT_DOWN)))
			.verify(TIMEOUT);
		this.server.awaitConnections(0);
	}

	@Test
	void answerThatIsNotReadHasItsConnectionClosed() {
		start(TestServer.http(this::answer));
		Sinks.One<Boolean> answered = Sinks.one();

		StepVerifier.create(WebClient.builder()
			.clientConnector(this.transport.webSocketConnector())
			.build()
			.get()
			.uri(this.server.url())
			.header("Sec-WebSocket-Protocol", "test")
			.exchangeToMono((response) -> {
				answered.tryEmitValue(true);
				return Mono.never();
			})).then(() -> answered.asMono().block(TIMEOUT)).thenCancel().verify(TIMEOUT);

		this.server.awaitConnections(0);
	}

	/** Keeps messages, and the reason of the failure. */
	private static final class Subscriber extends BaseSubscriber<String> {

		private final BlockingQueue<String> signals = new LinkedBlockingQueue<>();

		private final long demand;

		Subscriber(long demand) {
			this.demand = demand;
		}

		String next() throws InterruptedException {
			return this.signals.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		}

		@Override
		protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
			subscription.request(this.demand);
		}

		@Override
		protected void hookOnNext(String message) {
			this.signals.add(message);
		}

		@Override
		protected void hookOnError(Throwable failure) {
			this.signals.add((failure instanceof KubernetesConnectionException connection) ? connection.reason().name()
					: failure.toString());
		}

	}

}
