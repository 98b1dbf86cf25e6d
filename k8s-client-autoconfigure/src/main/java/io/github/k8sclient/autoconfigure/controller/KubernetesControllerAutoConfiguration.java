package io.github.k8sclient.autoconfigure.controller;

import io.github.k8sclient.autoconfigure.informer.InformerPlanner;
import io.github.k8sclient.autoconfigure.informer.KubernetesInformerAutoConfiguration;
import io.github.k8sclient.leaderelection.LeaderElector;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the controllers of the
 * application, and for the election of the instance that runs them.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = KubernetesInformerAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "k8s.client.enabled", matchIfMissing = true)
@Import(LeaderElectionConfiguration.class)
public final class KubernetesControllerAutoConfiguration {

	@Bean
	ApplicationControllers kubernetesControllers(ConfigurableListableBeanFactory beanFactory,
			InformerPlanner informers) {
		return new ApplicationControllers(beanFactory, informers);
	}

	@Bean
	ControllerLifecycle kubernetesControllerLifecycle(ApplicationControllers controllers,
			@Qualifier(LeaderElectionConfiguration.ELECTOR) ObjectProvider<LeaderElector> elector) {
		return new ControllerLifecycle(controllers, elector.getIfAvailable());
	}

	@Bean
	static LazyInitializationExcludeFilter kubernetesControllerLifecycleExcludeFilter() {
		return LazyInitializationExcludeFilter.forBeanTypes(ControllerLifecycle.class);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		ControllerMetrics kubernetesControllerMetrics(ApplicationControllers controllers,
				ObjectProvider<LeaderElector> electors) {
			return new ControllerMetrics(controllers.controllers(), electors.orderedStream().toList());
		}

	}

}
