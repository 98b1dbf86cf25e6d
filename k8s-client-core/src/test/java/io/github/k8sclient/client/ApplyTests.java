package io.github.k8sclient.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.api.networking.v1.NetworkPolicy;
import io.github.k8sclient.config.ContentTypePreference;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ManagedFieldsEntry;
import io.github.k8sclient.rest.ScriptedApiServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for what is sent to apply an object.
 */
class ApplyTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final ApplyOptions OPTIONS = ApplyOptions.fieldManager("demo");

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private Clientset clientset() {
		return Clientset.create(this.server.client(ContentTypePreference.PROTOBUF));
	}

	private RecordedRequest sent(Mono<? extends KubernetesObject> request) {
		this.server.answer(200, "{\"metadata\":{\"name\":\"web\"}}");
		request.block(TIMEOUT);
		return this.server.request();
	}

	@Test
	void whatIsSetIsSentAsAPatchInJson() {
		Deployment desired = Deployment.builder()
			.metadata((metadata) -> metadata.name("web"))
			.spec((spec) -> spec.replicas(0)
				.template((template) -> template.metadata((metadata) -> metadata.labels(Map.of("app", "web")))))
			.build();

		RecordedRequest request = sent(clientset().appsV1().deployments("a").apply(desired, OPTIONS.force()));

		assertThat(request.getMethod()).isEqualTo("PATCH");
		assertThat(request.getTarget())
			.isEqualTo("/apis/apps/v1/namespaces/a/deployments/web?force=true&fieldManager=demo");
		assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/apply-patch+yaml");
		assertThat(request.getBody().utf8()).isEqualTo("""
				{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"web"},\
				"spec":{"replicas":0,"template":{"metadata":{"labels":{"app":"web"}}}}}""");
	}

	@Test
	void requiredListsThatAreNotSetAreNotSent() {
		Pod pod = Pod.builder()
			.metadata((metadata) -> metadata.name("web"))
			.spec((spec) -> spec.nodeName("n").addVolume((volume) -> volume.name("v").emptyDir((emptyDir) -> {
			})))
			.build();

		assertThat(sent(clientset().coreV1().pods("a").apply(pod, OPTIONS)).getBody().utf8())
			.endsWith("\"spec\":{\"volumes\":[{\"name\":\"v\",\"emptyDir\":{}}],\"nodeName\":\"n\"}}");
		assertThat(sent(clientset().coreV1().pods("a").update(pod)).getBody().utf8()).contains("Pod");
	}

	@Test
	void objectsThatAreSetAndEmptyAreSent() {
		NetworkPolicy policy = NetworkPolicy.builder()
			.metadata((metadata) -> metadata.name("none"))
			.spec((spec) -> spec.podSelector((selector) -> {
			}))
			.build();

		assertThat(sent(clientset().networkingV1().networkPolicies("a").apply(policy, OPTIONS)).getBody().utf8())
			.endsWith("\"spec\":{\"podSelector\":{}}}");
	}

	@Test
	void managedFieldsAreNotSent() {
		Pod pod = Pod.builder()
			.metadata((metadata) -> metadata.name("web")
				.uid("u")
				.resourceVersion("5")
				.addManagedField(ManagedFieldsEntry.builder().manager("other").time(Instant.EPOCH).build()))
			.build();

		assertThat(sent(clientset().coreV1().pods("a").apply(pod, OPTIONS)).getBody().utf8())
			.endsWith("\"metadata\":{\"name\":\"web\",\"uid\":\"u\",\"resourceVersion\":\"5\"}}");
	}

	@Test
	void managedFieldsOfAnyKindAreNotSent() {
		Unstructured object = Unstructured.of(Map.of("apiVersion", "example.org/v1", "kind", "Thing", "metadata",
				Map.of("name", "web", "managedFields", List.of(Map.of("manager", "other"))), "spec",
				Map.of("x", 1.50)));
		ResourceClient<Unstructured> things = new ResourceClient<>(this.server.client(),
				Unstructured.descriptor(GroupVersionResource.of("example.org", "v1", "things"), "Thing").build(), "a");

		this.server.answer(200, "{\"apiVersion\":\"example.org/v1\",\"kind\":\"Thing\",\"metadata\":{}}");
		things.apply(object, OPTIONS).block(TIMEOUT);

		assertThat(this.server.request().getBody().utf8()).contains("\"metadata\":{\"name\":\"web\"}")
			.contains("\"spec\":{\"x\":1.5}");
	}

	@Test
	void statusIsAppliedToItsSubresource() {
		Pod pod = Pod.builder()
			.metadata((metadata) -> metadata.name("web"))
			.status((status) -> status.phase("Running"))
			.build();

		RecordedRequest request = sent(clientset().coreV1().pods("a").applyStatus(pod, OPTIONS.dryRun()));

		assertThat(request.getTarget()).isEqualTo("/api/v1/namespaces/a/pods/web/status?dryRun=All&fieldManager=demo");
		assertThat(request.getBody().utf8()).endsWith("\"status\":{\"phase\":\"Running\"}}");
	}

	@Test
	void nameIsRequired() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> clientset().coreV1().pods("a").apply(Pod.builder().build(), OPTIONS))
			.withMessage("resource name may not be empty");
	}

}
