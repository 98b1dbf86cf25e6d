package io.github.k8sclient.test.conformance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Container;
import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.api.core.v1.PersistentVolumeClaim;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.client.ApplyOptions;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.client.DeploymentClient;
import io.github.k8sclient.client.KubernetesRetry;
import io.github.k8sclient.client.Patch;
import io.github.k8sclient.client.PodClient;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ClientConfigurationLoader;
import io.github.k8sclient.controller.Controller;
import io.github.k8sclient.discovery.DiscoveryClient;
import io.github.k8sclient.discovery.RESTMapper;
import io.github.k8sclient.discovery.ServerResource;
import io.github.k8sclient.discovery.ServerVersion;
import io.github.k8sclient.dynamic.DynamicClient;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.informer.ResourceEventHandler;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.leaderelection.LeaderElector;
import io.github.k8sclient.leaderelection.LeaseLock;
import io.github.k8sclient.meta.CreateOptions;
import io.github.k8sclient.meta.DeleteOptions;
import io.github.k8sclient.meta.DeletionPropagation;
import io.github.k8sclient.meta.FieldQuery;
import io.github.k8sclient.meta.GetOptions;
import io.github.k8sclient.meta.GroupKind;
import io.github.k8sclient.meta.GroupResource;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.LabelQuery;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.PartialObjectMetadata;
import io.github.k8sclient.metadata.MetadataClient;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.scale.ScaleClient;
import io.github.k8sclient.test.EmbeddedApiServer;
import io.github.k8sclient.value.Quantity;
import io.github.k8sclient.watch.RetryWatcher;
import io.github.k8sclient.watch.WatchEvent;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The Java samples of {@code docs/cheat-sheet.md}, each in a method of its own.
 */
final class CheatSheet {

	private CheatSheet() {
	}

	static String clients(String masterUrl, String kubeconfig) {
		ClientConfiguration configuration = ClientConfigurationLoader.loadFromFlags(masterUrl, kubeconfig);
		RESTClient restClient = RESTClient.create(configuration);
		Clientset clientset = Clientset.create(restClient);
		DynamicClient dynamicClient = DynamicClient.create(restClient);
		DiscoveryClient discoveryClient = DiscoveryClient.create(restClient);
		MetadataClient metadataClient = MetadataClient.create(restClient);
		try {
			return clientset.coreV1().namespaces().get("default").block().metadata().name()
					+ dynamicClient.resource(GroupVersionResource.of("", "v1", "namespaces"))
						.get("default")
						.block()
						.metadata()
						.name()
					+ metadataClient.resource(GroupVersionResource.of("", "v1", "namespaces"))
						.get("default")
						.block()
						.metadata()
						.name()
					+ discoveryClient.serverVersion().block().major();
		}
		finally {
			restClient.close().block();
		}
	}

	static ClientConfiguration anotherContext(Path kubeconfig, String context) {
		ClientConfiguration configuration = ClientConfigurationLoader.builder()
			.kubeconfig(kubeconfig)
			.context(context)
			.build()
			.load();
		return configuration;
	}

	static ClientConfiguration inCluster() {
		ClientConfiguration configuration = ClientConfigurationLoader.builder().build().loadInCluster();
		return configuration;
	}

	static void nodes(Clientset clientset, Output log) {
		List<Node> nodes = clientset.coreV1().nodes().list().block().items();
		log.info("Node count: " + nodes.size());
		nodes.forEach((node) -> log.info("node " + node.metadata().name()));
	}

	static void errors(Clientset clientset, Output log) {
		try {
			clientset.coreV1().pods("default").get("example-xxxxx").block();
			log.info("Found example-xxxxx pod in default namespace");
		}
		catch (NotFoundException ex) {
			log.info("Pod example-xxxxx not found in default namespace");
		}
		catch (KubernetesApiException ex) {
			log.info("Error getting pod " + ex.status().message());
		}
	}

	static List<Pod> selectors(PodClient pods) {
		KubernetesList<Pod> list = pods
			.list(ListOptions.builder().labelSelector("app=demo").fieldSelector("status.phase=Pending").build())
			.block();
		return list.items();
	}

	static List<Pod> builtSelectors(PodClient pods, Pod pod) {
		LabelQuery web = LabelQuery.where("app").is("demo").and("legacy").doesNotExist();
		FieldQuery pending = FieldQuery.where("status.phase").is("Pending");
		KubernetesList<Pod> list = pods.list(ListOptions.builder().labelSelector(web).fieldSelector(pending).build())
			.block();
		boolean matches = web.matches(pod.metadata().labels());
		return matches ? list.items() : List.of();
	}

