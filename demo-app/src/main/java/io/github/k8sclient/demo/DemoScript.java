package io.github.k8sclient.demo;

import java.time.Duration;
import java.util.Map;

import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.api.core.v1.PersistentVolumeClaim;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.client.Patch;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.value.Quantity;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Plays a small script of changes on the API server in memory, so that there is something
 * to watch.
 */
@Component
@ConditionalOnBooleanProperty("k8s.client.embedded.enabled")
class DemoScript implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(DemoScript.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final String NAMESPACE = "default";

	private final Clientset clientset;

	private final SharedInformerFactory informers;

	private final Duration pause;

	private volatile @Nullable Disposable play;

	private volatile boolean running;

	DemoScript(Clientset clientset, SharedInformerFactory informers, @Value("${demo.script.pause:1s}") Duration pause) {
		this.clientset = clientset;
		this.informers = informers;
		this.pause = pause;
	}

	/**
	 * Creates what is there when the demo's programs start: two nodes and two claims.
	 */
	@Override
	public void start() {
		this.running = true;
		Flux.concat(createNode("node-a"), createNode("node-b"), createClaim("my-cassandra-0", "50Gi"),
				createClaim("my-redis-data", "100Gi"))
			.then()
			.block(TIMEOUT);
	}

	@EventListener(ApplicationReadyEvent.class)
	void play() {
		Flux<Mono<?>> steps = Flux.just(createClaim("my-redis-master", "75Gi"), deleteClaim("my-redis-data"),
				createDeployment(), scaleDeployment(), deleteDeployment());
		this.play = this.informers.whenSynced()
			.thenMany(steps.concatMap((step) -> Mono.delay(this.pause).then(step)))
			.subscribe((result) -> {
			}, (ex) -> logger.error("The demo's script ended early", ex));
	}

	private Mono<Node> createNode(String name) {
		return this.clientset.coreV1()
			.nodes()
			.create(Node.builder().metadata((metadata) -> metadata.name(name)).build());
	}

	private Mono<PersistentVolumeClaim> createClaim(String name, String size) {
		return claims().create(PersistentVolumeClaim.builder()
			.metadata((metadata) -> metadata.name(name))
			.spec((spec) -> spec.addAccessMode("ReadWriteOnce")
				.resources((resources) -> resources.putRequest("storage", Quantity.parse(size))))
			.build());
	}

	private Mono<PersistentVolumeClaim> deleteClaim(String name) {
		return claims().delete(name);
	}

	private Mono<Deployment> createDeployment() {
		Map<String, String> labels = Map.of("app", "demo", "mylabelkey", "demo");
		return deployments().create(Deployment.builder()
			.metadata((metadata) -> metadata.name("demo-deployment").labels(labels))
			.spec((spec) -> spec.replicas(2)
				.selector((selector) -> selector.matchLabels(Map.of("app", "demo")))
				.template((template) -> template.metadata((metadata) -> metadata.labels(labels))
					.spec((pod) -> pod.addContainer((container) -> container.name("web")
						.image("nginx:1.12")
						.addPort((port) -> port.name("http").containerPort(80).protocol("TCP"))))))
			.build());
	}

	private Mono<Deployment> scaleDeployment() {
		return deployments().patch("demo-deployment", Patch.merge(Map.of("spec", Map.of("replicas", 1))));
	}

	private Mono<Deployment> deleteDeployment() {
		return deployments().delete("demo-deployment");
	}

	private ResourceClient<PersistentVolumeClaim> claims() {
		return this.clientset.coreV1().persistentVolumeClaims(NAMESPACE);
	}

	private ResourceClient<Deployment> deployments() {
		return this.clientset.appsV1().deployments(NAMESPACE);
	}

	@EventListener(ContextClosedEvent.class)
	void end() {
		Disposable play = this.play;
		if (play != null) {
			play.dispose();
		}
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return DemoPhases.SCRIPT;
	}

}
