package io.github.k8sclient.test.conformance;

import java.time.Duration;
import java.util.List;

import io.github.k8sclient.client.ApplyOptions;
import io.github.k8sclient.client.Patch;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.discovery.NoMatchException;
import io.github.k8sclient.discovery.RESTMapper;
import io.github.k8sclient.discovery.ServerResource;
import io.github.k8sclient.dynamic.DynamicClient;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.Condition;
import io.github.k8sclient.meta.CustomResource;
import io.github.k8sclient.meta.GroupResource;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.scale.ScaleClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Custom resources from their definition to their objects, as trees and as records.
 */
@ConformanceTest
class CustomKindConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final String GROUP = "custom.conformance.example.com";

	private static final GroupVersionKind KIND = GroupVersionKind.of(GROUP, "v1", "Prometheus");

	private static final GroupVersionResource RESOURCE = GroupVersionResource.of(GROUP, "v1", "prometheuses");

	private static final ApplyOptions OPTIONS = ApplyOptions.fieldManager("conformance").force();

	@Parameter
	ConformanceServer server;

	private DynamicClient dynamicClient;

	private RESTMapper mapper;

	private String namespace;

	private ResourceClient<Unstructured> trees;

	private ResourceClient<Prometheus> records;

	@BeforeEach
	void defineResource() {
		this.namespace = this.server.newNamespace();
		this.mapper = RESTMapper.create(this.server.restClient());
		this.dynamicClient = DynamicClient.create(this.server.restClient(), this.mapper, this.namespace);
		this.dynamicClient.apply(PrometheusDefinition.yaml(GROUP), OPTIONS).blockLast(TIMEOUT);
		this.trees = this.dynamicClient.resource(RESOURCE).namespace(this.namespace);
		this.records = this.dynamicClient.resource(Prometheus.class).namespace(this.namespace);
	}

	@Test
	void kindIsFoundAsSoonAsItIsDefined() {
		String group = "late.conformance.example.com";
		GroupVersionKind kind = GroupVersionKind.of(group, "v1", "Prometheus");
		StepVerifier.create(this.mapper.mapping(kind)).expectError(NoMatchException.class).verify(TIMEOUT);

		this.dynamicClient.apply(PrometheusDefinition.yaml(group) + """
				---
				apiVersion: %s/v1
				kind: Prometheus
				metadata:
				  name: first
				""".formatted(group), OPTIONS).blockLast(TIMEOUT);

		ServerResource found = this.mapper.mapping(kind).block(TIMEOUT);
		assertThat(found.namespaced()).isTrue();
		assertThat(found.shortNames()).containsExactly("prom");
		assertThat(this.mapper.resourceFor("prom." + group).block(TIMEOUT)).isEqualTo(found);
	}

	@Test
	void treeLivesItsLife() {
		Unstructured created = this.trees.create(tree("main")).block(TIMEOUT);
		assertThat(created.groupVersionKind()).isEqualTo(KIND);
		assertThat(created.nestedLong("spec", "replicas")).isEqualTo(2);
		assertThat(created.nestedString("spec", "unknown", "to", "everybody")).isEqualTo("kept");

		Unstructured updated = this.trees.update(created.toBuilder().set(3, "spec", "replicas").build()).block(TIMEOUT);
		assertThat(updated.metadata().generation()).isEqualTo(2);
		Unstructured status = this.trees
			.updateStatus(updated.toBuilder().set(3, "status", "replicas").set(9, "spec", "replicas").build())
			.block(TIMEOUT);
		assertThat(status.nestedLong("status", "replicas")).isEqualTo(3);
		assertThat(status.nestedLong("spec", "replicas")).isEqualTo(3);
		assertThat(this.trees.list().block(TIMEOUT).items()).extracting((item) -> item.metadata().name())
			.containsExactly("main");
		this.trees.delete("main").block(TIMEOUT);
		assertThat(this.trees.list().block(TIMEOUT).items()).isEmpty();
	}

	@Test
	void recordLivesItsLife() {
		Prometheus created = this.records
			.create(new Prometheus(ObjectMeta.builder().name("main").build(), new PrometheusSpec(2, "v3"), null))
			.block(TIMEOUT);
		assertThat(created.apiVersion()).isEqualTo(GROUP + "/v1");
		assertThat(created.spec()).isEqualTo(new PrometheusSpec(2, "v3"));

		Condition ready = Condition.builder()
			.type("Ready")
			.status("True")
			.reason("Test")
			.message("")
			.lastTransitionTime(created.metadata().creationTimestamp())
			.build();
		Prometheus status = this.records
			.updateStatus(new Prometheus(created.metadata(), created.spec(), new PrometheusStatus(List.of(ready))))
			.block(TIMEOUT);
		assertThat(status.status().conditions()).containsExactly(ready);
		assertThat(this.records.get("main").block(TIMEOUT)).isEqualTo(status);
		Prometheus patched = this.records.patch("main", Patch.merge("{\"spec\":{\"version\":\"v4\"}}")).block(TIMEOUT);
		assertThat(patched.spec().version()).isEqualTo("v4");
		assertThat(this.trees.get("main").block(TIMEOUT).to(Prometheus.class)).isEqualTo(patched);
	}

	@Test
	void recordIsApplied() {
		Prometheus wanted = new Prometheus(ObjectMeta.builder().name("main").build(), new PrometheusSpec(1, "v3"),
				null);

		Prometheus applied = this.records.apply(wanted, OPTIONS).block(TIMEOUT);

		assertThat(applied.spec()).isEqualTo(wanted.spec());
		assertThat(applied.metadata().managedFields())
			.anySatisfy((entry) -> assertThat(entry.operation()).isEqualTo("Apply"));
	}

	@Test
	void informersServeTreesAndRecords() {
		this.trees.create(tree("before")).block(TIMEOUT);
		SharedInformerFactory factory = SharedInformerFactory.create(this.server.clientset());
		SharedInformer<Prometheus> records = factory.forResource(Prometheus.class)
			.inNamespace(this.namespace)
			.informer();
		SharedInformer<Unstructured> trees = factory
			.forResource(Unstructured.descriptor(RESOURCE, "Prometheus").build())
			.inNamespace(this.namespace)
			.informer();
		try {
			factory.start();
			factory.whenSynced(TIMEOUT).block();
			// a first list may be of a cache that is behind
			Awaitility.await()
				.atMost(TIMEOUT)
				.until(() -> !records.lister().list().isEmpty() && !trees.lister().list().isEmpty());
			assertThat(records.lister().list()).singleElement()
				.satisfies((found) -> assertThat(found.spec().version()).isEqualTo("v3"));
			assertThat(trees.lister().list()).singleElement()
				.satisfies((found) -> assertThat(found.groupVersionKind()).isEqualTo(KIND));
		}
		finally {
			factory.stop().block(TIMEOUT);
		}
	}

	@Test
	void scaleIsThatOfTheDefinition() {
		this.trees.create(tree("main")).block(TIMEOUT);
		GroupResource resource = RESOURCE.groupResource();
		ScaleClient.Scales scales = ScaleClient.create(this.server.restClient(), this.mapper).scales(this.namespace);

		scales.get(resource, "main")
			.map((scale) -> scale.toBuilder().spec((spec) -> spec.replicas(5)).build())
			.flatMap((scale) -> scales.update(resource, scale))
			.block(TIMEOUT);

		assertThat(this.trees.get("main").block(TIMEOUT).nestedLong("spec", "replicas")).isEqualTo(5);
		assertThat(scales.patch(resource, "main", Patch.merge("{\"spec\":{\"replicas\":6}}"))
			.block(TIMEOUT)
			.spec()
			.replicas()).isEqualTo(6);
	}

	private static Unstructured tree(String name) {
		return Unstructured.builder(GROUP + "/v1", "Prometheus")
			.metadata((metadata) -> metadata.name(name))
			.set(2, "spec", "replicas")
			.set("v3", "spec", "version")
			.set("kept", "spec", "unknown", "to", "everybody")
			.build();
	}

	@CustomResource(group = GROUP, version = "v1", plural = "prometheuses")
	record Prometheus(ObjectMeta metadata, PrometheusSpec spec, PrometheusStatus status) implements KubernetesObject {

	}

	record PrometheusSpec(int replicas, String version) {

	}

	record PrometheusStatus(List<Condition> conditions) {

	}

}
