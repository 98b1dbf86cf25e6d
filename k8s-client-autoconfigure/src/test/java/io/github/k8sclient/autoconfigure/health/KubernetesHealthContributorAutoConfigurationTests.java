package io.github.k8sclient.autoconfigure.health;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.autoconfigure.FakeCluster;
import io.github.k8sclient.autoconfigure.KubernetesClientAutoConfiguration;
import io.github.k8sclient.autoconfigure.KubernetesConnectionDetails;
import io.github.k8sclient.autoconfigure.informer.KubernetesInformerAutoConfiguration;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.informer.SharedInformerFactory;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.ReactiveHealthContributorRegistry;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KubernetesHealthContributorAutoConfiguration}.
 */
class KubernetesHealthContributorAutoConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final FakeCluster cluster = new FakeCluster();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KubernetesClientAutoConfiguration.class,
				KubernetesInformerAutoConfiguration.class, KubernetesHealthContributorAutoConfiguration.class))
		.withBean(KubernetesConnectionDetails.class,
				() -> () -> ClientConfiguration.builder().server(URI.create("http://localhost:1")).build())
		.withBean(SharedInformerFactory.class, () -> SharedInformerFactory.create(this.cluster));

	private final ApplicationContextRunner endpointContextRunner = this.contextRunner
		.withConfiguration(AutoConfigurations.of(ApplicationAvailabilityAutoConfiguration.class,
				AvailabilityHealthContributorAutoConfiguration.class, AvailabilityProbesAutoConfiguration.class,
				HealthContributorAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class,
				HealthEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=health");

	@Test
	void contributesHealthOfServerAndInformers() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(KubernetesHealthIndicator.class)
			.hasBean("kubernetesHealthContributor")
			.hasSingleBean(InformersHealthContributor.class)
			.hasBean("kubernetesInformersHealthContributor"));
	}

	@Test
	void registersUnderTheirNames() {
		this.endpointContextRunner.run((context) -> {
			ReactiveHealthContributorRegistry registry = context.getBean(ReactiveHealthContributorRegistry.class);
			assertThat(registry.getContributor("kubernetes")).isInstanceOf(KubernetesHealthIndicator.class);
			assertThat(registry.getContributor("kubernetesInformers")).isInstanceOf(InformersHealthContributor.class);
		});
	}

	@Test
	void backsOffByProperty() {
		this.contextRunner.withPropertyValues("management.health.kubernetes.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(KubernetesHealthIndicator.class)
				.hasSingleBean(InformersHealthContributor.class));
		this.contextRunner.withPropertyValues("management.health.kubernetes-informers.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(KubernetesHealthIndicator.class)
				.doesNotHaveBean(InformersHealthContributor.class));
		this.contextRunner.withPropertyValues("management.health.defaults.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(KubernetesHealthIndicator.class)
				.doesNotHaveBean(InformersHealthContributor.class));
	}

	@Test
	void backsOffForContributorsOfTheApplication() {
		this.contextRunner
			.withBean("kubernetesHealthIndicator", ReactiveHealthIndicator.class,
					() -> () -> Mono.just(Health.up().build()))
			.withBean("kubernetesInformersHealthIndicator", ReactiveHealthIndicator.class,
					() -> () -> Mono.just(Health.up().build()))
			.run((context) -> assertThat(context).doesNotHaveBean(KubernetesHealthIndicator.class)
				.doesNotHaveBean(InformersHealthContributor.class));
	}

	@Test
	void backsOffWhenClientIsDisabled() {
		this.contextRunner.withPropertyValues("k8s.client.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(KubernetesHealthContributorAutoConfiguration.class));
	}

	@Test
	void backsOffWithoutHealthModule() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(KubernetesHealthContributorAutoConfiguration.class));
	}

	@Test
	void contributesHealthWithoutActuator() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasSingleBean(KubernetesHealthIndicator.class)
				.hasSingleBean(InformersHealthContributor.class));
	}

	@Test
	void healthIsPartOfNeitherReadinessNorLiveness() {
		this.endpointContextRunner.run((context) -> {
			HealthEndpointGroups groups = context.getBean(HealthEndpointGroups.class);
			for (String group : List.of("readiness", "liveness")) {
				assertThat(groups.get(group).isMember("kubernetes")).isFalse();
				assertThat(groups.get(group).isMember("kubernetesInformers")).isFalse();
			}
			assertThat(groups.get("readiness").isMember("readinessState")).isTrue();
		});
	}

	@Test
	void applicationIsReadyWhenItsInformersHaveSynced() {
		this.cluster.fail(Pod.class, new IllegalStateException("Connection refused"));
		this.endpointContextRunner.withPropertyValues("k8s.client.informers.pods.resource=pods").run((context) -> {
			acceptTraffic(context);
			assertThat(statusOf(context, "readiness")).isEqualTo(Status.OUT_OF_SERVICE);

			this.cluster.fail(Pod.class, null);

			await(() -> assertThat(statusOf(context, "readiness")).isEqualTo(Status.UP));
		});
	}

	@Test
	void applicationWithoutInformersIsReadyAtOnce() {
		this.endpointContextRunner.run((context) -> {
			assertThat(statusOf(context, "readiness")).isEqualTo(Status.OUT_OF_SERVICE);

			acceptTraffic(context);

			assertThat(statusOf(context, "readiness")).isEqualTo(Status.UP);
		});
	}

	@Test
	void readyApplicationStaysReadyWhateverHappensToItsInformers() {
		this.cluster.fail(Node.class, new IllegalStateException("Connection refused"));
		this.endpointContextRunner
			.withPropertyValues("k8s.client.informers.pods.resource=pods", "k8s.client.health.grace-period=0s")
			.run((context) -> {
				acceptTraffic(context);
				await(() -> assertThat(statusOf(context, "readiness")).isEqualTo(Status.UP));
				SharedInformerFactory factory = context.getBean(SharedInformerFactory.class);

				factory.forResource(Node.class).informer();
				factory.forResource(Pod.class).informer().stop().block(TIMEOUT);

				await(() -> assertThat(statusOf(context, "kubernetesInformers", "nodes")).isEqualTo(Status.DOWN));
				await(() -> assertThat(statusOf(context, "kubernetesInformers", "pods"))
					.isEqualTo(Status.OUT_OF_SERVICE));
				assertThat(statusOf(context, "readiness")).isEqualTo(Status.UP);
			});
	}

	@Test
	void readinessThatTheApplicationSetsCountsAfterTheFirstSync() {
		this.endpointContextRunner.withPropertyValues("k8s.client.informers.pods.resource=pods").run((context) -> {
			acceptTraffic(context);
			await(() -> assertThat(statusOf(context, "readiness")).isEqualTo(Status.UP));

			AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);

			assertThat(statusOf(context, "readiness")).isEqualTo(Status.OUT_OF_SERVICE);
		});
	}

	@Test
	void propertyLetsApplicationBeReadyBeforeItsInformersHaveSynced() {
		this.cluster.fail(Pod.class, new IllegalStateException("Connection refused"));
		this.endpointContextRunner
			.withPropertyValues("k8s.client.informers.pods.resource=pods", "k8s.client.startup.ready-when-synced=false")
			.run((context) -> {
				acceptTraffic(context);

				assertThat(statusOf(context, "readiness")).isEqualTo(Status.UP);
			});
	}

	@Test
	void applicationMayAddTheInformersToReadiness() {
		this.cluster.fail(Pod.class, new IllegalStateException("Connection refused"));
		this.endpointContextRunner
			.withPropertyValues("k8s.client.informers.pods.resource=pods", "k8s.client.startup.ready-when-synced=false",
					"management.endpoint.health.group.readiness.include=readinessState,kubernetesInformers")
			.run((context) -> {
				acceptTraffic(context);
				await(() -> assertThat(statusOf(context, "readiness")).isEqualTo(Status.DOWN));

				this.cluster.fail(Pod.class, null);

				await(() -> assertThat(statusOf(context, "readiness")).isEqualTo(Status.UP));
			});
	}

	@Test
	void entriesAreNamedLikeTheResources() {
		this.endpointContextRunner.withPropertyValues("k8s.client.informers.pods.resource=pods").run((context) -> {
			HealthEndpoint endpoint = context.getBean(HealthEndpoint.class);
			assertThat(((CompositeHealthDescriptor) endpoint.healthForPath("kubernetesInformers")).getComponents())
				.containsOnlyKeys("pods");
		});
	}

	/** What Spring Boot does at the end of a start. */
	private static void acceptTraffic(ApplicationContext context) {
		AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
	}

	private static Status statusOf(ApplicationContext context, String... path) {
		return context.getBean(HealthEndpoint.class).healthForPath(path).getStatus();
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(TIMEOUT).untilAsserted(assertion);
	}

}
