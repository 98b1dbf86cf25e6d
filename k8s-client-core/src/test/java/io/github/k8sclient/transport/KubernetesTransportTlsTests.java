package io.github.k8sclient.transport;

import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;

import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ConfigurationException;
import io.github.k8sclient.config.PemSource;
import io.github.k8sclient.config.TlsConfiguration;
import io.github.k8sclient.tls.TlsFiles;
import io.github.k8sclient.transport.KubernetesConnectionException.Reason;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * TLS against a real server, with the certificates of {@code src/test/resources/tls}.
 */
class KubernetesTransportTlsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final TlsConfiguration trusting = TlsConfiguration.defaults()
		.withCertificateAuthority(TlsFiles.pem("ca.crt"));

	private TestServer server;

	private KubernetesTransport transport;

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
	@ValueSource(strings = { "server-rsa", "server-ec", "server-ed25519" })
	void trustsServerOfConfiguredAuthority(String certificate) {
		this.server = TestServer.https(certificate, KubernetesTransportTlsTests::describe);

		assertThat(get(this.server.url(), this.trusting)).startsWith("HTTP/2.0");
	}

	@Test
	void speaksHttp11WhenServerDoesNotOfferHttp2() {
		this.server = TestServer.https("server-ec", ClientAuth.NONE, KubernetesTransportTlsTests::describe,
				HttpProtocol.HTTP11);

		assertThat(get(this.server.url(), this.trusting)).startsWith("HTTP/1.1");
	}

	@Test
	void speaksHttp11WhenHttp2IsSwitchedOff() {
		this.server = TestServer.https("server-ec", KubernetesTransportTlsTests::describe);

		assertThat(get(this.server.url(), this.trusting, (builder) -> builder.http2(false))).startsWith("HTTP/1.1");
	}

	@Test
	void checksIpAddressAgainstCertificate() {
		this.server = TestServer.https("server-rsa", KubernetesTransportTlsTests::describe);

		assertThat(get(this.server.url("127.0.0.1"), this.trusting)).startsWith("HTTP/2.0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "127.0.0.1" })
	void refusesCertificateForAnotherName(String host) {
		this.server = TestServer.https("server-other-name", KubernetesTransportTlsTests::describe);

		assertThatExceptionOfType(KubernetesConnectionException.class)
			.isThrownBy(() -> get(this.server.url(host), this.trusting))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.TLS))
			.withMessageContaining(this.server.url(host).toString())
			.withMessageContaining("is for another name")
			.withMessageContaining("tls-server-name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "other.example.com", "192.0.2.1" })
	void checksServerNameInPlaceOfHost(String serverName) {
		this.server = TestServer.https("server-other-name", KubernetesTransportTlsTests::describe);

		assertThat(get(this.server.url(), this.trusting.withServerName(serverName))).isNotEmpty();
	}

	@Test
	void doesNotAcceptHostWhenServerNameDiffers() {
		this.server = TestServer.https("server-ec", KubernetesTransportTlsTests::describe);

		assertThatExceptionOfType(KubernetesConnectionException.class)
			.isThrownBy(() -> get(this.server.url(), this.trusting.withServerName("other.example.com")))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.TLS));
	}

	@ParameterizedTest
	@CsvSource({ ",localhost", "kubernetes,kubernetes", "api.example.com,api.example.com", "127.0.0.1,none" })
	void sendsServerNameEvenWithoutDotButNoAddress(String serverName, String expected) {
		this.server = TestServer.https("server-ec", KubernetesTransportTlsTests::describe);

		assertThat(get(this.server.url(), this.trusting.withServerName(serverName))).endsWith("sni=" + expected);
	}

	@Test
	void refusesUnknownAuthority() {
		this.server = TestServer.https("server-rsa", KubernetesTransportTlsTests::describe);
		TlsConfiguration tls = TlsConfiguration.defaults().withCertificateAuthority(TlsFiles.pem("other-ca.crt"));

		assertThatExceptionOfType(KubernetesConnectionException.class).isThrownBy(() -> get(this.server.url(), tls))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.TLS))
			.withMessageContaining("signed by an unknown authority")
			.withMessageContaining("certificate-authority")
			.withMessageContaining("the tests");
	}

	@Test
	void refusesExpiredServer() {
		this.server = TestServer.https("server-expired", KubernetesTransportTlsTests::describe);

		assertThatExceptionOfType(KubernetesConnectionException.class)
			.isThrownBy(() -> get(this.server.url(), this.trusting))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.TLS))
			.withMessageContaining("expired");
	}

	@ParameterizedTest
	@ValueSource(strings = { "server-rsa", "server-other-name", "server-expired" })
	void acceptsAnyServerWhenInsecure(String certificate) {
		this.server = TestServer.https(certificate, KubernetesTransportTlsTests::describe);

		assertThat(get(this.server.url(), TlsConfiguration.defaults().withInsecureSkipVerify(true))).isNotEmpty();
	}

	@Test
	void refusesAuthoritiesOfServerThatIsNotToBeChecked() throws GeneralSecurityException {
		TlsConfiguration insecure = TlsConfiguration.defaults().withInsecureSkipVerify(true);
		KubernetesTransport.Builder withAuthority = builder(insecure.withCertificateAuthority(TlsFiles.pem("ca.crt")));
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init((KeyStore) null);
		KubernetesTransport.Builder withTrustManagers = builder(insecure).trustManagerFactory(trust);

		assertThat(List.of(withAuthority, withTrustManagers))
			.allSatisfy((builder) -> assertThatExceptionOfType(ConfigurationException.class).isThrownBy(builder::build)
				.withMessageContaining("insecure-skip-tls-verify")
				.withMessageContaining("certificate authorities"));
	}

	private static KubernetesTransport.Builder builder(TlsConfiguration tls) {
		return KubernetesTransport
			.builder(ClientConfiguration.builder().server(URI.create("https://localhost")).tls(tls).build());
	}

	@ParameterizedTest
	@CsvSource({ "client-rsa,client-rsa", "client-rsa,client-rsa-pkcs1", "client-ec,client-ec",
			"client-ec,client-ec-sec1", "client-ed25519,client-ed25519" })
	void showsClientCertificate(String certificate, String key) {
		this.server = TestServer.https("server-rsa", ClientAuth.REQUIRE, KubernetesTransportTlsTests::describe,
				HttpProtocol.H2, HttpProtocol.HTTP11);
		TlsConfiguration tls = this.trusting.withClientCertificate(TlsFiles.pem(certificate + ".crt"),
				TlsFiles.pem(key + ".key"));

		assertThat(get(this.server.url(), tls)).contains("CN=" + certificate);
	}

	@ParameterizedTest
	@CsvSource({ "H2", "HTTP11" })
	void saysThatServerWantsClientCertificate(HttpProtocol protocol) {
		this.server = TestServer.https("server-rsa", ClientAuth.REQUIRE, KubernetesTransportTlsTests::describe,
				protocol);

		assertThatExceptionOfType(KubernetesConnectionException.class)
			.isThrownBy(() -> get(this.server.url(), this.trusting))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.TLS))
			.withMessageContaining("client certificate");
	}

	@Test
	void refusesKeyOfAnotherCertificate() {
		TlsConfiguration tls = this.trusting.withClientCertificate(TlsFiles.pem("client-rsa.crt"),
				TlsFiles.pem("client-ec.key"));

		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> get(URI.create("https://localhost"), tls))
			.withMessageContaining("client-ec.key")
			.withMessageContaining("is not the key of")
			.withMessageContaining("client-rsa.crt");
	}

	@Test
	void readsNoCertificateForServerWithoutTls() {
		this.server = TestServer.http(KubernetesTransportTlsTests::describe);
		TlsConfiguration tls = TlsConfiguration.defaults()
			.withCertificateAuthority(PemSource.file("ca", Path.of("/missing")));

		assertThat(get(this.server.url(), tls)).isEqualTo("HTTP/1.1");
	}

	@Test
	void saysThatServerDoesNotSpeakTls() {
		this.server = TestServer.http(KubernetesTransportTlsTests::describe);
		URI url = URI.create(this.server.url().toString().replace("http:", "https:"));

		assertThatExceptionOfType(KubernetesConnectionException.class).isThrownBy(() -> get(url, this.trusting))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.TLS))
			.withMessageContaining("does not speak TLS")
			.withMessageContaining("http://");
	}

	private String get(URI url, TlsConfiguration tls) {
		return get(url, tls, UnaryOperator.identity());
	}

	private String get(URI url, TlsConfiguration tls, UnaryOperator<KubernetesTransport.Builder> customizer) {
		ClientConfiguration configuration = ClientConfiguration.builder()
			.server(url)
			.tls(tls)
			.source("the tests")
			.build();
		this.transport = customizer.apply(KubernetesTransport.builder(configuration)).build();
		return WebClient.builder()
			.clientConnector(this.transport.connector())
			.filters((filters) -> filters.addAll(this.transport.filters()))
			.baseUrl(url.toString())
			.build()
			.get()
			.uri("/version")
			.retrieve()
			.bodyToMono(String.class)
			.block(TIMEOUT);
	}

	private static Mono<Void> describe(HttpServerRequest request, HttpServerResponse response) {
		List<String> parts = new ArrayList<>();
		parts.add(request.version().toString());
		request.withConnection((connection) -> {
			Channel channel = connection.channel();
			SslHandler ssl = channel.pipeline().get(SslHandler.class);
			if (ssl == null && channel.parent() != null) {
				ssl = channel.parent().pipeline().get(SslHandler.class);
			}
			if (ssl != null) {
				ExtendedSSLSession session = (ExtendedSSLSession) ssl.engine().getSession();
				try {
					parts.add(session.getPeerPrincipal().getName());
				}
				catch (SSLPeerUnverifiedException ex) {
					parts.add("anonymous");
				}
				parts.add("sni=" + session.getRequestedServerNames()
					.stream()
					.map((name) -> ((SNIHostName) name).getAsciiName())
					.findFirst()
					.orElse("none"));
			}
		});
		return response.sendString(Mono.just(String.join(" ", parts))).then();
	}

}
