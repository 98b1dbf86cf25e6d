package io.github.k8sclient.discovery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.k8sclient.meta.APIGroup;
import io.github.k8sclient.meta.GroupResource;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.GroupVersionForDiscovery;

/**
 * What an API server served at one moment. Some groups may be missing, because the
 * extension API server behind them is down, say: {@link #failures()} names them, and
 * everything else is there to be used.
 * <p>
 * Immutable.
 *
 * @since 0.1.0
 */
public final class ServerResources {

	private final List<APIGroup> groups;

	private final List<ServerResource> resources;

	private final Map<GroupVersion, String> failures;

	/**
	 * Create a view.
	 * @param groups the groups in the server's order
	 * @param resources the resources of each version that could be read
	 * @param failures why others could not be read
	 */
	ServerResources(List<APIGroup> groups, Map<GroupVersion, List<ServerResource>> resources,
			Map<GroupVersion, String> failures) {
		this.groups = List.copyOf(groups);
		this.resources = groups.stream()
			.flatMap(ServerResources::versions)
			.flatMap((version) -> resources.getOrDefault(version, List.of()).stream())
			.toList();
		this.failures = Map.copyOf(failures);
	}

	/**
	 * Return the versions of a group, the preferred one first.
	 */
	static Stream<GroupVersion> versions(APIGroup group) {
		return Stream.concat(Stream.ofNullable(group.preferredVersion()), group.versions().stream())
			.map((version) -> groupVersion(group, version))
			.distinct();
	}

	private static GroupVersion groupVersion(APIGroup group, GroupVersionForDiscovery version) {
		String name = group.name();
		return new GroupVersion((name != null) ? name : "", String.valueOf(version.version()));
	}

	/**
	 * Return the groups and their versions, the core group first, with an empty name.
	 * @return the groups in the server's order of preference, an immutable list
	 */
	public List<APIGroup> groups() {
		return this.groups;
	}

	/**
	 * Return the resources of all groups and versions.
	 * @return the resources, group by group in the server's order of preference, and in
	 * each group the preferred version first; an immutable list
	 */
	public List<ServerResource> resources() {
		return this.resources;
	}

	/**
	 * Return each resource in one version: the one that the server prefers for its group,
	 * or else the first that has the resource.
	 * @return the resources in the order of {@link #resources()}
	 */
	public List<ServerResource> preferredResources() {
		Map<GroupResource, ServerResource> preferred = new LinkedHashMap<>();
		for (ServerResource resource : this.resources) {
			preferred.putIfAbsent(resource.resource().groupResource(), resource);
		}
		return List.copyOf(preferred.values());
	}

	/**
	 * Return the resources of one group and version.
	 * @param groupVersion the group and version
	 * @return the resources, empty if the server does not serve the group and version, or
	 * they could not be read
	 */
	public List<ServerResource> resources(GroupVersion groupVersion) {
		return this.resources.stream()
			.filter((resource) -> resource.resource().groupVersion().equals(groupVersion))
			.toList();
	}

	/**
	 * Return what could not be read.
	 * @return the reason for each group and version, empty if nothing is missing; an
	 * immutable map
	 */
	public Map<GroupVersion, String> failures() {
		return this.failures;
	}

	/**
	 * Return whether nothing is missing.
	 * @return {@code true} if there are no failures
	 */
	public boolean isComplete() {
		return this.failures.isEmpty();
	}

	/**
	 * Return the failures in words.
	 */
	static String describe(Map<GroupVersion, String> failures) {
		Collection<String> texts = new ArrayList<>();
		failures.forEach((version, reason) -> texts.add(version + ": " + reason));
		return String.join("; ", texts.stream().sorted().toList());
	}

	@Override
	public String toString() {
		return this.resources.size() + " resources of " + this.groups.size() + " groups"
				+ (isComplete() ? "" : ", without " + describe(this.failures));
	}

}
