package io.github.k8sclient.autoconfigure.informer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k8sclient.api.BuiltInResources;
import io.github.k8sclient.autoconfigure.InformerRegistration;
import io.github.k8sclient.autoconfigure.KubernetesClientProperties;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.meta.CustomResource;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.LabelQuery;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.resource.Resources;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.util.StringUtils;

/**
 * Decides which informers run for the application: those of its properties, those of its
 * {@link InformerRegistration} beans, and one for each further kind that a listener asks
 * for.
 */
final class InformerPlan {

	private static final Log logger = LogFactory.getLog(InformerPlan.class);

	private static final String PREFIX = "k8s.client.informers.";

	private final Map<String, KubernetesClientProperties.Informer> properties;

	private final List<InformerRegistration<?>> beans;

	/**
	 * Create a plan.
	 * @param properties the informers of the properties by name
	 * @param beans the informers of the application's beans
	 */
	InformerPlan(Map<String, KubernetesClientProperties.Informer> properties, List<InformerRegistration<?>> beans) {
		this.properties = properties;
		this.beans = beans;
	}

	/**
	 * Decide which informers run.
	 * @param listeners the listeners that the application declares
	 * @return the informers, without duplicates
	 * @throws FailureAnalyzedException if a property or a listener names a kind that the
	 * client does not know
	 */
	Collection<InformerRegistration<?>> informersFor(List<ResourceEventListener> listeners) {
		Set<InformerRegistration<?>> informers = configured(lookup(typesOf(listeners)));
		Set<Class<?>> covered = informers.stream()
			.map((informer) -> informer.resource().type())
			.collect(Collectors.toSet());
		if (!deferredInformersFor(listeners).isEmpty()) {
			covered.add(Unstructured.class);
		}
		for (ResourceEventListener listener : listeners) {
			if (listener.type() != null && covered.add(listener.type())) {
				informers.add(InformerRegistration.forResource(requestedBy(listener, listener.type())));
			}
		}
		warnAboutListenersOfNoKind(listeners, informers);
		return informers;
	}

	/**
	 * Return the informers of a kind.
	 * @param type the kind
	 * @return those of the properties and beans, or else one in all namespaces; empty if
	 * there are none, and the client does not know of which resource the kind is
	 */
	List<InformerRegistration<?>> informersOf(Class<? extends KubernetesObject> type) {
		ResourceLookup lookup = lookup(Set.of(type));
		List<InformerRegistration<?>> informers = configured(lookup).stream()
			.filter((informer) -> informer.resource().type() == type)
			.toList();
		ResourceDescriptor<?> resource = Resources.find(type);
		return (informers.isEmpty() && resource != null) ? List.of(InformerRegistration.forResource(resource))
				: informers;
	}

	private Set<InformerRegistration<?>> configured(ResourceLookup lookup) {
		Set<InformerRegistration<?>> informers = new LinkedHashSet<>();
		this.properties.forEach((name, informer) -> informers.addAll(configured(name, informer, lookup)));
		informers.addAll(this.beans);
		return informers;
	}

	/**
	 * Return the informers of kinds that only the API server knows.
	 * @param listeners the listeners that the application declares
	 * @return the informers, to run when the server has told what their kinds are
	 */
	List<DeferredInformer> deferredInformersFor(List<ResourceEventListener> listeners) {
		ResourceLookup lookup = lookup(typesOf(listeners));
		List<DeferredInformer> deferred = new ArrayList<>();
		this.properties.forEach((name, informer) -> {
			CustomResourceName resource = customResource(informer.getResource(), lookup);
			if (resource != null && resource.resource() == null) {
				deferred.add(new DeferredInformer(PREFIX + name + ".resource", resource.text(), namespacesOf(informer),
						informer));
			}
		});
		return deferred;
	}

	private static ResourceLookup lookup(Set<Class<? extends KubernetesObject>> types) {
		Stream<ResourceDescriptor<?>> custom = types.stream()
			.filter((type) -> type.isAnnotationPresent(CustomResource.class))
			.map(Resources::of);
		return new ResourceLookup(
				Stream.concat(BuiltInResources.all().stream().filter(InformerPlan::watchable), custom).toList(),
				Set.copyOf(types));
	}

	private static boolean watchable(ResourceDescriptor<?> resource) {
		return resource.verbs().containsAll(Set.of("list", "watch"));
	}

	private static Set<Class<? extends KubernetesObject>> typesOf(List<ResourceEventListener> listeners) {
		return listeners.stream().flatMap((listener) -> Stream.ofNullable(listener.type())).collect(Collectors.toSet());
	}

