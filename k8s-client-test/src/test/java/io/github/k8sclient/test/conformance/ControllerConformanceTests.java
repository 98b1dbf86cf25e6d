package io.github.k8sclient.test.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.controller.Controller;
import io.github.k8sclient.controller.Reconciler;
import io.github.k8sclient.controller.Result;
import io.github.k8sclient.informer.ObjectKey;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.OwnerReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Controllers over what a server holds.
 */
@ConformanceTest
class ControllerConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@Parameter
	ConformanceServer server;

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private String namespace;

	private ResourceClient<ConfigMap> maps;

	private SharedInformerFactory factory;

	@BeforeEach
	void makeNamespace() {
		this.namespace = this.server.newNamespace();
		this.maps = this.server.clientset().coreV1().configMaps(this.namespace);
		this.factory = SharedInformerFactory.create(this.server.clientset());
	}

	@AfterEach
	void stopInformers() {
		this.factory.stop().block(TIMEOUT);
	}

	private SharedInformer<ConfigMap> informer(String labelSelector) {
		return this.factory.forResource(ConfigMap.class)
			.inNamespace(this.namespace)
			.withLabelSelector(labelSelector)
			.informer();
	}

	private Mono<Result> record(ObjectKey key, @Nullable ConfigMap map) {
		this.calls.add(key.name() + ((map != null) ? "=" + map.data().get("value") : " gone"));
		return Mono.empty();
	}

	private static ConfigMap map(String name, String role, String value) {
		return ConfigMap.builder()
			.metadata((metadata) -> metadata.name(name).putLabel("role", role))
			.data(Map.of("value", value))
			.build();
	}

	private void awaitCall(String call) {
		Awaitility.await().atMost(TIMEOUT).until(() -> this.calls.contains(call));
	}

	@Test
	void reconcilerIsCalledForWhatIsCreatedUpdatedAndDeleted() {
		ConfigMap created = this.maps.create(map("a", "source", "1")).block(TIMEOUT);
		Controller controller = Controller.builder(informer("role=source"), this::record).build();
		controller.run().subscribe();
		this.factory.start();

		awaitCall("a=1");
		this.maps.update(created.toBuilder().data(Map.of("value", "2")).build()).block(TIMEOUT);
		awaitCall("a=2");
		this.maps.create(map("b", "source", "1")).block(TIMEOUT);
		awaitCall("b=1");
		this.maps.delete("a").block(TIMEOUT);
		awaitCall("a gone");

		controller.stop().block(TIMEOUT);
		assertThat(this.calls).containsExactly("a=1", "a=2", "b=1", "a gone");
	}

	@Test
	void keyOfWhatIsGoneBeforeTheStartIsReconciledAfterTheSync() {
		Controller controller = Controller.builder(informer("role=source"), this::record).build();
		controller.queue().add(new ObjectKey(this.namespace, "mypod"));
		controller.run().subscribe();
		assertThat(this.calls).isEmpty();

		this.factory.start();

		awaitCall("mypod gone");
		controller.stop().block(TIMEOUT);
	}

	@Test
	void controllerKeepsACopyOfEachSourceWhateverIsDoneToIt() {
		SharedInformer<ConfigMap> sources = informer("role=source");
		SharedInformer<ConfigMap> copies = informer("role=copy");
		Reconciler<ConfigMap> copier = (key, source) -> (source != null) ? copy(source) : Mono.empty();
		Controller controller = Controller.builder(sources, copier)
			.name("copier")
			.workers(4)
			.watch(copies,
					(copy) -> copy.metadata()
						.ownerReferences()
						.stream()
						.map((owner) -> new ObjectKey(this.namespace, owner.name()))
						.toList())
			.build();
		controller.run().subscribe();
		this.factory.start();

		for (int i = 0; i < 20; i++) {
			this.maps.create(map("s" + i, "source", "1")).block(TIMEOUT);
		}
		awaitCopies(20, "1");
		this.maps.delete("s3-copy").block(TIMEOUT);
		this.maps
			.update(map("s4-copy", "copy", "changed by hand").toBuilder()
				.metadata(this.maps.get("s4-copy").block(TIMEOUT).metadata())
				.build())
			.block(TIMEOUT);
		awaitCopies(20, "1");

		controller.stop().block(TIMEOUT);
		assertThat(controller.queue().status().depth()).isZero();
	}

	/**
	 * Write the copy of a source; a write that meets another one fails and is tried
	 * again.
	 */
	private Mono<Result> copy(ConfigMap source) {
		String name = source.metadata().name() + "-copy";
		OwnerReference owner = OwnerReference.builder()
			.apiVersion("v1")
			.kind("ConfigMap")
			.name(source.metadata().name())
			.uid(source.metadata().uid())
			.build();
		ConfigMap wanted = map(name, "copy", source.data().get("value")).toBuilder()
			.metadata((metadata) -> metadata.ownerReferences(List.of(owner)))
			.build();
		return this.maps.get(name)
			.flatMap((copy) -> copy.data().equals(wanted.data()) ? Mono.just(copy)
					: this.maps.update(copy.toBuilder().data(wanted.data()).build()))
			.onErrorResume(NotFoundException.class, (none) -> this.maps.create(wanted))
			.thenReturn(Result.done());
	}

	private void awaitCopies(int count, String value) {
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> this.maps.list().block(TIMEOUT).items(),
					(all) -> all.stream()
						.filter((map) -> map.metadata().name().endsWith("-copy"))
						.filter((map) -> value.equals(map.data().get("value")))
						.count() == count);
	}

}
