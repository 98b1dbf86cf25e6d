package io.github.k8sclient.autoconfigure.health;

import java.net.URI;
import java.time.Duration;

import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.autoconfigure.FakeCluster;
import io.github.k8sclient.autoconfigure.KubernetesClientAutoConfiguration;
import io.github.k8sclient.autoconfigure.KubernetesConnectionDetails;
import io.github.k8sclient.autoconfigure.informer.KubernetesInformerAutoConfiguration;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.informer.SharedInformerFactory;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
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
				.doesNotHaveBean(ReadinessGroupPostProcessor.class));
	}

	@Test
	void healthIsPartOfReadinessButNotOfLiveness() {
		this.endpointContextRunner.run((context) -> {
			HealthEndpointGroups groups = context.getBean(HealthEndpointGroups.class);
			assertThat(groups.get("readiness").isMember("kubernetes")).isTrue();
			assertThat(groups.get("readiness").isMember("kubernetesInformers")).isTrue();
			assertThat(groups.get("readiness").isMember("kubernetesInformers/pods")).isTrue();
			assertThat(groups.get("readiness").isMember("readinessState")).isTrue();
			assertThat(groups.get("readiness").isMember("ping")).isFalse();
			assertThat(groups.get("liveness").isMember("kubernetes")).isFalse();
			assertThat(groups.get("liveness").isMember("kubernetesInformers/pods")).isFalse();
		});
	}

	@Test
	void readinessKeepsMembersThatTheApplicationChose() {
		this.endpointContextRunner
			.withPropertyValues("management.endpoint.health.group.readiness.include=readinessState")
			.run((context) -> assertThat(
					context.getBean(HealthEndpointGroups.class).get("readiness").isMember("kubernetes"))
				.isFalse());
		this.endpointContextRunner
			.withPropertyValues("management.endpoint.health.group.readiness.include[0]=readinessState")
			.run((context) -> assertThat(
					context.getBean(HealthEndpointGroups.class).get("readiness").isMember("kubernetes"))
				.isFalse());
	}

	@Test
	void readinessKeepsItsOtherSettings() {
		this.endpointContextRunner
			.withPropertyValues("management.endpoint.health.probes.add-additional-paths=true",
					"management.endpoint.health.group.readiness.show-details=always")
			.run((context) -> {
				HealthEndpointGroups groups = context.getBean(HealthEndpointGroups.class);
				assertThat(groups.get("readiness").getAdditionalPath()).hasToString("server:/readyz");
				assertThat(groups.getNames()).contains("readiness", "liveness");
			});
	}

	@Test
	void staysOutOfReadinessWithoutProbes() {
		this.endpointContextRunner.withPropertyValues("management.endpoint.health.probes.enabled=false")
			.run((context) -> assertThat(context.getBean(HealthEndpointGroups.class).get("readiness")).isNull());
	}

	@Test
	void applicationIsReadyWhenItsInformersAre() {
		this.cluster.fail(Pod.class, new IllegalStateException("Connection refused"));
		this.endpointContextRunner
			.withPropertyValues("management.health.kubernetes.enabled=false", "k8s.client.informers.pods.resource=pods")
			.run((context) -> {
				HealthEndpoint endpoint = context.getBean(HealthEndpoint.class);
				assertThat(endpoint.healthForPath("readiness").getStatus()).isIn(Status.OUT_OF_SERVICE, Status.DOWN);
				this.cluster.fail(Pod.class, null);

				context.getBean(SharedInformerFactory.class).whenSynced(TIMEOUT).block();

				assertThat(((CompositeHealthDescriptor) endpoint.healthForPath("kubernetesInformers")).getComponents())
					.containsOnlyKeys("pods");
				assertThat(endpoint.healthForPath("kubernetesInformers", "pods").getStatus()).isEqualTo(Status.UP);
			});
	}

}
