package io.github.k8sclient.discovery;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.k8sclient.meta.GroupKind;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.GroupVersionResource;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Looks names up in what a {@link DiscoveryCache} remembers, and has it ask again before
 * it says that there is no match.
 */
final class DeferredRESTMapper implements RESTMapper {

	private static final int MAX_ALTERNATIVES = 3;

	private static final int MIN_COMPARED = 3;

	private final DiscoveryCache cache;

	DeferredRESTMapper(DiscoveryCache cache) {
		Assert.notNull(cache, "'cache' must not be null");
		this.cache = cache;
	}

	@Override
	public Mono<ServerResource> resourceFor(String name) {
		ResourceName wanted = ResourceName.parse(name);
		return matches(name, wanted::allOf).map((matches) -> best(name, matches));
	}

	@Override
	public Mono<List<ServerResource>> resourcesFor(String name) {
		return matches(name, ResourceName.parse(name)::allOf);
	}

	@Override
	public Mono<GroupVersionKind> kindFor(GroupVersionResource resource) {
		Assert.notNull(resource, "'resource' must not be null");
		return matches(resource.toString(), where((candidate) -> candidate.resource().equals(resource)))
			.map((matches) -> matches.get(0).kind());
	}

	@Override
	public Mono<ServerResource> mapping(GroupKind kind, String... versions) {
		Assert.notNull(kind, "'kind' must not be null");
		if (versions.length == 0) {
			return mappings(kind).map((matches) -> best(kind.toString(), matches));
		}
		List<String> wanted = List.of(versions);
		String name = kind.version(versions[0]).toString();
		return matches(name,
				(resources) -> of(kind, resources)
					.filter((candidate) -> wanted.contains(candidate.resource().version()))
					.sorted(Comparator.comparingInt((candidate) -> wanted.indexOf(candidate.resource().version())))
					.toList())
			.map((matches) -> best(name, matches));
	}

	@Override
	public Mono<List<ServerResource>> mappings(GroupKind kind) {
		Assert.notNull(kind, "'kind' must not be null");
		return matches(kind.toString(), (resources) -> of(kind, resources).toList());
	}

	// The group of a resource and that of its kind differ for a few subresources only,
	// and the path is made of the former
	private static Stream<ServerResource> of(GroupKind kind, List<ServerResource> resources) {
		return resources.stream()
			.filter((candidate) -> candidate.kind().kind().equals(kind.kind())
					&& candidate.resource().group().equals(kind.group()));
	}

	@Override
	public Mono<List<ServerResource>> category(String category) {
		Assert.hasText(category, "'category' must not be empty");
		return matches(category,
				(resources) -> resources.stream()
					.filter((candidate) -> candidate.categories().contains(category))
					.toList())
			.map(DeferredRESTMapper::firstVersions);
	}

	private static List<ServerResource> firstVersions(List<ServerResource> resources) {
		return resources.stream()
			.filter((resource) -> resources.stream()
				.filter((other) -> other.resource().groupResource().equals(resource.resource().groupResource()))
				.findFirst()
				.orElseThrow() == resource)
			.toList();
	}

	private static Function<List<ServerResource>, List<ServerResource>> where(Predicate<ServerResource> condition) {
		return (resources) -> resources.stream().filter(condition).toList();
	}

	private Mono<List<ServerResource>> matches(String name,
			Function<List<ServerResource>, List<ServerResource>> search) {
		return this.cache.resources().flatMap((known) -> {
			List<ServerResource> matches = search.apply(known.resources());
			return matches.isEmpty() ? this.cache.newerThan(known).map((newer) -> matches(name, search, newer))
					: Mono.just(matches);
		});
	}

	private static List<ServerResource> matches(String name,
			Function<List<ServerResource>, List<ServerResource>> search, ServerResources resources) {
		List<ServerResource> matches = search.apply(resources.resources());
		if (matches.isEmpty()) {
			throw new NoMatchException(name, alternatives(name, resources), resources);
		}
		return matches;
	}

	/**
	 * Return the best of several matches. The server prefers groups and versions, but no
	 * resource among others of the same group and version.
	 */
	private static ServerResource best(String name, List<ServerResource> matches) {
		ServerResource best = matches.get(0);
		List<GroupVersionResource> equals = matches.stream()
			.map(ServerResource::resource)
			.filter((other) -> other.groupVersion().equals(best.resource().groupVersion()))
			.toList();
		if (equals.size() > 1) {
			throw new AmbiguousMatchException(name, equals);
		}
		return best;
	}

	private static List<String> alternatives(String name, ServerResources resources) {
		String wanted = name.split("\\.", 2)[0].toLowerCase(Locale.ROOT);
		return resources.resources()
			.stream()
			.filter((resource) -> isLike(wanted, resource.resource().resource())
					|| isLike(wanted, resource.kind().kind().toLowerCase(Locale.ROOT)))
			.map((resource) -> resource.resource().toString())
			.distinct()
			.limit(MAX_ALTERNATIVES)
			.toList();
	}

	private static boolean isLike(String wanted, String name) {
		return name.equals(wanted)
				|| wanted.length() >= MIN_COMPARED && (name.startsWith(wanted) || wanted.startsWith(name));
	}

	@Override
	public void reset() {
		this.cache.invalidate();
	}

	@Override
	public String toString() {
		return "RESTMapper[" + this.cache + "]";
	}

}
