package io.github.k8sclient.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

import io.github.k8sclient.auth.Scripts;
import io.github.k8sclient.auth.SettableClock;
import io.github.k8sclient.config.CapturedLog;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ClientIdentity;
import io.github.k8sclient.config.Credentials;
import io.github.k8sclient.config.ExecPlugin;
import io.github.k8sclient.config.PemSource;
import io.github.k8sclient.config.TlsConfiguration;
import io.github.k8sclient.tls.TlsFiles;
import io.github.k8sclient.transport.KubernetesConnectionException.Reason;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Certificates that change while a client is in use.
 */
class CertificateRotationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Duration GRACE = Duration.ofSeconds(70);

	private final SettableClock clock = new SettableClock();

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final Set<Object> connections = ConcurrentHashMap.newKeySet();

	private final List<String> authorizations = new CopyOnWriteArrayList<>();

	private volatile String refused = "";

	@TempDir
	private Path folder;

	private TestServer server;

	private KubernetesTransport transport;

	@BeforeEach
	void copyFiles() throws IOException {
		put("ca.crt", "ca.crt");
		put("client-ec.crt", "client.crt");
		put("client-ec.key", "client.key");
	}

	@AfterEach
	void close() {
		if (this.transport != null) {
			this.transport.close().block(TIMEOUT);
		}
		if (this.server != null) {
			this.server.close();
		}
	}

	@ParameterizedTest
	@EnumSource(value = HttpProtocol.class, names = { "H2", "HTTP11" })
	void showsNewClientCertificateAfterMinute(HttpProtocol protocol) throws IOException {
		start(protocol);
		assertThat(get()).contains("CN=client-ec");
		put("client-rsa.crt", "client.crt");
		put("client-rsa.key", "client.key");

		this.clock.advance(Duration.ofSeconds(59));
		assertThat(get()).contains("CN=client-ec");
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(get()).contains("CN=client-rsa");
	}

	@Test
	void keepsConnectionsWhenFilesAreWrittenWithTheSameContent() throws IOException {
		start(HttpProtocol.H2);
		get();
		put("client-ec.crt", "client.crt");
		put("client-ec.key", "client.key");

		this.clock.advance(Duration.ofMinutes(1));
		get();

		assertThat(this.connections).hasSize(1);
	}

	@Test
	void waitsForTheOtherHalfOfCertificateAndKey() throws IOException {
		start(HttpProtocol.H2);
		get();
		put("client-rsa.crt", "client.crt");
		this.clock.advance(Duration.ofMinutes(1));

		try (CapturedLog log = CapturedLog.of(RotatingConnections.class)) {
			assertThat(get()).contains("CN=client-ec");
			this.clock.advance(Duration.ofSeconds(10));
			assertThat(get()).contains("CN=client-ec");
			assertThat(log.warnings()).singleElement()
				.asString()
				.contains("previous certificates", "is not the key of");
		}

		put("client-rsa.key", "client.key");
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(get()).contains("CN=client-rsa");
	}

	@Test
	void goesOnWithPreviousCertificatesWhenFileIsGone() throws IOException {
		start(HttpProtocol.H2);
		get();
		Files.delete(this.folder.resolve("ca.crt"));

		this.clock.advance(Duration.ofMinutes(1));

		assertThat(get()).contains("CN=client-ec");
	}

	@Test
	void trustsNewAuthorityTenSecondsAfterItWasMissed() throws IOException {
		put("other-ca.crt", "ca.crt");
		start(HttpProtocol.H2);
		assertThatExceptionOfType(KubernetesConnectionException.class).isThrownBy(this::get)
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.TLS));
		put("ca.crt", "ca.crt");

		this.clock.advance(Duration.ofSeconds(10));

		assertThat(get()).contains("CN=client-ec");
	}

	@Test
	void looksAtFilesTenSecondsAfterRefusal() throws IOException {
		start(HttpProtocol.H2);
		this.refused = "CN=client-ec";
		assertThat(get()).isEqualTo("401");
		put("client-rsa.crt", "client.crt");
		put("client-rsa.key", "client.key");

		this.clock.advance(Duration.ofSeconds(10));

		assertThat(get()).contains("CN=client-rsa");
	}

	@ParameterizedTest
	@EnumSource(value = HttpProtocol.class, names = { "H2", "HTTP11" })
	void whatIsUnderWayGoesOnForGraceThenOldConnectionsAreClosed(HttpProtocol protocol) throws IOException {
		start(protocol);
		StepVerifier.create(watch()).expectNext("event").then(() -> {
			changeClientCertificate();
			assertThat(get()).contains("CN=client-rsa");
			this.scheduler.advanceTimeBy(GRACE.minusMillis(1));
			assertThat(this.server.openConnections()).isEqualTo(2);
			this.scheduler.advanceTimeBy(Duration.ofMillis(1));
		})
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(KubernetesConnectionException.class))
			.verify(TIMEOUT);

		assertThat(get()).contains("CN=client-rsa");
	}

	@Test
	void oldConnectionsDoNotPileUp() throws Exception {
		start(HttpProtocol.H2);
		for (int i = 0; i < 10; i++) {
			this.transport.rotate(trust("ca.crt"), keys("client-rsa"));
			get();
		}
		assertThat(this.server.openConnections()).isEqualTo(10);

		this.scheduler.advanceTimeBy(GRACE);

		this.server.awaitConnections(1);
		assertThat(get()).contains("CN=client-rsa");
		assertThat(this.connections).hasSize(10);
	}

	@Test
	void closingClosesOldConnectionsToo() {
		start(HttpProtocol.H2);
		StepVerifier.create(watch())
			.expectNext("event")
			.then(this::changeClientCertificate)
			.then(() -> get())
			.then(() -> this.transport.close().block(TIMEOUT))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(KubernetesConnectionException.class))
			.verify(TIMEOUT);

		this.server.awaitConnections(0);
	}

	@Test
	void usesManagersThatAreSuppliedLater() throws Exception {
		this.server = server(HttpProtocol.H2);
		this.transport = KubernetesTransport.builder(ClientConfiguration.builder().server(this.server.url()).build())
			.rotation(GRACE, this.clock, this.scheduler)
			.build();
		assertThatExceptionOfType(KubernetesConnectionException.class).isThrownBy(this::get);

		this.transport.rotate(trust("ca.crt"), keys("client-ec"));
		assertThat(get()).contains("CN=client-ec");
		this.transport.rotate(trust("ca.crt"), keys("client-rsa"));
		assertThat(get()).contains("CN=client-rsa");
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void showsCertificateThatPluginPrintsAndTheNextOneAfterRefusal() {
		String certificates = "if test $n = 1; then\n" + Scripts.print(certificate("client-ec")) + "\nelse\n"
				+ Scripts.print(certificate("client-rsa") + ", \"token\": \"abc\"") + "\nfi";
		Path script = Scripts.write(this.folder.resolve("plugin"), Scripts.count() + "\n" + certificates);
		this.server = server(HttpProtocol.H2);
		this.transport = KubernetesTransport
			.builder(ClientConfiguration.builder()
				.server(this.server.url())
				.tls(TlsConfiguration.defaults().withCertificateAuthority(TlsFiles.pem("ca.crt")))
				.credentials(Credentials.exec(ExecPlugin.of(script.toString())))
				.build())
			.rotation(GRACE, this.clock, this.scheduler)
			.build();
		assertThat(get()).contains("CN=client-ec");

		this.refused = "CN=client-ec";
		assertThat(get()).contains("CN=client-rsa");

		assertThat(this.authorizations).containsExactly("none", "none", "Bearer abc");
		assertThat(this.connections).hasSize(2);
	}

	private void start(HttpProtocol protocol) {
		this.server = server(protocol);
		TlsConfiguration tls = TlsConfiguration.defaults()
			.withCertificateAuthority(file("ca.crt"))
			.withClientCertificate(file("client.crt"), file("client.key"));
		this.transport = KubernetesTransport
			.builder(ClientConfiguration.builder().server(this.server.url()).tls(tls).build())
			.rotation(GRACE, this.clock, this.scheduler)
			.build();
	}

	private TestServer server(HttpProtocol protocol) {
		return TestServer.https("server-ec", ClientAuth.OPTIONAL, this::answer, protocol);
	}

	private PemSource file(String name) {
		return PemSource.file("test." + name, this.folder.resolve(name));
	}

	private void changeClientCertificate() {
		try {
			put("client-rsa.crt", "client.crt");
			put("client-rsa.key", "client.key");
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		this.clock.advance(Duration.ofMinutes(1));
	}

	private void put(String from, String to) throws IOException {
		Files.copy(TlsFiles.path(from), this.folder.resolve(to), StandardCopyOption.REPLACE_EXISTING);
	}

	private String get() {
		return webClient(false).get()
			.uri("/")
			.exchangeToMono((response) -> response.statusCode().isError()
					? response.releaseBody().thenReturn(Integer.toString(response.statusCode().value()))
					: response.bodyToMono(String.class))
			.block(TIMEOUT);
	}

	private Flux<String> watch() {
		return webClient(true).get()
			.uri("/watch")
			.exchangeToFlux((response) -> response.bodyToFlux(byte[].class))
			.map((bytes) -> new String(bytes, StandardCharsets.UTF_8));
	}

	private WebClient webClient(boolean watch) {
		return WebClient.builder()
			.clientConnector(watch ? this.transport.watchConnector() : this.transport.connector())
			.filters((filters) -> filters.addAll(this.transport.filters()))
			.baseUrl(this.server.url().toString())
			.build();
	}

	private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		StringBuilder peer = new StringBuilder("anonymous");
		request.withConnection((connection) -> {
			Channel channel = (connection.channel().parent() instanceof SocketChannel parent) ? parent
					: connection.channel();
			this.connections.add(channel.id());
			try {
				peer.append(channel.pipeline().get(SslHandler.class).engine().getSession().getPeerPrincipal());
			}
			catch (SSLException ex) {
				// Anonymous
			}
		});
		if (request.uri().equals("/watch")) {
			return response.sendString(Flux.just("event").concatWith(Flux.never()), StandardCharsets.UTF_8).then();
		}
		this.authorizations.add(request.requestHeaders().get("authorization", "none"));
		if (!this.refused.isEmpty() && peer.indexOf(this.refused) >= 0) {
			return response.status(401).send();
		}
		return response.sendString(Mono.just(peer.toString())).then();
	}

	private static String certificate(String name) {
		return "\"clientCertificateData\": " + json(name + ".crt") + ", \"clientKeyData\": " + json(name + ".key");
	}

	private static String json(String file) {
		return JsonMapper.shared().writeValueAsString(new String(TlsFiles.bytes(file), StandardCharsets.US_ASCII));
	}

	private static TrustManagerFactory trust(String file) throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		store.setCertificateEntry("it", CertificateFactory.getInstance("X.509")
			.generateCertificate(new ByteArrayInputStream(TlsFiles.bytes(file))));
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(store);
		return factory;
	}

	private static KeyManagerFactory keys(String name) throws GeneralSecurityException, IOException {
		ClientIdentity identity = TlsConfiguration.defaults()
			.withClientCertificate(TlsFiles.pem(name + ".crt"), TlsFiles.pem(name + ".key"))
			.readClientIdentity();
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		store.setKeyEntry("it", identity.privateKey(), new char[0],
				identity.certificates().toArray(new Certificate[0]));
		KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		factory.init(store, new char[0]);
		return factory;
	}

}
