package io.github.k8sclient.client;

import java.util.List;
import java.util.Map;

import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.meta.ManagedFieldsEntry;
import io.github.k8sclient.value.RawJson;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AppliedFields}.
 */
class AppliedFieldsTests {

	private final Deployment deployment = Deployment.builder()
		.metadata((metadata) -> metadata.name("web")
			.namespace("a")
			.uid("u")
			.resourceVersion("5")
			.labels(Map.of("app", "web", "theirs", "1"))
			.finalizers(List.of("example.org/mine", "example.org/theirs"))
			.addManagedField((entry) -> entry(entry, "demo", "Apply", """
					{"f:metadata":{"f:labels":{"f:app":{}},"f:finalizers":{"v:\\"example.org/mine\\"":{}}},
					"f:spec":{"f:replicas":{},"f:selector":{},"f:gone":{},"f:template":{"f:spec":{
					"f:containers":{"k:{\\"name\\":\\"web\\"}":{".":{},"f:name":{},"f:image":{},
					"f:ports":{"k:{\\"containerPort\\":80,\\"protocol\\":\\"TCP\\"}":{".":{},"f:containerPort":{}}}}},
					"f:securityContext":{".":{}}}}}}"""))
			.addManagedField((entry) -> entry(entry, "demo", "Update", "{\"f:spec\":{\"f:paused\":{}}}"))
			.addManagedField((entry) -> entry(entry, "demo", "Apply", "{\"f:status\":{\"f:replicas\":{}}}")
				.subresource("status")))
		.spec((spec) -> spec.replicas(2)
			.paused(false)
			.selector((selector) -> selector.matchLabels(Map.of("app", "web")))
			.template((template) -> template.spec((pod) -> pod.hostNetwork(true)
				.securityContext((context) -> context.runAsUser(1L))
				.addContainer((container) -> container.name("theirs").image("t"))
				.addContainer((container) -> container.name("web")
					.image("nginx")
					.workingDir("/theirs")
					.addPort((port) -> port.containerPort(81).protocol("TCP"))
					.addPort((port) -> port.containerPort(80).protocol("TCP"))))))
		.status((status) -> status.replicas(2).readyReplicas(1))
		.build();

	private static ManagedFieldsEntry.Builder entry(ManagedFieldsEntry.Builder entry, String manager, String operation,
			String fields) {
		return entry.manager(manager)
			.operation(operation)
			.apiVersion("apps/v1")
			.fieldsType("FieldsV1")
			.fieldsV1(RawJson.of(fields));
	}

	private Deployment extract(String manager, String subresource) {
		return AppliedFields.extract(this.deployment, Deployment.CODEC, manager, subresource);
	}

	@Test
	void holdWhatTheManagerApplied() {
		assertThat(extract("demo", "")).isEqualTo(Deployment.builder()
			.metadata((metadata) -> metadata.name("web")
				.namespace("a")
				.labels(Map.of("app", "web"))
				.finalizers(List.of("example.org/mine")))
			.spec((spec) -> spec.replicas(2)
				.selector((selector) -> selector.matchLabels(Map.of("app", "web")))
				.template((template) -> template.spec((pod) -> pod.securityContext((context) -> {
				})
					.addContainer((container) -> container.name("web")
						.image("nginx")
						.addPort((port) -> port.containerPort(80).protocol("TCP"))))))
			.build());
	}

	@Test
	void holdWhatTheManagerAppliedToASubresource() {
		assertThat(extract("demo", "status")).isEqualTo(Deployment.builder()
			.metadata((metadata) -> metadata.name("web").namespace("a"))
			.status((status) -> status.replicas(2))
			.build());
	}

	@Test
	void nameTheObjectIfTheManagerAppliedNothing() {
		Deployment empty = Deployment.builder().metadata((metadata) -> metadata.name("web").namespace("a")).build();

		assertThat(extract("other", "")).isEqualTo(empty);
		assertThat(extract("demo", "scale")).isEqualTo(empty);
	}

	@Test
	void holdMapsOfWhichSomeKeysAreOwned() {
		ConfigMap map = ConfigMap.builder()
			.metadata((metadata) -> metadata.name("m")
				.addManagedField((entry) -> entry(entry, "demo", "Apply", "{\"f:data\":{\"f:a.b/c\":{}}}")))
			.data(Map.of("a.b/c", "1", "theirs", "2"))
			.build();

		assertThat(AppliedFields.extract(map, ConfigMap.CODEC, "demo", "").data())
			.containsOnly(Map.entry("a.b/c", "1"));
	}

}
