package io.github.k8sclient.scale;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.api.autoscaling.v1.Scale;
import io.github.k8sclient.client.Patch;
import io.github.k8sclient.discovery.NoMatchException;
import io.github.k8sclient.discovery.RESTMapper;
import io.github.k8sclient.meta.GroupResource;
import io.github.k8sclient.rest.ScriptedApiServer;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ScaleClient}.
 */
class ScaleClientTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final String SUBRESOURCE = """
			{"subresource":"scale","responseKind":{"group":"%s","version":"%s","kind":"Scale"},"verbs":["get"]}""";

	private static final GroupResource DEPLOYMENTS = GroupResource.parse("deployments.apps");

	private static final String OLD = """
			{"kind":"Scale","apiVersion":"extensions/v1beta1","metadata":{"name":"web"},"spec":{"replicas":2},
			"status":{"replicas":1,"selector":{"b":"2","a":"1"},"targetSelector":"%s"}}""";

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private final Map<String, String> answers = new ConcurrentHashMap<>();

	private ScaleClient.Scales scales;

	@BeforeEach
	void answer() {
		this.answers.put("/api", "{\"kind\":\"APIGroupDiscoveryList\",\"items\":[]}");
		scaleIsOf("autoscaling", "v1");
		this.scales = ScaleClient.create(this.server.client(), RESTMapper.create(this.server.client()))
			.scales("default");
		this.server.server().setDispatcher(new Dispatcher() {

			@Override
			public MockResponse dispatch(RecordedRequest request) {
				String path = request.getTarget().replaceFirst("[?].*", "");
				String answer = request.getMethod().equals("PUT") ? request.getBody().utf8()
						: ScaleClientTests.this.answers.get(path);
				return ScriptedApiServer.response((answer != null) ? 200 : 404)
					.body((answer != null) ? answer : "{}")
					.build();
			}

		});
	}

	private void scaleIsOf(String group, String version) {
		this.answers.put("/apis", """
				{"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":"apps"},"versions":[
				{"version":"v1","resources":[{"resource":"deployments","scope":"Namespaced",
				"responseKind":{"group":"apps","version":"v1","kind":"Deployment"},"subresources":[%s]},
				{"resource":"daemonsets","scope":"Namespaced",
				"responseKind":{"group":"apps","version":"v1","kind":"DaemonSet"}}]}]}]}"""
			.formatted(SUBRESOURCE.formatted(group, version)));
	}

	private void scaleIs(String json) {
		this.answers.put("/apis/apps/v1/namespaces/default/deployments/web/scale", json);
	}

	@Test
	void scaleIsRead() {
		scaleIs("""
				{"kind":"Scale","apiVersion":"autoscaling/v1","metadata":{"name":"web"},"spec":{"replicas":2},
				"status":{"replicas":1,"selector":"a=1"}}""");

		Scale scale = this.scales.get(DEPLOYMENTS, "web").block(TIMEOUT);

		assertThat(scale.spec().replicas()).isEqualTo(2);
		assertThat(scale.status().selector()).isEqualTo("a=1");
	}

	@Test
	void oldScaleIsConverted() {
		scaleIs(OLD.formatted(""));
		assertThat(this.scales.get(DEPLOYMENTS, "web").block(TIMEOUT).status().selector()).isEqualTo("a=1,b=2");

		scaleIs(OLD.formatted("c in (d)"));
		assertThat(this.scales.get(DEPLOYMENTS, "web").block(TIMEOUT).status().selector()).isEqualTo("c in (d)");
	}

	@Test
	void scaleIsUpdatedInTheVersionOfTheServer() {
		scaleIsOf("apps", "v1beta2");
		Scale scale = Scale.builder()
			.metadata((metadata) -> metadata.name("web"))
			.spec((spec) -> spec.replicas(3))
			.status((status) -> status.replicas(1).selector("a=1"))
			.build();

		Scale updated = this.scales.update(DEPLOYMENTS, scale).block(TIMEOUT);

		assertThat(updated).isEqualTo(scale);
		this.server.request();
		this.server.request();
		assertThat(this.server.request().getBody().utf8()).contains("\"apiVersion\":\"apps/v1beta2\"",
				"\"selector\":{\"a\":\"1\"}", "\"targetSelector\":\"a=1\"", "\"replicas\":3");
	}

	@Test
	void scaleIsPatched() {
		scaleIs("{\"kind\":\"Scale\",\"apiVersion\":\"autoscaling/v1\",\"spec\":{\"replicas\":5}}");

		assertThat(this.scales.patch(DEPLOYMENTS, "web", Patch.merge("{\"spec\":{\"replicas\":5}}"))
			.block(TIMEOUT)
			.spec()
			.replicas()).isEqualTo(5);
	}

	@Test
	void scaleOfAnUnknownKindIsRefused() {
		scaleIs("{\"kind\":\"Scale\",\"apiVersion\":\"example.com/v1\"}");
		scaleIsOf("example.com", "v1");

		StepVerifier.create(this.scales.get(DEPLOYMENTS, "web")).expectError(KubernetesException.class).verify(TIMEOUT);
		StepVerifier
			.create(this.scales.update(DEPLOYMENTS,
					Scale.builder().metadata((metadata) -> metadata.name("web")).build()))
			.expectErrorMessage("A scale of the kind Scale.v1.example.com is not known")
			.verify(TIMEOUT);
	}

	@Test
	void resourceWithoutScaleIsRefused() {
		Scale scale = Scale.builder().metadata((metadata) -> metadata.name("x")).build();

		StepVerifier.create(this.scales.update(GroupResource.parse("daemonsets.apps"), scale))
			.expectErrorMessage("daemonsets.v1.apps cannot be scaled")
			.verify(TIMEOUT);
		StepVerifier.create(this.scales.get(GroupResource.parse("nones.apps"), "x"))
			.expectError(NoMatchException.class)
			.verify(TIMEOUT);
	}

}
