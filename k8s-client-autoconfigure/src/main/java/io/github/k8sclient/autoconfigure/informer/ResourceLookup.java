package io.github.k8sclient.autoconfigure.informer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.k8sclient.discovery.ResourceName;
import io.github.k8sclient.meta.ResourceDescriptor;

/**
 * Finds a kind by its {@link ResourceName}.
 * <p>
 * Without a version, a name refers to the version that is in use, or else to the one that
 * API servers prefer: the highest stable one. Without a group, the core group is
 * preferred, as by kubectl.
 */
final class ResourceLookup {

	private static final int MAX_SUGGESTIONS = 3;

	/** The reverse of the order of preference: v2, v1, v2beta1, v1beta2, v1alpha1. */
	private static final Comparator<String> BY_VERSION = Comparator.comparingInt(ResourceLookup::stability)
		.thenComparingInt(String::length)
		.thenComparing(Comparator.naturalOrder());

	private final Collection<? extends ResourceDescriptor<?>> known;

	private final Set<Class<?>> inUse;

	/**
	 * Create a lookup.
	 * @param known all known kinds
	 * @param inUse the types that the application uses
	 */
	ResourceLookup(Collection<? extends ResourceDescriptor<?>> known, Set<Class<?>> inUse) {
		this.known = known;
		this.inUse = inUse;
	}

	/**
	 * Find the kind that a name refers to.
	 * @param name the name
	 * @return the result
	 */
	Result find(ResourceName name) {
		Map<String, ResourceDescriptor<?>> bestByGroup = new TreeMap<>();
		this.known.stream()
			.filter(name::matches)
			.forEach((resource) -> bestByGroup.merge(resource.resource().group(), resource, this::better));
		List<ResourceDescriptor<?>> resources = new ArrayList<>(bestByGroup.values());
		resources.sort(Comparator.comparing(this::isUnused));
		boolean ambiguous = resources.size() > 1 && isUnused(resources.get(0)) && !isCore(resources.get(0));
		return new Result(resources, ambiguous);
	}

	private boolean isUnused(ResourceDescriptor<?> resource) {
		return !this.inUse.contains(resource.type());
	}

	private static boolean isCore(ResourceDescriptor<?> resource) {
		return resource.resource().group().isEmpty();
	}

	private ResourceDescriptor<?> better(ResourceDescriptor<?> one, ResourceDescriptor<?> other) {
		if (isUnused(one) != isUnused(other)) {
			return isUnused(one) ? other : one;
		}
		return (BY_VERSION.compare(one.resource().version(), other.resource().version()) >= 0) ? one : other;
	}

	private static int stability(String version) {
		return version.contains("alpha") ? 0 : version.contains("beta") ? 1 : 2;
	}

	/**
	 * Find names that are similar to the given one.
	 * @param name an unknown name
	 * @return the closest names, best first; empty if none is close
	 */
	List<String> suggest(String name) {
		String wanted = name.trim().toLowerCase(Locale.ROOT);
		int limit = Math.max(2, wanted.length() / 3);
		return this.known.stream()
			.map((resource) -> new Suggestion(qualifiedName(resource), distance(resource, wanted)))
			.filter((suggestion) -> suggestion.distance() <= limit)
			.sorted(Comparator.comparingInt(Suggestion::distance).thenComparing(Suggestion::name))
			.map(Suggestion::name)
			.distinct()
			.limit(MAX_SUGGESTIONS)
			.toList();
	}

	private static int distance(ResourceDescriptor<?> resource, String wanted) {
		String plural = resource.resource().resource();
		String kind = resource.kind().kind().toLowerCase(Locale.ROOT);
		return Stream.of(plural, kind, qualifiedName(resource), kind + groupSuffix(resource))
			.mapToInt((candidate) -> EditDistance.between(wanted, candidate))
			.min()
			.orElseThrow();
	}

	private static String groupSuffix(ResourceDescriptor<?> resource) {
		String group = resource.resource().group();
		return group.isEmpty() ? "" : "." + group;
	}

	/**
	 * Return the name of a kind with its group.
	 * @param resource the kind
	 * @return the name, such as {@code pods} or {@code deployments.apps}
	 */
	static String qualifiedName(ResourceDescriptor<?> resource) {
		return resource.resource().resource() + groupSuffix(resource);
	}

	/**
	 * The kinds that a name may refer to.
	 *
	 * @param resources the kinds, at most one per group, best match first; empty if the
	 * name is unknown
	 * @param ambiguous whether the first one is not a better match than the others
	 */
	record Result(List<ResourceDescriptor<?>> resources, boolean ambiguous) {

		List<String> names() {
			return this.resources.stream().map(ResourceLookup::qualifiedName).toList();
		}

	}

	private record Suggestion(String name, int distance) {

	}

}
