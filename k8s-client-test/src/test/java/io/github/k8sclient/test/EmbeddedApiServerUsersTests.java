package io.github.k8sclient.test;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EmbeddedApiServerUsersTests {

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

	private static HttpClient client(EmbeddedApiServer server, Path folder)
			throws IOException, GeneralSecurityException {
		Path certificate = Files.write(folder.resolve("ca.crt"), server.certificateAuthority());
		return HttpClient.newBuilder().sslContext(ApiServerLauncher.sslContext(certificate)).build();
	}

	private static HttpResponse<String> get(EmbeddedApiServer server, String path, String token) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(server.url().resolve(path))
			.timeout(Duration.ofSeconds(30));
		if (token != null) {
			request.header("Authorization", "Bearer " + token);
		}
		return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JsonMapper.builder().build().readTree(answer.body());
	}

}
