package io.github.k8sclient.test.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.ConflictException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.meta.DeleteOptions;
import io.github.k8sclient.meta.DeletionPropagation;
import io.github.k8sclient.meta.ListOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Options of deletions, and lists in pages, through the typed clients.
 */
@ConformanceTest
class DeletionConformanceTests {

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

	private ConfigMap create(String name) {
		return this.maps.create(TestObjects.map(name)).block(TIMEOUT);
	}

	private List<String> names() {
		return this.maps.listAll(ListOptions.builder().labelSelector(TestObjects.MINE).build())
			.map((map) -> map.metadata().name())
			.collectList()
			.block(TIMEOUT);
	}

	@Test
	void dependentsAreTreatedAsAskedFor() {
		Map<DeletionPropagation, String> finalizers = Map.of(DeletionPropagation.FOREGROUND, "foregroundDeletion",
				DeletionPropagation.ORPHAN, "orphan");
		finalizers.forEach((policy, finalizer) -> {
			String name = policy.name().toLowerCase();
			create(name);

			ConfigMap marked = this.maps.delete(name, DeleteOptions.builder().propagationPolicy(policy).build())
				.block(TIMEOUT);

			assertThat(marked.metadata().deletionTimestamp()).isNotNull();
			assertThat(marked.metadata().finalizers()).containsExactly(finalizer);
		});
		create("background");
		this.maps
			.delete("background", DeleteOptions.builder().propagationPolicy(DeletionPropagation.BACKGROUND).build())
			.block(TIMEOUT);
		StepVerifier.create(this.maps.get("background")).expectError(NotFoundException.class).verify(TIMEOUT);
	}

	@Test
	void preconditionsMustHold() {
		ConfigMap created = create("a");
		DeleteOptions otherUid = DeleteOptions.builder()
			.preconditions((preconditions) -> preconditions.uid("x"))
			.build();
		DeleteOptions otherVersion = DeleteOptions.builder()
			.preconditions((preconditions) -> preconditions.resourceVersion("1"))
			.build();

		for (DeleteOptions options : List.of(otherUid, otherVersion)) {
			StepVerifier.create(this.maps.delete("a", options)).expectError(ConflictException.class).verify(TIMEOUT);
		}
		this.maps
			.delete("a",
					DeleteOptions.builder()
						.preconditions((preconditions) -> preconditions.uid(created.metadata().uid())
							.resourceVersion(created.metadata().resourceVersion()))
						.build())
			.block(TIMEOUT);
		assertThat(names()).isEmpty();
	}

	@Test
	void noTimeIsNotTheSameAsNoWordOfTime() {
		ResourceClient<Pod> pods = this.clientset.coreV1().pods(this.namespace);
		pods.create(Pod.builder()
			.metadata((metadata) -> metadata.name("p"))
			.spec((spec) -> spec.nodeName("n").addContainer((container) -> container.name("c").image("i")))
			.build()).block(TIMEOUT);

		assertThat(pods.delete("p").block(TIMEOUT).metadata().deletionGracePeriodSeconds()).isEqualTo(30);
		pods.delete("p", DeleteOptions.builder().gracePeriodSeconds(0L).build()).block(TIMEOUT);

		StepVerifier.create(pods.get("p")).expectError(NotFoundException.class).verify(TIMEOUT);
	}

	@Test
	void dryRunDeletesNothing() {
		create("a");

		this.maps.delete("a", DeleteOptions.builder().addDryRun("All").build()).block(TIMEOUT);
		this.maps
			.deleteCollection(DeleteOptions.builder().addDryRun("All").build(),
					ListOptions.builder().labelSelector(TestObjects.MINE).build())
			.block(TIMEOUT);

		assertThat(names()).containsExactly("a");
	}

	@Test
	void collectionIsDeletedBySelector() {
		create("a");
		create("b");
		this.maps.create(ConfigMap.builder().metadata((metadata) -> metadata.name("c")).build()).block(TIMEOUT);

		this.maps
			.deleteCollection(DeleteOptions.builder().build(),
					ListOptions.builder().labelSelector(TestObjects.MINE).build())
			.block(TIMEOUT);

		assertThat(names()).isEmpty();
		assertThat(this.maps.get("c").block(TIMEOUT)).isNotNull();
	}

	@Test
	void allPagesAreRead() {
		for (String name : List.of("a", "b", "c", "d", "e")) {
			create(name);
		}
		ListOptions pagesOfTwo = ListOptions.builder().labelSelector(TestObjects.MINE).limit(2L).build();

		StepVerifier.create(this.maps.listAll(pagesOfTwo).map((map) -> map.metadata().name()), 1)
			.expectNext("a")
			// what is made after the first page is not part of the list
			.then(() -> create("f"))
			.thenRequest(Long.MAX_VALUE)
			.expectNext("b", "c", "d", "e")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void allPagesOfACacheAreOne() {
		create("a");
		create("b");

		// a cache may be behind
		Awaitility.await("the cache")
			.atMost(TIMEOUT)
			.untilAsserted(
					() -> assertThat(this.maps.listAll(ListOptions.builder().resourceVersion("0").limit(1L).build())
						.map((map) -> map.metadata().name())
						.collectList()
						.block(TIMEOUT)).contains("a", "b"));
	}

}
