package io.github.k8sclient.test.conformance;

import java.time.Duration;
import java.util.List;

import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Secret;
import io.github.k8sclient.api.core.v1.Service;
import io.github.k8sclient.client.ApplyOptions;
import io.github.k8sclient.discovery.NoMatchException;
import io.github.k8sclient.discovery.RESTMapper;
import io.github.k8sclient.dynamic.DynamicClient;
import io.github.k8sclient.dynamic.ManifestException;
import io.github.k8sclient.dynamic.Unstructured;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Manifests of many documents, applied in one call.
 */
@ConformanceTest
class ManifestConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final ApplyOptions OPTIONS = ApplyOptions.fieldManager("conformance").force();

	private static final String GROUP = "manifest.conformance.example.com";

	@Parameter
	ConformanceServer server;

	private String namespace;

	private DynamicClient dynamicClient;

	@BeforeEach
	void createNamespace() {
		this.namespace = this.server.newNamespace();
		this.dynamicClient = DynamicClient.create(this.server.restClient(), RESTMapper.create(this.server.restClient()),
				this.namespace);
	}

	@Test
	void objectsComeBackInTheOrderOfTheDocuments() {
		String manifest = """
				# what others need comes last
				apiVersion: %1$s/v1
				kind: Prometheus
				metadata:
				  name: main
				  namespace: %2$s-monitoring
				spec:
				  replicas: 2
				---
				apiVersion: v1
				kind: ConfigMap
				metadata:
				  name: settings
				data:
				  "on": "yes"
				---
				---
				apiVersion: v1
				kind: Namespace
				metadata:
				  name: %2$s-monitoring
				---
				""".formatted(GROUP, this.namespace) + PrometheusDefinition.yaml(GROUP);

		List<Unstructured> applied = this.dynamicClient.apply(manifest, OPTIONS).collectList().block(TIMEOUT);

		assertThat(applied).extracting(Unstructured::kind)
			.containsExactly("Prometheus", "ConfigMap", "Namespace", "CustomResourceDefinition");
		assertThat(applied).allSatisfy((object) -> assertThat(object.metadata().uid()).isNotEmpty());
		assertThat(applied.get(0).nestedLong("spec", "replicas")).isEqualTo(2);
		assertThat(applied.get(1).metadata().namespace()).isEqualTo(this.namespace);
		assertThat(applied.get(1).nestedString("data", "on")).isEqualTo("yes");
	}

	@Test
	void secondApplyChangesNothing() {
		String manifest = """
				apiVersion: v1
				kind: List
				items:
				- apiVersion: v1
				  kind: ConfigMap
				  metadata: {name: a}
				  data: {x: "1"}
				- apiVersion: v1
				  kind: Service
				  metadata: {name: b}
				  spec:
				    ports: [{port: 80, protocol: TCP}]
				""";
		List<Unstructured> first = this.dynamicClient.apply(manifest, OPTIONS).collectList().block(TIMEOUT);

		List<Unstructured> second = this.dynamicClient.apply(manifest, OPTIONS).collectList().block(TIMEOUT);

		assertThat(second).extracting((object) -> object.metadata().resourceVersion())
			.isEqualTo(first.stream().map((object) -> object.metadata().resourceVersion()).toList());
		assertThat(this.dynamicClient.resource(Service.class).namespace(this.namespace).get("b").block(TIMEOUT))
			.isNotNull();
	}

	@Test
	void failingDocumentsAreNamedAndTheOthersApplied() {
		String manifest = """
				apiVersion: v1
				kind: ConfigMap
				metadata: {name: good}
				---
				apiVersion: v1
				kind: ConfigMap
				metadata: {name: Bad_Name}
				---
				apiVersion: v1
				kind: Secret
				metadata: {name: hidden
				data: {password: aHVudGVyMg==}
				---
				apiVersion: none.example.com/v1
				kind: Nothing
				metadata: {name: x}
				---
				kind: Pod
				---
				apiVersion: v1
				kind: ConfigMap
				metadata: {name: last}
				""";

		StepVerifier.create(this.dynamicClient.apply(manifest, OPTIONS).map((object) -> object.metadata().name()))
			.expectNext("good", "last")
			.expectErrorSatisfies((ex) -> {
				assertThat(ex).isInstanceOf(ManifestException.class)
					.hasMessageStartingWith("4 of 6 documents failed: document 2 at line 5, ConfigMap Bad_Name: ")
					.hasMessageContaining("document 3 at line 9: not valid YAML at line ")
					.hasMessageContaining("Nothing.v1.none.example.com")
					.hasMessageContaining("it has no apiVersion");
				assertThat(((ManifestException) ex).failures()).hasSize(4);
				assertThat(((ManifestException) ex).failures().get(2).cause()).isInstanceOf(NoMatchException.class);
				assertThat(ex.toString()).doesNotContain("aHVudGVyMg==");
			})
			.verify(TIMEOUT);
	}

	@Test
	void objectsOfClassesAreAppliedToo() {
		List<Unstructured> applied = this.dynamicClient.apply(
				List.of(ConfigMap.builder().metadata((metadata) -> metadata.name("a")).build(),
						Secret.builder().metadata((metadata) -> metadata.name("b")).putStringData("x", "y").build()),
				OPTIONS)
			.collectList()
			.block(TIMEOUT);

		assertThat(applied).extracting(Unstructured::kind).containsExactly("ConfigMap", "Secret");
	}

	@Test
	void dryRunKeepsNothing() {
		this.dynamicClient.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: dry}}", OPTIONS.dryRun())
			.blockLast(TIMEOUT);

		StepVerifier.create(this.dynamicClient.resource(ConfigMap.class).namespace(this.namespace).get("dry"))
			.expectError(NotFoundException.class)
			.verify(TIMEOUT);
	}

}
