package io.github.k8sclient.test.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.ConflictException;
import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.ObjectRecreatedException;
import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.autoscaling.v1.Scale;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Container;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.client.ApplyOptions;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.client.DeploymentClient;
import io.github.k8sclient.client.Patch;
import io.github.k8sclient.client.PatchType;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.dynamic.DynamicClient;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.ManagedFieldsEntry;
import io.github.k8sclient.meta.PatchOptions;
import io.github.k8sclient.meta.StatusCause;
import io.github.k8sclient.meta.UpdateOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

@ConformanceTest
class ApplyClientConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final ApplyOptions DEMO = ApplyOptions.fieldManager("demo");

	private static final ApplyOptions OTHER = ApplyOptions.fieldManager("other");

	@Parameter
	ConformanceServer server;

	private Clientset clientset;

	private String namespace;

	private ResourceClient<ConfigMap> maps;

	private DeploymentClient deployments;

	@BeforeEach
	void createNamespace() {
		this.namespace = this.server.newNamespace();
		this.clientset = this.server.clientset();
		this.maps = this.clientset.coreV1().configMaps(this.namespace);
		this.deployments = this.clientset.appsV1().deployments(this.namespace);
	}

	private static ConfigMap map(Map<String, String> data) {
		return ConfigMap.builder().metadata((metadata) -> metadata.name("a")).data(data).build();
	}

	private ConfigMap apply(Map<String, String> data, ApplyOptions options) {
		return this.maps.apply(map(data), options).block(TIMEOUT);
	}

	private static Deployment deployment() {
		Deployment deployment = TestObjects.deployment("d", 1);
		Container container = deployment.spec()
			.template()
			.spec()
			.containers()
			.get(0)
			.toBuilder()
			.addEnv((variable) -> variable.name("E").value("1"))
			.build();
		return deployment.toBuilder()
			.spec((spec) -> spec.template((template) -> template.spec((pod) -> pod.containers(List.of(container)))))
			.build();
	}

	private static List<String> managers(ConfigMap map) {
		return map.metadata()
			.managedFields()
			.stream()
			.map((entry) -> entry.manager() + " " + entry.operation() + " " + entry.apiVersion())
			.toList();
	}

	@Test
	void objectIsCreatedIfThereIsNone() {
		ConfigMap applied = apply(Map.of("k", "1"), DEMO);

		assertThat(applied.metadata().uid()).isNotEmpty();
		assertThat(applied.data()).containsOnly(Map.entry("k", "1"));
		assertThat(managers(applied)).containsExactly("demo Apply v1");
		assertThat(this.maps.get("a").block(TIMEOUT)).isEqualTo(applied);
	}

	@Test
	void fieldsOfOthersStay() {
		ConfigMap created = this.maps
			.create(ConfigMap.builder()
				.metadata((metadata) -> metadata.name("a").labels(Map.of("x", "1")))
				.data(Map.of("theirs", "1"))
				.build())
			.block(TIMEOUT);

		ConfigMap applied = apply(Map.of("mine", "1"), DEMO);

		assertThat(applied.metadata().uid()).isEqualTo(created.metadata().uid());
		assertThat(applied.metadata().labels()).containsOnly(Map.entry("x", "1"));
		assertThat(applied.data()).containsOnly(Map.entry("theirs", "1"), Map.entry("mine", "1"));
	}

	@Test
	void fieldsThatAreLeftOutTheNextTimeAreRemoved() {
		apply(Map.of("k", "1", "l", "1"), DEMO);

		assertThat(apply(Map.of("l", "2"), DEMO).data()).containsOnly(Map.entry("l", "2"));
	}

	@Test
	void sameObjectAppliedAgainIsNoChange() {
		ConfigMap first = apply(Map.of("k", "1"), DEMO);

		assertThat(apply(Map.of("k", "1"), DEMO).metadata().resourceVersion())
			.isEqualTo(first.metadata().resourceVersion());
	}

	@Test
	void fieldOfAnotherManagerIsAConflictThatNamesIt() {
		apply(Map.of("k", "1", "l", "1"), OTHER);

		StepVerifier.create(this.maps.apply(map(Map.of("k", "2")), DEMO)).expectErrorSatisfies((ex) -> {
			assertThat(ex).isInstanceOf(ConflictException.class);
			assertThat(((ConflictException) ex).causes()).singleElement().satisfies((cause) -> {
				assertThat(cause.reason()).isEqualTo("FieldManagerConflict");
				assertThat(cause.field()).isEqualTo(".data.k");
				assertThat(cause.message()).contains("conflict with \"other\"");
			});
		}).verify(TIMEOUT);
		assertThat(this.maps.get("a").block(TIMEOUT).data()).containsEntry("k", "1");
	}

	@Test
	void fieldChangedByAnUpdateBelongsToWhoChangedIt() {
		ConfigMap applied = apply(Map.of("k", "1"), DEMO);
		this.maps
			.update(applied.toBuilder().data(Map.of("k", "2")).build(),
					UpdateOptions.builder().fieldManager("editor").build())
			.block(TIMEOUT);

		StepVerifier.create(this.maps.apply(map(Map.of("k", "1")), DEMO))
			.expectErrorSatisfies((ex) -> assertThat(((ConflictException) ex).causes()).extracting(StatusCause::message)
				.singleElement()
				.asString()
				.contains("conflict with \"editor\" using v1"))
			.verify(TIMEOUT);
	}

	@Test
	void forceTakesFieldsOver() {
		apply(Map.of("k", "1", "l", "1"), OTHER);

		ConfigMap applied = apply(Map.of("k", "2"), DEMO.force());

		assertThat(applied.data()).containsOnly(Map.entry("k", "2"), Map.entry("l", "1"));
		// what is not theirs any more is not removed with them
		assertThat(apply(Map.of(), OTHER).data()).containsOnly(Map.entry("k", "2"));
	}

	@Test
	void sameValueIsOwnedTogether() {
		apply(Map.of("k", "1"), OTHER);
		apply(Map.of("k", "1"), DEMO);

		assertThat(apply(Map.of(), OTHER).data()).containsOnly(Map.entry("k", "1"));
		assertThat(apply(Map.of(), DEMO).data()).isEmpty();
	}

	@Test
	void elementsOfListsWithKeysHaveTheirOwners() {
		this.deployments.apply(deployment(), OTHER).block(TIMEOUT);
		Deployment sidecar = Deployment.builder()
			.metadata((metadata) -> metadata.name("d"))
			.spec((spec) -> spec.template((template) -> template.spec((pod) -> pod
				.addContainer((container) -> container.name("sidecar").image("s"))
				.addContainer((container) -> container.name("c").addEnv((variable) -> variable.name("F").value("2"))))))
			.build();

		Deployment applied = this.deployments.apply(sidecar, DEMO).block(TIMEOUT);

		assertThat(applied.spec().template().spec().containers())
			.extracting((container) -> container.name() + " " + container.image() + " " + container.env().size())
			.containsExactlyInAnyOrder("c i 2", "sidecar s 0");
		Deployment nothing = Deployment.builder().metadata((metadata) -> metadata.name("d")).build();
		assertThat(this.deployments.apply(nothing, DEMO).block(TIMEOUT).spec()).isEqualTo(applied.spec()
			.toBuilder()
			.template((template) -> template.spec((pod) -> pod.containers(containers(applied))))
			.build());
	}

	// as before the sidecar and the variable came
	private static List<Container> containers(Deployment deployment) {
		return deployment.spec()
			.template()
			.spec()
			.containers()
			.stream()
			.filter((container) -> container.name().equals("c"))
			.map((container) -> container.toBuilder().env(container.env().subList(0, 1)).build())
			.toList();
	}

	@Test
	void dryRunAppliesNothing() {
		assertThat(apply(Map.of("k", "1"), DEMO.dryRun()).data()).containsEntry("k", "1");

		StepVerifier.create(this.maps.get("a")).expectError(NotFoundException.class).verify(TIMEOUT);
	}

	@Test
	void whatWasReadCanBeApplied() {
		ConfigMap read = apply(Map.of("k", "1"), OTHER);
		assertThat(read.metadata().managedFields()).isNotEmpty();

		ConfigMap applied = this.maps.apply(read, DEMO).block(TIMEOUT);

		assertThat(applied.metadata().managedFields()).extracting(ManagedFieldsEntry::manager)
			.containsExactlyInAnyOrder("demo", "other");
	}

	@Test
	void whatWasAppliedCanBeExtractedAndAppliedAgain() {
		this.deployments.apply(deployment(), DEMO).block(TIMEOUT);
		Deployment changed = this.deployments.patch("d", Patch.merge("""
				{"metadata":{"labels":{"theirs":"1"}},"spec":{"minReadySeconds":5}}""")).block(TIMEOUT);

		Deployment extracted = this.deployments.extract(changed, "demo");

		Deployment expected = deployment().toBuilder()
			.metadata((metadata) -> metadata.namespace(this.namespace))
			.build();
		assertThat(extracted).isEqualTo(expected);
		assertThat(this.deployments.apply(extracted, DEMO).block(TIMEOUT).metadata().resourceVersion())
			.isEqualTo(changed.metadata().resourceVersion());
	}

	@Test
	void objectsOfAnyKindAreApplied() {
		ResourceClient<Unstructured> anyMaps = DynamicClient.create(this.server.restClient())
			.resource(GroupVersionResource.of("", "v1", "configmaps"))
			.namespace(this.namespace);
		Unstructured desired = Unstructured.of(Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata",
				Map.of("name", "a"), "data", Map.of("k", "1")));

		Unstructured applied = anyMaps.apply(desired, DEMO).block(TIMEOUT);

		assertThat(applied.metadata().managedFields()).extracting(ManagedFieldsEntry::manager).containsExactly("demo");
		assertThat(anyMaps.apply(applied, OTHER).block(TIMEOUT).metadata().managedFields())
			.extracting(ManagedFieldsEntry::manager)
			.containsExactlyInAnyOrder("demo", "other");
	}

	@Test
	void staleVersionIsAConflict() {
		ConfigMap read = apply(Map.of("k", "1"), DEMO);
		apply(Map.of("k", "2"), DEMO);

		StepVerifier.create(this.maps.apply(read, DEMO)).expectError(ConflictException.class).verify(TIMEOUT);
	}

	@Test
	void uidGuardsAgainstAnObjectThatHasTakenTheName() {
		ConfigMap former = apply(Map.of("k", "1"), DEMO);
		this.maps.delete("a").block(TIMEOUT);
		ConfigMap present = apply(Map.of("k", "1"), DEMO);

		StepVerifier.create(this.maps.apply(withUidOf(former), DEMO))
			.expectError(ObjectRecreatedException.class)
			.verify(TIMEOUT);
		assertThat(this.maps.apply(withUidOf(present), DEMO).block(TIMEOUT).data()).containsEntry("k", "guarded");
	}

	@Test
	void uidGuardsAgainstMakingTheObjectAgain() {
		this.server.assumeRelease(24, "a uid did not keep an apply from creating");
		ConfigMap former = apply(Map.of("k", "1"), DEMO);
		this.maps.delete("a").block(TIMEOUT);

		StepVerifier.create(this.maps.apply(withUidOf(former), DEMO))
			.expectError(ObjectRecreatedException.class)
			.verify(TIMEOUT);
	}

	private static ConfigMap withUidOf(ConfigMap map) {
		return ConfigMap.builder()
			.metadata((metadata) -> metadata.name("a").uid(map.metadata().uid()))
			.data(Map.of("k", "guarded"))
			.build();
	}

	@Test
	void statusIsAppliedAlone() {
		ResourceClient<Pod> pods = this.clientset.coreV1().pods(this.namespace);
		Pod created = pods.create(TestObjects.pod("p")).block(TIMEOUT);
		Pod status = Pod.builder()
			.metadata((metadata) -> metadata.name("p"))
			.status((pod) -> pod.addCondition((condition) -> condition.type("example.org/Warm").status("True")))
			.build();

		Pod applied = pods.applyStatus(status, DEMO).block(TIMEOUT);

		assertThat(applied.status().conditions()).extracting((condition) -> condition.type())
			.contains("example.org/Warm");
		assertThat(applied.spec()).isEqualTo(created.spec());
	}

	@Test
	void statusOfNothingIsNotFound() {
		StepVerifier.create(this.deployments.applyStatus(Deployment.builder()
			.metadata((metadata) -> metadata.name("d"))
			.status((status) -> status.replicas(1))
			.build(), DEMO)).expectError(NotFoundException.class).verify(TIMEOUT);
	}

	@Test
	void scaleIsApplied() {
		this.server.assumeRelease(22, "scale was changed by an apply, but for no field manager");
		this.deployments.apply(deployment(), OTHER).block(TIMEOUT);
		Scale scale = Scale.builder()
			.metadata((metadata) -> metadata.name("d").namespace(this.namespace))
			.spec((spec) -> spec.replicas(5))
			.build();

		StepVerifier.create(this.deployments.applyScale("d", scale, DEMO))
			.expectError(ConflictException.class)
			.verify(TIMEOUT);
		assertThat(this.deployments.applyScale("d", scale, DEMO.force()).block(TIMEOUT).spec().replicas()).isEqualTo(5);
		assertThat(this.deployments.get("d").block(TIMEOUT).spec().replicas()).isEqualTo(5);
	}

	@Test
	void yamlIsApplied() {
		ConfigMap applied = this.maps.patch("a", Patch.of(PatchType.APPLY, """
				apiVersion: v1
				kind: ConfigMap
				metadata:
				  name: a
				data:
				  k: "1"
				"""), PatchOptions.builder().fieldManager("demo").build()).block(TIMEOUT);

		assertThat(applied.data()).containsEntry("k", "1");
		assertThat(managers(applied)).containsExactly("demo Apply v1");
	}

	@Test
	void fieldManagerIsRequired() {
		StepVerifier
			.create(this.maps.patch("a",
					Patch.of(PatchType.APPLY,
							"{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}}")))
			.expectErrorSatisfies((ex) -> assertThat(((KubernetesApiException) ex).getMessage())
				.contains("is required for apply patch"))
			.verify(TIMEOUT);
	}

	@Test
	void strictValidationRefusesUnknownFields() {
		this.server.assumeRelease(25, "no field validation");
		PatchOptions strict = PatchOptions.builder().fieldManager("demo").fieldValidation("Strict").build();

		StepVerifier.create(this.maps.patch("a",
				Patch.of(PatchType.APPLY,
						"{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"},\"dota\":{}}"),
				strict))
			.expectError(KubernetesApiException.class)
			.verify(TIMEOUT);
	}

}
