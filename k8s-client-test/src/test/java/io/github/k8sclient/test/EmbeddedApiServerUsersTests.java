package io.github.k8sclient.test;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.Impersonation;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.rest.Result;
import io.github.k8sclient.transport.KubernetesTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EmbeddedApiServerUsersTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@Test
	void everybodyMayDoEverythingUntilThereAreUsers() throws Exception {
		try (EmbeddedApiServer server = EmbeddedApiServer.create().start()) {
			assertThat(get(server, "/api/v1/pods", null).statusCode()).isEqualTo(200);

			server.addUser("alice", "secret", (action) -> true);
			assertThat(get(server, "/api/v1/pods", null).statusCode()).isEqualTo(401);

			server.removeUser("secret");
			assertThat(get(server, "/api/v1/pods", null).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void unknownTokenIsUnauthorized() throws Exception {
		try (EmbeddedApiServer server = EmbeddedApiServer.create().start()) {
			server.addUser("alice", "secret", (action) -> true);

			HttpResponse<String> answer = get(server, "/api/v1/pods", "other");

			assertThat(answer.statusCode()).isEqualTo(401);
			assertThat(json(answer).path("reason").asString()).isEqualTo("Unauthorized");
			assertThat(get(server, "/api/v1/pods", "secret").statusCode()).isEqualTo(200);
			assertThat(get(server, "/readyz", null).statusCode()).isEqualTo(200);
			assertThat(get(server, "/apis", "other").statusCode()).isEqualTo(401);
		}
	}

	@Test
	void userMayDoWhatIsAllowed() throws Exception {
		try (EmbeddedApiServer server = EmbeddedApiServer.create().start()) {
			server.addUser("alice", "secret", Set.of("list pods", "get deployments.apps/scale")::contains);

			assertThat(get(server, "/api/v1/pods", "secret").statusCode()).isEqualTo(200);
			assertThat(get(server, "/apis", "secret").statusCode()).isEqualTo(200);
			HttpResponse<String> refused = get(server, "/api/v1/namespaces/default/secrets/s", "secret");
			assertThat(refused.statusCode()).isEqualTo(403);
			assertThat(json(refused).path("message").asString()).isEqualTo("secrets \"s\" is forbidden: User \"alice\" "
					+ "cannot get resource \"secrets\" in API group \"\" in the namespace \"default\"");
			assertThat(get(server, "/apis/apps/v1/namespaces/default/deployments/d/scale", "secret").statusCode())
				.isEqualTo(404);
		}
	}

	@Test
	void groupGivesRightsToItsMembers() {
		try (EmbeddedApiServer server = EmbeddedApiServer.builder().tls(true).build().start()) {
			server.addGroup("readers", Set.of("list pods")::contains);
			server.addUser("bob", Set.of("list secrets")::contains);

			assertThat(codes(server.clientConfigurationByCertificate("bob", "readers"))).containsExactly(200, 200, 403);
			assertThat(codes(server.clientConfigurationByCertificate("bob"))).containsExactly(403, 200, 403);
			assertThat(codes(server.clientConfigurationByCertificate("ann", "readers"))).containsExactly(200, 403, 403);
			assertThat(codes(server.clientConfigurationByCertificate("ann", "system:masters"))).containsExactly(200,
					200, 200);
			assertThat(codes(server.clientConfiguration())).containsExactly(401, 401, 401);
		}
	}

	@Test
	void certificateIsCheckedWhereNobodyNeedsOne() {
		try (EmbeddedApiServer server = EmbeddedApiServer.builder().tls(true).build().start()) {
			ClientConfiguration strange = server.clientConfiguration();
			ClientCertificate certificate = ClientAuthority.create(Clock.systemUTC()).issue("bob");

			assertThat(codes(server.clientConfigurationByCertificate("bob"))).containsExactly(200, 200, 200);
			assertThat(codes(strange.toBuilder().tls(certificate.identify(strange.tls())).build())).containsExactly(401,
					401, 401);
		}
	}

	@Test
	void certificatesNeedTls() {
		try (EmbeddedApiServer server = EmbeddedApiServer.create().start()) {
			assertThatIllegalStateException().isThrownBy(() -> server.clientConfigurationByCertificate("bob"));
		}
	}

	@Test
	void tokenOfAServiceAccountExpires() throws Exception {
		MutableClock clock = new MutableClock();
		try (EmbeddedApiServer server = EmbeddedApiServer.builder().clock(clock).build().start()) {
			post(server, "/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"robot\"}}");
			String token = json(post(server, "/api/v1/namespaces/default/serviceaccounts/robot/token",
					"{\"spec\":{\"expirationSeconds\":600}}"))
				.at("/status/token")
				.asString();

			// clocks may differ by a minute
			clock.forward(Duration.ofSeconds(660));
			assertThat(get(server, "/api/v1/pods", token).statusCode()).isEqualTo(200);

			clock.forward(Duration.ofSeconds(1));
			assertThat(get(server, "/api/v1/pods", token).statusCode()).isEqualTo(401);
		}
	}

	@Test
	void serviceAccountMayDoWhatItsNamespaceMay() throws Exception {
		try (EmbeddedApiServer server = EmbeddedApiServer.create().start()) {
			post(server, "/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"robot\"}}");
			String token = json(post(server, "/api/v1/namespaces/default/serviceaccounts/robot/token", "{}"))
				.at("/status/token")
				.asString();

			server.addGroup("system:serviceaccounts:default", Set.of("list pods")::contains);

			assertThat(get(server, "/api/v1/pods", token).statusCode()).isEqualTo(200);
			assertThat(json(get(server, "/api/v1/secrets", token)).path("message").asString())
				.contains("User \"system:serviceaccount:default:robot\" cannot list resource \"secrets\"");
		}
	}

	@Test
	void whoActsForOthersNeedsARightForEachPart() {
		try (EmbeddedApiServer server = EmbeddedApiServer.builder().tls(true).build().start()) {
			server.addUser("admin", "secret", Set.of("impersonate users", "impersonate serviceaccounts",
					"impersonate userextras.authentication.k8s.io/scopes")::contains);
			server.addUser("carol", Set.of("list pods")::contains);
			ClientConfiguration admin = server.clientConfiguration("secret");

			assertThat(codes(admin)).containsExactly(403, 403, 403);
			assertThat(codes(actingFor(admin, "carol", null, List.of(), Map.of()))).containsExactly(200, 403, 403);
			assertThat(codes(actingFor(admin, "carol", null, List.of(), Map.of("scopes", List.of("view")))))
				.containsExactly(200, 403, 403);
			assertThat(message(actingFor(admin, "carol", null, List.of("readers"), Map.of())))
				.contains("groups \"readers\" is forbidden: User \"admin\" cannot impersonate resource \"groups\" in "
						+ "API group \"\" at the cluster scope");
			assertThat(message(actingFor(admin, "carol", "1234", List.of(), Map.of())))
				.contains("uids.authentication.k8s.io \"1234\" is forbidden");
			assertThat(message(actingFor(admin, "carol", null, List.of(), Map.of("teams", List.of("a")))))
				.contains("cannot impersonate resource \"userextras/teams\" in API group \"authentication.k8s.io\"");
			assertThat(message(actingFor(admin, "system:serviceaccount:default:robot", null, List.of(), Map.of())))
				.contains("User \"system:serviceaccount:default:robot\" cannot list resource \"pods\"");
		}
	}

	private static ClientConfiguration actingFor(ClientConfiguration configuration, String user, String uid,
			List<String> groups, Map<String, List<String>> extra) {
		return configuration.toBuilder().impersonation(new Impersonation(user, uid, groups, extra)).build();
	}

	@Test
	void rulesOfAUserAreToldFromWhatIsAllowed() throws Exception {
		try (EmbeddedApiServer server = EmbeddedApiServer.create().start()) {
			server.addUser("alice", "secret", Set.of("list pods", "get pods", "get deployments.apps/scale")::contains);

			JsonNode rules = json(post(server, "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
					"{\"spec\":{\"namespace\":\"default\"}}", "secret"))
				.at("/status/resourceRules");

			assertThat(rules.valueStream().map(JsonNode::toString))
				.contains("{\"verbs\":[\"get\",\"list\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"]}",
						"{\"verbs\":[\"get\"],\"apiGroups\":[\"apps\"],\"resources\":[\"deployments/scale\"]}")
				.hasSize(5);
		}
	}

	@Test
	void tlsIsTrustedByTheCertificateOfTheServer(@TempDir Path folder) throws Exception {
		try (EmbeddedApiServer server = EmbeddedApiServer.builder().tls(true).build().start()) {
			assertThat(server.url().getScheme()).isEqualTo("https");
			HttpClient client = client(server, folder);

			HttpResponse<String> answer = client.send(
					HttpRequest.newBuilder(server.url().resolve("/api/v1/namespaces")).build(),
					HttpResponse.BodyHandlers.ofString());

			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
			assertThat(server.kubeconfig("secret")).contains("server: https://127.0.0.1:",
					"certificate-authority-data: ", "token: secret");
			assertThat(server.clientConfiguration("secret").tls().readCertificateAuthorities()).hasSize(1);
		}
	}

	@Test
	void tlsServesHttp1Too(@TempDir Path folder) throws Exception {
		try (EmbeddedApiServer server = EmbeddedApiServer.builder().tls(true).build().start()) {
			HttpResponse<String> answer = client(server, folder)
				.send(HttpRequest.newBuilder(server.url().resolve("/version"))
					.version(HttpClient.Version.HTTP_1_1)
					.build(), HttpResponse.BodyHandlers.ofString());

			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
		}
	}

	@Test
	void plainServerHasNoCertificate() {
		try (EmbeddedApiServer server = EmbeddedApiServer.create()) {
			assertThatIllegalStateException().isThrownBy(server::certificateAuthority);
		}
	}

	/**
	 * The answers to three lists: of pods, of secrets, of nodes.
	 */
	private static List<Integer> codes(ClientConfiguration configuration) {
		return answers(configuration).stream().map(Result::code).toList();
	}

	private static String message(ClientConfiguration configuration) {
		return answers(configuration).get(0).error().getMessage();
	}

	private static List<Result> answers(ClientConfiguration configuration) {
		KubernetesTransport transport = KubernetesTransport.create(configuration);
		try {
			RESTClient client = RESTClient.create(transport);
			return Stream.of("pods", "secrets", "nodes")
				.map((resource) -> client.get().absPath("/api/v1/" + resource).result().block(TIMEOUT))
				.toList();
		}
		finally {
			transport.close().block(TIMEOUT);
		}
	}

	private static HttpResponse<String> post(EmbeddedApiServer server, String path, String json) throws Exception {
		return post(server, path, json, null);
	}

	private static HttpResponse<String> post(EmbeddedApiServer server, String path, String json, String token)
			throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(server.url().resolve(path))
			.timeout(TIMEOUT)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(json));
		if (token != null) {
			request.header("Authorization", "Bearer " + token);
		}
		return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static HttpClient client(EmbeddedApiServer server, Path folder)
			throws IOException, GeneralSecurityException {
		Path certificate = Files.write(folder.resolve("ca.crt"), server.certificateAuthority());
		return HttpClient.newBuilder().sslContext(ApiServerLauncher.sslContext(certificate)).build();
	}

	private static HttpResponse<String> get(EmbeddedApiServer server, String path, String token) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(server.url().resolve(path)).timeout(TIMEOUT);
		if (token != null) {
			request.header("Authorization", "Bearer " + token);
		}
		return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JsonMapper.builder().build().readTree(answer.body());
	}

	private static final class MutableClock extends Clock {

		private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

		void forward(Duration duration) {
			this.now = this.now.plus(duration);
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return this.now;
		}

	}

}
