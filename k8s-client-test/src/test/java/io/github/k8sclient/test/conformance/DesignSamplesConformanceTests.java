package io.github.k8sclient.test.conformance;

import java.time.Duration;
import java.util.Map;

import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.PersistentVolumeClaim;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.client.ApplyOptions;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.client.KubernetesRetry;
import io.github.k8sclient.client.Patch;
import io.github.k8sclient.client.PodClient;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.value.Quantity;
import io.github.k8sclient.watch.WatchEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The samples of the documentation, as they stand there.
 */
@ConformanceTest
class DesignSamplesConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@Parameter
	ConformanceServer server;

	private String namespace;

	private Clientset clientset;

	@BeforeEach
	void createNamespace() {
		this.namespace = this.server.newNamespace();
		this.clientset = this.server.clientset();
	}

	private Mono<Deployment> createDeployment() {
		return this.clientset.appsV1()
			.deployments(this.namespace)
			.create(Deployment.builder()
				.metadata((meta) -> meta.name("demo-deployment"))
				.spec((spec) -> spec.replicas(2)
					.selector((selector) -> selector.matchLabels(Map.of("app", "demo")))
					.template((template) -> template.metadata((meta) -> meta.labels(Map.of("app", "demo")))
						.spec((pod) -> pod.addContainer((container) -> container.name("web")
							.image("nginx:1.12")
							.addPort((port) -> port.name("http").containerPort(80).protocol("TCP"))))))
				.build());
	}

	@Test
	void nodesAreCounted() {
		Mono<Integer> nodes = this.clientset.coreV1().nodes().list().map((list) -> list.items().size());

		StepVerifier.create(nodes).expectNextCount(1).expectComplete().verify(TIMEOUT);
	}

	@Test
	void claimsAreWatched() {
		Flux<WatchEvent<PersistentVolumeClaim>> watch = this.clientset.coreV1()
			.persistentVolumeClaims(this.namespace)
			.watch(ListOptions.builder().labelSelector("app=redis").build());

		StepVerifier.create(watch)
			.then(() -> this.clientset.coreV1()
				.persistentVolumeClaims(this.namespace)
				.create(PersistentVolumeClaim.builder()
					.metadata((meta) -> meta.name("c").labels(Map.of("app", "redis")))
					.spec((spec) -> spec.addAccessMode("ReadWriteOnce")
						.resources((resources) -> resources.putRequest("storage", Quantity.parse("1Gi"))))
					.build())
				.block(TIMEOUT))
			.assertNext((event) -> assertThat(event.type()).isEqualTo(WatchEvent.Type.ADDED))
			.thenCancel()
			.verify(TIMEOUT);
	}

	@Test
	void deploymentIsPatchedUnderGuard() {
		Deployment created = createDeployment().block(TIMEOUT);

		Mono<Deployment> patched = this.clientset.appsV1()
			.deployments(this.namespace)
			.patch("demo-deployment", Patch.strategicMerge(Map.of("spec", Map.of("replicas", 3))).guardedBy(created));

		assertThat(patched.block(TIMEOUT).spec().replicas()).isEqualTo(3);
	}

	@Test
	void deploymentIsApplied() {
		Deployment created = createDeployment().block(TIMEOUT);
		Deployment desired = Deployment.builder()
			.metadata((meta) -> meta.name("demo-deployment"))
			.spec((spec) -> spec.replicas(4))
			.build();

		Mono<Deployment> applied = this.clientset.appsV1()
			.deployments(this.namespace)
			.apply(desired, ApplyOptions.fieldManager("demo").force());

		assertThat(applied.block(TIMEOUT)).satisfies((deployment) -> {
			assertThat(deployment.spec().replicas()).isEqualTo(4);
			assertThat(deployment.spec().template()).isEqualTo(created.spec().template());
		});
	}

	@Test
	void podIsChangedInSpiteOfConflicts() {
		PodClient pods = this.clientset.coreV1().pods(this.namespace);
		pods.create(Pod.builder()
			.metadata((meta) -> meta.name("web-0"))
			.spec((spec) -> spec.addContainer((container) -> container.name("web").image("nginx:1.12")))
			.build()).block(TIMEOUT);

		Mono<Pod> changed = KubernetesRetry.onConflict(() -> pods.get("web-0").map(this::change).flatMap(pods::update));

		assertThat(changed.block(TIMEOUT).metadata().labels()).containsEntry("changed", "yes");
	}

	private Pod change(Pod pod) {
		return pod.toBuilder().metadata((meta) -> meta.putLabel("changed", "yes")).build();
	}

	@Test
	void requestIsMadeByHand() {
		RESTClient restClient = this.server.restClient();
		this.clientset.coreV1()
			.pods(this.namespace)
			.create(Pod.builder()
				.metadata((meta) -> meta.name("web-0"))
				.spec((spec) -> spec.addContainer((container) -> container.name("web").image("nginx:1.12")))
				.build())
			.block(TIMEOUT);

		assertThat(restClient.get()
			.namespace(this.namespace)
			.resource("pods")
			.name("web-0")
			.into(Pod.class)
			.block(TIMEOUT)
			.metadata()
			.name()).isEqualTo("web-0");
		assertThat(restClient.get().absPath("/version").raw().block(TIMEOUT)).asString().contains("gitVersion");
	}

}
