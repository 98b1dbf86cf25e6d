package io.github.k8sclient.test.conformance;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.k8sclient.ConflictException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.PersistentVolumeClaim;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.client.DeploymentClient;
import io.github.k8sclient.client.Patch;
import io.github.k8sclient.client.PodClient;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.controller.Controller;
import io.github.k8sclient.controller.Result;
import io.github.k8sclient.discovery.DiscoveryClient;
import io.github.k8sclient.discovery.RESTMapper;
import io.github.k8sclient.dynamic.DynamicClient;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.DeleteOptions;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.PartialObjectMetadata;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.scale.ScaleClient;
import io.github.k8sclient.value.Quantity;
import io.github.k8sclient.watch.WatchEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the samples of the cheat sheet do.
 */
@ConformanceTest
class CheatSheetConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final String GROUP = "sheet.conformance.example.com";

	@Parameter
	ConformanceServer server;

	private final List<String> log = new CopyOnWriteArrayList<>();

	private String namespace;

	private RESTClient restClient;

	private Clientset clientset;

	private DynamicClient dynamicClient;

	private PodClient pods;

	private DeploymentClient deployments;

	@BeforeEach
	void createNamespace() {
		this.namespace = this.server.newNamespace();
		this.restClient = this.server.restClient();
		this.clientset = this.server.clientset();
		this.dynamicClient = DynamicClient.create(this.restClient);
		this.pods = this.clientset.coreV1().pods(this.namespace);
		this.deployments = this.clientset.appsV1().deployments(this.namespace);
	}

	@Test
	void nodesAreCounted() {
		CheatSheet.nodes(this.clientset, this.log::add);

		assertThat(this.log.get(0)).matches("Node count: \\d+");
	}

	@Test
	void errorsAreToldApart() {
		CheatSheet.errors(this.clientset, this.log::add);

		assertThat(this.log).containsExactly("Pod example-xxxxx not found in default namespace");
	}

	@Test
	void threeClientsAgreeOnAPod() {
		Pod created = CheatSheet.createPod(this.clientset, this.namespace);

		assertThat(CheatSheet.uid(this.dynamicClient, this.namespace)).isEqualTo(created.metadata().uid());
		assertThat(CheatSheet.byRequest(this.restClient, this.namespace)).isEqualTo(created);
		assertThat(new String(CheatSheet.raw(this.restClient, this.namespace), StandardCharsets.UTF_8))
			.contains("\"uid\":\"" + created.metadata().uid() + "\"");
	}

	@Test
	void podsAreReadInManyWays() {
		Pod created = CheatSheet.createPod(this.clientset, this.namespace);

		assertThat(CheatSheet.selectors(this.pods)).containsExactly(created);
		assertThat(CheatSheet.builtSelectors(this.pods, created)).containsExactly(created);
		assertThat(CheatSheet.pages(this.pods)).isEqualTo(1);
		Awaitility.await()
			.atMost(TIMEOUT)
			.ignoreExceptionsInstanceOf(NotFoundException.class)
			.untilAsserted(() -> assertThat(CheatSheet.fromCache(this.pods)).isEqualTo(created));
	}

	@Test
	void requestsAreMadeByHand() {
		ConfigMap map = ConfigMap.builder().metadata((meta) -> meta.name("settings")).data(Map.of("a", "1")).build();

		ConfigMap created = CheatSheet.post(this.restClient, this.namespace, map);

		assertThat(created.metadata().managedFields()).extracting((entry) -> entry.manager()).containsExactly("demo");
		assertThat(CheatSheet.anyPath(this.restClient)).asString().contains("gitVersion");
		assertThat(CheatSheet.otherGroup(this.restClient, this.namespace)).asString().contains("DeploymentList");
	}

	@Test
	void deploymentIsCreatedUpdatedListedAndDeleted() {
		CheatSheet.create(this.clientset, this.namespace, this.log::add);
		Deployment updated = CheatSheet.update(this.deployments);
		CheatSheet.list(this.deployments, this.log::add);
		CheatSheet.delete(this.deployments);

		assertThat(updated.spec().template().spec().containers().get(0).image()).isEqualTo("nginx:1.13");
		assertThat(this.log).containsExactly("Created deployment demo-deployment", " * demo-deployment (1 replicas)");
		// without a garbage collector the object stays, marked
		Deployment marked = this.deployments.get("demo-deployment").block(TIMEOUT);
		assertThat(marked.metadata().deletionTimestamp()).isNotNull();
		assertThat(marked.metadata().finalizers()).containsExactly("foregroundDeletion");
	}

	@Test
	void deploymentIsPatchedAppliedAndScaled() {
		Deployment created = CheatSheet.create(this.clientset, this.namespace, this.log::add);

		assertThat(CheatSheet.patch(this.deployments, created).spec().replicas()).isEqualTo(3);
		assertThat(CheatSheet.apply(this.deployments).spec().replicas()).isEqualTo(4);
		CheatSheet.scale(this.deployments);
		assertThat(replicas()).isEqualTo(5);
		CheatSheet.scaleAnything(ScaleClient.create(this.restClient, mapper()), this.namespace);
		assertThat(replicas()).isEqualTo(6);
	}

	private Integer replicas() {
		return this.deployments.get("demo-deployment").block(TIMEOUT).spec().replicas();
	}

	@Test
	void onlyThatPodIsDeleted() {
		Pod first = CheatSheet.createPod(this.clientset, this.namespace);
		CheatSheet.deleteThatOne(this.pods, first);
		CheatSheet.createPod(this.clientset, this.namespace);

		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> CheatSheet.deleteThatOne(this.pods, first));
	}

	@Test
	void deploymentTreeIsCreatedUpdatedAndListed() {
		ResourceClient<Unstructured> trees = CheatSheet.createTree(this.dynamicClient, this.namespace);
		CheatSheet.updateTree(trees);
		CheatSheet.listTrees(trees, this.log::add);

		assertThat(this.log).containsExactly(" * demo-deployment (1 replicas)");
		assertThat(this.deployments.get("demo-deployment").block(TIMEOUT).spec().template().spec().containers())
			.extracting((container) -> container.image())
			.containsExactly("nginx:1.13");
	}

	@Test
	void customResourceIsDefinedUsedAndFollowed() {
		assertThat(
				CheatSheet.customResources(this.dynamicClient, this.namespace, GROUP, PrometheusDefinition.yaml(GROUP))
					.items())
			.extracting((prometheus) -> prometheus.metadata().name())
			.containsExactly("main");

		SharedInformerFactory informers = SharedInformerFactory.create(Clientset.create(this.restClient));
		SharedInformer<Unstructured> informer = CheatSheet.dynamicInformer(informers, this.namespace,
				GroupVersionResource.of(GROUP, "v1", "prometheuses"));
		SharedInformer<PartialObjectMetadata> names = CheatSheet.metadataInformer(informers, this.namespace,
				GroupVersionResource.of(GROUP, "v1", "prometheuses"));
		informers.start();
		informers.whenSynced(TIMEOUT).block(TIMEOUT);
		assertThat(names.lister().list()).extracting((object) -> object.metadata().name()).containsExactly("main");
		assertThat(informer.lister().list()).extracting((prometheus) -> prometheus.nestedLong("spec", "replicas"))
			.containsExactly(2L);
		informers.stop().block(TIMEOUT);
	}

	@Test
	void podsAreWatchedFromTheListOn() {
		StepVerifier
			.create(CheatSheet.watch(this.pods)
				.filter((event) -> event.type() == WatchEvent.Type.ADDED)
				.map((event) -> event.object().metadata().name()))
			.then(() -> CheatSheet.createPod(this.clientset, this.namespace))
			.expectNext("web-0")
			.thenCancel()
			.verify(TIMEOUT);
	}

	@Test
	void deletionIsWaitedFor() {
		Pod created = CheatSheet.createPod(this.clientset, this.namespace);
		DeleteOptions atOnce = DeleteOptions.builder().gracePeriodSeconds(0L).build();
		this.pods.delete("web-0", atOnce).block(TIMEOUT);

		StepVerifier.create(CheatSheet.deletion(this.pods, created))
			.assertNext((event) -> assertThat(event.object().metadata().uid()).isEqualTo(created.metadata().uid()))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void claimsAreAddedUp() {
		ResourceClient<PersistentVolumeClaim> claims = this.clientset.coreV1().persistentVolumeClaims(this.namespace);
		claims.create(claim("first", "150Gi")).block(TIMEOUT);

		StepVerifier.create(CheatSheet.claims(this.clientset, this.namespace).distinctUntilChanged())
			.expectNext(Quantity.ZERO, Quantity.parse("150Gi"))
			.then(() -> claims.create(claim("second", "75Gi")).block(TIMEOUT))
			.expectNext(Quantity.parse("225Gi"))
			.thenCancel()
			.verify(TIMEOUT);
		assertThat(CheatSheet.exceeds(Quantity.parse("225Gi"))).isTrue();
		assertThat(CheatSheet.exceeds(Quantity.parse("0.2Ti"))).isTrue();
		assertThat(CheatSheet.exceeds(Quantity.parse("200Gi"))).isFalse();
	}

	private static PersistentVolumeClaim claim(String name, String size) {
		return PersistentVolumeClaim.builder()
			.metadata((meta) -> meta.name(name))
			.spec((spec) -> spec.addAccessMode("ReadWriteOnce")
				.resources((resources) -> resources.putRequest("storage", Quantity.parse(size))))
			.build();
	}

	@Test
	void deploymentsWithTheLabelAreFollowed() {
		SharedInformerFactory informers = CheatSheet.informer(Clientset.create(this.restClient), this.namespace,
				this.log::add);

		Deployment created = CheatSheet.create(this.clientset, this.namespace, (line) -> {
		});
		this.deployments
			.patch("demo-deployment", Patch.merge(Map.of("metadata", Map.of("labels", Map.of("mylabelkey", "1")))))
			.block(TIMEOUT);
		await("New deployment was added, demo-deployment");
		CheatSheet.patch(this.deployments, created);
		await("Deployment was updated, demo-deployment");
		this.deployments.delete("demo-deployment").block(TIMEOUT);
		await("Deployment was deleted, demo-deployment");

		informers.stop().block(TIMEOUT);
		assertThat(this.log).hasSize(3);
	}

	@Test
	void controllerOfTheLeaderSyncsKeys() {
		SharedInformerFactory informers = SharedInformerFactory.create(Clientset.create(this.restClient));
		SharedInformer<Deployment> informer = informers.forResource(Deployment.class)
			.inNamespace(this.namespace)
			.informer();
		informers.start();

		Disposable controller = CheatSheet.controller(informer, this.log::add);
		CheatSheet.create(this.clientset, this.namespace, (line) -> {
		});
		await("Sync of " + this.namespace + "/demo-deployment");
		this.deployments.delete("demo-deployment").block(TIMEOUT);
		await(this.namespace + "/demo-deployment does not exist any more");
		controller.dispose();

		Controller ofLeader = Controller.builder(informer, (key, deployment) -> Mono.<Result>empty()).build();
		Disposable election = CheatSheet.leaderElection(this.clientset, ofLeader, this.log::add);
		Awaitility.await().atMost(TIMEOUT).until(ofLeader::isRunning);
		Awaitility.await().atMost(TIMEOUT).until(() -> this.log.stream().anyMatch((line) -> line.startsWith("new")));
		election.dispose();
		Awaitility.await().atMost(TIMEOUT).until(() -> this.log.stream().anyMatch((line) -> line.startsWith("leader")));
		assertThat(ofLeader.isRunning()).isFalse();

		informers.stop().block(TIMEOUT);
	}

	private void await(String line) {
		Awaitility.await().atMost(TIMEOUT).until(() -> this.log.contains(line));
	}

	@Test
	void informersGiveKeysAndCopies() {
		Pod pod = CheatSheet.createPod(this.clientset, this.namespace);
		CheatSheet.create(this.clientset, this.namespace, this.log::add);
		SharedInformerFactory informers = SharedInformerFactory.create(Clientset.create(this.restClient));
		SharedInformer<Pod> podInformer = informers.forResource(Pod.class).inNamespace(this.namespace).informer();
		SharedInformer<Deployment> deploymentInformer = informers.forResource(Deployment.class)
			.inNamespace(this.namespace)
			.informer();
		informers.start();
		informers.whenSynced(TIMEOUT).block(TIMEOUT);

		assertThat(CheatSheet.keys(deploymentInformer).blockFirst(TIMEOUT))
			.isEqualTo(this.namespace + "/demo-deployment");
		assertThat(CheatSheet.cache(podInformer, this.namespace)).containsExactly(pod);
		informers.stop().block(TIMEOUT);
	}

	@Test
	void serverTellsWhatItServes() {
		assertThat(CheatSheet.discovery(DiscoveryClient.create(this.restClient), mapper())).containsExactly("1",
				"deployments.v1.apps", "true");
	}

	private RESTMapper mapper() {
		return RESTMapper.create(this.restClient);
	}

}
