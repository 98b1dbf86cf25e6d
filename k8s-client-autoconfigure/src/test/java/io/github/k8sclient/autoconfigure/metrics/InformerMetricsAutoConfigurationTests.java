package io.github.k8sclient.autoconfigure.metrics;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.autoconfigure.FakeCluster;
import io.github.k8sclient.autoconfigure.KubernetesClientAutoConfiguration;
import io.github.k8sclient.autoconfigure.KubernetesConnectionDetails;
import io.github.k8sclient.autoconfigure.informer.KubernetesInformerAutoConfiguration;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.informer.HandlerRegistration;
import io.github.k8sclient.informer.ResourceEventHandler;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link InformerMetricsAutoConfiguration} and {@link InformerMetrics}.
 */
class InformerMetricsAutoConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final FakeCluster cluster = new FakeCluster();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KubernetesClientAutoConfiguration.class,
				KubernetesInformerAutoConfiguration.class, InformerMetricsAutoConfiguration.class))
		.withBean(KubernetesConnectionDetails.class,
				() -> () -> ClientConfiguration.builder().server(URI.create("http://localhost:1")).build())
		.withBean(SharedInformerFactory.class, () -> SharedInformerFactory.create(this.cluster));

	@Test
	void metersTellHowAnInformerIsDoing() {
		this.cluster.add(pod("a", "1")).add(pod("b", "2"));
		this.contextRunner.run((context) -> {
			MeterRegistry registry = bound(context.getBean(MeterBinder.class));
			SharedInformer<Pod> informer = context.getBean(SharedInformerFactory.class)
				.forResource(Pod.class)
				.inNamespace("web")
				.informer();
			informer.addHandler(ResourceEventHandler.of((event) -> {
				throw new IllegalStateException("broken");
			}));
			informer.start();
			informer.whenSynced(TIMEOUT).block();
			this.cluster.delete(pod("b", "3"));

			Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> {
				assertThat(counter(registry, "handler.failures")).isEqualTo(3);
				assertThat(gauge(registry, "pending")).isZero();
			});
			assertThat(gauge(registry, "synced")).isEqualTo(1);
			assertThat(gauge(registry, "objects")).isEqualTo(1);
			assertThat(gauge(registry, "size")).isPositive();
			assertThat(gauge(registry, "resource.version")).isEqualTo(3);
			assertThat(gauge(registry, "handlers")).isEqualTo(1);
			assertThat(gauge(registry, "pending.max")).isZero();
			assertThat(registry.get("k8s.client.informer.age").timeGauge().value()).isNotNegative();
			assertThat(counter(registry, "lists")).isEqualTo(1);
			assertThat(counter(registry, "watches")).isEqualTo(1);
			assertThat(counter(registry, "failures")).isZero();
			assertThat(registry.get("k8s.client.informer.events").tag("type", "added").functionCounter().count())
				.isEqualTo(2);
			assertThat(registry.get("k8s.client.informer.events").tag("type", "deleted").functionCounter().count())
				.isEqualTo(1);
		});
	}

	@Test
	void metersOfAnInformerThatHasNotListedSaySo() {
		SharedInformerFactory factory = SharedInformerFactory.create(this.cluster);
		MeterRegistry registry = bound(new InformerMetrics(factory, Clock.systemUTC()));

		factory.forResource(Pod.class).inNamespace("web").informer();

		assertThat(gauge(registry, "synced")).isZero();
		assertThat(gauge(registry, "objects")).isZero();
		assertThat(gauge(registry, "size")).isZero();
		assertThat(gauge(registry, "resource.version")).isNaN();
		assertThat(registry.get("k8s.client.informer.age").timeGauge().value()).isNaN();
	}

	@Test
	void metersTellOfTheCallsOfHandlersAndOfOneThatIsStuck() throws InterruptedException {
		this.cluster.add(pod("a", "1"));
		SharedInformerFactory factory = SharedInformerFactory.create(this.cluster);
		MeterRegistry registry = bound(
				new InformerMetrics(factory, Clock.offset(Clock.systemUTC(), Duration.ofHours(1))));
		SharedInformer<Pod> informer = factory.forResource(Pod.class).inNamespace("web").informer();
		CountDownLatch inside = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		HandlerRegistration handler = informer.addHandler(ResourceEventHandler.of((event) -> {
			inside.countDown();
			Awaitility.await().atMost(TIMEOUT).until(() -> release.getCount() == 0);
		}));
		TimeGauge busy = registry.get("k8s.client.informer.handler.busy").timeGauge();
		FunctionTimer calls = registry.get("k8s.client.informer.handler.calls").functionTimer();
		assertThat(busy.value()).isZero();

		informer.start();
		assertThat(inside.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(busy.value(TimeUnit.MINUTES)).isBetween(59.0, 90.0);
		assertThat(calls.count()).isZero();
		release.countDown();
		handler.whenSynced().block(TIMEOUT);

		assertThat(busy.value()).isZero();
		assertThat(calls.count()).isEqualTo(1);
		assertThat(calls.totalTime(TimeUnit.NANOSECONDS)).isPositive();
		factory.stop().block(TIMEOUT);
	}

	@Test
	void eachInformerHasMetersOfItsOwn() {
		this.contextRunner.run((context) -> {
			SharedInformerFactory factory = context.getBean(SharedInformerFactory.class);
			factory.forResource(Pod.class).inNamespace("web").informer();
			MeterRegistry registry = bound(context.getBean(MeterBinder.class));
			factory.forResource(ConfigMap.class).informer();

			assertThat(registry.get("k8s.client.informer.objects").gauges())
				.extracting((gauge) -> gauge.getId().getTag("informer"), (gauge) -> gauge.getId().getTag("resource"))
				.containsExactlyInAnyOrder(tuple("pods in namespace web", "pods"),
						tuple("configmaps in all namespaces", "configmaps"));
		});
	}

	@Test
	void backsOffWithoutMicrometer() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SharedInformerFactory.class)
				.doesNotHaveBean(InformerMetricsAutoConfiguration.class));
	}

	@Test
	void backsOffWhenClientIsDisabled() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KubernetesClientAutoConfiguration.class,
					KubernetesInformerAutoConfiguration.class, InformerMetricsAutoConfiguration.class))
			.withPropertyValues("k8s.client.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(InformerMetrics.class));
	}

	private static MeterRegistry bound(MeterBinder binder) {
		MeterRegistry registry = new SimpleMeterRegistry();
		binder.bindTo(registry);
		return registry;
	}

	private static double gauge(MeterRegistry registry, String name) {
		return registry.get("k8s.client.informer." + name).tag("informer", "pods in namespace web").gauge().value();
	}

	private static double counter(MeterRegistry registry, String name) {
		return registry.get("k8s.client.informer." + name).functionCounter().count();
	}

	private static Pod pod(String name, String version) {
		return Pod.builder()
			.metadata((metadata) -> metadata.namespace("web").name(name).uid(name).resourceVersion(version))
			.build();
	}

}
