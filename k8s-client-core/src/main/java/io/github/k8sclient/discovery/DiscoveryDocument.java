package io.github.k8sclient.discovery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.k8sclient.meta.APIGroup;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.GroupVersionForDiscovery;
import io.github.k8sclient.meta.GroupVersionKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What {@code /api} or {@code /apis} answers: the groups, and, if the server aggregates
 * them, the resources of their versions.
 *
 * @param groups the groups in the server's order
 * @param resources the resources of each version that is told of
 * @param failures the versions whose resources the server does not know at the moment
 */
record DiscoveryDocument(List<APIGroup> groups, Map<GroupVersion, List<ServerResource>> resources,
		Map<GroupVersion, String> failures) {

	/**
	 * The media types to ask with. Servers before 1.30 only know the second.
	 */
	static final String ACCEPT = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
			+ "application/json";

	static final DiscoveryDocument EMPTY = new DiscoveryDocument(List.of(), Map.of(), Map.of());

	private static final String STALE = "the server has not heard of its resources for a while";

	static DiscoveryDocument parse(JsonNode document) {
		return switch (document.path("kind").asString("")) {
			case "APIGroupDiscoveryList" -> aggregated(document);
			case "APIVersions" -> core(document);
			default -> new DiscoveryDocument(
					document.path("groups").valueStream().map(DiscoveryDocument::group).toList(), Map.of(), Map.of());
		};
	}

	private static DiscoveryDocument core(JsonNode document) {
		List<String> versions = document.path("versions").valueStream().map(JsonNode::asString).toList();
		return new DiscoveryDocument(versions.isEmpty() ? List.of() : List.of(group("", versions, versions.get(0))),
				Map.of(), Map.of());
	}

	private static APIGroup group(JsonNode group) {
		List<String> versions = group.path("versions")
			.valueStream()
			.map((version) -> text(version, "version"))
			.toList();
		String preferred = text(group.path("preferredVersion"), "version");
		return group(text(group, "name"), versions, preferred.isEmpty() ? first(versions) : preferred);
	}

	private static @Nullable String first(List<String> versions) {
		return versions.isEmpty() ? null : versions.get(0);
	}

	private static APIGroup group(String name, List<String> versions, @Nullable String preferred) {
		APIGroup.Builder group = APIGroup.builder()
			.name(name)
			.versions(versions.stream().map((version) -> version(name, version)).toList());
		return (preferred != null) ? group.preferredVersion(version(name, preferred)).build() : group.build();
	}

	private static GroupVersionForDiscovery version(String group, String version) {
		return GroupVersionForDiscovery.builder()
			.groupVersion(new GroupVersion(group, version).toString())
			.version(version)
			.build();
	}

	private static DiscoveryDocument aggregated(JsonNode document) {
		List<APIGroup> groups = new ArrayList<>();
		Map<GroupVersion, List<ServerResource>> resources = new LinkedHashMap<>();
		Map<GroupVersion, String> failures = new LinkedHashMap<>();
		for (JsonNode group : document.path("items")) {
			String name = text(group.path("metadata"), "name");
			List<String> versions = new ArrayList<>();
			for (JsonNode version : group.path("versions")) {
				GroupVersion groupVersion = new GroupVersion(name, text(version, "version"));
				if (text(version, "freshness").equals("Stale")) {
					failures.put(groupVersion, STALE);
				}
				else {
					versions.add(groupVersion.version());
					resources.put(groupVersion, resources(groupVersion, version.path("resources")));
				}
			}
			groups.add(group(name, versions, first(versions)));
		}
		return new DiscoveryDocument(groups, resources, failures);
	}

	private static List<ServerResource> resources(GroupVersion groupVersion, JsonNode resources) {
		// one without a kind is there for the sake of its subresources only
		return resources.valueStream()
			.filter((resource) -> !text(resource.path("responseKind"), "kind").isEmpty())
			.map((resource) -> resource(groupVersion, resource))
			.toList();
	}

	private static ServerResource resource(GroupVersion groupVersion, JsonNode resource) {
		List<ServerSubresource> subresources = resource.path("subresources")
			.valueStream()
			.filter((subresource) -> !text(subresource.path("responseKind"), "kind").isEmpty())
			.map((subresource) -> new ServerSubresource(text(subresource, "subresource"),
					kind(groupVersion, subresource.path("responseKind")), texts(subresource, "verbs")))
			.toList();
		return new ServerResource(groupVersion.resource(text(resource, "resource")),
				kind(groupVersion, resource.path("responseKind")), text(resource, "singularResource"),
				text(resource, "scope").equals("Namespaced"), texts(resource, "verbs"), list(resource, "shortNames"),
				list(resource, "categories"), subresources);
	}

	// An empty version stands for that of the resource
	private static GroupVersionKind kind(GroupVersion groupVersion, JsonNode kind) {
		String version = text(kind, "version");
		return version.isEmpty() ? groupVersion.kind(text(kind, "kind"))
				: new GroupVersionKind(text(kind, "group"), version, text(kind, "kind"));
	}

	private static Set<String> texts(JsonNode node, String name) {
		return new HashSet<>(list(node, name));
	}

	private static List<String> list(JsonNode node, String name) {
		return node.path(name).valueStream().map(JsonNode::asString).toList();
	}

	private static String text(JsonNode node, String name) {
		return node.path(name).asString("");
	}

	/**
	 * Put the groups of another document behind those of this one.
	 */
	DiscoveryDocument and(DiscoveryDocument other) {
		List<APIGroup> groups = new ArrayList<>(this.groups);
		groups.addAll(other.groups);
		Map<GroupVersion, List<ServerResource>> resources = new LinkedHashMap<>(this.resources);
		resources.putAll(other.resources);
		Map<GroupVersion, String> failures = new LinkedHashMap<>(this.failures);
		failures.putAll(other.failures);
		return new DiscoveryDocument(groups, resources, failures);
	}

	/**
	 * Return the versions of whose resources the document says nothing.
	 */
	List<GroupVersion> versionsWithoutResources() {
		return this.groups.stream()
			.flatMap(ServerResources::versions)
			.filter((version) -> !this.resources.containsKey(version) && !this.failures.containsKey(version))
			.toList();
	}

}
