package io.github.k8sclient.test;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.k8sclient.ConflictException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Namespace;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.client.KubernetesRetry;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.meta.DeleteOptions;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.watch.WatchEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EmbeddedApiServerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private EmbeddedApiServer server = EmbeddedApiServer.create();

	private Clientset clientset;

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void hasNoAddressBeforeItsStart() {
		assertThatIllegalStateException().isThrownBy(this.server::url);
	}

	@Test
	void keepsObjectsAndAddressOverARestart() {
		URI url = this.server.start().url();
		maps().create(map("a", List.of())).block(TIMEOUT);

		this.server.restart();

		assertThat(this.server.url()).isEqualTo(url);
		assertThat(maps().get("a").block(TIMEOUT).metadata().name()).isEqualTo("a");
	}

	@Test
	void refusesConnectionsWhileStopped() {
		this.server.start();
		this.server.stop();

		assertThat(this.server.isRunning()).isFalse();
		StepVerifier.create(maps().get("a")).expectError().verify(TIMEOUT);
	}

	@Test
	void kubeconfigNamesTheServer() {
		assertThat(this.server.start().kubeconfig()).contains("server: " + this.server.url(),
				"current-context: embedded");
	}

	@Test
	void writesTheTimeOfItsClock() {
		Instant time = Instant.parse("2030-01-02T03:04:05Z");
		this.server = EmbeddedApiServer.builder().clock(Clock.fixed(time, ZoneOffset.UTC)).build().start();

		ConfigMap created = maps().create(map("a", List.of())).block(TIMEOUT);

		assertThat(created.metadata().creationTimestamp()).isEqualTo(time);
	}

	@Test
	void historyIsBounded() {
		this.server = EmbeddedApiServer.builder().historyLimit(3).build().start();
		String start = maps().create(map("a", List.of())).block(TIMEOUT).metadata().resourceVersion();
		for (String name : List.of("b", "c", "d", "e")) {
			maps().create(map(name, List.of())).block(TIMEOUT);
		}

		StepVerifier
			.create(maps().watch(ListOptions.builder().resourceVersion(start).build()).ofType(WatchEvent.Error.class))
			.assertNext((error) -> assertThat(error.status().reason()).isEqualTo("Expired"))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void deletedNamespaceIsEmptiedAndRemoved() {
		Clientset clientset = clientset(this.server.start());
		clientset.coreV1().namespaces().create(namespace("n")).block(TIMEOUT);
		ResourceClient<ConfigMap> maps = clientset.coreV1().configMaps("n");
		maps.create(map("a", List.of())).block(TIMEOUT);

		clientset.coreV1().namespaces().delete("n").block(TIMEOUT);

		StepVerifier.create(maps.get("a")).expectError(NotFoundException.class).verify(TIMEOUT);
		StepVerifier.create(clientset.coreV1().namespaces().get("n"))
			.expectError(NotFoundException.class)
			.verify(TIMEOUT);
	}

	@Test
	void namespaceWaitsForFinalizersOfItsContent() {
		Clientset clientset = clientset(this.server.start());
		clientset.coreV1().namespaces().create(namespace("n")).block(TIMEOUT);
		ResourceClient<ConfigMap> maps = clientset.coreV1().configMaps("n");
		maps.create(map("a", List.of("example.org/hold"))).block(TIMEOUT);

		clientset.coreV1().namespaces().delete("n").block(TIMEOUT);
		assertThat(clientset.coreV1().namespaces().get("n").block(TIMEOUT).status().phase()).isEqualTo("Terminating");
		ConfigMap held = maps.get("a").block(TIMEOUT);
		maps.update(held.toBuilder().metadata(held.metadata().toBuilder().finalizers(List.of()).build()).build())
			.block(TIMEOUT);

		StepVerifier.create(clientset.coreV1().namespaces().get("n"))
			.expectError(NotFoundException.class)
			.verify(TIMEOUT);
	}

	@Test
	void dependentsGoWithTheirOwner() {
		Clientset clientset = clientset(this.server.start());
		Deployment owner = createOwner(clientset);
		maps().create(ownedBy(owner, "a")).block(TIMEOUT);

		clientset.appsV1().deployments("default").delete("owner").block(TIMEOUT);

		StepVerifier.create(maps().get("a")).expectError(NotFoundException.class).verify(TIMEOUT);
	}

	@Test
	void foregroundDeletionTakesDependentsFirst() {
		Clientset clientset = clientset(this.server.start());
		Deployment owner = createOwner(clientset);
		ConfigMap dependent = maps().create(ownedBy(owner, "a")).block(TIMEOUT);
		String start = dependent.metadata().resourceVersion();

		clientset.appsV1()
			.deployments("default")
			.delete("owner", DeleteOptions.builder().propagationPolicy("Foreground").build())
			.block(TIMEOUT);

		long dependentGone = deletion(maps(), start);
		long ownerGone = deletion(clientset.appsV1().deployments("default"), start);
		assertThat(dependentGone).isLessThan(ownerGone);
	}

	@Test
	void orphansStay() {
		Clientset clientset = clientset(this.server.start());
		maps().create(ownedBy(createOwner(clientset), "a")).block(TIMEOUT);

		clientset.appsV1()
			.deployments("default")
			.delete("owner", DeleteOptions.builder().propagationPolicy("Orphan").build())
			.block(TIMEOUT);

		assertThat(maps().get("a").block(TIMEOUT).metadata().ownerReferences()).isEmpty();
		StepVerifier.create(clientset.appsV1().deployments("default").get("owner"))
			.expectError(NotFoundException.class)
			.verify(TIMEOUT);
	}

	@Test
	void concurrentUpdatesAreNotLost() {
		this.server.start();
		maps().create(map("counter", List.of())).block(TIMEOUT);

		Flux.range(0, 40)
			.flatMap((number) -> KubernetesRetry
				.onConflict(() -> maps().get("counter")
					.map((map) -> map.toBuilder().putData("k" + number, "v").build())
					.flatMap(maps()::update))
				.retryWhen(Retry.indefinitely().filter(ConflictException.class::isInstance))
				.subscribeOn(Schedulers.parallel()), 8)
			.blockLast(TIMEOUT);

		assertThat(maps().get("counter").block(TIMEOUT).data()).hasSize(41);
	}

	@Test
	void watchesSeeConcurrentWritesInOrderAndOnce() {
		this.server.start();
		String start = maps().create(map("first", List.of())).block(TIMEOUT).metadata().resourceVersion();
		Set<String> seen = ConcurrentHashMap.newKeySet();
		long[] last = { Long.parseLong(start) };

		StepVerifier.create(maps().watch(ListOptions.builder().resourceVersion(start).build())
			.ofType(WatchEvent.Added.class)
			.map((event) -> (ConfigMap) event.object())
			.doOnSubscribe((subscription) -> Flux.range(0, 200)
				.flatMap((number) -> maps().create(map("m" + number, List.of())), 8)
				.subscribe())
			.doOnNext((map) -> {
				long version = Long.parseLong(map.metadata().resourceVersion());
				assertThat(version).isGreaterThan(last[0]);
				last[0] = version;
				assertThat(seen.add(map.metadata().name())).isTrue();
			})
			.take(200)).expectNextCount(200).expectComplete().verify(TIMEOUT);
	}

	private static <T extends KubernetesObject> long deletion(ResourceClient<T> client, String start) {
		return client.watch(ListOptions.builder().resourceVersion(start).build())
			.filter(WatchEvent.Deleted.class::isInstance)
			.map((event) -> ((WatchEvent.Deleted<T>) event).object().metadata().resourceVersion())
			.map(Long::valueOf)
			.blockFirst(TIMEOUT);
	}

	private ResourceClient<ConfigMap> maps() {
		return clientset(this.server).coreV1().configMaps("default");
	}

	private Clientset clientset(EmbeddedApiServer server) {
		if (this.clientset == null) {
			this.clientset = Clientset.create(server.clientConfiguration());
		}
		return this.clientset;
	}

	private static Deployment createOwner(Clientset clientset) {
		return clientset.appsV1()
			.deployments("default")
			.create(Deployment.builder()
				.metadata((metadata) -> metadata.name("owner"))
				.spec((spec) -> spec.selector((selector) -> selector.matchLabels(Map.of("a", "b")))
					.template((template) -> template.metadata((metadata) -> metadata.labels(Map.of("a", "b")))
						.spec((pod) -> pod.addContainer((container) -> container.name("c").image("i")))))
				.build())
			.block(TIMEOUT);
	}

	private static ConfigMap ownedBy(Deployment owner, String name) {
		ObjectMeta.Builder metadata = ObjectMeta.builder().name(name);
		metadata.addOwnerReference((reference) -> reference.apiVersion("apps/v1")
			.kind("Deployment")
			.name(owner.metadata().name())
			.uid(owner.metadata().uid())
			.blockOwnerDeletion(true));
		return ConfigMap.builder().metadata(metadata.build()).build();
	}

	private static ConfigMap map(String name, List<String> finalizers) {
		return ConfigMap.builder()
			.metadata((metadata) -> metadata.name(name).finalizers(finalizers))
			.data(Map.of("k", "v"))
			.build();
	}

	private static Namespace namespace(String name) {
		return Namespace.builder().metadata((metadata) -> metadata.name(name)).build();
	}

}
