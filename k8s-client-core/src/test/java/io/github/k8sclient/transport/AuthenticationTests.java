package io.github.k8sclient.transport;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import io.github.k8sclient.auth.TokenProvider;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.Credentials;
import io.github.k8sclient.config.Impersonation;
import io.github.k8sclient.config.TlsConfiguration;
import io.github.k8sclient.tls.TlsFiles;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the client says about itself in headers.
 */
class AuthenticationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final List<HttpHeaders> received = new CopyOnWriteArrayList<>();

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

	@Test
	void sendsBearerToken() {
		start(https(), (builder) -> builder.credentials(Credentials.bearerToken("abc")));

		post("hello");

		assertThat(authorizations()).containsExactly("Bearer abc");
	}

	@Test
	void sendsBasicAuthentication() {
		start(https(), (builder) -> builder.credentials(Credentials.basic("Aladdin", "open sesame")));

		post("hello");

		assertThat(authorizations()).containsExactly("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
	}

	@Test
	void sendsNothingWithoutCredentials() {
		start(https(), UnaryOperator.identity());

		post("hello");

		assertThat(authorizations()).containsExactly("none");
	}

	@Test
	void sendsNoTokenInTheClear() {
		start(TestServer.http(this::answer), (builder) -> builder.credentials(Credentials.bearerToken("abc")));

		post("hello");

		assertThat(authorizations()).containsExactly("none");
	}

	@Test
	void sendsNoTokenToAnotherHost() {
		start(https(), (builder) -> builder.credentials(Credentials.bearerToken("abc")));

		webClient().get().uri(this.server.url("127.0.0.1")).retrieve().toBodilessEntity().block(TIMEOUT);

		assertThat(authorizations()).containsExactly("none");
	}

	@Test
	void leavesAuthorizationOfRequestAlone() {
		start(https(), (builder) -> builder.credentials(Credentials.bearerToken("abc")));

		webClient().get()
			.uri("/")
			.headers((headers) -> headers.setBearerAuth("own"))
			.retrieve()
			.toBodilessEntity()
			.block(TIMEOUT);

		assertThat(authorizations()).containsExactly("Bearer own");
	}

	@Test
	void refusalMakesItReadTheTokenAgainAndRetryOnceWithTheSameBody() throws IOException {
		Path file = Files.writeString(this.folder.resolve("token"), "old");
		start(https(accepting("Bearer new")), (builder) -> builder.credentials(Credentials.tokenFile(file)));
		post("first");
		this.received.clear();
		Files.writeString(file, "new");

		assertThat(post("hello")).isEqualTo(HttpStatusCode.valueOf(200));

		assertThat(authorizations()).containsExactly("Bearer old", "Bearer new");
		assertThat(this.received).extracting((headers) -> headers.get("content-length")).containsExactly("5", "5");
	}

	@Test
	void secondRefusalIsTheAnswer() throws IOException {
		Path file = Files.writeString(this.folder.resolve("token"), "old");
		start(https(accepting("Bearer new")), (builder) -> builder.credentials(Credentials.tokenFile(file)));

		assertThat(post("hello")).isEqualTo(HttpStatusCode.valueOf(401));

		assertThat(this.received).hasSize(2);
	}

	@Test
	void doesNotRetryWithTokenThatNeverChanges() {
		start(https(accepting("Bearer new")), (builder) -> builder.credentials(Credentials.bearerToken("old")));

		assertThat(post("hello")).isEqualTo(HttpStatusCode.valueOf(401));

		assertThat(authorizations()).containsExactly("Bearer old");
	}

	@Test
	void suppliedTokenProviderWinsOverCredentials() {
		this.server = https();
		ClientConfiguration configuration = configuration(
				(builder) -> builder.credentials(Credentials.bearerToken("abc")));
		this.transport = KubernetesTransport.builder(configuration).tokenProvider(TokenProvider.fixed("mine")).build();

		post("hello");

		assertThat(authorizations()).containsExactly("Bearer mine");
	}

	@Test
	void followsNoRedirect() {
		start(https((request, response) -> response.sendRedirect("https://localhost:1/")),
				(builder) -> builder.credentials(Credentials.bearerToken("abc")));

		assertThat(post("hello")).isEqualTo(HttpStatusCode.valueOf(302));
	}

	@Test
	void sendsUserAgentUnlessRequestHasOne() {
		start(https(), (builder) -> builder.userAgent("demo/1.0"));
		post("hello");
		webClient().get().uri("/").header("User-Agent", "own").retrieve().toBodilessEntity().block(TIMEOUT);

		assertThat(this.received).extracting((headers) -> headers.get("user-agent")).containsExactly("demo/1.0", "own");
	}

	@Test
	void impersonates() {
		start(https(), (builder) -> builder.impersonation(new Impersonation("jané", "42", List.of("dev", "ops"),
				Map.of("example.com/scopes 100%", List.of("view", "edit")))));

		post("hello");

		HttpHeaders headers = this.received.get(0);
		assertThat(headers.getAll("impersonate-user")).containsExactly("jan\u00c3\u00a9");
		assertThat(headers.getAll("impersonate-uid")).containsExactly("42");
		assertThat(headers.getAll("impersonate-group")).containsExactly("dev", "ops");
		assertThat(headers.getAll("impersonate-extra-example.com%2fscopes%20100%25")).containsExactly("view", "edit");
	}

	@Test
	void leavesImpersonationOfRequestAlone() {
		start(https(), (builder) -> builder.impersonation(new Impersonation("jane", null, List.of("dev"), Map.of())));

		webClient().get().uri("/").header("Impersonate-User", "own").retrieve().toBodilessEntity().block(TIMEOUT);

		assertThat(this.received.get(0).getAll("impersonate-user")).containsExactly("own");
		assertThat(this.received.get(0).contains("impersonate-group")).isFalse();
	}

	private TestServer https() {
		return https(this::answer);
	}

	private TestServer https(
			BiFunction<? super HttpServerRequest, ? super HttpServerResponse, ? extends Mono<Void>> handler) {
		return TestServer.https("server-ec", handler);
	}

	private BiFunction<HttpServerRequest, HttpServerResponse, Mono<Void>> accepting(String authorization) {
		return (request, response) -> {
			boolean accepted = authorization.equals(request.requestHeaders().get("authorization"));
			return answer(request, response.status(accepted ? 200 : 401));
		};
	}

	private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		this.received.add(request.requestHeaders());
		return request.receive().then().then(response.sendString(Mono.just("{}")).then());
	}

	private List<String> authorizations() {
		return this.received.stream().map((headers) -> headers.get("authorization", "none")).toList();
	}

	private void start(TestServer server, UnaryOperator<ClientConfiguration.Builder> customizer) {
		this.server = server;
		this.transport = KubernetesTransport.create(configuration(customizer));
	}

	private ClientConfiguration configuration(UnaryOperator<ClientConfiguration.Builder> customizer) {
		URI url = this.server.url();
		TlsConfiguration tls = TlsConfiguration.defaults().withCertificateAuthority(TlsFiles.pem("ca.crt"));
		return customizer.apply(ClientConfiguration.builder().server(url).tls(tls)).build();
	}

	private WebClient webClient() {
		return WebClient.builder()
			.clientConnector(this.transport.connector())
			.filters((filters) -> filters.addAll(this.transport.filters()))
			.baseUrl(this.server.url().toString())
			.build();
	}

	private HttpStatusCode post(String body) {
		return webClient().post()
			.uri("/api")
			.bodyValue(body)
			.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode()))
			.block(TIMEOUT);
	}

}
