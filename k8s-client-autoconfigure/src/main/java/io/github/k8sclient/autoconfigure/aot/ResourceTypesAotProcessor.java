package io.github.k8sclient.autoconfigure.aot;

import java.util.LinkedHashSet;
import java.util.Set;

import io.github.k8sclient.informer.Projection;
import io.github.k8sclient.meta.CustomResource;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Finds the classes of custom resources and the projections in the packages of the
 * application, and lets a native image read and write them.
 */
final class ResourceTypesAotProcessor implements BeanFactoryInitializationAotProcessor {

	@Override
	public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
			ConfigurableListableBeanFactory beanFactory) {
		if (!AutoConfigurationPackages.has(beanFactory)) {
			return null;
		}
		Set<Class<?>> types = find(beanFactory);
		return types.isEmpty() ? null : (context, code) -> {
			ResourceTypeHints hints = new ResourceTypeHints(context.getRuntimeHints().reflection());
			types.forEach(hints::register);
		};
	}

	private static Set<Class<?>> find(ConfigurableListableBeanFactory beanFactory) {
		AnyTypeProvider provider = new AnyTypeProvider();
		provider.addIncludeFilter(new AnnotationTypeFilter(CustomResource.class));
		provider.addIncludeFilter(new AnnotationTypeFilter(Projection.class));
		ClassLoader classLoader = beanFactory.getBeanClassLoader();
		Set<Class<?>> types = new LinkedHashSet<>();
		for (String packageName : AutoConfigurationPackages.get(beanFactory)) {
			for (BeanDefinition candidate : provider.findCandidateComponents(packageName)) {
				types.add(ClassUtils.resolveClassName(String.valueOf(candidate.getBeanClassName()), classLoader));
			}
		}
		return types;
	}

	/**
	 * Finds classes that are no components.
	 */
	private static final class AnyTypeProvider extends ClassPathScanningCandidateComponentProvider {

		AnyTypeProvider() {
			super(false);
		}

		@Override
		protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
			return true;
		}

	}

}
