package io.github.k8sclient.autoconfigure.metrics;

import java.time.Clock;

import io.github.k8sclient.autoconfigure.informer.KubernetesInformerAutoConfiguration;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the meters of informers.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = KubernetesInformerAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(SharedInformerFactory.class)
public final class InformerMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	InformerMetrics kubernetesInformerMetrics(SharedInformerFactory factory) {
		return new InformerMetrics(factory, Clock.systemUTC());
	}

}