	static Long pages(PodClient pods) {
		Mono<Long> count = pods.listAll(ListOptions.builder().limit(500L).build()).count();
		return count.block();
	}

	static Pod fromCache(PodClient pods) {
		Pod pod = pods.get("web-0", GetOptions.builder().resourceVersion("0").build()).block();
		return pod;
	}

	static Pod createPod(Clientset clientset, String namespace) {
		PodClient pods = clientset.coreV1().pods(namespace);
		Pod created = pods
			.create(Pod.builder()
				.metadata((meta) -> meta.name("web-0").putLabel("app", "demo"))
				.spec((spec) -> spec.addContainer((container) -> container.name("web").image("nginx:1.12")))
				.build())
			.block();
		return created;
	}

	static String uid(DynamicClient dynamicClient, String namespace) {
		Unstructured pod = dynamicClient.resource(GroupVersionResource.of("", "v1", "pods"))
			.namespace(namespace)
			.get("web-0")
			.block();
		String uid = pod.metadata().uid();
		return uid;
	}

	static Pod byRequest(RESTClient restClient, String namespace) {
		Pod pod = restClient.get().namespace(namespace).resource("pods").name("web-0").into(Pod.class).block();
		return pod;
	}

	static byte[] raw(RESTClient restClient, String namespace) {
		byte[] json = restClient.get().namespace(namespace).resource("pods").name("web-0").raw().block();
		return json;
	}

	static ConfigMap post(RESTClient restClient, String namespace, ConfigMap map) {
		ConfigMap created = restClient.post()
			.namespace(namespace)
			.resource("configmaps")
			.versionedParams(CreateOptions.builder().fieldManager("demo").build())
			.body(map)
			.into(ConfigMap.class)
			.block();
		return created;
	}

	static byte[] anyPath(RESTClient restClient) {
		byte[] version = restClient.get().absPath("/version").raw().block();
		return version;
	}

	static byte[] otherGroup(RESTClient restClient, String namespace) {
		RESTClient apps = restClient.forGroupVersion(new GroupVersion("apps", "v1"));
		byte[] deployments = apps.get().namespace(namespace).resource("deployments").raw().block();
		return deployments;
	}

	static Deployment create(Clientset clientset, String namespace, Output log) {
		DeploymentClient deployments = clientset.appsV1().deployments(namespace);
		Deployment created = deployments
			.create(Deployment.builder()
				.metadata((meta) -> meta.name("demo-deployment"))
				.spec((spec) -> spec.replicas(2)
					.selector((selector) -> selector.putMatchLabel("app", "demo"))
					.template((template) -> template.metadata((meta) -> meta.putLabel("app", "demo"))
						.spec((pod) -> pod.addContainer((container) -> container.name("web")
							.image("nginx:1.12")
							.addPort((port) -> port.name("http").protocol("TCP").containerPort(80))))))
				.build())
			.block();
		log.info("Created deployment " + created.metadata().name());
		return created;
	}

	static Deployment update(DeploymentClient deployments) {
		Mono<Deployment> updated = KubernetesRetry.onConflict(() -> deployments.get("demo-deployment")
			.map((read) -> read.toBuilder()
				.spec((spec) -> spec.replicas(1)
					.template((template) -> template
						.spec((pod) -> pod.container("web", (web) -> web.image("nginx:1.13")))))
				.build())
			.flatMap(deployments::update));
		return updated.block();
	}

	static void list(DeploymentClient deployments, Output log) {
		for (Deployment deployment : deployments.list().block().items()) {
			log.info(" * " + deployment.metadata().name() + " (" + deployment.spec().replicas() + " replicas)");
		}
	}

	static void delete(DeploymentClient deployments) {
		deployments
			.delete("demo-deployment",
					DeleteOptions.builder().propagationPolicy(DeletionPropagation.FOREGROUND).build())
			.block();
	}

	static void deleteThatOne(PodClient pods, Pod pod) {
		pods.delete("web-0", DeleteOptions.builder().preconditions((only) -> only.uid(pod.metadata().uid())).build())
			.block();
	}

	static Deployment patch(DeploymentClient deployments, Deployment deployment) {
		Patch threeReplicas = Patch.strategicMerge(Map.of("spec", Map.of("replicas", 3)));
		Deployment patched = deployments.patch("demo-deployment", threeReplicas.guardedBy(deployment)).block();
		return patched;
	}

	static Deployment apply(DeploymentClient deployments) {
		Deployment desired = Deployment.builder()
			.metadata((meta) -> meta.name("demo-deployment"))
			.spec((spec) -> spec.replicas(4))
			.build();
		Deployment applied = deployments.apply(desired, ApplyOptions.fieldManager("demo").force()).block();
		return applied;
	}

