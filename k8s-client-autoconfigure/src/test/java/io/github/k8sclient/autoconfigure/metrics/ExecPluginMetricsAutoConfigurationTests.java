package io.github.k8sclient.autoconfigure.metrics;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import io.github.k8sclient.auth.ExecPluginCall;
import io.github.k8sclient.auth.ExecPluginCall.Outcome;
import io.github.k8sclient.auth.ExecPluginListener;
import io.github.k8sclient.autoconfigure.KubernetesClientAutoConfiguration;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ConfigurationException;
import io.github.k8sclient.config.Credentials;
import io.github.k8sclient.config.ExecPlugin;
import io.github.k8sclient.config.ExecPolicy;
import io.github.k8sclient.discovery.DiscoveryClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ExecPluginMetricsAutoConfiguration} and {@link ExecPluginMetrics}.
 */
class ExecPluginMetricsAutoConfigurationTests {

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private static final ExecPlugin PLUGIN = ExecPlugin.of("aws", "--secret");

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KubernetesClientAutoConfiguration.class,
				ExecPluginMetricsAutoConfiguration.class))
		.withBean(ClientConfiguration.class,
				() -> ClientConfiguration.builder()
					.server(URI.create("https://localhost:1"))
					.execPolicy(ExecPolicy.allow("aws"))
					.credentials(Credentials.exec(ExecPlugin.of("sh")))
					.build());

	@Test
	void callsOfThePluginAreCounted() {
		this.contextRunner.withBean(MeterRegistry.class, () -> this.registry).run((context) -> {
			assertThat(this.registry.getMeters()).isEmpty();

			assertThatExceptionOfType(ConfigurationException.class)
				.isThrownBy(() -> context.getBean(DiscoveryClient.class).serverVersion().block(Duration.ofSeconds(60)));

			assertThat(this.registry.get("k8s.client.exec.plugin.calls")
				.tags("plugin", "sh", "outcome", "denied")
				.counter()
				.count()).isEqualTo(1);
		});
	}

	@Test
	void listenersOfTheApplicationAreCalled() {
		this.contextRunner
			.withBean(ExecPluginListener.class,
					() -> (call) -> this.registry.counter(call.outcome().name()).increment())
			.run((context) -> {
				assertThatExceptionOfType(ConfigurationException.class).isThrownBy(
						() -> context.getBean(DiscoveryClient.class).serverVersion().block(Duration.ofSeconds(60)));

				assertThat(this.registry.counter("DENIED").count()).isEqualTo(1);
			});
	}

	@Test
	void timeToLiveIsThatOfTheLastCredentials() {
		ExecPluginMetrics metrics = new ExecPluginMetrics(this.registry, Clock.fixed(NOW, ZoneOffset.UTC));

		metrics.onCall(new ExecPluginCall(PLUGIN, Outcome.SUCCESS, NOW.plusSeconds(60)));
		metrics.onCall(new ExecPluginCall(PLUGIN, Outcome.SUCCESS, NOW.minusSeconds(5)));
		metrics.onCall(new ExecPluginCall(PLUGIN, Outcome.FAILURE, null));

		assertThat(this.registry.get("k8s.client.exec.plugin.ttl").tags("plugin", "aws").timeGauge().value())
			.isEqualTo(-5);
		assertThat(this.registry.get("k8s.client.exec.plugin.calls").tags("outcome", "success").counter().count())
			.isEqualTo(2);
		assertThat(this.registry.getMeters().toString()).doesNotContain("--secret");
	}

	@Test
	void credentialsThatStayGoodHaveNoTimeToLive() {
		ExecPluginMetrics metrics = new ExecPluginMetrics(this.registry, Clock.fixed(NOW, ZoneOffset.UTC));

		metrics.onCall(new ExecPluginCall(PLUGIN, Outcome.SUCCESS, null));

		assertThat(this.registry.find("k8s.client.exec.plugin.ttl").meters()).isEmpty();
	}

	@Test
	void backsOffWithoutRegistryOrMicrometer() {
		this.contextRunner
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ExecPluginMetrics.class));
		this.contextRunner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ExecPluginMetrics.class));
	}

}
