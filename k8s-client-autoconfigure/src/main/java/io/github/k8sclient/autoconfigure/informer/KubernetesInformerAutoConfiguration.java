package io.github.k8sclient.autoconfigure.informer;

import io.github.k8sclient.autoconfigure.InformerRegistration;
import io.github.k8sclient.autoconfigure.KubernetesClientAutoConfiguration;
import io.github.k8sclient.autoconfigure.KubernetesClientProperties;
import io.github.k8sclient.autoconfigure.SharedInformerCustomizer;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.discovery.RESTMapper;
import io.github.k8sclient.informer.Indexer;
import io.github.k8sclient.informer.InformerOptions;
import io.github.k8sclient.informer.Lister;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.KubernetesObject;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for shared informers, and for the
 * application events that they publish to the listeners of the application. The
 * application is ready when its informers have synced once.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = ApplicationAvailabilityAutoConfiguration.class,
		after = KubernetesClientAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "k8s.client.enabled", matchIfMissing = true)
public final class KubernetesInformerAutoConfiguration {

	private static final String DEFAULTS = "k8s.client.informer-defaults";

	@Bean
	@ConditionalOnMissingBean
	SharedInformerFactory kubernetesSharedInformerFactory(Clientset clientset, KubernetesClientProperties properties,
			ObjectProvider<SharedInformerCustomizer> customizers) {
		KubernetesClientProperties.InformerDefaults defaults = properties.getInformerDefaults();
		InformerOverrides overrides = InformerOverrides.of(defaults);
		overrides.check(DEFAULTS);
		HandlerOverrides.of(defaults).check(DEFAULTS);
		InformerOptions options = PropertyMapper.get()
			.from(defaults::getResync)
			.to(overrides.apply(InformerOptions.defaults()), InformerOptions::withResync);
		SharedInformerFactory.Builder builder = SharedInformerFactory.builder(clientset).options(options);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	@Bean
	DeferredInformers kubernetesDeferredInformers(RESTMapper mapper) {
		return new DeferredInformers(mapper);
	}

	@Bean
	InformerPlanner kubernetesInformerPlanner(SharedInformerFactory factory, KubernetesClientProperties properties,
			ObjectProvider<InformerRegistration<?>> registrations) {
		return new InformerPlanner(factory, properties, registrations.orderedStream().toList());
	}

	@Bean
	InformerLifecycle kubernetesInformerLifecycle(SharedInformerFactory factory, KubernetesClientProperties properties,
			InformerPlanner planner, DeferredInformers deferred, ConfigurableApplicationContext context) {
		return new InformerLifecycle(factory, new ResourceEventScope(context), planner, deferred,
				properties.getStartup().getAwaitSync());
	}

	@Bean
	@ConditionalOnMissingBean(ApplicationAvailability.class)
	@ConditionalOnBooleanProperty(name = "k8s.client.startup.ready-when-synced", matchIfMissing = true)
	InformerAvailability kubernetesApplicationAvailability(ObjectProvider<InformerLifecycle> lifecycle) {
		return new InformerAvailability(lifecycle);
	}

	@Bean
	InjectedInformers kubernetesInjectedInformers(InformerPlanner planner) {
		return new InjectedInformers(planner);
	}

	// Spring falls back to a bean with an open type parameter for any kind without a bean

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	<T extends KubernetesObject> SharedInformer<T> kubernetesSharedInformer(InjectionPoint injectionPoint,
			InjectedInformers informers) {
		return informers.informerFor(injectionPoint);
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	<T extends KubernetesObject> Lister<T> kubernetesLister(InjectionPoint injectionPoint,
			InjectedInformers informers) {
		return informers.<T>informerFor(injectionPoint).lister();
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	<T extends KubernetesObject> Indexer<T> kubernetesIndexer(InjectionPoint injectionPoint,
			InjectedInformers informers) {
		return informers.<T>informerFor(injectionPoint).indexer();
	}

	@Bean
	static LazyInitializationExcludeFilter kubernetesInformerLifecycleExcludeFilter() {
		return LazyInitializationExcludeFilter.forBeanTypes(InformerLifecycle.class);
	}

}
