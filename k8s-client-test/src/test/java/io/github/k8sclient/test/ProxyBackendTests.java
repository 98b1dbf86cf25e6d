package io.github.k8sclient.test;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.api.core.v1.Service;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.client.CoreV1Client;
import io.github.k8sclient.client.ProxyTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ProxyBackendTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final EmbeddedApiServer server = EmbeddedApiServer.create().start();

	private Clientset clientset;

	private CoreV1Client client;

	@BeforeEach
	void connect() {
		this.clientset = Clientset.create(this.server.clientConfiguration());
		this.client = this.clientset.coreV1();
	}

	@AfterEach
	void close() {
		this.clientset.close().block(TIMEOUT);
		this.server.close();
	}

	@Test
	void serviceAnswersWhatTheTestTells() {
		this.client.services("default")
			.create(Service.builder()
				.metadata((metadata) -> metadata.name("web"))
				.spec((spec) -> spec.addPort((port) -> port.port(80)))
				.build())
			.block(TIMEOUT);
		this.server.backend("services", "default", "web", ProxyBackendTests::echo);
		ProxyTarget target = ProxyTarget.of("web").withScheme("https").withPort("http");

		assertThat(this.client.services("default")
			.proxy(HttpMethod.POST, target, "/items/")
			.param("page", "2")
			.body("new".getBytes(StandardCharsets.UTF_8), "text/plain")
			.raw()
			.block(TIMEOUT)).asString().isEqualTo("POST /items/?page=2 https http new");
	}

	@Test
	void podsAndNodesAnswerToo() {
		this.client.pods("default")
			.create(Pod.builder()
				.metadata((metadata) -> metadata.name("p"))
				.spec((spec) -> spec.addContainer((container) -> container.name("c").image("i")))
				.build())
			.block(TIMEOUT);
		this.client.nodes().create(Node.builder().metadata((metadata) -> metadata.name("n")).build()).block(TIMEOUT);
		this.server.backend("pods", "default", "p", ProxyBackendTests::echo);
		this.server.backend("nodes", "", "n", ProxyBackendTests::echo);

		assertThat(this.client.pods("default")
			.proxy(HttpMethod.GET, ProxyTarget.of("p").withPort(8080), "a/b/c/d")
			.raw()
			.block(TIMEOUT)).asString().isEqualTo("GET /a/b/c/d null 8080 ");
		assertThat(this.client.nodes().proxy(HttpMethod.GET, ProxyTarget.of("n"), "stats/summary").raw().block(TIMEOUT))
			.asString()
			.isEqualTo("GET /stats/summary null null ");
	}

	@Test
	void codeAndMediaTypeArePassedBack() throws Exception {
		this.client.nodes().create(Node.builder().metadata((metadata) -> metadata.name("n")).build()).block(TIMEOUT);
		this.server.backend("nodes", "", "n", (request) -> new ProxyBackend.Answer(418, "image/png", new byte[3]));

		HttpResponse<byte[]> answer = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(this.server.url().resolve("/api/v1/nodes/n/proxy/x//y"))
				.timeout(TIMEOUT)
				.build(), HttpResponse.BodyHandlers.ofByteArray());

		assertThat(answer.statusCode()).isEqualTo(418);
		assertThat(answer.headers().firstValue("Content-Type")).contains("image/png");
		assertThat(answer.body()).hasSize(3);
	}

	@Test
	void othersHaveNoProxy() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.server.backend("secrets", "default", "s", ProxyBackendTests::echo));
	}

	private static ProxyBackend.Answer echo(ProxyBackend.Request request) {
		return ProxyBackend.Answer.text(200,
				String.join(" ", request.method(), request.path(), request.scheme(), request.port(), request.text()));
	}

}
