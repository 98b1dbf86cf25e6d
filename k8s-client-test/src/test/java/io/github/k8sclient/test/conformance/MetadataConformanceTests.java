package io.github.k8sclient.test.conformance;

import java.time.Duration;
import java.util.Map;

import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.client.Patch;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.DeleteOptions;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.PartialObjectMetadata;
import io.github.k8sclient.metadata.MetadataClient;
import io.github.k8sclient.watch.WatchEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The client of metadata, which the server cuts out of the objects.
 */
@ConformanceTest
class MetadataConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final GroupVersionResource MAPS = GroupVersionResource.of("", "v1", "configmaps");

	@Parameter
	ConformanceServer server;

	private String namespace;

	private ResourceClient<ConfigMap> maps;

	private ResourceClient<PartialObjectMetadata> metadata;

	@BeforeEach
	void createNamespace() {
		this.namespace = this.server.newNamespace();
		this.maps = this.server.clientset().coreV1().configMaps(this.namespace);
		this.metadata = MetadataClient.create(this.server.restClient()).resource(MAPS).namespace(this.namespace);
	}

	@Test
	void metadataAreThoseOfTheObject() {
		ConfigMap created = this.maps.create(TestObjects.map("a")).block(TIMEOUT);

		PartialObjectMetadata read = this.metadata.get("a").block(TIMEOUT);

		assertThat(read.metadata().uid()).isEqualTo(created.metadata().uid());
		assertThat(read.metadata().labels()).isEqualTo(Map.of(TestObjects.MINE, "1"));
		StepVerifier.create(this.metadata.get("none")).expectError(NotFoundException.class).verify(TIMEOUT);
	}

	@Test
	void listHasTheMetadataOfAll() {
		this.maps.create(TestObjects.map("a")).block(TIMEOUT);
		this.maps.create(TestObjects.map("b")).block(TIMEOUT);

		assertThat(this.metadata.list(ListOptions.builder().labelSelector(TestObjects.MINE).build())
			.block(TIMEOUT)
			.items()).extracting((item) -> item.metadata().name()).containsExactly("a", "b");
	}

	@Test
	void watchTellsMetadata() {
		String start = this.maps.create(TestObjects.map("a")).block(TIMEOUT).metadata().resourceVersion();

		StepVerifier
			.create(this.metadata.watch(ListOptions.builder().resourceVersion(start).build())
				.filter((event) -> !(event instanceof WatchEvent.Bookmark)))
			.then(() -> this.maps.create(TestObjects.map("b")).block(TIMEOUT))
			.assertNext((event) -> assertThat(event.object().metadata().name()).isEqualTo("b"))
			.thenCancel()
			.verify(TIMEOUT);
	}

	@Test
	void patchAnswersWithMetadata() {
		this.maps.create(TestObjects.map("a")).block(TIMEOUT);

		PartialObjectMetadata patched = this.metadata
			.patch("a", Patch.merge("{\"metadata\":{\"annotations\":{\"x\":\"y\"}}}"))
			.block(TIMEOUT);

		assertThat(patched.metadata().annotations()).containsEntry("x", "y");
		assertThat(this.maps.get("a").block(TIMEOUT).data()).isNotEmpty();
	}

	@Test
	void objectsAreDeleted() {
		this.maps.create(TestObjects.map("a")).block(TIMEOUT);
		this.maps.create(TestObjects.map("b")).block(TIMEOUT);

		this.metadata.delete("a").block(TIMEOUT);
		this.metadata
			.deleteCollection(DeleteOptions.builder().build(),
					ListOptions.builder().labelSelector(TestObjects.MINE).build())
			.block(TIMEOUT);

		assertThat(this.metadata.list(ListOptions.builder().labelSelector(TestObjects.MINE).build())
			.block(TIMEOUT)
			.items()).isEmpty();
	}

	@Test
	void informerKeepsMetadataOnly() {
		this.maps.create(TestObjects.map("a")).block(TIMEOUT);
		SharedInformerFactory factory = SharedInformerFactory.create(this.server.clientset());
		SharedInformer<PartialObjectMetadata> informer = factory.forMetadata(ConfigMap.class)
			.inNamespace(this.namespace)
			.withLabelSelector(TestObjects.MINE)
			.informer();
		try {
			factory.start();
			factory.whenSynced(TIMEOUT).block();

			// a first list may be of a cache that is behind
			Awaitility.await().atMost(TIMEOUT).until(() -> !informer.lister().list().isEmpty());
			assertThat(informer.lister().list()).singleElement()
				.satisfies((found) -> assertThat(found.metadata().name()).isEqualTo("a"));
		}
		finally {
			factory.stop().block(TIMEOUT);
		}
	}

}
