package io.github.k8sclient.test.conformance;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.ConflictException;
import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.ObjectRecreatedException;
import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.client.KubernetesRetry;
import io.github.k8sclient.client.Patch;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.meta.CreateOptions;
import io.github.k8sclient.meta.PatchOptions;
import io.github.k8sclient.meta.UpdateOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

@ConformanceTest
class PatchConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@Parameter
	ConformanceServer server;

	private Clientset clientset;

	private String namespace;

	private ResourceClient<ConfigMap> maps;

	@BeforeEach
	void createNamespace() {
		this.namespace = this.server.newNamespace();
		this.clientset = this.server.clientset();
		this.maps = this.clientset.coreV1().configMaps(this.namespace);
	}

	private ConfigMap create() {
		return this.maps
			.create(ConfigMap.builder()
				.metadata((metadata) -> metadata.name("a").labels(Map.of("x", "1")))
				.data(Map.of("k", "v", "l", "w"))
				.build())
			.block(TIMEOUT);
	}

	private ConfigMap recreate() {
		this.maps.delete("a").block(TIMEOUT);
		return create();
	}

	@Test
	void operationsOfAJsonPatchAreDoneInOrder() {
		create();

		ConfigMap patched = this.maps.patch("a",
				Patch.json(List.of(Map.of("op", "test", "path", "/data/k", "value", "v"),
						Map.of("op", "move", "from", "/data/k", "path", "/data/m"),
						Map.of("op", "replace", "path", "/data/m", "value", "new"),
						Map.of("op", "remove", "path", "/metadata/labels"))))
			.block(TIMEOUT);

		assertThat(patched.data()).containsOnly(Map.entry("l", "w"), Map.entry("m", "new"));
		assertThat(patched.metadata().labels()).isEmpty();
	}

	@Test
	void failedTestOfAJsonPatchChangesNothing() {
		ConfigMap created = create();

		StepVerifier
			.create(this.maps.patch("a",
					Patch.json(List.of(Map.of("op", "remove", "path", "/data/l"),
							Map.of("op", "test", "path", "/data/k", "value", "other")))))
			.expectErrorSatisfies((ex) -> assertThat(((KubernetesApiException) ex).code()).isEqualTo(422))
			.verify(TIMEOUT);

		assertThat(this.maps.get("a").block(TIMEOUT)).isEqualTo(created);
	}

	@Test
	void mergePatchSetsAndRemoves() {
		create();

		ConfigMap patched = this.maps
			.patch("a", Patch.merge(Map.of("data", Collections.singletonMap("k", null), "immutable", false)))
			.block(TIMEOUT);

		assertThat(patched.data()).containsOnly(Map.entry("l", "w"));
		assertThat(patched.immutable()).isFalse();
	}

	@Test
	void strategicMergePatchMergesListsByTheirKeys() {
		ResourceClient<Deployment> deployments = this.clientset.appsV1().deployments(this.namespace);
		deployments.create(TestObjects.deployment("d", 1)).block(TIMEOUT);

		Deployment merged = deployments.patch("d", Patch.strategicMerge("""
				{"spec":{"template":{"spec":{"containers":[{"name":"c","image":"j"},{"name":"d","image":"k"}]}}}}"""))
			.block(TIMEOUT);
		Deployment replaced = deployments.patch("d", Patch.merge("""
				{"spec":{"template":{"spec":{"containers":[{"name":"d","image":"l"}]}}}}""")).block(TIMEOUT);

		assertThat(merged.spec().template().spec().containers())
			.extracting((container) -> container.name() + "=" + container.image())
			.containsExactlyInAnyOrder("c=j", "d=k");
		assertThat(replaced.spec().template().spec().containers())
			.extracting((container) -> container.name() + "=" + container.image())
			.containsExactly("d=l");
	}

	@Test
	void statusIsPatchedAlone() {
		ResourceClient<Pod> pods = this.clientset.coreV1().pods(this.namespace);
		pods.create(TestObjects.pod("p")).block(TIMEOUT);

		Pod patched = pods
			.patch("p", Patch.strategicMerge("{\"status\":{\"message\":\"m\"},\"spec\":{\"nodeName\":\"n\"}}"),
					"status")
			.block(TIMEOUT);

		assertThat(patched.status().message()).isEqualTo("m");
		assertThat(patched.spec().nodeName()).isNull();
	}

	@Test
	void guardedPatchChangesTheObjectItIsMeantFor() {
		ConfigMap created = create();

		for (Patch patch : List.of(Patch.merge("{\"data\":{\"k\":\"2\"}}"),
				Patch.strategicMerge("{\"data\":{\"k\":\"2\"}}"),
				Patch.json("[{\"op\":\"replace\",\"path\":\"/data/k\",\"value\":\"2\"}]"))) {
			assertThat(this.maps.patch("a", patch.guardedBy(created)).block(TIMEOUT).data()).as(patch.toString())
				.containsEntry("k", "2");
		}
	}

	@Test
	void guardedPatchSparesAnObjectThatHasTakenTheName() {
		ConfigMap former = create();
		ConfigMap present = recreate();

		for (Patch patch : List.of(Patch.merge("{\"data\":{\"k\":\"2\"}}"),
				Patch.strategicMerge("{\"data\":{\"k\":\"2\"}}"),
				Patch.json("[{\"op\":\"replace\",\"path\":\"/data/k\",\"value\":\"2\"}]"))) {
			StepVerifier.create(this.maps.patch("a", patch.guardedBy(former)))
				.expectError(ObjectRecreatedException.class)
				.verify(TIMEOUT);
		}

		assertThat(this.maps.get("a").block(TIMEOUT)).isEqualTo(present);
	}

	@Test
	void guardedPatchOfADeletedObjectFindsNothing() {
		ConfigMap former = create();
		this.maps.delete("a").block(TIMEOUT);

		StepVerifier.create(this.maps.patch("a", Patch.merge("{}").guardedBy(former)))
			.expectError(NotFoundException.class)
			.verify(TIMEOUT);
	}

	@Test
	void patchGuardedByVersionConflictsWithAnyChange() {
		ConfigMap created = create();
		ConfigMap changed = this.maps.patch("a", Patch.merge("{\"data\":{\"l\":\"2\"}}")).block(TIMEOUT);

		for (Patch patch : List.of(Patch.merge("{\"data\":{\"k\":\"2\"}}"),
				Patch.strategicMerge("{\"data\":{\"k\":\"2\"}}"),
				Patch.json("[{\"op\":\"replace\",\"path\":\"/data/k\",\"value\":\"2\"}]"))) {
			StepVerifier.create(this.maps.patch("a", patch.guardedByVersionOf(created)))
				.expectError(ConflictException.class)
				.verify(TIMEOUT);
		}
		assertThat(this.maps.patch("a", Patch.merge("{\"data\":{\"k\":\"2\"}}").guardedByVersionOf(changed))
			.block(TIMEOUT)
			.data()).containsOnly(Map.entry("k", "2"), Map.entry("l", "2"));
	}

	@Test
	void concurrentChangesAreAllMade() {
		create();

		Flux.range(0, 4)
			.flatMap((i) -> KubernetesRetry.onConflictWithBackoff(() -> this.maps.get("a")
				.map((map) -> map.toBuilder().putData("n" + i, "x").build())
				.flatMap(this.maps::update)))
			.blockLast(TIMEOUT);

		assertThat(this.maps.get("a").block(TIMEOUT).data()).containsKeys("n0", "n1", "n2", "n3");
	}

	@Test
	void dryRunsChangeNothing() {
		ConfigMap created = create();
		ConfigMap other = created.toBuilder().data(Map.of("k", "dry")).build();
		List<String> all = List.of("All");

		List<Mono<ConfigMap>> requests = List.of(this.maps.update(other, UpdateOptions.builder().dryRun(all).build()),
				this.maps.patch("a", Patch.merge("{\"data\":{\"k\":\"dry\"}}"),
						PatchOptions.builder().dryRun(all).build()),
				this.maps.create(
						ConfigMap.builder().metadata((metadata) -> metadata.name("b")).data(Map.of("k", "dry")).build(),
						CreateOptions.builder().dryRun(all).build()));

		for (Mono<ConfigMap> request : requests) {
			assertThat(request.block(TIMEOUT).data()).containsEntry("k", "dry");
		}
		assertThat(this.maps.get("a").block(TIMEOUT)).isEqualTo(created);
		StepVerifier.create(this.maps.get("b")).expectError(NotFoundException.class).verify(TIMEOUT);
	}

}
