package io.github.k8sclient.transport;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

import io.github.k8sclient.auth.OidcTokens;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ConfigurationException;
import io.github.k8sclient.config.Credentials;
import io.github.k8sclient.config.OidcSession;
import io.github.k8sclient.config.TlsConfiguration;
import io.github.k8sclient.tls.TlsFiles;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An OpenID Connect provider on this machine, with TLS.
 */
class OidcClientTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private String tokenEndpoint = "/token";

	private BiFunction<HttpServerRequest, HttpServerResponse, Mono<Void>> answer = (request, response) -> json(response,
			"{\"id_token\": \"new-id\", \"refresh_token\": \"new-refresh\", \"token_type\": \"Bearer\"}");

	private final TestServer server = TestServer.https("server-ec", this::handle);

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void publicClientNamesItselfInForm() {
		assertThat(refresh(null)).isEqualTo(new OidcTokens("new-id", "new-refresh"));

		assertThat(this.requests).containsExactly(
				"grant_type=refresh_token&refresh_token=old%2Frefresh&client_id=kube%3Arnetes authorization=none");
	}

	@Test
	void clientWithSecretProvesItInHeader() {
		assertThat(refresh("s c")).isEqualTo(new OidcTokens("new-id", "new-refresh"));

		assertThat(this.requests)
			.containsExactly("grant_type=refresh_token&refresh_token=old%2Frefresh authorization=Basic "
					+ "a3ViZSUzQXJuZXRlczpzK2M=");
	}

	@Test
	void triesFormWhenProviderDoesNotTakeHeader() {
		this.answer = (request, response) -> request.requestHeaders().contains("authorization")
				? json(response.status(401), "{\"error\": \"invalid_client\"}")
				: json(response, "{\"id_token\": \"new-id\"}");

		assertThat(refresh("s c")).isEqualTo(new OidcTokens("new-id", null));

		assertThat(this.requests).hasSize(2)
			.last()
			.asString()
			.contains("client_id=kube%3Arnetes&client_secret=s+c authorization=none");
	}

	@Test
	void doesNotTryAgainWhenRefreshTokenIsRefused() {
		this.answer = (request, response) -> json(response.status(400),
				"{\"error\": \"invalid_grant\", \"error_description\": \"secret\"}");

		assertFails("s c").withMessageContaining("status 400 invalid_grant")
			.withMessageContaining("Log in anew")
			.withMessageNotContaining("secret");
		assertThat(this.requests).hasSize(1);
	}

	@Test
	void saysThatProviderReturnsNoIdToken() {
		this.answer = (request, response) -> json(response, "{\"access_token\": \"secret\"}");

		assertFails(null).withMessageContaining("returned no id_token").withMessageNotContaining("secret");
	}

	@Test
	void takesPageOfProxyForFailure() {
		this.answer = (request, response) -> response.status(502).sendString(Mono.just("<html>")).then();

		assertFails(null).withMessageContaining("status 502");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "http://login.example.com/token", "not a url", "ftp://localhost/" })
	void sendsNoTokenToEndpointWithoutTls(String endpoint) {
		this.tokenEndpoint = endpoint;

		assertFails(null).withMessageContaining("names no token_endpoint with https");
		assertThat(this.requests).isEmpty();
	}

	@Test
	void checksCertificateOfProvider() {
		OidcSession session = session(null, TlsConfiguration.defaults(), null);

		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> new OidcClient(session).refresh("old/refresh").block(TIMEOUT))
			.withMessageContaining("cannot be reached")
			.withMessageContaining("signed by an unknown authority");
	}

	@ParameterizedTest
	@CsvSource({ ",Bearer new-id", "e30.eyJleHAiOiA5OTk5OTk5OTk5fQ.x,Bearer e30.eyJleHAiOiA5OTk5OTk5OTk5fQ.x" })
	void transportSendsTokenOfSessionAndRenewsIt(@Nullable String idToken, String expected) {
		TlsConfiguration tls = TlsConfiguration.defaults().withCertificateAuthority(TlsFiles.pem("ca.crt"));
		ClientConfiguration configuration = ClientConfiguration.builder()
			.server(this.server.url())
			.tls(tls)
			.credentials(Credentials.oidc(session(null, tls, idToken)))
			.build();
		KubernetesTransport transport = KubernetesTransport.create(configuration);

		String received = WebClient.builder()
			.clientConnector(transport.connector())
			.filters((filters) -> filters.addAll(transport.filters()))
			.build()
			.get()
			.uri(this.server.url() + "/api")
			.retrieve()
			.bodyToMono(String.class)
			.block(TIMEOUT);
		transport.close().block(TIMEOUT);

		assertThat(received).isEqualTo(expected);
	}

	private OidcTokens refresh(@Nullable String secret) {
		TlsConfiguration tls = TlsConfiguration.defaults().withCertificateAuthority(TlsFiles.pem("ca.crt"));
		return new OidcClient(session(secret, tls, null)).refresh("old/refresh").block(TIMEOUT);
	}

	private ThrowableAssertAlternative<ConfigurationException> assertFails(@Nullable String secret) {
		return assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> refresh(secret))
			.withMessageContaining(this.server.url().toString());
	}

	private OidcSession session(@Nullable String secret, TlsConfiguration tls, @Nullable String idToken) {
		return new OidcSession(URI.create(this.server.url() + "/realm/"), "kube:rnetes", secret, idToken, "old/refresh",
				tls, null, null);
	}

	private Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return switch (request.uri()) {
			case "/api" -> response.sendString(Mono.just(request.requestHeaders().get("authorization"))).then();
			case "/realm/.well-known/openid-configuration" -> json(response, "{\"token_endpoint\": \""
					+ (this.tokenEndpoint.startsWith("/") ? this.server.url() + this.tokenEndpoint : this.tokenEndpoint)
					+ "\"}");
			case "/token" -> request.receive().aggregate().asString(StandardCharsets.UTF_8).flatMap((form) -> {
				this.requests.add(form + " authorization=" + request.requestHeaders().get("authorization", "none"));
				return this.answer.apply(request, response);
			});
			default -> response.sendNotFound();
		};
	}

	private static Mono<Void> json(HttpServerResponse response, String body) {
		return response.header("content-type", "application/json").sendString(Mono.just(body)).then();
	}

}
