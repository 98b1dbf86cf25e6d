package io.github.k8sclient.autoconfigure.informer;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.autoconfigure.FakeCluster;
import io.github.k8sclient.autoconfigure.InformerRegistration;
import io.github.k8sclient.autoconfigure.KubernetesClientAutoConfiguration;
import io.github.k8sclient.autoconfigure.KubernetesConnectionDetails;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.discovery.RESTMapper;
import io.github.k8sclient.discovery.ServerResource;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.event.ResourceAddedEvent;
import io.github.k8sclient.event.ResourceDeletedEvent;
import io.github.k8sclient.event.ResourceEvent;
import io.github.k8sclient.event.ResourceUpdatedEvent;
import io.github.k8sclient.informer.InformerOptions;
import io.github.k8sclient.informer.InitialListStrategy;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.CustomResource;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.meta.PartialObjectMetadata;
import io.github.k8sclient.meta.Status;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.BDDMockito;
import reactor.core.publisher.Mono;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.context.support.DefaultLifecycleProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KubernetesInformerAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class KubernetesInformerAutoConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final ClientConfiguration UNREACHABLE = ClientConfiguration.builder()
		.server(URI.create("http://localhost:1"))
		.build();

	private static final ServerResource GADGETS = new ServerResource(
			GroupVersionResource.of("example.com", "v1", "gadgets"), GroupVersionKind.of("example.com", "v1", "Gadget"),
			"gadget", true, Set.of("list", "watch"), List.of(), List.of(), List.of());

	private final FakeCluster cluster = new FakeCluster();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KubernetesClientAutoConfiguration.class,
				KubernetesInformerAutoConfiguration.class))
		.withBean(KubernetesConnectionDetails.class, () -> () -> UNREACHABLE)
		.withBean(SharedInformerFactory.class, () -> SharedInformerFactory.create(this.cluster));

	@Test
	void publishesEachChangeToListenersOfItsKind() {
		Pod before = pod("web", "shop-0", 1L);
		Pod after = pod("web", "shop-0", 2L);
		this.cluster.add(before).add(deployment("web", "shop"));
		this.contextRunner.withBean(PodListener.class).withBean(DeploymentListener.class).run((context) -> {
			PodListener pods = context.getBean(PodListener.class);
			await(() -> assertThat(pods.events).containsExactly("initially added web/shop-0"));
			this.cluster.update(before, after);
			this.cluster.delete(after);
			this.cluster.add(pod("web", "shop-0", 3L));

			await(() -> assertThat(pods.events).containsExactly("initially added web/shop-0",
					"updated web/shop-0 from 1 to 2", "deleted web/shop-0", "added web/shop-0"));
			await(() -> assertThat(context.getBean(DeploymentListener.class).events)
				.containsExactly("ResourceAddedEvent[Deployment web/shop]"));
		});
	}

	@Test
	void publishesToApplicationListenerBean() {
		this.cluster.add(pod("web", "shop-0", 1L));
		this.contextRunner.withUserConfiguration(LambdaListenerConfiguration.class)
			.run((context) -> await(
					() -> assertThat(context.getBean(EventRecord.class).events()).containsExactly("web/shop-0")));
	}

	@Test
	void sourceOfEventIsInformer() {
		this.cluster.add(pod("web", "shop-0", 1L));
		this.contextRunner.withUserConfiguration(SourceListenerConfiguration.class)
			.run((context) -> await(() -> assertThat(context.getBean(EventRecord.class).events())
				.containsExactly(context.getBean(SharedInformerFactory.class).informers().iterator().next().name())));
	}

	@Test
	void runsNoInformerWithoutListeners(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			assertThat(context.getBean(SharedInformerFactory.class).informers()).isEmpty();
			assertThat(this.cluster.requests()).isEmpty();
			assertThat(output).doesNotContain("Started informers");
		});
	}

	@Test
	void informersUseClientsetOfTheApplication(CapturedOutput output) {
		Clientset clientset = BDDMockito.mock(Clientset.class,
				(invocation) -> this.cluster.listWatch(invocation.getArgument(0), invocation.getArgument(1), null));
		this.cluster.add(pod("web", "shop-0", 1L));
		realFactory().withBean(Clientset.class, () -> clientset).withBean(PodListener.class).run((context) -> {
			await(() -> assertThat(context.getBean(PodListener.class).events)
				.containsExactly("initially added web/shop-0"));
			assertThat(output).contains("Started informers of [pods in all namespaces]");
		});
	}

	@Test
	void propertiesNarrowInformerOfListener() {
		this.contextRunner.withBean(PodListener.class)
			.withPropertyValues("k8s.client.informers.web.resource=pods", "k8s.client.informers.web.namespace=web",
					"k8s.client.informers.web.label-selector=app=shop",
					"k8s.client.informers.web.field-selector=spec.nodeName=worker-1")
			.run((context) -> await(() -> assertThat(this.cluster.requests())
				.containsExactly(new FakeCluster.Request(Pod.class, "web", "app=shop", "spec.nodeName=worker-1"))));
	}

	@Test
	void propertiesAddInformer() {
		this.contextRunner
			.withPropertyValues("k8s.client.informers.nodes.resource=Node", "k8s.client.informers.pods.resource=pods",
					"k8s.client.informers.pods.namespaces=web,shop")
			.run((context) -> await(() -> assertThat(this.cluster.requests()).containsExactlyInAnyOrder(
					new FakeCluster.Request(Node.class, null, null, null),
					new FakeCluster.Request(Pod.class, "web", null, null),
					new FakeCluster.Request(Pod.class, "shop", null, null))));
	}

	@Test
	void registrationBeanNarrowsInformerOfListener() {
		this.cluster.add(pod("web", "shop-0", 1L)).add(pod("other", "shop-0", 1L));
		this.contextRunner.withBean(PodListener.class)
			.withUserConfiguration(RegistrationConfiguration.class)
			.run((context) -> {
				await(() -> assertThat(context.getBean(PodListener.class).events)
					.containsExactly("initially added web/shop-0"));
				assertThat(context.getBean(SharedInformerFactory.class).informers()).hasSize(1);
			});
	}

	@Test
	void registrationBeanPublishesMetadata() {
		PartialObjectMetadata pod = PartialObjectMetadata.builder()
			.metadata((metadata) -> metadata.namespace("web").name("shop-0").resourceVersion("1"))
			.build();
		this.cluster.add(pod);
		this.contextRunner.withUserConfiguration(MetadataConfiguration.class)
			.run((context) -> await(() -> assertThat(context.getBean(EventRecord.class).events())
				.containsExactly("metadata of pods in all namespaces: web/shop-0")));
	}

	@Test
	void defaultNamespacesNarrowInformerOfListener() {
		this.contextRunner.withBean(PodListener.class)
			.withPropertyValues("k8s.client.informer-defaults.namespaces=web,shop")
			.run((context) -> await(() -> assertThat(this.cluster.requests()).containsExactlyInAnyOrder(
					new FakeCluster.Request(Pod.class, "web", null, null),
					new FakeCluster.Request(Pod.class, "shop", null, null))));
	}

	@Test
	void severalNamespacesAreOneInformer() {
		this.contextRunner
			.withPropertyValues("k8s.client.informers.pods.resource=pods",
					"k8s.client.informers.pods.namespaces=web,shop")
			.run((context) -> assertThat(context.getBean(SharedInformerFactory.class).informers()).singleElement()
				.satisfies((informer) -> assertThat(informer.namespaces()).containsExactlyInAnyOrder("web", "shop")));
	}

	@Test
	void propertiesChooseHowInformersWork() {
		realFactory().withPropertyValues("k8s.client.informer-defaults.initial-list=paged-list",
				"k8s.client.informer-defaults.consistency-check=30s", "k8s.client.informer-defaults.resync=10m",
				"k8s.client.informer-defaults.stale-after=20m", "k8s.client.informers.pods.resource=pods",
				"k8s.client.informers.nodes.resource=nodes", "k8s.client.informers.nodes.initial-list=streaming-list",
				"k8s.client.informers.nodes.drop-managed-fields=true", "k8s.client.informers.nodes.page-size=7")
			.run((context) -> {
				SharedInformerFactory factory = context.getBean(SharedInformerFactory.class);
				InformerOptions defaults = InformerOptions.defaults()
					.withInitialList(InitialListStrategy.PAGED_LIST)
					.withConsistencyCheck(Duration.ofSeconds(30))
					.withResync(Duration.ofMinutes(10))
					.withStaleAfter(Duration.ofMinutes(20));
				assertThat(factory.forResource(Pod.class).informer().options()).isEqualTo(defaults);
				assertThat(factory.forResource(Node.class).informer().options())
					.isEqualTo(defaults.withInitialList(InitialListStrategy.STREAMING_LIST)
						.withDropManagedFields(true)
						.withPageSize(7));
			});
	}

	private static ApplicationContextRunner realFactory() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KubernetesClientAutoConfiguration.class,
					KubernetesInformerAutoConfiguration.class))
			.withBean(KubernetesConnectionDetails.class, () -> () -> UNREACHABLE);
	}

	@Test
	void failsForDefaultOutOfRange() {
		realFactory().withPropertyValues("k8s.client.informer-defaults.max-pending=0")
			.run((context) -> assertThat(findCause(context.getStartupFailure()).analysis().getDescription())
				.contains("'k8s.client.informer-defaults'", "'maxPending' must be positive"));
	}

	@Test
	void failsForOneInformerThatIsToWorkInTwoWays() {
		realFactory()
			.withPropertyValues("k8s.client.informers.one.resource=pods", "k8s.client.informers.one.page-size=5",
					"k8s.client.informers.two.resource=pods", "k8s.client.informers.two.page-size=6")
			.run((context) -> assertThat(findCause(context.getStartupFailure()).analysis().getDescription())
				.contains("watched with different options", "pods in all namespaces"));
	}

	@Test
	void listenersThatAreTooSlowAreServedAsThePropertiesSay() {
		CountDownLatch release = new CountDownLatch(1);
		Pod before = pod("web", "shop-0", 1L);
		this.cluster.add(before);
		this.contextRunner.withBean(StuckListener.class, () -> new StuckListener(release))
			.withPropertyValues("k8s.client.informer-defaults.overflow=error",
					"k8s.client.informer-defaults.max-pending=1", "k8s.client.informers.pods.resource=pods",
					"k8s.client.informers.pods.overflow=coalesce")
			.run((context) -> {
				List<String> events = context.getBean(StuckListener.class).events;
				await(() -> assertThat(events).containsExactly("1"));
				SharedInformer<?> informer = context.getBean(SharedInformerFactory.class).informers().iterator().next();
				Pod last = before;
				for (long version = 2; version <= 50; version++) {
					Pod next = pod("web", "shop-0", version);
					this.cluster.update(last, next);
					last = next;
				}
				await(() -> assertThat(informer.store().resourceVersion()).isEqualTo("50"));

				release.countDown();

				await(() -> assertThat(events).containsExactly("1", "50"));
				assertThat(informer.handlers()).hasSize(1);
			});
	}

	@Test
	void resyncReportsResourcesAgain() {
		this.cluster.add(pod("web", "shop-0", 1L));
		this.contextRunner.withBean(PodListener.class)
			.withPropertyValues("k8s.client.informers.pods.resource=pods", "k8s.client.informers.pods.resync=1s")
			.run((context) -> await(() -> assertThat(context.getBean(PodListener.class).events)
				.contains("updated web/shop-0 from 1 to 1")));
	}

	@Test
	void startsInformerThatCodeAsksFor() {
		this.cluster.add(node("worker-1"));
		this.contextRunner.run((context) -> {
			SharedInformer<Node> nodes = context.getBean(SharedInformerFactory.class)
				.forResource(Node.class)
				.informer();

			nodes.whenSynced(TIMEOUT).block();

			assertThat(nodes.store().list()).hasSize(1);
		});
	}

	@Test
	void failureOfOneListenerDoesNotEndEvents() {
		this.cluster.add(pod("web", "shop-0", 1L)).add(pod("web", "shop-1", 1L));
		this.contextRunner.withUserConfiguration(FailingListenerConfiguration.class)
			.run((context) -> await(() -> assertThat(context.getBean(EventRecord.class).events())
				.containsExactly("web/shop-0", "web/shop-1")));
	}

	@Test
	void startDoesNotWaitForUnreachableCluster() {
		this.cluster.fail(Pod.class, new IllegalStateException("no route to host"));
		this.contextRunner.withBean(PodListener.class).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void awaitSyncWaitsForFirstList() {
		this.cluster.add(pod("web", "shop-0", 1L));
		this.contextRunner.withBean(PodListener.class)
			.withPropertyValues("k8s.client.startup.await-sync=60s")
			.run((context) -> assertThat(
					context.getBean(SharedInformerFactory.class).informers().iterator().next().status().synced())
				.isTrue());
	}

	@Test
	void awaitSyncFailsWithWhatIsNotSynced() {
		this.cluster.add(node("worker-1"))
			.fail(Pod.class,
					KubernetesApiException.of(Status.builder()
						.code(403)
						.reason("Forbidden")
						.message("pods is forbidden: User \"alice\" cannot list resource \"pods\"")
						.build()));
		this.contextRunner.withBean(PodListener.class)
			.withPropertyValues("k8s.client.informers.nodes.resource=nodes", "k8s.client.startup.await-sync=3s")
			.run((context) -> {
				FailureAnalysis analysis = findCause(context.getStartupFailure()).analysis();
				assertThat(analysis.getDescription())
					.contains("3000 ms", "pods in all namespaces is FORBIDDEN", "cannot list resource")
					.doesNotContain("nodes");
				assertThat(analysis.getAction()).contains("'k8s.client.startup.await-sync'");
			});
	}

	@Test
	void publishesChangesOfCustomResources() {
		this.cluster
			.add(new Widget(ObjectMeta.builder().namespace("web").name("w").resourceVersion("1").build(), "blue"));
		this.contextRunner.withBean(WidgetListener.class)
			.run((context) -> await(
					() -> assertThat(context.getBean(WidgetListener.class).events).containsExactly("blue web/w")));
	}

	@Test
	void runsInformerOfKindThatOnlyTheServerKnowsAsSoonAsItTells() {
		AtomicInteger attempts = new AtomicInteger();
		RESTMapper mapper = BDDMockito.mock(RESTMapper.class);
		BDDMockito.given(mapper.resourceFor("Gadget.v1.example.com"))
			.willReturn(Mono.defer(() -> (attempts.incrementAndGet() < 2)
					? Mono.error(new KubernetesException("nothing known yet")) : Mono.just(GADGETS)));
		this.cluster.add(Unstructured.builder("example.com/v1", "Gadget")
			.metadata((metadata) -> metadata.namespace("web").name("g").resourceVersion("1"))
			.build());
		this.contextRunner.withBean(RESTMapper.class, () -> mapper)
			.withBean(UnstructuredListener.class)
			.withPropertyValues("k8s.client.informers.gadgets.resource=Gadget.v1.example.com",
					"k8s.client.informers.gadgets.namespace=web", "k8s.client.startup.await-sync=60s")
			.run((context) -> {
				await(() -> assertThat(context.getBean(UnstructuredListener.class).events)
					.containsExactly("Gadget web/g"));
				assertThat(attempts).hasValue(2);
				assertThat(context.getBean(UnresolvedInformers.class).unresolvedInformers()).isEmpty();
			});
	}

	@Test
	void awaitSyncFailsWithTheKindThatTheServerDoesNotKnow() {
		RESTMapper mapper = BDDMockito.mock(RESTMapper.class);
		BDDMockito.given(mapper.resourceFor("Gadget.v1.example.com"))
			.willReturn(Mono.error(new KubernetesException("nothing known yet")));
		this.contextRunner.withBean(RESTMapper.class, () -> mapper)
			.withPropertyValues("k8s.client.informers.gadgets.resource=Gadget.v1.example.com",
					"k8s.client.startup.await-sync=100ms")
			.run((context) -> assertThat(findCause(context.getStartupFailure()).analysis().getDescription())
				.contains("Gadget.v1.example.com"));
	}

	@Test
	void tellsOfKindsThatTheServerDoesNotKnowYet() {
		RESTMapper mapper = BDDMockito.mock(RESTMapper.class);
		BDDMockito.given(mapper.resourceFor("Gadget.v1.example.com"))
			.willReturn(Mono.error(new KubernetesException("nothing known yet")));
		this.contextRunner.withBean(RESTMapper.class, () -> mapper)
			.withPropertyValues("k8s.client.informers.gadgets.resource=Gadget.v1.example.com",
					"k8s.client.informers.gadgets.namespace=web")
			.run((context) -> await(
					() -> assertThat(context.getBean(UnresolvedInformers.class).unresolvedInformers()).singleElement()
						.satisfies((informer) -> {
							assertThat(informer.resource()).isEqualTo("Gadget.v1.example.com");
							assertThat(informer.property()).isEqualTo("k8s.client.informers.gadgets.resource");
							assertThat(informer.namespaces()).containsExactly("web");
							assertThat(informer.attempts()).isPositive();
							assertThat(informer.problem()).isEqualTo("nothing known yet");
						})));
	}

	@Test
	void failsForUnknownKind() {
		this.contextRunner.withPropertyValues("k8s.client.informers.web.resource=deploymnets")
			.run((context) -> assertThat(findCause(context.getStartupFailure()).analysis().getDescription())
				.contains("k8s.client.informers.web.resource"));
	}

	@Test
	void stopsInformersWithTheContext() {
		this.contextRunner.withBean(PodListener.class).run((context) -> {
			SharedInformer<?> informer = context.getBean(SharedInformerFactory.class).informers().iterator().next();
			await(() -> assertThat(informer.status().synced()).isTrue());

			context.close();

			assertThat(informer.status().state().name()).isEqualTo("STOPPED");
		});
	}

	@Test
	void listenerMayCloseTheContext() {
		AtomicBoolean closed = new AtomicBoolean();
		// it would last as long if the listener waited for itself
		DefaultLifecycleProcessor lifecycle = new DefaultLifecycleProcessor();
		lifecycle.setTimeoutPerShutdownPhase(Duration.ofHours(1).toMillis());
		this.cluster.add(pod("web", "shop-0", 1L));
		this.contextRunner.withBean("lifecycleProcessor", DefaultLifecycleProcessor.class, () -> lifecycle)
			.withBean(ClosingListener.class, () -> new ClosingListener(closed))
			.run((context) -> await(() -> assertThat(closed).isTrue()));
	}

	@Test
	void informersKeepTheProcessAliveUntilTheyStop() {
		this.contextRunner.withBean(PodListener.class).run((context) -> {
			assertThat(liveThreads()).contains("kubernetes-informers");

			context.close();

			await(() -> assertThat(liveThreads()).doesNotContain("kubernetes-informers"));
		});
	}

	@Test
	void applicationWithoutInformersMayEnd() {
		// a thread of another test may take its time to end
		this.contextRunner
			.run((context) -> await(() -> assertThat(liveThreads()).doesNotContain("kubernetes-informers")));
	}

	private static List<String> liveThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !thread.isDaemon())
			.map(Thread::getName)
			.toList();
	}

	@Test
	void goesOnWhereItStoppedWhenStartedAgain() {
		Pod pod = pod("web", "shop-0", 1L);
		this.cluster.add(pod);
		this.contextRunner.withBean(PodListener.class).run((context) -> {
			PodListener pods = context.getBean(PodListener.class);
			await(() -> assertThat(pods.events).containsExactly("initially added web/shop-0"));
			ConfigurableApplicationContext source = context
				.getSourceApplicationContext(ConfigurableApplicationContext.class);
			source.stop();
			this.cluster.delete(pod);

			source.start();

			await(() -> assertThat(pods.events).containsExactly("initially added web/shop-0", "deleted web/shop-0"));
		});
	}

	@Test
	void startsBeforeWebServerAndStopsAfterIt() {
		this.contextRunner.run((context) -> assertThat(context.getBean(InformerLifecycle.class).getPhase())
			.isLessThan(Integer.MAX_VALUE - 2048));
	}

	@Test
	void startsDespiteLazyInitialization() {
		this.cluster.add(pod("web", "shop-0", 1L));
		this.contextRunner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withBean(PodListener.class)
			.run((context) -> await(() -> assertThat(context.getBean(PodListener.class).events)
				.containsExactly("initially added web/shop-0")));
	}

	@Test
	void availabilityOfTheApplicationStaysItsOwn() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(ApplicationAvailabilityAutoConfiguration.class))
			.run((context) -> assertThat(context).getBean(ApplicationAvailability.class)
				.isInstanceOf(InformerAvailability.class));
		this.contextRunner.withBean(ApplicationAvailability.class, () -> BDDMockito.mock(ApplicationAvailability.class))
			.run((context) -> assertThat(context).hasSingleBean(ApplicationAvailability.class));
	}

	@Test
	void backsOffWhenDisabled() {
		this.contextRunner.withPropertyValues("k8s.client.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(InformerLifecycle.class));
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(TIMEOUT).untilAsserted(assertion);
	}

	private static FailureAnalyzedException findCause(Throwable failure) {
		Throwable cause = failure;
		while (!(cause instanceof FailureAnalyzedException)) {
			cause = cause.getCause();
		}
		return (FailureAnalyzedException) cause;
	}

	private static Pod pod(String namespace, String name, long generation) {
		return Pod.builder()
			.metadata((metadata) -> metadata.namespace(namespace)
				.name(name)
				.uid(namespace + "-" + name)
				.generation(generation)
				.resourceVersion(String.valueOf(generation)))
			.build();
	}

	private static Deployment deployment(String namespace, String name) {
		return Deployment.builder()
			.metadata((metadata) -> metadata.namespace(namespace).name(name).resourceVersion("1"))
			.build();
	}

	private static Node node(String name) {
		return Node.builder().metadata((metadata) -> metadata.name(name).resourceVersion("1")).build();
	}

	@CustomResource(group = "example.com", version = "v1", plural = "widgets")
	record Widget(ObjectMeta metadata, String colour) implements KubernetesObject {

	}

	static class StuckListener {

		private final List<String> events = new CopyOnWriteArrayList<>();

		private final CountDownLatch release;

		StuckListener(CountDownLatch release) {
			this.release = release;
		}

		@EventListener
		void changed(ResourceEvent<Pod> event) throws InterruptedException {
			this.events.add(event.resource().metadata().resourceVersion());
			this.release.await();
		}

	}

	static class WidgetListener {

		private final Queue<String> events = new ConcurrentLinkedQueue<>();

		@EventListener
		void added(ResourceAddedEvent<Widget> event) {
			this.events.add(event.resource().colour() + " " + event.key());
		}

	}

	static class UnstructuredListener {

		private final Queue<String> events = new ConcurrentLinkedQueue<>();

		@EventListener
		void added(ResourceAddedEvent<Unstructured> event) {
			this.events.add(event.resource().kind() + " " + event.key());
		}

	}

	static class PodListener {

		private final Queue<String> events = new ConcurrentLinkedQueue<>();

		@EventListener
		void added(ResourceAddedEvent<Pod> event) {
			this.events.add((event.initial() ? "initially added " : "added ") + event.key());
		}

		@EventListener
		void updated(ResourceUpdatedEvent<Pod> event) {
			this.events.add("updated " + event.key() + " from " + event.previous().metadata().generation() + " to "
					+ event.resource().metadata().generation());
		}

		@EventListener
		void deleted(ResourceDeletedEvent<Pod> event) {
			this.events.add("deleted " + event.key());
		}

	}

	static class DeploymentListener {

		private final Queue<String> events = new ConcurrentLinkedQueue<>();

		@EventListener
		void changed(ResourceEvent<Deployment> event) {
			this.events.add(event.toString());
		}

	}

	record EventRecord(Queue<String> events) {

		EventRecord() {
			this(new ConcurrentLinkedQueue<>());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LambdaListenerConfiguration {

		@Bean
		EventRecord record() {
			return new EventRecord();
		}

		@Bean
		ApplicationListener<ResourceAddedEvent<Pod>> listener(EventRecord record) {
			return (event) -> record.events().add(event.key().toString());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SourceListenerConfiguration {

		@Bean
		EventRecord record() {
			return new EventRecord();
		}

		@Bean
		ApplicationListener<ResourceAddedEvent<Pod>> listener(EventRecord record) {
			return (event) -> record.events().add(((SharedInformer<?>) event.getSource()).name());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingListenerConfiguration {

		@Bean
		EventRecord record() {
			return new EventRecord();
		}

		@Bean
		ApplicationListener<ResourceAddedEvent<Pod>> listener(EventRecord record) {
			return (event) -> {
				record.events().add(event.key().toString());
				throw new IllegalStateException("broken");
			};
		}

	}

	static class ClosingListener implements ApplicationContextAware {

		private final AtomicBoolean closed;

		private ConfigurableApplicationContext context;

		ClosingListener(AtomicBoolean closed) {
			this.closed = closed;
		}

		@Override
		public void setApplicationContext(ApplicationContext context) {
			this.context = (ConfigurableApplicationContext) context;
		}

		@EventListener
		void added(ResourceAddedEvent<Pod> event) {
			this.context.close();
			this.closed.set(true);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MetadataConfiguration {

		@Bean
		EventRecord record() {
			return new EventRecord();
		}

		@Bean
		InformerRegistration<PartialObjectMetadata> pods() {
			return (informers) -> informers.forMetadata(Pod.class);
		}

		@Bean
		ApplicationListener<ResourceAddedEvent<PartialObjectMetadata>> listener(EventRecord record) {
			return (event) -> record.events().add(((SharedInformer<?>) event.getSource()).name() + ": " + event.key());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RegistrationConfiguration {

		@Bean
		InformerRegistration<Pod> webPods() {
			return (informers) -> informers.forResource(Pod.class).inNamespace("web");
		}

	}

}
