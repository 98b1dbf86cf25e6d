package io.github.k8sclient.autoconfigure.controller;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.autoconfigure.FakeCluster;
import io.github.k8sclient.autoconfigure.KubernetesClientAutoConfiguration;
import io.github.k8sclient.autoconfigure.KubernetesConnectionDetails;
import io.github.k8sclient.autoconfigure.informer.KubernetesInformerAutoConfiguration;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.controller.Controller;
import io.github.k8sclient.controller.Reconciler;
import io.github.k8sclient.controller.Result;
import io.github.k8sclient.event.LeadershipGrantedEvent;
import io.github.k8sclient.event.LeadershipRevokedEvent;
import io.github.k8sclient.informer.ObjectKey;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.leaderelection.LeaderElector;
import io.github.k8sclient.leaderelection.LeaseLock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KubernetesControllerAutoConfiguration}.
 */
class KubernetesControllerAutoConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final String ENABLED = "k8s.client.leader-election.enabled=true";

	private final FakeCluster cluster = new FakeCluster();

	private final MemoryLeaseLock lease = new MemoryLeaseLock();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KubernetesClientAutoConfiguration.class,
				KubernetesInformerAutoConfiguration.class, KubernetesControllerAutoConfiguration.class))
		.withBean(KubernetesConnectionDetails.class,
				() -> () -> ClientConfiguration.builder()
					.server(URI.create("http://localhost:1"))
					.namespace("web")
					.build())
		.withBean(SharedInformerFactory.class, () -> SharedInformerFactory.create(this.cluster));

	private final ApplicationContextRunner electing = this.contextRunner.withBean(LeaseLock.class, () -> this.lease)
		.withBean(PodReconciler.class)
		.withBean(LeadershipListener.class)
		.withPropertyValues(ENABLED, "k8s.client.leader-election.retry-period=100ms");

	@Test
	void reconcilerRunsOverAllObjectsOfItsKind() {
		this.cluster.add(pod("a", 1));
		this.contextRunner.withBean(PodReconciler.class).run((context) -> {
			PodReconciler reconciler = context.getBean(PodReconciler.class);
			await(() -> assertThat(reconciler.calls).containsExactly("web/a"));
			this.cluster.delete(pod("a", 2));
			this.cluster.add(pod("b", 3));

			await(() -> assertThat(reconciler.calls).containsExactly("web/a", "web/a gone", "web/b"));
			assertThat(context).doesNotHaveBean(LeaderElector.class);
		});
	}

	@Test
	void reconcilerMayBeALambda() {
		this.cluster.add(pod("a", 1));
		this.contextRunner.withUserConfiguration(LambdaConfiguration.class).run((context) -> {
			assertThat(controllers(context)).extracting(Controller::name).containsExactly("podReconciler");
			await(() -> assertThat(context.getBean(LambdaConfiguration.class).calls).containsExactly("web/a"));
		});
	}

	@Test
	void controllerTakesThePlaceOfThatOfItsReconciler() {
		this.cluster.add(pod("a", 1));
		this.contextRunner.withUserConfiguration(ControllerConfiguration.class).run((context) -> {
			assertThat(controllers(context)).extracting(Controller::name).containsExactly("mine");
			await(() -> assertThat(context.getBean(PodReconciler.class).calls).containsExactly("web/a"));
		});
	}

	@Test
	void reconcilerWithoutAKindIsRefused() {
		this.contextRunner.withBean("anything", Reconciler.class, () -> (Reconciler<Pod>) (key, pod) -> Mono.empty())
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(FailureAnalyzedException.class)
				.hasMessageContaining("The reconciler 'anything' names no type of resources"));
	}

	@Test
	void reconcilerOfOneOfSeveralInformersIsRefused() {
		this.contextRunner.withBean(PodReconciler.class)
			.withPropertyValues("k8s.client.informers.a.resource=pods", "k8s.client.informers.a.namespace=a",
					"k8s.client.informers.b.resource=pods", "k8s.client.informers.b.namespace=b")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(FailureAnalyzedException.class)
				.hasMessageContaining("it has the choice of [pods in namespace a, pods in namespace b]"));
	}

	@Test
	void closingWaitsForWhatIsReconciled() {
		this.cluster.add(pod("a", 1));
		CountDownLatch called = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		AtomicBoolean ended = new AtomicBoolean();
		this.contextRunner.withBean(BlockingReconciler.class, () -> new BlockingReconciler(called, end, ended))
			.run((context) -> {
				assertThat(called.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
				Thread closing = new Thread(
						context.getSourceApplicationContext(ConfigurableApplicationContext.class)::close);
				closing.start();
				end.countDown();
				closing.join(TIMEOUT.toMillis());

				assertThat(ended).isTrue();
			});
	}

	@Test
	void controllersRunOnlyOnTheLeader() {
		this.cluster.add(pod("a", 1));
		this.lease.hold("somebody else");
		this.electing.run((context) -> {
			LeaderElector elector = context.getBean(LeaderElector.class);
			await(() -> assertThat(elector.status().leader()).isEqualTo("somebody else"));
			assertThat(controllers(context)).noneMatch(Controller::isRunning);

			this.lease.hold("");

			PodReconciler reconciler = context.getBean(PodReconciler.class);
			await(() -> assertThat(reconciler.calls).containsExactly("web/a"));
			assertThat(elector.isLeader()).isTrue();
			assertThat(context.getBean(LeadershipListener.class).events).containsExactly("granted me 5");
		});
	}

	@Test
	void leaderThatIsClosedGivesUpItsLease() {
		this.electing.run((context) -> await(
				() -> assertThat(context.getBean(LeadershipListener.class).events).containsExactly("granted me 0")));

		assertThat(this.lease.holder()).isEmpty();
	}

	@Test
	void instanceThatLosesTheLeaseStopsItsControllersUntilItLeadsAgain() {
		this.electing.run((context) -> {
			LeadershipListener listener = context.getBean(LeadershipListener.class);
			await(() -> assertThat(controllers(context)).allMatch(Controller::isRunning));

			this.lease.steal("somebody else");
			await(() -> assertThat(listener.events).containsExactly("granted me 0", "revoked"));
			assertThat(controllers(context)).noneMatch(Controller::isRunning);
			this.lease.hold("");

			await(() -> assertThat(controllers(context)).allMatch(Controller::isRunning));
			assertThat(listener.events).containsExactly("granted me 0", "revoked", "granted me 5");
		});
	}

	@Test
	void leaseIsNamedAfterTheApplicationInTheNamespaceOfTheClient() {
		this.contextRunner.withPropertyValues(ENABLED, "spring.application.name=shop").run((context) -> {
			LeaderElector elector = context.getBean(LeaderElector.class);
			assertThat(elector.name()).isEqualTo("web/shop");
			assertThat(elector.identity()).contains("_").hasSizeGreaterThan(36);
		});
	}

	@Test
	void propertiesNameTheLeaseAndTheInstance() {
		this.contextRunner
			.withPropertyValues(ENABLED, "k8s.client.leader-election.lease-name=lock",
					"k8s.client.leader-election.lease-namespace=system", "k8s.client.leader-election.identity=one")
			.run((context) -> {
				LeaderElector elector = context.getBean(LeaderElector.class);
				assertThat(elector.name()).isEqualTo("system/lock");
				assertThat(elector.identity()).isEqualTo("one");
			});
	}

	@Test
	void leaseWithoutANameIsRefused() {
		this.contextRunner.withPropertyValues(ENABLED)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(FailureAnalyzedException.class,
						(failure) -> assertThat(failure.analysis().getAction())
							.contains("k8s.client.leader-election.lease-name")));
	}

	@Test
	void timesThatDoNotFitAreRefused() {
		this.electing.withPropertyValues("k8s.client.leader-election.renew-deadline=20s")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(IllegalArgumentException.class)
				.rootCause()
				.hasMessage("'leaseDuration' (PT15S) must be longer than 'renewDeadline' (PT20S)"));
	}

	@Test
	void reconcilerMayAskWhetherItLeads() {
		this.contextRunner.withBean(LeaseLock.class, () -> this.lease)
			.withUserConfiguration(FencedConfiguration.class)
			.withPropertyValues(ENABLED)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void metersTellOfQueuesAndLeaders() {
		this.cluster.add(pod("a", 1));
		this.electing.run((context) -> {
			MeterRegistry registry = new SimpleMeterRegistry();
			context.getBean(MeterBinder.class).bindTo(registry);
			await(() -> assertThat(registry.get("k8s.client.workqueue.work.duration").functionTimer().count()).isOne());

			assertThat(registry.get("k8s.client.workqueue.queue.duration").functionTimer().count()).isOne();
			assertThat(registry.get("k8s.client.workqueue.adds").functionCounter().count()).isOne();
			assertThat(registry.get("k8s.client.workqueue.retries").functionCounter().count()).isZero();
			assertThat(registry.get("k8s.client.workqueue.depth").gauge().value()).isZero();
			assertThat(registry.get("k8s.client.workqueue.unfinished.work").timeGauge().value()).isZero();
			assertThat(registry.get("k8s.client.workqueue.longest.running").timeGauge().value()).isZero();
			assertThat(registry.get("k8s.client.leader.election.master.status")
				.tag("name", "memory/lease")
				.gauge()
				.value()).isOne();
			assertThat(registry.get("k8s.client.leader.election.slowpath").functionCounter().count()).isZero();
		});
	}

	@Test
	void worksWithoutMicrometer() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(MeterBinder.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("kubernetesControllerMetrics"));
	}

	@Test
	void noClientMeansNoControllers() {
		this.contextRunner.withPropertyValues("k8s.client.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ControllerLifecycle.class));
	}

	private static List<Controller> controllers(ApplicationContext context) {
		return context.getBean(ApplicationControllers.class).controllers();
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(TIMEOUT).untilAsserted(assertion);
	}

	private static Pod pod(String name, long version) {
		return Pod.builder()
			.metadata((metadata) -> metadata.namespace("web")
				.name(name)
				.uid("uid-" + name)
				.resourceVersion(String.valueOf(version)))
			.build();
	}

	static class PodReconciler implements Reconciler<Pod> {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		@Override
		public Mono<Result> reconcile(ObjectKey key, @Nullable Pod pod) {
			this.calls.add(key + ((pod != null) ? "" : " gone"));
			return Mono.empty();
		}

	}

	record BlockingReconciler(CountDownLatch called, CountDownLatch end,
			AtomicBoolean ended) implements Reconciler<Pod> {

		@Override
		public Mono<Result> reconcile(ObjectKey key, @Nullable Pod pod) {
			return Mono.fromRunnable(() -> {
				this.called.countDown();
				try {
					this.end.await();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
				this.ended.set(true);
			});
		}

	}

	static class LeadershipListener {

		final Queue<String> events = new ConcurrentLinkedQueue<>();

		@EventListener
		void granted(LeadershipGrantedEvent event) {
			this.events.add("granted " + event.leadership().identity() + " " + event.leadership().fencingToken());
		}

		@EventListener
		void revoked(LeadershipRevokedEvent event) {
			this.events.add("revoked");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LambdaConfiguration {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		@Bean
		Reconciler<Pod> podReconciler() {
			return (key, pod) -> {
				this.calls.add(key.toString());
				return Mono.empty();
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ControllerConfiguration {

		@Bean
		PodReconciler podReconciler() {
			return new PodReconciler();
		}

		@Bean
		Controller podController(SharedInformer<Pod> informer, PodReconciler reconciler) {
			return Controller.builder(informer, reconciler).name("mine").build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FencedConfiguration {

		@Bean
		Reconciler<Pod> podReconciler(LeaderElector elector) {
			return (key, pod) -> elector.isLeader() ? Mono.empty() : Mono.error(new IllegalStateException("fenced"));
		}

	}

}
