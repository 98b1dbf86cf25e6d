package io.github.k8sclient.test.conformance;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

import io.github.k8sclient.AlreadyExistsException;
import io.github.k8sclient.ConflictException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.client.ApplyOptions;
import io.github.k8sclient.client.Patch;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.dynamic.DynamicClient;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.meta.DeleteOptions;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.watch.WatchEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dynamic client on built-in kinds: every verb that the typed clients have.
 */
@ConformanceTest
class DynamicConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final GroupVersionResource DEPLOYMENTS = GroupVersionResource.of("apps", "v1", "deployments");

	private static final GroupVersionResource NODES = GroupVersionResource.of("", "v1", "nodes");

	@Parameter
	ConformanceServer server;

	private DynamicClient dynamicClient;

	private String namespace;

	private ResourceClient<Unstructured> maps;

	private ResourceClient<Unstructured> deployments;

	@BeforeEach
	void createNamespace() {
		this.namespace = this.server.newNamespace();
		this.dynamicClient = DynamicClient.create(this.server.restClient());
		this.maps = this.dynamicClient.resource(GroupVersionResource.of("", "v1", "configmaps"))
			.namespace(this.namespace);
		this.deployments = this.dynamicClient.resource(DEPLOYMENTS).namespace(this.namespace);
	}

	@Test
	void objectLivesItsLife() {
		Unstructured created = this.maps.create(map("a")).block(TIMEOUT);
		assertThat(created.metadata().uid()).isNotEmpty();
		assertThat(this.maps.get("a").block(TIMEOUT)).isEqualTo(created);

		Unstructured updated = this.maps.update(created.toBuilder().set("2", "data", "value").build()).block(TIMEOUT);
		assertThat(updated.nestedString("data", "value")).isEqualTo("2");
		Unstructured patched = this.maps.patch("a", Patch.merge(Map.of("data", Map.of("other", "3")))).block(TIMEOUT);
		assertThat(patched.nestedStringMap("data")).isEqualTo(Map.of("value", "2", "other", "3"));
		assertThat(patched.to(ConfigMap.class).data()).containsEntry("other", "3");

		this.maps.delete("a").block(TIMEOUT);
		StepVerifier.create(this.maps.get("a")).expectError(NotFoundException.class).verify(TIMEOUT);
	}

	@Test
	void failuresHaveTheirTypes() {
		Unstructured created = this.maps.create(map("a")).block(TIMEOUT);
		this.maps.patch("a", Patch.merge(Map.of("data", Map.of("value", "2")))).block(TIMEOUT);

		StepVerifier.create(this.maps.create(map("a"))).expectError(AlreadyExistsException.class).verify(TIMEOUT);
		StepVerifier.create(this.maps.update(created)).expectError(ConflictException.class).verify(TIMEOUT);
	}

	@Test
	void listTellsTheKindOfItsItems() {
		this.maps.create(map("a")).block(TIMEOUT);
		this.maps.create(map("b")).block(TIMEOUT);

		KubernetesList<Unstructured> first = this.maps
			.list(ListOptions.builder().labelSelector(TestObjects.MINE).limit(1L).build())
			.block(TIMEOUT);

		assertThat(first.items()).singleElement()
			.satisfies((item) -> assertThat(item.groupVersionKind())
				.isEqualTo(GroupVersionKind.of("", "v1", "ConfigMap")));
		assertThat(first.metadata().continue_()).isNotEmpty();
	}

	@Test
	void watchTellsChanges() {
		String start = this.maps.create(map("a")).block(TIMEOUT).metadata().resourceVersion();

		StepVerifier
			.create(this.maps.watch(ListOptions.builder().resourceVersion(start).build())
				.filter((event) -> !(event instanceof WatchEvent.Bookmark)))
			.then(() -> this.maps.create(map("b")).block(TIMEOUT))
			.assertNext((event) -> assertThat(event.object().nestedString("metadata", "name")).isEqualTo("b"))
			.then(() -> this.maps.delete("a").block(TIMEOUT))
			.assertNext((event) -> assertThat(event.type()).isEqualTo(WatchEvent.Type.DELETED))
			.thenCancel()
			.verify(TIMEOUT);
	}

	@Test
	void statusAndScaleAreSubresources() {
		this.deployments.create(deployment(2)).block(TIMEOUT);

		Unstructured status = this.deployments.patch("d", Patch.merge("{\"status\":{\"replicas\":1}}"), "status")
			.block(TIMEOUT);
		assertThat(status.nestedLong("status", "replicas")).isEqualTo(1);
		Unstructured scale = this.deployments.subresource("scale", Unstructured.CODEC).get("d").block(TIMEOUT);
		assertThat(scale.kind()).isEqualTo("Scale");
		assertThat(scale.nestedLong("spec", "replicas")).isEqualTo(2);
	}

	@Test
	void applyChangesWhatIsSet() {
		ApplyOptions options = ApplyOptions.fieldManager("conformance").force();
		Unstructured applied = this.deployments.apply(deployment(2), options).block(TIMEOUT);
		assertThat(applied.metadata().managedFields()).anySatisfy((entry) -> {
			assertThat(entry.manager()).isEqualTo("conformance");
			assertThat(entry.operation()).isEqualTo("Apply");
		});

		Unstructured scaled = this.deployments.apply(deployment(3), options).block(TIMEOUT);

		assertThat(scaled.nestedLong("spec", "replicas")).isEqualTo(3);
		assertThat(scaled.metadata().uid()).isEqualTo(applied.metadata().uid());
	}

	@Test
	void collectionIsDeleted() {
		this.maps.create(map("a")).block(TIMEOUT);

		this.maps
			.deleteCollection(DeleteOptions.builder().build(),
					ListOptions.builder().labelSelector(TestObjects.MINE).build())
			.block(TIMEOUT);

		assertThat(this.maps.list(ListOptions.builder().labelSelector(TestObjects.MINE).build()).block(TIMEOUT).items())
			.isEmpty();
	}

	@Test
	void objectsWithoutNamespaceNeedNone() {
		ResourceClient<Unstructured> nodes = this.dynamicClient.resource(NODES);
		String name = "node-" + this.namespace;

		nodes.create(Unstructured.builder("v1", "Node").metadata((metadata) -> metadata.name(name)).build())
			.block(TIMEOUT);

		assertThat(nodes.get(name).block(TIMEOUT).kind()).isEqualTo("Node");
		nodes.delete(name).block(TIMEOUT);
	}

	@Test
	void allNamespacesAreListedWithoutOne() {
		this.maps.create(map("a")).block(TIMEOUT);

		assertThat(this.dynamicClient.resource(GroupVersionResource.of("", "v1", "configmaps"))
			.list(ListOptions.builder().fieldSelector("metadata.namespace=" + this.namespace).build())
			.block(TIMEOUT)
			.items()).extracting((item) -> item.metadata().name()).contains("a");
	}

	@Test
	void kindIsFoundByTheServer() {
		ResourceClient<Unstructured> found = this.dynamicClient
			.resource(GroupVersionKind.of("apps", "v1", "Deployment"))
			.block(TIMEOUT);

		assertThat(found.resource().resource()).isEqualTo(DEPLOYMENTS);
		assertThat(found.resource().namespaced()).isTrue();
	}

	@Test
	void numbersStayWhatTheyAre() {
		Unstructured deployment = this.deployments.create(deployment(2)).block(TIMEOUT);

		assertThat(deployment.nested("spec", "replicas")).isEqualTo(2L);
		assertThat(deployment.nestedDecimal("spec", "replicas")).isEqualTo(new BigDecimal("2"));
	}

	private static Unstructured map(String name) {
		return Unstructured.of(TestObjects.map(name));
	}

	private static Unstructured deployment(int replicas) {
		return Unstructured.of(TestObjects.deployment("d", replicas));
	}

}
