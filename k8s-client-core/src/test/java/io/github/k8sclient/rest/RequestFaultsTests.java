package io.github.k8sclient.rest;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import io.github.k8sclient.InvalidException;
import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.TooManyRequestsException;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ClientIdentity;
import io.github.k8sclient.config.ContentTypePreference;
import io.github.k8sclient.config.Credentials;
import io.github.k8sclient.config.TlsConfiguration;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.tls.TlsFiles;
import io.github.k8sclient.transport.KubernetesConnectionException;
import io.github.k8sclient.transport.KubernetesTransport;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Protocol;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.core.io.buffer.DataBufferUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for what is left after something went wrong: the right exception without a
 * secret, and a pool whose only connection can be used again. That no buffer leaks is
 * checked after all of them.
 */
class RequestFaultsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String TOKEN = "c2VjcmV0LXRva2Vu";

	private static final String LONG_NAME = "ü".repeat(100_000);

	private final MockWebServer server = new MockWebServer();

	private final FaultyServer faultyServer = new FaultyServer();

	private final MockWebServer otherServer = new MockWebServer();

	private final List<ConnectionProvider> pools = new ArrayList<>();

	private @Nullable KubernetesTransport transport;

	@AfterEach
	void close() {
		if (this.transport != null) {
			this.transport.close().block(TIMEOUT);
		}
		this.pools.forEach(ConnectionProvider::dispose);
		this.server.close();
		this.otherServer.close();
	}

	@ParameterizedTest
	@MethodSource("protocolsAndFaults")
	void leaveNothingBehind(Protocol protocol, Fault fault) throws Exception {
		this.otherServer.start();
		RESTClient client = client(protocol);

		for (Reading reading : Reading.values()) {
			answer(fault.response(this.otherServer));
			Throwable failure = catchThrowable(() -> reading.read(client.get().resource("pods").maxRetries(0)));

			fault.assertFailure(reading, failure);
			assertThat(stackTrace(failure)).doesNotContain(TOKEN);
			assertUsable(client);
		}
		assertThat(this.otherServer.getRequestCount()).isZero();
	}

	@ParameterizedTest
	@MethodSource("protocolsAndFaults")
	void leaveNothingBehindAfterAPostThatIsSentOnce(Protocol protocol, Fault fault) throws Exception {
		this.otherServer.start();
		RESTClient client = client(protocol);

		for (Reading reading : Reading.values()) {
			if (reading == Reading.WATCH) {
				continue;
			}
			answer(fault.response(this.otherServer));
			Request request = client.post().resource("pods").body("{}".getBytes(), "application/json");
			Throwable failure = catchThrowable(() -> reading
				.read((fault == Fault.TOO_MANY_REQUESTS_FOR_SECONDS) ? request.maxRetries(0) : request));

			fault.assertFailure(reading, failure);
			assertThat(stackTrace(failure)).doesNotContain(TOKEN);
			assertThat(this.faultyServer.requests).as(reading.toString()).containsExactly("POST");
			this.faultyServer.requests.clear();
			assertUsable(client);
		}
		assertThat(this.otherServer.getRequestCount()).isZero();
	}

	@ParameterizedTest
	@EnumSource(value = Protocol.class, names = { "HTTP_1_1", "HTTP_2" })
	void leaveNothingBehindWhenCancelledBeforeTheResponse(Protocol protocol) throws Exception {
		RESTClient client = client(protocol);

		for (Reading reading : Reading.values()) {
			Disposable subscription = reading.publisher(client.get().resource("nodes")).subscribe();
			awaitRequest("/api/v1/nodes");
			subscription.dispose();

			assertUsable(client);
		}
	}

	@ParameterizedTest
	@EnumSource(value = Protocol.class, names = { "HTTP_1_1", "HTTP_2" })
	void leaveNothingBehindWhenCancelledInTheResponse(Protocol protocol) throws Exception {
		RESTClient client = client(protocol);

		for (int i = 0; i < 10; i++) {
			answer(json(200).body(LONG_NAME).throttleBody(20_000, 20, TimeUnit.MILLISECONDS));
			client.get().resource("pods").stream().doOnNext(DataBufferUtils::release).blockFirst(TIMEOUT);
			assertUsable(client);
			answer(json(200).body(Wire.jsonFrame("ADDED", Wire.json(Wire.pod("web"))).repeat(1000))
				.throttleBody(20_000, 20, TimeUnit.MILLISECONDS));
			assertThat(client.get().resource("pods").watch(Pod.class).blockFirst(TIMEOUT)).isNotNull();
			assertUsable(client);
		}
	}

	@ParameterizedTest
	@EnumSource(value = Protocol.class, names = { "HTTP_1_1", "HTTP_2" })
	void leaveNothingBehindWhenRepeated(Protocol protocol) throws Exception {
		RESTClient client = client(protocol);

		for (int length : List.of(0, 100, 100_000, 10 << 20)) {
			answer(json(429).setHeader("Retry-After", "0").body("x".repeat(length)));
			answer(json(503).setHeader("Retry-After", "0")
				.body("x".repeat(length))
				.onResponseBody(new SocketEffect.CloseSocket()));
			answer(json(200).body("done"));
			assertThat(client.get().resource("pods").raw().block(TIMEOUT)).asString().isEqualTo("done");
			assertUsable(client);
		}
	}

	private void awaitRequest(String path) throws InterruptedException {
		RecordedRequest request = this.server.takeRequest(20, TimeUnit.SECONDS);
		while (request != null && !request.getUrl().encodedPath().equals(path)) {
			request = this.server.takeRequest(20, TimeUnit.SECONDS);
		}
		assertThat(request).as("a request for " + path).isNotNull();
	}

	private void answer(MockResponse.Builder fault) {
		this.faultyServer.faults.add(fault.build());
	}

	private static void assertUsable(RESTClient client) {
		assertThat(client.get().absPath("/healthz").raw().block(TIMEOUT)).asString().isEqualTo("ok");
		assertThat(client.get().resource("events").watch(Pod.class).collectList().block(TIMEOUT)).hasSize(1);
	}

	private RESTClient client(Protocol protocol) throws Exception {
		boolean secure = protocol == Protocol.HTTP_2;
		if (secure) {
			this.server.useHttps(serverContext().getSocketFactory());
		}
		this.server.setDispatcher(this.faultyServer);
		this.server.setServerSocketFactory(new ResettingSockets());
		this.server.start();
		ClientConfiguration configuration = ClientConfiguration.builder()
			.server(URI.create((secure ? "https" : "http") + "://localhost:" + this.server.getPort()))
			.tls(TlsConfiguration.defaults().withCertificateAuthority(TlsFiles.pem("ca.crt")))
			.credentials(Credentials.bearerToken(TOKEN))
			.contentType(ContentTypePreference.JSON)
			.build();
		this.transport = KubernetesTransport.builder(configuration)
			.connectionProvider(poolOfOne())
			.watchConnectionProvider(poolOfOne())
			.build();
		return RESTClient.create(this.transport);
	}

	private ConnectionProvider poolOfOne() {
		ConnectionProvider pool = ConnectionProvider.builder("one")
			.maxConnections(1)
			.pendingAcquireTimeout(TIMEOUT)
			.build();
		this.pools.add(pool);
		return pool;
	}

	private static SSLContext serverContext() throws GeneralSecurityException, IOException {
		ClientIdentity identity = TlsConfiguration.defaults()
			.withClientCertificate(TlsFiles.pem("server-rsa.crt"), TlsFiles.pem("server-rsa.key"))
			.readClientIdentity();
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		store.setKeyEntry("server", identity.privateKey(), new char[0],
				identity.certificates().toArray(Certificate[]::new));
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, new char[0]);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), null, null);
		return context;
	}

	private static String stackTrace(@Nullable Throwable failure) {
		StringWriter trace = new StringWriter();
		if (failure != null) {
			failure.printStackTrace(new PrintWriter(trace));
		}
		return trace.toString();
	}

	static Stream<Arguments> protocolsAndFaults() {
		return Stream.of(Protocol.HTTP_1_1, Protocol.HTTP_2)
			.flatMap((protocol) -> Stream.of(Fault.values())
				.filter((fault) -> protocol == Protocol.HTTP_1_1 || !fault.ofHttp1())
				.map((fault) -> Arguments.of(protocol, fault)));
	}

	private static MockResponse.Builder json(int code) {
		return ScriptedApiServer.response(code);
	}

	private static String status(int code, String reason, String message) {
		return Wire.json(Status.builder().status("Failure").code(code).reason(reason).message(message).build());
	}

	private static Buffer zipped(String text) {
		try {
			Buffer zipped = new Buffer();
			try (BufferedSink sink = Okio.buffer(new GzipSink(zipped))) {
				sink.writeUtf8(text);
			}
			return zipped;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The bytes of a pod up to the middle of a character. */
	private static Buffer cutInACharacter() {
		byte[] pod = Wire.json(Wire.pod(LONG_NAME)).getBytes(StandardCharsets.UTF_8);
		int start = new String(pod, StandardCharsets.ISO_8859_1).indexOf('\u00c3');
		return new Buffer().write(pod, 0, start + 50_001);
	}

	/**
	 * Ways to read a response.
	 */
	private enum Reading {

		OBJECT((request) -> request.into(Pod.class)),

		LIST((request) -> request.list(Pod.class)),

		WATCH((request) -> request.watch(Pod.class)),

		RAW(Request::raw),

		STREAM((request) -> request.stream().doOnNext(DataBufferUtils::release)),

		RESULT((request) -> request.result().map(Result::raw)),

		NOTHING(Request::send);

		private final Function<Request, ? extends Publisher<?>> reader;

		Reading(Function<Request, ? extends Publisher<?>> reader) {
			this.reader = reader;
		}

		Flux<?> publisher(Request request) {
			return Flux.from(this.reader.apply(request));
		}

		void read(Request request) {
			publisher(request).blockLast(TIMEOUT);
		}

		boolean decodes() {
			return this == OBJECT || this == LIST || this == WATCH;
		}

	}

	/**
	 * What may go wrong.
	 */
	private enum Fault {

		TOO_MANY_REQUESTS(TooManyRequestsException.class, () -> json(429).body("{}")),

		TOO_MANY_REQUESTS_FOR_SECONDS(TooManyRequestsException.class,
				() -> json(429).setHeader("Retry-After", "7").body("{}")),

		TOO_MANY_REQUESTS_UNTIL_A_DATE(TooManyRequestsException.class,
				() -> json(429).setHeader("Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT").body("{}")),

		INTERNAL_ERROR(KubernetesApiException.class, () -> json(500).body(status(500, "InternalError", "etcd"))),

		PAGE_OF_A_PROXY(KubernetesApiException.class,
				() -> json(503).setHeader("Content-Type", "text/html").body("<html>Sorry")),

		LONG_STATUS(InvalidException.class, () -> json(422).body(status(422, "Invalid", "x".repeat(2 << 20)))),

		LONG_TEXT(KubernetesApiException.class,
				() -> json(500).setHeader("Content-Type", "text/plain").body("x".repeat(2 << 20))),

		ENDLESS_TEXT(KubernetesApiException.class,
				() -> json(500).setHeader("Content-Type", "text/plain").body("x".repeat(9 << 20))),

		ZIPPED_STATUS(NotFoundException.class,
				() -> json(404).setHeader("Content-Encoding", "gzip").body(zipped(status(404, "NotFound", "gone")))),

		BROKEN_STATUS(NotFoundException.class,
				() -> json(404).body(status(404, "NotFound", LONG_NAME))
					.onResponseBody(new SocketEffect.CloseSocket())),

		REDIRECT_TO_ANOTHER_HOST(KubernetesApiException.class, () -> json(307)),

		NO_ZIP(KubernetesException.class,
				() -> json(200).setHeader("Content-Encoding", "gzip").body("this was never compressed")),

		CLOSED_BEFORE_THE_RESPONSE(KubernetesConnectionException.class,
				() -> new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket())),

		CLOSED_IN_THE_BODY(KubernetesConnectionException.class,
				() -> json(200).body(Wire.json(Wire.pod(LONG_NAME)))
					.onResponseBody(new SocketEffect.CloseSocket(false, false, true))),

		RESET_IN_THE_BODY(KubernetesConnectionException.class,
				() -> json(200).body(Wire.json(Wire.pod(LONG_NAME))).onResponseBody(new SocketEffect.CloseSocket())),

		CLOSED_IN_A_CHARACTER(KubernetesConnectionException.class,
				() -> json(200).body(cutInACharacter())
					.setHeader("Content-Length", 500_000)
					.onResponseEnd(new SocketEffect.CloseSocket(false, false, true))),

		CLOSED_IN_CHUNKS(KubernetesConnectionException.class,
				() -> json(200).chunkedBody(Wire.json(Wire.pod(LONG_NAME)), 1000)
					.onResponseBody(new SocketEffect.CloseSocket())),

		NO_HTTP(KubernetesException.class, () -> new MockResponse.Builder().status("SSH-2.0-OpenSSH_9.9")),

		CUT_IN_A_CHARACTER(KubernetesException.class, true, () -> json(200).body(cutInACharacter())),

		EMPTY(KubernetesException.class, true, () -> json(200).body("")),

		NO_OBJECT(KubernetesException.class, true, () -> json(200).body("[1,2")),

		PAGE_WITH_200(KubernetesException.class, true,
				() -> json(200).setHeader("Content-Type", "text/html").body("<html>Log in"));

		private final Class<? extends Throwable> type;

		private final boolean ofContent;

		private final Supplier<MockResponse.Builder> response;

		Fault(Class<? extends Throwable> type, Supplier<MockResponse.Builder> response) {
			this(type, false, response);
		}

		/**
		 * Describe a fault.
		 * @param type what it leads to
		 * @param ofContent whether only who wants an object notices
		 * @param response what the server answers
		 */
		Fault(Class<? extends Throwable> type, boolean ofContent, Supplier<MockResponse.Builder> response) {
			this.type = type;
			this.ofContent = ofContent;
			this.response = response;
		}

		MockResponse.Builder response(MockWebServer otherServer) {
			MockResponse.Builder response = this.response.get();
			return (this == REDIRECT_TO_ANOTHER_HOST)
					? response.setHeader("Location", otherServer.url("/api/v1/pods").toString()) : response;
		}

		/**
		 * Whether only HTTP/1.1 shows the fault for certain: the end of a connection of
		 * HTTP/2, on which the client writes too, can take with it the head of a response
		 * that was sent before.
		 */
		boolean ofHttp1() {
			return this == CLOSED_BEFORE_THE_RESPONSE || this == CLOSED_IN_CHUNKS || this == NO_HTTP
					|| this == BROKEN_STATUS;
		}

		void assertFailure(Reading reading, @Nullable Throwable failure) {
			boolean expected = reading.decodes() || !this.ofContent;
			// A watch without events is none that failed
			if (this == EMPTY && reading == Reading.WATCH) {
				expected = false;
			}
			if (expected) {
				assertThat(failure).as(reading.toString()).isInstanceOf(this.type);
			}
			else {
				assertThat(failure).as(reading.toString()).isNull();
			}
		}

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT).replace('_', ' ');
		}

	}

	/**
	 * Answers to requests for pods with the faults that a test has queued, never to those
	 * for nodes, and to all others as it should.
	 */
	private static final class FaultyServer extends Dispatcher {

		private final Queue<MockResponse> faults = new ConcurrentLinkedQueue<>();

		/** Verbs of the requests for pods. */
		private final Queue<String> requests = new ConcurrentLinkedQueue<>();

		@Override
		public MockResponse dispatch(RecordedRequest request) {
			if (request.getUrl().encodedPath().equals("/api/v1/pods")) {
				this.requests.add(request.getMethod());
			}
			return switch (request.getUrl().encodedPath()) {
				case "/api/v1/pods" -> this.faults.remove();
				case "/api/v1/nodes" -> json(200).headersDelay(1, TimeUnit.HOURS).build();
				case "/healthz" -> json(200).body("ok").build();
				default -> json(200).body(Wire.jsonFrame("ADDED", Wire.json(Wire.pod("web")))).build();
			};
		}

	}

	/**
	 * Makes sockets that reset their connection when they are closed.
	 */
	private static final class ResettingSockets extends ServerSocketFactory {

		@Override
		public ServerSocket createServerSocket() throws IOException {
			return new ServerSocket() {

				@Override
				public Socket accept() throws IOException {
					Socket socket = super.accept();
					socket.setSoLinger(true, 0);
					return socket;
				}

			};
		}

		@Override
		public ServerSocket createServerSocket(int port) {
			throw new UnsupportedOperationException();
		}

		@Override
		public ServerSocket createServerSocket(int port, int backlog) {
			throw new UnsupportedOperationException();
		}

		@Override
		public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
			throw new UnsupportedOperationException();
		}

	}

}
