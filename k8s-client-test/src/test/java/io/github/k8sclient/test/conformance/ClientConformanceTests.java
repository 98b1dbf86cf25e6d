package io.github.k8sclient.test.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.AlreadyExistsException;
import io.github.k8sclient.ConflictException;
import io.github.k8sclient.InvalidException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.client.Patch;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.meta.DeleteOptions;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.watch.WatchEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

@ConformanceTest
class ClientConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@Parameter
	ConformanceServer server;

	private String namespace;

	private Clientset clientset;

	private ResourceClient<ConfigMap> maps;

	@BeforeEach
	void createNamespace() {
		this.namespace = this.server.newNamespace();
		this.clientset = this.server.clientset();
		this.maps = this.clientset.coreV1().configMaps(this.namespace);
	}

	@Test
	void objectLivesItsLife() {
		ConfigMap created = this.maps.create(TestObjects.map("a", "1")).block(TIMEOUT);
		assertThat(created.metadata().uid()).isNotEmpty();
		ConfigMap read = this.maps.get("a").block(TIMEOUT);
		assertThat(read).isEqualTo(created);

		ConfigMap updated = this.maps.update(read.toBuilder().data(Map.of("value", "2")).build()).block(TIMEOUT);
		assertThat(updated.data()).isEqualTo(Map.of("value", "2"));
		assertThat(updated.metadata().resourceVersion()).isNotEqualTo(created.metadata().resourceVersion());
		ConfigMap patched = this.maps.patch("a", Patch.merge(Map.of("data", Map.of("other", "3")))).block(TIMEOUT);
		assertThat(patched.data()).isEqualTo(Map.of("value", "2", "other", "3"));

		this.maps.delete("a").block(TIMEOUT);
		StepVerifier.create(this.maps.get("a")).expectError(NotFoundException.class).verify(TIMEOUT);
	}

	@Test
	void failuresHaveTheirTypes() {
		ConfigMap created = this.maps.create(TestObjects.map("a", "1")).block(TIMEOUT);
		this.maps.patch("a", Patch.merge(Map.of("data", Map.of("value", "2")))).block(TIMEOUT);

		StepVerifier.create(this.maps.create(TestObjects.map("a", "1")))
			.expectError(AlreadyExistsException.class)
			.verify(TIMEOUT);
		StepVerifier.create(this.maps.update(created.toBuilder().data(Map.of()).build()))
			.expectError(ConflictException.class)
			.verify(TIMEOUT);
		StepVerifier.create(this.maps.create(TestObjects.map("A_b", "1")))
			.expectError(InvalidException.class)
			.verify(TIMEOUT);
		StepVerifier
			.create(this.maps.delete("a",
					DeleteOptions.builder().preconditions((conditions) -> conditions.uid("other")).build()))
			.expectError(ConflictException.class)
			.verify(TIMEOUT);
	}

	@Test
	void statusIsUpdatedAlone() {
		ResourceClient<Pod> pods = this.clientset.coreV1().pods(this.namespace);
		Pod created = pods.create(TestObjects.pod("p")).block(TIMEOUT);

		Pod updated = pods.updateStatus(created.toBuilder().status((status) -> status.phase("Running")).build())
			.block(TIMEOUT);

		assertThat(updated.status().phase()).isEqualTo("Running");
		assertThat(updated.spec()).isEqualTo(created.spec());
	}

	@Test
	void listIsReadInPagesAndBySelector() {
		for (String name : List.of("a", "b", "c")) {
			this.maps.create(TestObjects.map(name, "1")).block(TIMEOUT);
		}

		ListOptions mine = ListOptions.builder().labelSelector(TestObjects.MINE).limit(2L).build();
		KubernetesList<ConfigMap> first = this.maps.list(mine).block(TIMEOUT);
		assertThat(first.items()).extracting((map) -> map.metadata().name()).containsExactly("a", "b");
		KubernetesList<ConfigMap> second = this.maps
			.list(mine.toBuilder().continue_(first.metadata().continue_()).build())
			.block(TIMEOUT);
		assertThat(second.items()).extracting((map) -> map.metadata().name()).containsExactly("c");
		assertThat(second.metadata().resourceVersion()).isEqualTo(first.metadata().resourceVersion());
	}

	@Test
	void watchTellsChanges() {
		String start = this.maps.create(TestObjects.map("a", "1")).block(TIMEOUT).metadata().resourceVersion();

		StepVerifier
			.create(this.maps.watch(ListOptions.builder().resourceVersion(start).build())
				.filter((event) -> !(event instanceof WatchEvent.Bookmark)))
			.then(() -> this.maps.create(TestObjects.map("b", "1")).block(TIMEOUT))
			.assertNext((event) -> assertThat(((WatchEvent.Added<ConfigMap>) event).object().metadata().name())
				.isEqualTo("b"))
			.then(() -> this.maps.delete("a").block(TIMEOUT))
			.assertNext((event) -> assertThat(((WatchEvent.Deleted<ConfigMap>) event).object().metadata().name())
				.isEqualTo("a"))
			.thenCancel()
			.verify(TIMEOUT);
	}

	@Test
	void collectionIsDeleted() {
		this.maps.create(TestObjects.map("a", "1")).block(TIMEOUT);
		this.maps.create(TestObjects.map("b", "1")).block(TIMEOUT);

		this.maps
			.deleteCollection(DeleteOptions.builder().build(),
					ListOptions.builder().labelSelector(TestObjects.MINE).build())
			.block(TIMEOUT);

		assertThat(this.maps.list(ListOptions.builder().labelSelector(TestObjects.MINE).build()).block(TIMEOUT).items())
			.isEmpty();
	}

	@Test
	void deploymentOfTheArticleIsCreatedScaledAndDeleted() {
		ResourceClient<Deployment> deployments = this.clientset.appsV1().deployments(this.namespace);
		Deployment created = deployments
			.create(Deployment.builder()
				.metadata((metadata) -> metadata.name("demo-deployment"))
				.spec((spec) -> spec.replicas(2)
					.selector((selector) -> selector.matchLabels(Map.of("app", "demo")))
					.template((template) -> template.metadata((metadata) -> metadata.labels(Map.of("app", "demo")))
						.spec((pod) -> pod.addContainer((container) -> container.name("web")
							.image("nginx:1.12")
							.addPort((port) -> port.name("http").containerPort(80).protocol("TCP"))))))
				.build())
			.block(TIMEOUT);
		assertThat(created.metadata().generation()).isEqualTo(1);

		Deployment scaled = deployments
			.patch("demo-deployment", Patch.strategicMerge(Map.of("spec", Map.of("replicas", 3))))
			.block(TIMEOUT);
		assertThat(scaled.spec().replicas()).isEqualTo(3);
		assertThat(scaled.metadata().generation()).isEqualTo(2);
		deployments.delete("demo-deployment").block(TIMEOUT);

		StepVerifier.create(deployments.get("demo-deployment")).expectError(NotFoundException.class).verify(TIMEOUT);
	}

}
