package io.github.k8sclient.autoconfigure.informer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k8sclient.api.BuiltInResources;
import io.github.k8sclient.autoconfigure.InformerRegistration;
import io.github.k8sclient.autoconfigure.KubernetesClientProperties;
import io.github.k8sclient.discovery.ResourceName;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.informer.HandlerOptions;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
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
 *
 * @since 0.1.0
 */
public final class InformerPlanner {

	private static final Log logger = LogFactory.getLog(InformerPlanner.class);

	private static final String PREFIX = "k8s.client.informers.";

	private final SharedInformerFactory factory;

	private final KubernetesClientProperties properties;

	private final List<InformerRegistration<?>> beans;

	private final HandlerOptions handlerDefaults;

	private final Map<InformerRegistration<?>, SharedInformer<?>> specified = new ConcurrentHashMap<>();

	/**
	 * Create a planner.
	 * @param factory makes the informers
	 * @param properties the properties of the application
	 * @param beans the informers of the application's beans
	 */
	InformerPlanner(SharedInformerFactory factory, KubernetesClientProperties properties,
			List<InformerRegistration<?>> beans) {
		this.factory = factory;
		this.properties = properties;
		this.beans = beans;
		this.handlerDefaults = HandlerOverrides.of(properties.getInformerDefaults())
			.apply(HandlerOptions.defaults().withName("application events"));
	}

	/**
	 * Decide which informers run.
	 * @param listeners the listeners that the application declares
	 * @return the informers
	 * @throws FailureAnalyzedException if a property or a listener names a kind that the
	 * client does not know
	 */
	InformerPlan planFor(List<ResourceEventListener> listeners) {
		InformerPlan plan = new InformerPlan(new LinkedHashMap<>(), new ArrayList<>());
		registrations(lookup(typesOf(listeners)), plan.deferred()).forEach((registration) -> add(registration, plan));
		Set<Class<?>> covered = plan.informers()
			.keySet()
			.stream()
			.map((informer) -> informer.resource().type())
			.collect(Collectors.toSet());
		if (!plan.deferred().isEmpty()) {
			covered.add(Unstructured.class);
		}
		for (ResourceEventListener listener : listeners) {
			if (listener.type() != null && covered.add(listener.type())) {
				add(registration(requestedBy(listener, listener.type()), new KubernetesClientProperties.Informer()),
						plan);
			}
		}
		warnAboutListenersOfNoKind(listeners, plan);
		return plan;
	}

	/**
	 * Decide how an informer runs whose kind the API server knows by now.
	 * @param registration the informer
	 * @return the informer alone
	 */
	InformerPlan planFor(InformerRegistration<?> registration) {
		InformerPlan plan = new InformerPlan(new LinkedHashMap<>(), List.of());
		add(registration, plan);
		return plan;
	}

	/**
	 * Return the informers of a kind.
	 * @param type the kind
	 * @return those of the properties and beans, or else the one that a listener would
	 * start; empty if there is none
	 */
	public List<SharedInformer<?>> informersOf(Class<? extends KubernetesObject> type) {
		List<SharedInformer<?>> informers = new ArrayList<>();
		registrations(lookup(Set.of(type)), new ArrayList<>()).filter((registration) -> mayBeOf(type, registration))
			.map(this::informerOf)
			.filter((informer) -> informer.resource().type() == type)
			.distinct()
			.forEach(informers::add);
		ResourceDescriptor<?> resource = Resources.find(type);
		if (informers.isEmpty() && resource != null) {
			informers.add(informerOf(registration(resource, new KubernetesClientProperties.Informer())));
		}
		return informers;
	}

	// The kind of a bean is not known before it is specified
	private static boolean mayBeOf(Class<?> type, InformerRegistration<?> registration) {
		return !(registration instanceof PropertiesInformerRegistration<?> configured)
				|| configured.resource().type() == type;
	}

	private Stream<InformerRegistration<?>> registrations(ResourceLookup lookup, List<DeferredInformer> deferred) {
		List<InformerRegistration<?>> registrations = new ArrayList<>();
		this.properties.getInformers()
			.forEach((name, settings) -> addConfigured(name, settings, lookup, registrations, deferred));
		return Stream.concat(registrations.stream(), this.beans.stream());
	}

	private static Set<Class<? extends KubernetesObject>> typesOf(List<ResourceEventListener> listeners) {
		return listeners.stream().flatMap((listener) -> Stream.ofNullable(listener.type())).collect(Collectors.toSet());
	}

	private static ResourceLookup lookup(Set<Class<? extends KubernetesObject>> types) {
		Stream<ResourceDescriptor<?>> custom = types.stream()
			.filter((type) -> type.isAnnotationPresent(CustomResource.class))
			.map(Resources::of);
		return new ResourceLookup(
				Stream.concat(BuiltInResources.all().stream().filter(InformerPlanner::watchable), custom).toList(),
				Set.copyOf(types));
	}

	private static boolean watchable(ResourceDescriptor<?> resource) {
		return resource.verbs().containsAll(Set.of("list", "watch"));
	}

	private void add(InformerRegistration<?> registration, InformerPlan plan) {
		plan.informers()
			.compute(informerOf(registration), (informer, options) -> registration
				.handlerOptions((options != null) ? options : this.handlerDefaults));
	}

