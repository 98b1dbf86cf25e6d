package io.github.k8sclient.client;

import java.time.Duration;
import java.util.List;

import io.github.k8sclient.TooManyRequestsException;
import io.github.k8sclient.api.authentication.v1.TokenRequest;
import io.github.k8sclient.api.autoscaling.v1.Scale;
import io.github.k8sclient.api.certificates.v1.CertificateSigningRequest;
import io.github.k8sclient.api.core.v1.Binding;
import io.github.k8sclient.api.core.v1.Namespace;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.api.policy.v1.Eviction;
import io.github.k8sclient.meta.CreateOptions;
import io.github.k8sclient.meta.GetOptions;
import io.github.k8sclient.meta.UpdateOptions;
import io.github.k8sclient.rest.ScriptedApiServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the subresources of typed clients.
 */
class TypedClientTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final String SUCCESS = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Success\"}";

	private static final String SCALE = """
			{"kind":"Scale","apiVersion":"autoscaling/v1","metadata":{"name":"web"},"spec":{"replicas":3}}""";

	private static final String NAMED = "{\"metadata\":{\"name\":\"web\"}}";

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private Clientset clientset;

	@BeforeEach
	void createClientset() {
		this.clientset = Clientset.create(this.server.client());
	}

	private RecordedRequest sent(String answer, Mono<?> request) {
		this.server.answer(200, answer);
		request.block(TIMEOUT);
		return this.server.request();
	}

	private String line(String answer, Mono<?> request) {
		RecordedRequest sent = sent(answer, request);
		return sent.getMethod() + " " + sent.getTarget();
	}

	@Test
	void namespaceKeepsTheTypeOfTheClient() {
		PodClient pods = this.clientset.coreV1().pods().namespace("web");
		DeploymentClient deployments = this.clientset.appsV1().deployments("a").namespace("b");

		assertThat(line("hello", pods.logs("web-0").map(DataBufferUtils::release).then()))
			.isEqualTo("GET /api/v1/namespaces/web/pods/web-0/log");
		assertThat(line(SCALE, deployments.getScale("web")))
			.isEqualTo("GET /apis/apps/v1/namespaces/b/deployments/web/scale");
		assertThat(line(NAMED, this.clientset.coreV1().secrets("a").namespace("b").get("web")))
			.isEqualTo("GET /api/v1/namespaces/b/secrets/web");
	}

	@Test
	void scaleIsReadReplacedPatchedAndApplied() {
		DeploymentClient deployments = this.clientset.appsV1().deployments("a");
		Scale scale = Scale.builder()
			.metadata((metadata) -> metadata.name("web"))
			.spec((spec) -> spec.replicas(3))
			.build();
		String path = " /apis/apps/v1/namespaces/a/deployments/web/scale";

		this.server.answer(200, SCALE);
		assertThat(deployments.getScale("web").block(TIMEOUT)).isEqualTo(scale);
		assertThat(this.server.requestLine()).isEqualTo("GET" + path);
		assertThat(line(SCALE, deployments.getScale("web", GetOptions.builder().resourceVersion("0").build())))
			.isEqualTo("GET" + path + "?resourceVersion=0");
		RecordedRequest updated = sent(SCALE, deployments.updateScale("web", scale));
		assertThat(updated.getMethod() + " " + updated.getTarget()).isEqualTo("PUT" + path);
		assertThat(updated.getBody().utf8()).isEqualTo(SCALE);
		assertThat(line(SCALE, deployments.updateScale("web", scale, UpdateOptions.builder().addDryRun("All").build())))
			.isEqualTo("PUT" + path + "?dryRun=All");
		RecordedRequest applied = sent(SCALE, deployments.applyScale("web", scale, ApplyOptions.fieldManager("m")));
		assertThat(applied.getMethod() + " " + applied.getTarget()).isEqualTo("PATCH" + path + "?fieldManager=m");
		assertThat(applied.getHeaders().get("Content-Type")).isEqualTo("application/apply-patch+yaml");
		assertThat(line(SCALE, deployments.subresource("scale", Scale.CODEC).patch("web", Patch.merge("{}"))))
			.isEqualTo("PATCH" + path);
	}

	@Test
	void podsHaveSubresourcesOfTheirOwn() {
		PodClient pods = this.clientset.coreV1().pods("a");
		Pod pod = Pod.builder().metadata((metadata) -> metadata.name("web")).build();
		String path = " /api/v1/namespaces/a/pods/web";

		assertThat(line(NAMED, pods.updateEphemeralContainers(pod))).isEqualTo("PUT" + path + "/ephemeralcontainers");
		assertThat(line(NAMED, pods.updateResize(pod, UpdateOptions.builder().fieldManager("m").build())))
			.isEqualTo("PUT" + path + "/resize?fieldManager=m");
		assertThat(line(SUCCESS,
				pods.bind(Binding.builder()
					.metadata((metadata) -> metadata.name("web"))
					.target((node) -> node.kind("Node").name("n"))
					.build(), CreateOptions.builder().addDryRun("All").build())))
			.isEqualTo("POST" + path + "/binding?dryRun=All");
	}

	@Test
	void podsAreEvicted() {
		PodClient pods = this.clientset.coreV1().pods("a");

		RecordedRequest simple = sent(SUCCESS, pods.evict("web"));
		RecordedRequest detailed = sent(SUCCESS,
				pods.evict(Eviction.builder()
					.metadata((metadata) -> metadata.name("web"))
					.deleteOptions((options) -> options.gracePeriodSeconds(0L))
					.build()));

		for (RecordedRequest request : List.of(simple, detailed)) {
			assertThat(request.getMethod() + " " + request.getTarget())
				.isEqualTo("POST /api/v1/namespaces/a/pods/web/eviction");
		}
		assertThat(simple.getBody().utf8())
			.isEqualTo("{\"kind\":\"Eviction\",\"apiVersion\":\"policy/v1\",\"metadata\":{\"name\":\"web\"}}");
		assertThat(detailed.getBody().utf8()).endsWith("\"deleteOptions\":{\"gracePeriodSeconds\":0}}");
	}

	@Test
	void evictionFailsIfABudgetForbidsIt() {
		this.server.answer(429, """
				{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"TooManyRequests","code":429,
				"message":"Cannot evict pod as it would violate the pod's disruption budget.",
				"details":{"causes":[{"reason":"DisruptionBudget","message":"needs 1 healthy pods"}]}}""");

		StepVerifier.create(this.clientset.coreV1().pods("a").evict("web"))
			.expectError(TooManyRequestsException.class)
			.verify(TIMEOUT);
	}

	@Test
	void otherKindsHaveSubresourcesToo() {
		assertThat(line("{\"kind\":\"TokenRequest\",\"apiVersion\":\"authentication.k8s.io/v1\"}",
				this.clientset.coreV1().serviceAccounts("a").createToken("web", TokenRequest.builder().build())))
			.isEqualTo("POST /api/v1/namespaces/a/serviceaccounts/web/token");
		assertThat(line(NAMED, this.clientset.certificatesV1()
			.certificateSigningRequests()
			.updateApproval(CertificateSigningRequest.builder().metadata((metadata) -> metadata.name("web")).build())))
			.isEqualTo("PUT /apis/certificates.k8s.io/v1/certificatesigningrequests/web/approval");
		assertThat(line(NAMED,
				this.clientset.coreV1()
					.namespaces()
					.updateFinalize(Namespace.builder().metadata((metadata) -> metadata.name("web")).build())))
			.isEqualTo("PUT /api/v1/namespaces/web/finalize");
	}

	@Test
	void requestsArePassedOnToPodsServicesAndNodes() {
		assertThat(line("hello",
				this.clientset.coreV1()
					.services("a")
					.proxy(HttpMethod.GET, ProxyTarget.of("web").withPort("http"), "/api/items/")
					.param("page", "2")
					.raw()))
			.isEqualTo("GET /api/v1/namespaces/a/services/web:http/proxy/api/items/?page=2");
		assertThat(line("",
				this.clientset.coreV1()
					.pods("a")
					.proxy(HttpMethod.DELETE, ProxyTarget.of("web").withPort(8443).withScheme("https"), "a b")
					.send()))
			.isEqualTo("DELETE /api/v1/namespaces/a/pods/https:web:8443/proxy/a%20b");
		assertThat(
				line("", this.clientset.coreV1().nodes().proxy(HttpMethod.GET, ProxyTarget.of("n"), "metrics").raw()))
			.isEqualTo("GET /api/v1/nodes/n/proxy/metrics");
	}

	@Test
	void subresourcesNeedANamespaceWhereTheObjectDoes() {
		PodClient all = this.clientset.coreV1().pods();

		for (Mono<?> request : List.of(all.evict("web"), all.logLines("web").then(),
				all.subresource("status", Pod.CODEC).get("web"))) {
			assertThatIllegalArgumentException().isThrownBy(() -> request.block(TIMEOUT))
				.withMessageStartingWith("an empty namespace may not be set");
		}
	}

}
