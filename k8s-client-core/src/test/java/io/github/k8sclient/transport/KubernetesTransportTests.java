package io.github.k8sclient.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ClientIdentity;
import io.github.k8sclient.config.Credentials;
import io.github.k8sclient.config.TlsConfiguration;
import io.github.k8sclient.tls.TlsFiles;
import io.github.k8sclient.transport.KubernetesConnectionException.Reason;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.ClientAuth;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Connections, pools, proxies, and what becomes of their failures.
 */
class KubernetesTransportTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final Disposable.Composite subscriptions = Disposables.composite();

	private TestServer server;

	private KubernetesTransport transport;

	@AfterEach
	void close() {
		this.subscriptions.dispose();
		if (this.transport != null) {
			this.transport.close().block(TIMEOUT);
		}
		if (this.server != null) {
			this.server.close();
		}
	}

	@Test
	void sendsPathPrefixOfServer() {
		this.server = TestServer.http((request, response) -> response.sendString(Mono.just(request.uri())));
		start(URI.create(this.server.url() + "/prefix/"), UnaryOperator.identity());

		assertThat(get("/api")).isEqualTo("/prefix/api");
	}

	@ParameterizedTest
	@EnumSource(value = HttpProtocol.class, names = { "H2", "HTTP11" })
	void manyWatchesLeaveRequestsTheirConnections(HttpProtocol protocol) throws InterruptedException {
		int watches = 150;
		CountDownLatch open = new CountDownLatch(watches);
		this.server = TestServer.https("server-ec", ClientAuth.NONE, (request, response) -> {
			if (request.uri().contains("watch")) {
				return response.sendString(Flux.just("event").concatWith(Flux.never()), StandardCharsets.UTF_8);
			}
			return response.sendString(Mono.just("answer"));
		}, protocol);
		start(this.server.url(), UnaryOperator.identity());

		for (int i = 0; i < watches; i++) {
			this.subscriptions.add(watch("/watch").subscribe((event) -> open.countDown()));
		}

		assertThat(open.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(get("/get")).isEqualTo("answer");
	}

	@Test
	void concurrentRequestsShareOneHttp2Connection() {
		Set<Object> connections = ConcurrentHashMap.newKeySet();
		this.server = TestServer.https("server-ec", (request, response) -> {
			request.withConnection((connection) -> connections.add(connection.channel().parent().id()));
			return response.sendString(Mono.just("answer"));
		});
		start(this.server.url(), UnaryOperator.identity());

		Flux.range(0, 50)
			.flatMap((i) -> webClient(false).get().uri("/").retrieve().bodyToMono(String.class), 50)
			.blockLast(TIMEOUT);

		assertThat(connections).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(value = HttpProtocol.class, names = { "H2", "HTTP11" })
	void inflatesEventsAsTheyCome(HttpProtocol protocol) {
		Sinks.Many<String> events = Sinks.many().unicast().onBackpressureBuffer();
		this.server = TestServer.https("server-ec", ClientAuth.NONE, (request, response) -> {
			assertThat(request.requestHeaders().get("accept-encoding")).contains("gzip");
			return gzip(response, events.asFlux());
		}, protocol);
		start(this.server.url(), UnaryOperator.identity());

		StepVerifier.create(watch("/watch"))
			.then(() -> events.tryEmitNext("one").orThrow())
			.expectNext("one")
			.then(() -> events.tryEmitNext("two").orThrow())
			.expectNext("two")
			.then(() -> events.tryEmitComplete().orThrow())
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void asksForNoCompressionWhenTurnedOff() {
		this.server = TestServer.http((request, response) -> response
			.sendString(Mono.just(request.requestHeaders().get("accept-encoding", "none"))));
		start(this.server.url(), (builder) -> builder.compression(false));

		assertThat(get("/")).isEqualTo("none");
	}

	@Test
	void silentServerTimesRequestsOutButNotWatches() {
		Sinks.One<String> late = Sinks.one();
		this.server = TestServer.http((request, response) -> request.uri().contains("watch")
				? response.sendString(late.asMono()) : Mono.never());
		start(this.server.url(), (builder) -> builder.responseTimeout(Duration.ofMillis(200)));
		Mono<String> watched = watch("/watch").next().cache();
		this.subscriptions.add(watched.subscribe());

		assertFailure(Reason.TIMEOUT, "no answer in time");

		late.tryEmitValue("event").orThrow();
		assertThat(watched.block(TIMEOUT)).isEqualTo("event");
	}

	@Test
	void saysThatConnectionIsRefused() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		start(URI.create("http://localhost:" + port), UnaryOperator.identity());

		assertFailure(Reason.REFUSED, "connection refused");
	}

	@Test
	void saysThatHostIsUnknown() {
		start(URI.create("http://no-such-host.invalid"), UnaryOperator.identity());

		assertFailure(Reason.UNKNOWN_HOST, "cannot be resolved");
	}

	@Test
	void saysThatServerClosedConnectionInPlaceOfAnswer() {
		this.server = TestServer.http((request, response) -> {
			request.withConnection((connection) -> connection.channel().close());
			return Mono.never();
		});
		start(this.server.url(), UnaryOperator.identity());

		assertFailure(Reason.CLOSED, "closed before the answer was complete");
	}

	@ParameterizedTest
	@EnumSource(value = HttpProtocol.class, names = { "H2", "HTTP11" })
	void saysThatServerClosedConnectionWithinAnswer(HttpProtocol protocol) {
		this.server = TestServer.https("server-ec", ClientAuth.NONE, (request, response) -> response
			.sendString(Flux.just("event").concatWith(Mono.error(new IOException("broken")))), protocol);
		start(this.server.url(), UnaryOperator.identity());

		StepVerifier.create(watch("/watch"))
			.expectNext("event")
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(KubernetesConnectionException.class)
				.hasMessageContaining("closed before the answer was complete"))
			.verify(TIMEOUT);
	}

	@Test
	void saysThatServerOfGoExpectsTls() throws IOException {
		try (RawServer raw = RawServer
			.answering("HTTP/1.0 400 Bad Request\r\n\r\n" + "Client sent an HTTP request to an HTTPS server.\n")) {
			start(URI.create("http://localhost:" + raw.port()), UnaryOperator.identity());

			assertThat(assertFailure(Reason.TLS, "the server expects TLS")).hasMessageContaining("Use https://");
		}
	}

	@Test
	void leavesOtherBadRequestsAlone() throws IOException {
		try (RawServer raw = RawServer.answering("HTTP/1.1 400 Bad Request\r\nContent-Length: 4\r\n\r\noops")) {
			start(URI.create("http://localhost:" + raw.port()), UnaryOperator.identity());

			assertThat(webClient(false).get()
				.uri("/")
				.exchangeToMono((response) -> response.bodyToMono(String.class))
				.block(TIMEOUT)).isEqualTo("oops");
		}
	}

	@Test
	void hintsThatServerMayExpectTlsWhenItClosesConnection() {
		this.server = TestServer.https("server-ec", KubernetesTransportTests::protocol);
		start(URI.create(this.server.url().toString().replace("https:", "http:")), UnaryOperator.identity());

		assertThat(assertFailure(Reason.CLOSED, "closed"))
			.hasMessageContaining("If the server expects TLS, use https://");
	}

	@Test
	void saysThatAnswerIsNotHttp() throws IOException {
		try (RawServer raw = RawServer.answering("\u0015\u0003\u0003\u0000\u0002\u0002\u0050")) {
			start(URI.create("http://localhost:" + raw.port()), UnaryOperator.identity());

			assertThat(assertFailure(Reason.OTHER, "the answer is not HTTP"))
				.hasMessageContaining("If the server expects TLS, use https://");
		}
	}

	@Test
	void saysThatAllConnectionsAreBusy() {
		this.server = TestServer.http((request, response) -> Mono.never());
		ConnectionProvider single = ConnectionProvider.builder("single")
			.maxConnections(1)
			.pendingAcquireTimeout(Duration.ofMillis(100))
			.build();
		this.transport = KubernetesTransport.builder(configuration(this.server.url(), UnaryOperator.identity()))
			.connectionProvider(single)
			.build();
		this.subscriptions.add(webClient(false).get().uri("/").retrieve().bodyToMono(String.class).subscribe((x) -> {
		}, (ex) -> {
		}));

		assertFailure(Reason.BUSY, "all connections of this client are busy");
		single.disposeLater().block(TIMEOUT);
	}

	@Test
	void leavesFailuresOfOthersAlone() {
		start(URI.create("http://localhost"), UnaryOperator.identity());
		IllegalStateException failure = new IllegalStateException();

		assertThat(this.transport.translate(failure)).isSameAs(failure);
	}

	@Test
	void closingEndsWatchesAndRefusesRequests() {
		this.server = TestServer.http((request, response) -> response
			.sendString(Flux.just("event").concatWith(Flux.never()), StandardCharsets.UTF_8));
		start(this.server.url(), UnaryOperator.identity());

		StepVerifier.create(watch("/watch"))
			.expectNext("event")
			.then(() -> this.transport.close().block(TIMEOUT))
			.expectErrorSatisfies(KubernetesTransportTests::isShutDown)
			.verify(TIMEOUT);
		assertFailure(Reason.SHUT_DOWN, "this client has been closed");
		StepVerifier.create(watch("/watch")).expectErrorSatisfies(KubernetesTransportTests::isShutDown).verify(TIMEOUT);
	}

	@Test
	void closingWaitsForRequestsUnderWayAndRefusesOthers() {
		Sinks.One<String> answer = Sinks.one();
		Sinks.Empty<Void> arrived = Sinks.empty();
		this.server = TestServer.http((request, response) -> {
			arrived.tryEmitEmpty();
			return response.sendString(answer.asMono());
		});
		start(this.server.url(), UnaryOperator.identity());
		Mono<String> underWay = webClient(false).get().uri("/").retrieve().bodyToMono(String.class).cache();
		underWay.subscribe();
		arrived.asMono().block(TIMEOUT);

		Mono<Void> closed = this.transport.close().cache();
		StepVerifier.create(closed)
			.then(() -> assertFailure(Reason.SHUT_DOWN, "this client has been closed"))
			.then(() -> answer.tryEmitValue("answer"))
			.expectComplete()
			.verify(TIMEOUT);

		assertThat(underWay.block(TIMEOUT)).isEqualTo("answer");
	}

	@Test
	void requestsUnderWayFailWhenTheTimeToCloseIsUp() {
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		Sinks.Empty<Void> arrived = Sinks.empty();
		this.server = TestServer.http((request, response) -> {
			arrived.tryEmitEmpty();
			return response.sendString(Mono.never());
		});
		this.transport = KubernetesTransport.builder(configuration(this.server.url(), UnaryOperator.identity()))
			.closeTimeout(Duration.ofSeconds(7))
			.timer(time)
			.build();
		Mono<String> underWay = webClient(false).get().uri("/").retrieve().bodyToMono(String.class).cache();
		underWay.subscribe((text) -> {
		}, (ex) -> {
		});
		arrived.asMono().block(TIMEOUT);
		Mono<Void> closed = this.transport.close().cache();
		AtomicBoolean over = new AtomicBoolean();

		closed.subscribe(null, null, () -> over.set(true));
		time.advanceTimeBy(Duration.ofMillis(6999));
		assertThat(over).isFalse();
		time.advanceTimeBy(Duration.ofMillis(1));

		StepVerifier.create(underWay).expectErrorSatisfies(KubernetesTransportTests::isShutDown).verify(TIMEOUT);
		closed.block(TIMEOUT);
	}

	@Test
	void requestsThatWereReadOrGivenUpAreNotWaitedFor() {
		Sinks.Empty<Void> arrived = Sinks.empty();
		this.server = TestServer.http((request, response) -> {
			if (request.uri().equals("/slow")) {
				arrived.tryEmitEmpty();
				return response.sendString(Mono.never());
			}
			return response.sendString(Mono.just("answer"));
		});
		this.transport = KubernetesTransport.builder(configuration(this.server.url(), UnaryOperator.identity()))
			.closeTimeout(Duration.ofDays(1))
			.build();
		assertThat(get("/")).isEqualTo("answer");
		Disposable givenUp = webClient(false).get().uri("/slow").retrieve().bodyToMono(String.class).subscribe();
		arrived.asMono().block(TIMEOUT);
		givenUp.dispose();

		this.transport.close().block(TIMEOUT);
	}

	private static void isShutDown(Throwable failure) {
		assertThat(failure).isInstanceOfSatisfying(KubernetesConnectionException.class,
				(ex) -> assertThat(ex.reason()).isEqualTo(Reason.SHUT_DOWN));
	}

	@Test
	void closingLeavesSuppliedResourcesOpen() {
		this.server = TestServer.http((request, response) -> response.sendString(Mono.just("answer")));
		ConnectionProvider provider = ConnectionProvider.create("supplied", 2);
		LoopResources loops = LoopResources.create("supplied", 1, true);
		this.transport = KubernetesTransport.builder(configuration(this.server.url(), UnaryOperator.identity()))
			.connectionProvider(provider)
			.watchConnectionProvider(provider)
			.loopResources(loops)
			.build();
		assertThat(get("/")).isEqualTo("answer");

		this.transport.close().block(TIMEOUT);

		assertThat(provider.isDisposed()).isFalse();
		assertThat(loops.isDisposed()).isFalse();
		provider.disposeLater().block(TIMEOUT);
		loops.disposeLater(Duration.ZERO, TIMEOUT).block(TIMEOUT);
	}

	@Test
	void requestAfterTheEventLoopsHaveStoppedSaysSo() {
		this.server = TestServer.http((request, response) -> response.sendString(Mono.just("answer")));
		LoopResources loops = LoopResources.create("stopped", 1, true);
		this.transport = KubernetesTransport.builder(configuration(this.server.url(), UnaryOperator.identity()))
			.loopResources(loops)
			.build();
		assertThat(get("/")).isEqualTo("answer");

		loops.disposeLater(Duration.ZERO, TIMEOUT).block(TIMEOUT);

		assertFailure(Reason.SHUT_DOWN, "event loops of this client have stopped");
		StepVerifier.create(watch("/watch")).expectErrorSatisfies(KubernetesTransportTests::isShutDown).verify(TIMEOUT);
	}

	@Test
	void goesThroughHttpProxyWithPassword() throws IOException {
		this.server = TestServer.https("server-ec", KubernetesTransportTests::protocol);
		try (ForwardingProxy proxy = ForwardingProxy.http()) {
			start(URI.create("https://api.example.com:" + this.server.url().getPort()),
					(builder) -> builder.proxy(URI.create("http://joe:p%40ss@localhost:" + proxy.port())));

			assertThat(get("/")).isEqualTo("HTTP/2.0");
			assertThat(proxy.requests().get(0)).startsWith("CONNECT api.example.com:");
			assertThat(proxy.requests()).contains("proxy-authorization: Basic am9lOnBAc3M=");
		}
	}

	@Test
	void goesThroughSocksProxyWhichResolvesTheName() throws IOException {
		this.server = TestServer.https("server-ec", KubernetesTransportTests::protocol);
		try (ForwardingProxy proxy = ForwardingProxy.socks()) {
			int port = this.server.url().getPort();
			start(URI.create("https://api.example.com:" + port),
					(builder) -> builder.proxy(URI.create("socks5://localhost:" + proxy.port())));

			assertThat(get("/")).isEqualTo("HTTP/2.0");
			assertThat(proxy.requests()).containsExactly("api.example.com:" + port);
		}
	}

	@Test
	void goesThroughProxyWithTlsThatIsTrustedAsTheServerIs() throws Exception {
		this.server = TestServer.https("server-ec", KubernetesTransportTests::protocol);
		try (ForwardingProxy proxy = ForwardingProxy.http(tlsSocket())) {
			start(URI.create("https://api.example.com:" + this.server.url().getPort()),
					(builder) -> builder.proxy(URI.create("https://localhost:" + proxy.port())));

			assertThat(get("/")).isEqualTo("HTTP/2.0");
			assertThat(proxy.requests().get(0)).startsWith("CONNECT api.example.com:");
		}
	}

	@Test
	void hostsMayHaveUnderscores() throws IOException {
		this.server = TestServer.http(KubernetesTransportTests::protocol);
		try (ForwardingProxy proxy = ForwardingProxy.http()) {
			int port = this.server.url().getPort();
			start(URI.create("http://my_host:" + port),
					(builder) -> builder.proxy(URI.create("http://localhost:" + proxy.port())));

			assertThat(get("/")).isEqualTo("HTTP/1.1");
			assertThat(proxy.requests().get(0)).startsWith("CONNECT my_host:" + port);
		}
	}

	@Test
	void certificateForHostWithUnderscoreNeedsServerName() throws IOException {
		this.server = TestServer.https("server-ec", KubernetesTransportTests::authorization);
		try (ForwardingProxy proxy = ForwardingProxy.http()) {
			URI url = URI.create("https://my_host:" + this.server.url().getPort());
			UnaryOperator<ClientConfiguration.Builder> customizer = (builder) -> builder
				.proxy(URI.create("http://localhost:" + proxy.port()))
				.credentials(Credentials.bearerToken("abc"));
			start(url, customizer);

			assertThat(assertFailure(Reason.TLS, "is for another name")).hasMessageContaining("tls-server-name");

			TlsConfiguration tls = this.transport.configuration().tls().withServerName("localhost");
			this.transport.close().block(TIMEOUT);
			start(url, (builder) -> customizer.apply(builder).tls(tls));
			assertThat(get("/")).isEqualTo("Bearer abc");
		}
	}

	@Test
	void refusesProxyOfUnknownAuthority() throws Exception {
		try (ForwardingProxy proxy = ForwardingProxy.http(tlsSocket())) {
			start(URI.create("https://api.example.com"),
					(builder) -> builder.proxy(URI.create("https://localhost:" + proxy.port()))
						.tls(TlsConfiguration.defaults().withCertificateAuthority(TlsFiles.pem("other-ca.crt"))));

			assertThatExceptionOfType(KubernetesConnectionException.class).isThrownBy(() -> get("/"));
			assertThat(proxy.requests()).isEmpty();
		}
	}

	@Test
	void checksNoCertificateOfProxyWhenInsecure() throws Exception {
		this.server = TestServer.https("server-ec", KubernetesTransportTests::protocol);
		try (ForwardingProxy proxy = ForwardingProxy.http(tlsSocket())) {
			start(URI.create("https://api.example.com:" + this.server.url().getPort()),
					(builder) -> builder.proxy(URI.create("https://127.0.0.1:" + proxy.port()))
						.tls(TlsConfiguration.defaults().withInsecureSkipVerify(true)));

			assertThat(get("/")).isEqualTo("HTTP/2.0");
		}
	}

	@Test
	void saysThatProxyRefuses() throws IOException {
		try (ForwardingProxy proxy = ForwardingProxy.refusing()) {
			start(URI.create("https://api.example.com"),
					(builder) -> builder.proxy(URI.create("http://joe:secret-password@localhost:" + proxy.port())));

			assertThat(assertFailure(Reason.PROXY, "the proxy did not connect")).hasMessageContaining("407")
				.hasMessageContaining("proxy-url")
				.hasMessageNotContaining("secret-password");
		}
	}

	@Test
	void saysThatProxyCannotBeReached() throws IOException {
		ForwardingProxy proxy = ForwardingProxy.http();
		proxy.close();
		start(URI.create("https://api.example.com"),
				(builder) -> builder.proxy(URI.create("http://localhost:" + proxy.port())));

		assertFailure(Reason.PROXY, "the proxy did not connect");
	}

	private static ServerSocket tlsSocket() throws GeneralSecurityException, IOException {
		ClientIdentity identity = TlsConfiguration.defaults()
			.withClientCertificate(TlsFiles.pem("server-ec.crt"), TlsFiles.pem("server-ec.key"))
			.readClientIdentity();
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		store.setKeyEntry("it", identity.privateKey(), new char[0],
				identity.certificates().toArray(new Certificate[0]));
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, new char[0]);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), null, null);
		return context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("localhost"));
	}

	private static Mono<Void> protocol(HttpServerRequest request, HttpServerResponse response) {
		return response.sendString(Mono.just(request.version().toString())).then();
	}

	private static Mono<Void> authorization(HttpServerRequest request, HttpServerResponse response) {
		return response.sendString(Mono.just(request.requestHeaders().get("authorization", "none"))).then();
	}

	private static Mono<Void> gzip(HttpServerResponse response, Flux<String> events) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			GZIPOutputStream gzip = new GZIPOutputStream(bytes, true);
			response.header("content-encoding", "gzip");
			return response
				.send(events.map((event) -> Unpooled.wrappedBuffer(deflate(gzip, bytes, event))), (buffer) -> true)
				.then();
		}
		catch (IOException ex) {
			return Mono.error(ex);
		}
	}

	private static byte[] deflate(GZIPOutputStream gzip, ByteArrayOutputStream bytes, String event) {
		try {
			gzip.write(event.getBytes(StandardCharsets.UTF_8));
			gzip.flush();
			byte[] deflated = bytes.toByteArray();
			bytes.reset();
			return deflated;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private KubernetesConnectionException assertFailure(Reason reason, String message) {
		KubernetesConnectionException[] caught = new KubernetesConnectionException[1];
		assertThatExceptionOfType(KubernetesConnectionException.class).isThrownBy(() -> get("/"))
			.withMessageContaining(this.transport.configuration().server().toString())
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(reason))
			.satisfies((ex) -> assertThat(ex.action()).isNotBlank())
			.satisfies((ex) -> caught[0] = ex);
		return caught[0];
	}

	private void start(URI url, UnaryOperator<ClientConfiguration.Builder> customizer) {
		this.transport = KubernetesTransport.create(configuration(url, customizer));
	}

	private static ClientConfiguration configuration(URI url, UnaryOperator<ClientConfiguration.Builder> customizer) {
		TlsConfiguration tls = TlsConfiguration.defaults().withCertificateAuthority(TlsFiles.pem("ca.crt"));
		return customizer.apply(ClientConfiguration.builder().server(url).tls(tls)).build();
	}

	private String get(String path) {
		return webClient(false).get().uri(path).retrieve().bodyToMono(String.class).block(TIMEOUT);
	}

	private Flux<String> watch(String path) {
		return webClient(true).get()
			.uri(path)
			.exchangeToFlux((response) -> response.bodyToFlux(byte[].class))
			.map((bytes) -> new String(bytes, StandardCharsets.UTF_8));
	}

	private WebClient webClient(boolean watch) {
		return WebClient.builder()
			.clientConnector(watch ? this.transport.watchConnector() : this.transport.connector())
			.filters((filters) -> filters.addAll(watch ? this.transport.watchFilters() : this.transport.filters()))
			.baseUrl(this.transport.configuration().server().toString())
			.build();
	}

}