	private SharedInformer<?> informerOf(InformerRegistration<?> registration) {
		// Specified again, a bean could have another transformation
		return this.specified.computeIfAbsent(registration, this::specify);
	}

	private SharedInformer<?> specify(InformerRegistration<?> registration) {
		try {
			return registration.specify(this.factory).informer();
		}
		catch (IllegalStateException ex) {
			throw new FailureAnalyzedException(
					"The same resources are watched with different options: " + ex.getMessage(),
					"Configure the informer once, or choose other namespaces or selectors for one of the two.", ex);
		}
	}

	private void addConfigured(String name, KubernetesClientProperties.Informer settings, ResourceLookup lookup,
			List<InformerRegistration<?>> registrations, List<DeferredInformer> deferred) {
		check(name, settings);
		String property = PREFIX + name + ".resource";
		ResourceName resourceName = resourceName(property, settings.getResource());
		ResourceLookup.Result result = lookup.find(resourceName);
		if (result.ambiguous()) {
			throw new FailureAnalyzedException(
					"The property '" + property + "' has the value '" + resourceName
							+ "', which exists in several groups.",
					"Add the group: " + String.join(", ", result.names()) + ".");
		}
		if (!result.resources().isEmpty()) {
			ResourceDescriptor<?> resource = result.resources().get(0);
			checkNamespaces(name, settings, resource);
			registrations.add(registration(resource, settings));
		}
		else if (isCustom(resourceName)) {
			deferred.add(new DeferredInformer(property, resourceName.toString(), namespacesOf(settings), settings));
		}
		else {
			throw new FailureAnalyzedException(
					"The property '" + property + "' has the value '" + resourceName
							+ "', which is not a kind that this client can watch.",
					unknownResourceAction(lookup.suggest(resourceName.toString())));
		}
	}

	private static void check(String name, KubernetesClientProperties.Informer settings) {
		InformerOverrides.of(settings).check(PREFIX + name);
		HandlerOverrides.of(settings).check(PREFIX + name);
		if (StringUtils.hasText(settings.getLabelSelector())) {
			try {
				LabelQuery.parse(settings.getLabelSelector());
			}
			catch (IllegalArgumentException ex) {
				throw new FailureAnalyzedException(
						"The property '" + PREFIX + name + ".label-selector' has the value '"
								+ settings.getLabelSelector() + "', which is not a label selector: " + ex.getMessage(),
						"Write it as for 'kubectl get -l', such as 'app=web,tier!=cache'.", ex);
			}
		}
	}

	private static ResourceName resourceName(String property, @Nullable String resource) {
		if (!StringUtils.hasText(resource)) {
			throw new FailureAnalyzedException("The property '" + property + "' is not set.",
					"Set it to the kind that the informer watches, such as 'pods' or 'deployments.apps'.");
		}
		return ResourceName.parse(resource);
	}

	private static void checkNamespaces(String name, KubernetesClientProperties.Informer settings,
			ResourceDescriptor<?> resource) {
		Set<String> namespaces = PropertiesInformerRegistration.namespacesOf(settings, Set.of());
		if (!namespaces.isEmpty() && !resource.namespaced()) {
			throw new FailureAnalyzedException(
					"'" + PREFIX + name + "' names the namespace " + String.join(", ", namespaces) + ", but "
							+ ResourceLookup.qualifiedName(resource) + " are not namespaced.",
					"Remove '" + PREFIX + name + ".namespace'.");
		}
	}

	/**
	 * Custom resources have domain names as their groups, and none of the groups that
	 * Kubernetes itself serves.
	 */
	private static boolean isCustom(ResourceName name) {
		return name.groups().stream().anyMatch((group) -> group.contains(".")) && BuiltInResources.all()
			.stream()
			.noneMatch((resource) -> name.groups().contains(resource.resource().group()));
	}

	private <T extends KubernetesObject> InformerRegistration<T> registration(ResourceDescriptor<T> resource,
			KubernetesClientProperties.Informer settings) {
		return new PropertiesInformerRegistration<>(resource, resource.namespaced() ? namespacesOf(settings) : Set.of(),
				settings);
	}

	private Set<String> namespacesOf(KubernetesClientProperties.Informer settings) {
		return PropertiesInformerRegistration.namespacesOf(settings,
				this.properties.getInformerDefaults().getNamespaces());
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
							+ ", which is not a kind that this client can watch by itself.",
					"Annotate the class with @CustomResource, or declare a bean of type InformerRegistration<"
							+ type.getSimpleName() + "> that specifies the informer.");
		}
		return resource;
	}

	private static void warnAboutListenersOfNoKind(List<ResourceEventListener> listeners, InformerPlan plan) {
		for (ResourceEventListener listener : listeners) {
			if (listener.type() == null) {
				logger.warn("The " + listener.description() + " listens to resource events but does not name a kind, so"
						+ " no informer runs for it. It is called for the events of "
						+ (plan.informers().isEmpty() ? "none" : namesOf(plan))
						+ ". Name a kind, as in ResourceEvent<Pod>, or set '" + PREFIX + "<name>.resource'");
			}
		}
	}

	private static List<String> namesOf(InformerPlan plan) {
		return plan.informers().keySet().stream().map(SharedInformer::name).toList();
	}

}