	private Collection<InformerRegistration<?>> configured(String name, KubernetesClientProperties.Informer informer,
			ResourceLookup lookup) {
		check(name, informer);
		CustomResourceName custom = customResource(informer.getResource(), lookup);
		Set<String> namespaces = namespacesOf(informer);
		if (custom != null) {
			return (custom.resource() != null) ? Set
				.of(registration(Unstructured.descriptor(custom.resource(), ResourceDescriptor.ANY_KIND).build(),
						namespaces, informer))
					: Set.of();
		}
		ResourceDescriptor<?> resource = configuredResource(name, informer.getResource(), lookup);
		if (!namespaces.isEmpty() && !resource.namespaced()) {
			throw new FailureAnalyzedException(
					"'" + PREFIX + name + "' names the namespace " + String.join(", ", namespaces) + ", but "
							+ ResourceLookup.qualifiedName(resource) + " live in no namespace.",
					"Remove '" + PREFIX + name + ".namespace'.");
		}
		return Set.of(registration(resource, namespaces, informer));
	}

	private static void check(String name, KubernetesClientProperties.Informer informer) {
		InformerOverrides.of(informer).check(PREFIX + name);
		HandlerOverrides.of(informer).check(PREFIX + name);
		if (StringUtils.hasText(informer.getLabelSelector())) {
			try {
				LabelQuery.parse(informer.getLabelSelector());
			}
			catch (IllegalArgumentException ex) {
				throw new FailureAnalyzedException(
						"The property '" + PREFIX + name + ".label-selector' has the value '"
								+ informer.getLabelSelector() + "', which is no label selector: " + ex.getMessage(),
						"Write it as for 'kubectl get -l', such as 'app=web,tier!=cache'.", ex);
			}
		}
	}

	private static @Nullable CustomResourceName customResource(@Nullable String resource, ResourceLookup lookup) {
		return (StringUtils.hasText(resource) && lookup.find(resource).resources().isEmpty())
				? CustomResourceName.parse(resource) : null;
	}

	private static Set<String> namespacesOf(KubernetesClientProperties.Informer informer) {
		return Stream.concat(Stream.ofNullable(informer.getNamespace()), informer.getNamespaces().stream())
			.filter(StringUtils::hasText)
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	/**
	 * Return the informer of a kind with the settings of the properties.
	 */
	static InformerRegistration<?> registration(ResourceDescriptor<?> resource, Set<String> namespaces,
			KubernetesClientProperties.Informer informer) {
		InformerRegistration<?> registration = InformerRegistration.forResource(resource)
			.inNamespaces(namespaces)
			.withLabelSelector(informer.getLabelSelector())
			.withFieldSelector(informer.getFieldSelector());
		InformerOverrides options = InformerOverrides.of(informer);
		HandlerOverrides handlerOptions = HandlerOverrides.of(informer);
		registration = options.equals(InformerOverrides.NONE) ? registration : registration.withOptions(options);
		return handlerOptions.equals(HandlerOverrides.NONE) ? registration
				: registration.withHandlerOptions(handlerOptions);
	}

	private static ResourceDescriptor<?> configuredResource(String name, @Nullable String resource,
			ResourceLookup lookup) {
		String property = PREFIX + name + ".resource";
		if (!StringUtils.hasText(resource)) {
			throw new FailureAnalyzedException("The property '" + property + "' is not set.",
					"Set it to the kind that the informer watches, such as 'pods' or 'deployments.apps'.");
		}
		ResourceLookup.Result result = lookup.find(resource);
		if (result.ambiguous()) {
			throw new FailureAnalyzedException(
					"The property '" + property + "' has the value '" + resource + "', which several groups know.",
					"Name the group too: " + String.join(", ", result.names()) + ".");
		}
		if (result.resources().isEmpty()) {
			throw new FailureAnalyzedException("The property '" + property + "' has the value '" + resource
					+ "', which is no kind that the client" + " can watch.",
					unknownResourceAction(lookup.suggest(resource)));
		}
		return result.resources().get(0);
	}

	private static String unknownResourceAction(List<String> suggestions) {
		String forms = "Kinds are named like 'pods', 'deployments.apps', 'deployments.v1.apps' or 'Deployment', and"
				+ " custom resources like 'prometheuses.v1.monitoring.coreos.com'.";
		return suggestions.isEmpty() ? forms : "Did you mean " + String.join(", ", suggestions) + "? " + forms;
	}

	private static ResourceDescriptor<?> requestedBy(ResourceEventListener listener,
			Class<? extends KubernetesObject> type) {
		ResourceDescriptor<?> resource = Resources.find(type);
		if (resource == null || !watchable(resource)) {
			throw new FailureAnalyzedException(
					"The " + listener.description() + " listens to events of " + type.getName()
							+ ", which is no kind that the client can watch.",
					"Annotate the class with @CustomResource, or declare a bean of type InformerRegistration<"
							+ type.getSimpleName() + "> with the descriptor of the resource.");
		}
		return resource;
	}

	private static void warnAboutListenersOfNoKind(List<ResourceEventListener> listeners,
			Collection<InformerRegistration<?>> informers) {
		for (ResourceEventListener listener : listeners) {
			if (listener.type() == null) {
				logger.warn("The " + listener.description() + " listens to resource events but leaves the kind open, so"
						+ " no informer runs for it. It is called for the events of "
						+ (informers.isEmpty() ? "none" : informers) + ". Name a kind, as in ResourceEvent<Pod>, or set"
						+ " '" + PREFIX + "<name>.resource'");
			}
		}
	}

}