	static void scale(DeploymentClient deployments) {
		deployments.getScale("demo-deployment")
			.map((scale) -> scale.toBuilder().spec((spec) -> spec.replicas(5)).build())
			.flatMap((scale) -> deployments.updateScale("demo-deployment", scale))
			.block();
	}

	static void scaleAnything(ScaleClient scaleClient, String namespace) {
		ScaleClient.Scales scales = scaleClient.scales(namespace);
		GroupResource resource = GroupResource.parse("deployments.apps");
		scales.get(resource, "demo-deployment")
			.map((scale) -> scale.toBuilder().spec((spec) -> spec.replicas(6)).build())
			.flatMap((scale) -> scales.update(resource, scale))
			.block();
	}

	static ResourceClient<Unstructured> createTree(DynamicClient dynamicClient, String namespace) {
		ResourceClient<Unstructured> deployments = dynamicClient
			.resource(GroupVersionResource.of("apps", "v1", "deployments"))
			.namespace(namespace);
		Map<String, Object> labels = Map.of("app", "demo");
		Unstructured created = deployments
			.create(Unstructured.builder("apps/v1", "Deployment")
				.metadata((meta) -> meta.name("demo-deployment"))
				.set(2, "spec", "replicas")
				.set(labels, "spec", "selector", "matchLabels")
				.set(labels, "spec", "template", "metadata", "labels")
				.set(List.of(Map.of("name", "web", "image", "nginx:1.12")), "spec", "template", "spec", "containers")
				.build())
			.block();
		return deployments.namespace(created.metadata().namespace());
	}

	static Unstructured updateTree(ResourceClient<Unstructured> deployments) {
		List<Map<String, String>> containers = List.of(Map.of("name", "web", "image", "nginx:1.13"));
		Mono<Unstructured> updated = KubernetesRetry.onConflict(() -> deployments.get("demo-deployment")
			.map((read) -> read.toBuilder()
				.set(1, "spec", "replicas")
				.set(containers, "spec", "template", "spec", "containers")
				.build())
			.flatMap(deployments::update));
		return updated.block();
	}

	static void listTrees(ResourceClient<Unstructured> deployments, Output log) {
		for (Unstructured deployment : deployments.list().block().items()) {
			Long replicas = deployment.nestedLong("spec", "replicas");
			log.info(" * " + deployment.metadata().name() + " (" + replicas + " replicas)");
		}
	}

	static KubernetesList<Unstructured> customResources(DynamicClient dynamicClient, String namespace, String group,
			String definitionYaml) {
		dynamicClient.apply(definitionYaml, ApplyOptions.fieldManager("demo").force()).blockLast();

		ResourceClient<Unstructured> prometheuses = dynamicClient
			.resource(GroupVersionResource.of(group, "v1", "prometheuses"))
			.namespace(namespace);
		prometheuses
			.create(Unstructured.builder(group + "/v1", "Prometheus")
				.metadata((meta) -> meta.name("main"))
				.set(2, "spec", "replicas")
				.build())
			.block();
		KubernetesList<Unstructured> list = prometheuses.list().block();
		return list;
	}

	static Flux<WatchEvent<Pod>> watch(PodClient pods) {
		KubernetesList<Pod> list = pods.list().block();
		ListOptions fromThere = ListOptions.builder().resourceVersion(list.metadata().resourceVersion()).build();
		Flux<WatchEvent<Pod>> events = pods.watch(fromThere);
		return events;
	}

	static Mono<WatchEvent<Pod>> deletion(PodClient pods, Pod created) {
		Mono<WatchEvent<Pod>> deleted = RetryWatcher.startingAfter(created.metadata().resourceVersion(), pods::watch)
			.until((event) -> event.type() == WatchEvent.Type.DELETED);
		return deleted;
	}

	static Flux<Quantity> claims(Clientset clientset, String namespace) {
		ResourceClient<PersistentVolumeClaim> claims = clientset.coreV1().persistentVolumeClaims(namespace);
		Flux<Quantity> totals = claims.watch().scan(Quantity.ZERO, (total, event) -> switch (event.type()) {
			case ADDED -> total.add(event.object().spec().resources().requests().get("storage"));
			case DELETED -> total.subtract(event.object().spec().resources().requests().get("storage"));
			default -> total;
		});
		return totals;
	}

	static boolean exceeds(Quantity total) {
		Quantity max = Quantity.parse("200Gi");
		boolean overage = total.compareTo(max) > 0;
		return overage;
	}

