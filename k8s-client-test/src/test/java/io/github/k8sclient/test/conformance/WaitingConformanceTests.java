package io.github.k8sclient.test.conformance;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.AlreadyExistsException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.apiextensions.v1.CustomResourceDefinition;
import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.informer.InformerSpec;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.informer.Store;
import io.github.k8sclient.meta.FieldQuery;
import io.github.k8sclient.transport.KubernetesConnectionException;
import io.github.k8sclient.watch.RetryWatcher;
import io.github.k8sclient.watch.WatchEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Waiting for what happens on a server.
 */
@ConformanceTest
class WaitingConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@Parameter
	ConformanceServer server;

	private static String describe(WatchEvent<ConfigMap> event) {
		return event.type() + " " + event.object().metadata().name();
	}

	@Test
	void watcherTellsEveryEventOverARestartOfTheServer() {
		ResourceClient<ConfigMap> maps = this.server.clientset().coreV1().configMaps(this.server.newNamespace());
		String start = create(maps, "a").metadata().resourceVersion();

		StepVerifier
			.create(RetryWatcher.startingAfter(start, maps::watch)
				.events()
				.filter((event) -> !event.object().metadata().name().equals("kube-root-ca.crt"))
				.map(WaitingConformanceTests::describe))
			.then(() -> create(maps, "b"))
			.expectNext("ADDED b")
			.then(() -> {
				this.server.restart();
				insist(maps.delete("a"));
				insist(maps.create(map("c")));
			})
			.expectNext("DELETED a", "ADDED c")
			.thenCancel()
			.verify(TIMEOUT);
	}

	@Test
	void definitionIsWaitedForUntilItIsEstablished() {
		String group = "waiting.example.com";
		ResourceClient<CustomResourceDefinition> definitions = this.server.clientset()
			.apiextensionsV1()
			.customResourceDefinitions();
		String path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
		String start = this.server
			.send("POST", path, PrometheusDefinition.yaml(group).getBytes(StandardCharsets.UTF_8), "application/yaml",
					null)
			.expect(201)
			.at("/metadata/resourceVersion")
			.asString();

		WatchEvent<CustomResourceDefinition> event = RetryWatcher.startingAfter(start, definitions::watch)
			.until((change) -> change.object().metadata().name().equals("prometheuses." + group)
					&& isEstablished(change.object()))
			.block(TIMEOUT);

		assertThat(event.type()).isEqualTo(WatchEvent.Type.MODIFIED);
		definitions.delete("prometheuses." + group).block(TIMEOUT);
	}

	@Test
	void deploymentIsWaitedForUntilItIsAvailableAndUntilItIsGone() {
		String namespace = this.server.newNamespace();
		ResourceClient<Deployment> deployments = this.server.clientset().appsV1().deployments(namespace);
		InformerSpec<Deployment> web = SharedInformerFactory.create(this.server.clientset())
			.forResource(Deployment.class)
			.inNamespace(namespace)
			.withFieldSelector(FieldQuery.where("metadata.name").is("web"));

		Mono<Store<Deployment>> available = web.until((store) -> store.get(namespace + "/web")
			.filter((deployment) -> Integer.valueOf(1).equals(deployment.status().availableReplicas()))
			.isPresent());
		StepVerifier.create(available)
			.then(() -> deployments.create(deployment("other")).block(TIMEOUT))
			.then(() -> deployments.create(deployment("web"))
				.flatMap((created) -> deployments.updateStatus(created.toBuilder()
					.status((status) -> status.replicas(1).readyReplicas(1).availableReplicas(1))
					.build()))
				.block(TIMEOUT))
			.assertNext((store) -> assertThat(store.size()).isOne())
			.expectComplete()
			.verify(TIMEOUT);

		StepVerifier.create(web.until((store) -> store.get(namespace + "/web").isEmpty()))
			.then(() -> deployments.delete("web").block(TIMEOUT))
			.expectNextCount(1)
			.expectComplete()
			.verify(TIMEOUT);
	}

	private static boolean isEstablished(CustomResourceDefinition definition) {
		return definition.status()
			.conditions()
			.stream()
			.anyMatch((condition) -> "Established".equals(condition.type()) && "True".equals(condition.status()));
	}

	private static ConfigMap create(ResourceClient<ConfigMap> maps, String name) {
		return maps.create(map(name)).block(TIMEOUT);
	}

	private static ConfigMap map(String name) {
		return ConfigMap.builder().metadata((metadata) -> metadata.name(name)).build();
	}

	// The first requests after a restart may meet connections of the time before it
	private static void insist(Mono<ConfigMap> write) {
		write
			.retryWhen(Retry.fixedDelay(100, Duration.ofMillis(100))
				.filter((failure) -> failure instanceof KubernetesConnectionException))
			.onErrorResume(
					(failure) -> failure instanceof NotFoundException || failure instanceof AlreadyExistsException,
					(done) -> Mono.empty())
			.block(TIMEOUT);
	}

	private static Deployment deployment(String name) {
		Map<String, String> labels = Map.of("app", name);
		return Deployment.builder()
			.metadata((metadata) -> metadata.name(name))
			.spec((spec) -> spec.selector((selector) -> selector.matchLabels(labels))
				.template((template) -> template.metadata((metadata) -> metadata.labels(labels))
					.spec((pod) -> pod.containers(List
						.of(io.github.k8sclient.api.core.v1.Container.builder().name("c").image("i").build())))))
			.build();
	}

}
