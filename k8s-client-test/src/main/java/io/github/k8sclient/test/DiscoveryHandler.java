package io.github.k8sclient.test;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.github.k8sclient.meta.GroupVersion;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers requests that are not for resources: discovery, version and health.
 */
final class DiscoveryHandler {

	private static final Set<String> HEALTH = Set.of("/healthz", "/livez", "/readyz");

	private final ResourceCatalog catalog;

	private final @Nullable AggregatedDiscovery aggregated;

	private final OpenApiHandler openApi;

	/**
	 * Make a handler.
	 * @param catalog the resources
	 * @param aggregated whether to write all resources into one document for clients that
	 * want it
	 */
	DiscoveryHandler(ResourceCatalog catalog, boolean aggregated) {
		this.catalog = catalog;
		this.openApi = new OpenApiHandler(catalog);
		this.aggregated = aggregated ? new AggregatedDiscovery(catalog) : null;
	}

	/**
	 * Whether a request is one that also strangers may send.
	 * @param request the request
	 * @return true for those of health and version
	 */
	static boolean isOpenToAll(ApiRequest request) {
		return HEALTH.contains(request.path()) || request.path().equals("/version");
	}

	/**
	 * Answer a request if it is not for a resource.
	 * @param request the request
	 * @return the answer, null if the request is for a resource
	 */
	@Nullable ApiResponse handle(ApiRequest request) {
		String path = request.path();
		while (path.length() > 1 && path.endsWith("/")) {
			path = path.substring(0, path.length() - 1);
		}
		if (HEALTH.contains(path)) {
			return ApiResponse.text(200, "ok");
		}
		if (OpenApiHandler.isMeant(path)) {
			requireGet(request);
			return this.openApi.handle(request);
		}
		if (path.equals("/version")) {
			requireGet(request);
			return Documents.response(200, version(), Encoding.JSON);
		}
		String[] segments = path.split("/");
		boolean core = segments.length > 1 && segments[1].equals("api");
		boolean groups = segments.length > 1 && segments[1].equals("apis");
		if (!core && !groups) {
			return Documents.response(path.equals("/") ? 200 : 404, paths(), Encoding.JSON);
		}
		if (segments.length > (core ? 3 : 4)) {
			return null;
		}
		requireGet(request);
		return discovery(request, segments, core);
	}

	private static void requireGet(ApiRequest request) {
		if (!request.method().equals("GET")) {
			throw Statuses.methodNotAllowed();
		}
	}

	private ApiResponse discovery(ApiRequest request, String[] segments, boolean core) {
		if (!core && segments.length == 3 && !this.catalog.groups().containsKey(segments[2])) {
			return ApiResponse.text(404, "404 page not found\n");
		}
		if (segments.length == 2 && this.aggregated != null && AggregatedDiscovery.isWanted(request.accept())) {
			return this.aggregated.answer(request, core);
		}
		ObjectNode document = switch (segments.length) {
			case 2 -> core ? coreVersions() : groupList();
			case 3 -> core ? resources(new GroupVersion("", segments[2])) : group(segments[2]);
			default -> resources(new GroupVersion(segments[2], segments[3]));
		};
		return Documents.response(200, document, ResponseFormat.ofDocuments(request.accept()));
	}

	private static ObjectNode coreVersions() {
		ObjectNode document = ModelCodec.MAPPER.createObjectNode();
		document.put("kind", "APIVersions");
		document.putArray("versions").add("v1");
		document.putArray("serverAddressByClientCIDRs");
		return document;
	}

	private ObjectNode groupList() {
		ObjectNode document = ModelCodec.MAPPER.createObjectNode();
		document.put("kind", "APIGroupList");
		document.put("apiVersion", "v1");
		ArrayNode groups = document.putArray("groups");
		this.catalog.groups().forEach((name, versions) -> fill(groups.addObject(), name, versions));
		return document;
	}

	private ObjectNode group(String name) {
		ObjectNode document = ModelCodec.MAPPER.createObjectNode();
		document.put("kind", "APIGroup");
		document.put("apiVersion", "v1");
		fill(document, name, this.catalog.groups().getOrDefault(name, List.of()));
		return document;
	}

	private static void fill(ObjectNode group, String name, List<GroupVersion> versions) {
		group.put("name", name);
		ArrayNode array = group.putArray("versions");
		versions.forEach((version) -> fill(array.addObject(), version));
		fill(group.putObject("preferredVersion"), versions.get(0));
	}

	private static void fill(ObjectNode node, GroupVersion version) {
		node.put("groupVersion", version.toString());
		node.put("version", version.version());
	}

	private ObjectNode resources(GroupVersion version) {
		List<ServedResource> served = this.catalog.resources(version);
		if (served.isEmpty()) {
			throw Statuses.noSuchResource();
		}
		ObjectNode document = ModelCodec.MAPPER.createObjectNode();
		document.put("kind", "APIResourceList");
		document.put("apiVersion", "v1");
		document.put("groupVersion", version.toString());
		ArrayNode resources = document.putArray("resources");
		served.forEach((resource) -> add(resources, resource));
		return document;
	}

	private static void add(ArrayNode resources, ServedResource resource) {
		ObjectNode node = entry(resources, resource, resource.name(), resource.verbs());
		node.put("singularName", resource.names().singular());
		texts(node, "shortNames", resource.names().shortNames());
		texts(node, "categories", resource.names().categories());
		for (ServedSubresource subresource : ServedSubresource.of(resource)) {
			ObjectNode below = entry(resources, resource, resource.name() + "/" + subresource.name(),
					subresource.verbs());
			if (subresource.kind() != null) {
				below.put("kind", subresource.kind());
			}
			if (subresource.apiVersion() != null) {
				GroupVersion version = GroupVersion.parse(subresource.apiVersion());
				below.put("group", version.group());
				below.put("version", version.version());
			}
		}
	}

	private static void texts(ObjectNode node, String member, List<String> texts) {
		if (!texts.isEmpty()) {
			ArrayNode array = node.putArray(member);
			texts.forEach(array::add);
		}
	}

	private static ObjectNode entry(ArrayNode resources, ServedResource resource, String name,
			Collection<String> verbs) {
		ObjectNode node = resources.addObject();
		node.put("name", name);
		node.put("singularName", "");
		node.put("namespaced", resource.namespaced());
		node.put("kind", resource.kind().kind());
		ArrayNode array = node.putArray("verbs");
		new TreeSet<>(verbs).forEach(array::add);
		return node;
	}

	private static ObjectNode version() {
		ObjectNode version = ModelCodec.MAPPER.createObjectNode();
		version.put("major", "1");
		version.put("minor", "36");
		version.put("gitVersion", "v1.36.0+embedded");
		version.put("gitCommit", "");
		version.put("gitTreeState", "clean");
		version.put("buildDate", "1970-01-01T00:00:00Z");
		version.put("goVersion", "none");
		version.put("compiler", "javac");
		version.put("platform", "jvm");
		return version;
	}

	private ObjectNode paths() {
		ObjectNode document = ModelCodec.MAPPER.createObjectNode();
		ArrayNode paths = document.putArray("paths");
		paths.add("/api").add("/api/v1").add("/apis");
		this.catalog.groups().forEach((name, versions) -> {
			paths.add("/apis/" + name);
			versions.forEach((version) -> paths.add("/apis/" + version));
		});
		HEALTH.stream().sorted().forEach(paths::add);
		paths.add("/openapi/v3").add("/version");
		return document;
	}

}