	static SharedInformerFactory informer(Clientset clientset, String namespace, Output log) {
		SharedInformerFactory informerFactory = SharedInformerFactory.create(clientset);
		SharedInformer<Deployment> informer = informerFactory.forResource(Deployment.class)
			.inNamespace(namespace)
			.withLabelSelector("mylabelkey")
			.informer();
		informer.addHandler(new ResourceEventHandler<Deployment>() {

			@Override
			public void onAdd(Deployment deployment, boolean initial) {
				log.info("New deployment was added, " + deployment.metadata().name());
			}

			@Override
			public void onUpdate(Deployment previous, Deployment current) {
				log.info("Deployment was updated, " + current.metadata().name());
			}

			@Override
			public void onDelete(Deployment deployment, boolean finalStateUnknown) {
				log.info("Deployment was deleted, " + deployment.metadata().name());
			}

		});
		informerFactory.start();
		informerFactory.whenSynced(Duration.ofSeconds(30)).block();
		return informerFactory;
	}

	static Flux<String> keys(SharedInformer<Deployment> informer) {
		Flux<String> keys = informer.events().map((event) -> event.key().toString());
		return keys;
	}

	static Disposable controller(SharedInformer<Deployment> informer, Output log) {
		Controller controller = Controller.builder(informer, (key, deployment) -> {
			log.info((deployment != null) ? "Sync of " + key : key + " does not exist any more");
			return Mono.empty();
		}).maxRetries(5).build();
		Disposable running = controller.run().subscribe();
		return running;
	}

	static List<Pod> cache(SharedInformer<Pod> informer, String namespace) {
		Optional<Pod> one = informer.lister().namespace(namespace).get("web-0");
		List<Pod> some = informer.lister().namespace(namespace).list("app=demo");

		informer.indexer().addIndex("image", (pod) -> pod.spec().containers().stream().map(Container::image).toList());
		List<Pod> indexed = informer.indexer().byIndex("image", "nginx:1.12");
		return (one.isPresent() && some.equals(indexed)) ? indexed : List.of();
	}

	static SharedInformer<Unstructured> dynamicInformer(SharedInformerFactory informerFactory, String namespace,
			GroupVersionResource resource) {
		SharedInformer<Unstructured> informer = informerFactory.forResource(resource).inNamespace(namespace).informer();
		return informer;
	}

	static SharedInformer<PartialObjectMetadata> metadataInformer(SharedInformerFactory informerFactory,
			String namespace, GroupVersionResource resource) {
		SharedInformer<PartialObjectMetadata> informer = informerFactory.forMetadata(resource)
			.inNamespace(namespace)
			.informer();
		return informer;
	}

	static List<String> discovery(DiscoveryClient discoveryClient, RESTMapper restMapper) {
		ServerVersion version = discoveryClient.serverVersion().block();
		Flux<ServerResource> collectable = discoveryClient.serverPreferredResources()
			.filter((resource) -> resource.verbs().containsAll(Set.of("list", "delete")));
		ServerResource deployments = restMapper.mapping(GroupKind.parse("Deployment.apps"), "v1").block();
		return List.of(version.major(), deployments.resource().toString(),
				collectable.any((resource) -> resource.kind().kind().equals("Pod")).block().toString());
	}

	static Disposable leaderElection(Clientset clientset, Controller controller, Output log) {
		String id = UUID.randomUUID().toString();
		LeaderElector elector = LeaderElector.builder(LeaseLock.of(clientset, "default", "demo", id))
			.leaseDuration(Duration.ofSeconds(60))
			.renewDeadline(Duration.ofSeconds(15))
			.retryPeriod(Duration.ofSeconds(5))
			.onStartedLeading((leadership) -> controller.run())
			.onStoppedLeading(() -> log.info("leader lost: " + id))
			.onNewLeader((identity) -> log.info("new leader elected: " + identity))
			.build();
		Disposable run = elector.run().subscribe();
		return run;
	}

	static void fake(Output log) {
		try (EmbeddedApiServer server = EmbeddedApiServer.create().start()) {
			Clientset clientset = Clientset.create(server.clientConfiguration());
			SharedInformerFactory informerFactory = SharedInformerFactory.create(clientset);
			SharedInformer<Pod> informer = informerFactory.forResource(Pod.class).informer();
			informerFactory.start();
			informer.whenSynced(Duration.ofSeconds(30)).block();

			clientset.coreV1()
				.pods("default")
				.create(Pod.builder()
					.metadata((meta) -> meta.name("my-pod"))
					.spec((spec) -> spec.addContainer((container) -> container.name("web").image("nginx")))
					.build())
				.block();
			Pod pod = informer.events().blockFirst().resource();

			log.info("Got pod " + pod.metadata().name());
			informerFactory.stop().block();
			clientset.close().block();
		}
	}

	/**
	 * Where the samples log.
	 */
	interface Output {

		void info(String line);

	}

}
