package io.github.k8sclient.autoconfigure.metrics;

import java.time.Clock;

import io.github.k8sclient.autoconfigure.KubernetesClientAutoConfiguration;
import io.github.k8sclient.transport.KubernetesTransport;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the meters of credential
 * plugins.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = KubernetesClientAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ KubernetesTransport.class, MeterRegistry.class })
public final class ExecPluginMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ExecPluginMetrics kubernetesExecPluginMetrics(MeterRegistry registry) {
		return new ExecPluginMetrics(registry, Clock.systemUTC());
	}

}
