package io.github.k8sclient.autoconfigure.informer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.k8sclient.meta.ResourceDescriptor;

/**
 * Finds a kind by the names that people give it: {@code pods}, {@code Pod},
 * {@code deployments.apps}, {@code Deployment.apps}, {@code deployments.v1.apps}. Case
 * does not matter.
 * <p>
 * Where a name leaves the version open, a version that is in use wins, else the one that
 * an API server prefers: the highest stable one. Where it leaves the group open, the core
 * group wins, as with kubectl.
 */
final class ResourceLookup {

	private static final int MAX_SUGGESTIONS = 3;

	private final Collection<? extends ResourceDescriptor<?>> known;

	private final Set<Class<?>> inUse;

	/**
	 * Create a lookup.
	 * @param known all kinds there are
	 * @param inUse the types that the application uses
	 */
	ResourceLookup(Collection<? extends ResourceDescriptor<?>> known, Set<Class<?>> inUse) {
		this.known = known;
		this.inUse = inUse;
	}

	/**
	 * Find the kind that a name means.
	 * @param name the name
	 * @return what was found
	 */
	Result find(String name) {
		String wanted = name.trim().toLowerCase(Locale.ROOT);
		return Stream
			.<Predicate<ResourceDescriptor<?>>>of((resource) -> matches(resource, wanted, ""),
					(resource) -> matches(resource, wanted, groupSuffix(resource)),
					(resource) -> matches(resource, wanted,
							"." + resource.resource().version() + groupSuffix(resource)))
			.map(this::bestOfEachGroup)
			.filter((result) -> !result.resources().isEmpty())
			.findFirst()
			.orElse(new Result(List.of(), false));
	}

	private static String groupSuffix(ResourceDescriptor<?> resource) {
		String group = resource.resource().group();
		return group.isEmpty() ? "" : "." + group;
	}

	private static boolean matches(ResourceDescriptor<?> resource, String wanted, String suffix) {
		return wanted.equals(resource.resource().resource() + suffix)
				|| wanted.equals(resource.kind().kind().toLowerCase(Locale.ROOT) + suffix);
	}

	private Result bestOfEachGroup(Predicate<ResourceDescriptor<?>> condition) {
		Map<String, ResourceDescriptor<?>> bestByGroup = new TreeMap<>();
		for (ResourceDescriptor<?> resource : this.known) {
			if (condition.test(resource)) {
				bestByGroup.merge(resource.resource().group(), resource, this::better);
			}
		}
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
		return (ApiVersion.parse(one.resource().version()).compareTo(ApiVersion.parse(other.resource().version())) >= 0)
				? one : other;
	}

	/**
	 * Find names that are spelled like the given one.
	 * @param name a name that means nothing
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

	/**
	 * Return the name that means one kind only, whatever its version.
	 * @param resource the kind
	 * @return the name, such as {@code pods} or {@code deployments.apps}
	 */
	static String qualifiedName(ResourceDescriptor<?> resource) {
		return resource.resource().resource() + groupSuffix(resource);
	}

	/**
	 * The kinds that a name can mean.
	 *
	 * @param resources the kinds, at most one of each group, best match first; empty if
	 * nothing has the name
	 * @param ambiguous whether the first of them is no better a match than the others
	 */
	record Result(List<ResourceDescriptor<?>> resources, boolean ambiguous) {

		List<String> names() {
			return this.resources.stream().map(ResourceLookup::qualifiedName).toList();
		}

	}

	private record Suggestion(String name, int distance) {

	}

}
