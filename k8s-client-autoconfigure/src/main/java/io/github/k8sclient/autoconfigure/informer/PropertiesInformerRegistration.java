package io.github.k8sclient.autoconfigure.informer;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k8sclient.autoconfigure.InformerRegistration;
import io.github.k8sclient.autoconfigure.KubernetesClientProperties;
import io.github.k8sclient.informer.HandlerOptions;
import io.github.k8sclient.informer.InformerSpec;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;

import org.springframework.util.StringUtils;

/**
 * The {@link InformerRegistration} of a kind with the settings of the properties.
 *
 * @param resource the kind
 * @param namespaces the namespaces to watch, empty for all
 * @param settings the other settings
 * @param <T> the type of the resources
 */
record PropertiesInformerRegistration<T extends KubernetesObject>(ResourceDescriptor<T> resource,
		Set<String> namespaces, KubernetesClientProperties.Informer settings) implements InformerRegistration<T> {

	private static final String ALL_NAMESPACES = "*";

	/**
	 * Return the namespaces that an informer watches.
	 * @param settings the settings of the informer
	 * @param defaults the namespaces if the settings name none
	 * @return the namespaces, empty for all
	 */
	static Set<String> namespacesOf(KubernetesClientProperties.Informer settings, Collection<String> defaults) {
		Set<String> own = Stream.concat(Stream.ofNullable(settings.getNamespace()), settings.getNamespaces().stream())
			.filter(StringUtils::hasText)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		Set<String> namespaces = own.isEmpty() ? new LinkedHashSet<>(defaults) : own;
		return namespaces.contains(ALL_NAMESPACES) ? Set.of() : namespaces;
	}

	@Override
	public InformerSpec<T> specify(SharedInformerFactory informers) {
		InformerSpec<T> spec = informers.forResource(this.resource);
		if (!this.namespaces.isEmpty()) {
			spec = spec.inNamespaces(this.namespaces.toArray(String[]::new));
		}
		if (StringUtils.hasText(this.settings.getLabelSelector())) {
			spec = spec.withLabelSelector(this.settings.getLabelSelector());
		}
		if (StringUtils.hasText(this.settings.getFieldSelector())) {
			spec = spec.withFieldSelector(this.settings.getFieldSelector());
		}
		InformerOverrides options = InformerOverrides.of(this.settings);
		return options.equals(InformerOverrides.NONE) ? spec : spec.withOptions(options);
	}

	@Override
	public HandlerOptions handlerOptions(HandlerOptions options) {
		return HandlerOverrides.of(this.settings).apply(options);
	}

}
