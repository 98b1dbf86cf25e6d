package io.github.k8sclient.test;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

import io.github.k8sclient.meta.GroupVersion;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes all resources into one document: aggregated discovery (KEP-3352).
 */
final class AggregatedDiscovery {

	private static final String CONTENT_TYPE = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

	private final ResourceCatalog catalog;

	AggregatedDiscovery(ResourceCatalog catalog) {
		this.catalog = catalog;
	}

	/**
	 * Whether a client asks for this form, and prefers it.
	 * @param accept the header {@code Accept}, null if absent
	 * @return whether it does
	 */
	static boolean isWanted(@Nullable String accept) {
		String first = (accept != null) ? accept.split(",")[0].replace(" ", "") : "";
		List<String> parts = List.of(first.toLowerCase(Locale.ROOT).split(";"));
		return parts.get(0).equals("application/json")
				&& parts.containsAll(List.of("g=apidiscovery.k8s.io", "v=v2", "as=apigroupdiscoverylist"));
	}

	/**
	 * Answer with the document, or with 304 if the client has it.
	 * @param request the request
	 * @param core whether the core group is wanted, or else all others
	 * @return the answer
	 */
	ApiResponse answer(ApiRequest request, boolean core) {
		byte[] document = Documents.encode(document(core), Encoding.JSON);
		String tag = "\"" + OpenApiHandler.hash(document) + "\"";
		boolean known = tag.equals(request.header(HttpHeaderNames.IF_NONE_MATCH));
		ApiResponse answer = ApiResponse.of(known ? 304 : 200, CONTENT_TYPE, known ? new byte[0] : document);
		return answer.withHeader("ETag", tag).withHeader("Vary", "Accept");
	}

	private ObjectNode document(boolean core) {
		ObjectNode document = ModelCodec.MAPPER.createObjectNode();
		document.put("kind", "APIGroupDiscoveryList");
		document.put("apiVersion", "apidiscovery.k8s.io/v2");
		document.putObject("metadata");
		ArrayNode items = document.putArray("items");
		if (core) {
			group(items, "", List.of(new GroupVersion("", "v1")));
		}
		else {
			this.catalog.groups().forEach((name, versions) -> group(items, name, versions));
		}
		return document;
	}

	private void group(ArrayNode items, String name, List<GroupVersion> versions) {
		ObjectNode group = items.addObject();
		ObjectNode metadata = group.putObject("metadata");
		if (!name.isEmpty()) {
			metadata.put("name", name);
		}
		ArrayNode array = group.putArray("versions");
		for (GroupVersion version : versions) {
			ObjectNode node = array.addObject();
			node.put("version", version.version());
			ArrayNode resources = node.putArray("resources");
			this.catalog.resources(version).forEach((resource) -> resource(resources.addObject(), resource));
			node.put("freshness", "Current");
		}
	}

	private static void resource(ObjectNode node, ServedResource resource) {
		node.put("resource", resource.name());
		responseKind(node, versionOf(resource), resource.kind().kind());
		node.put("scope", resource.namespaced() ? "Namespaced" : "Cluster");
		node.put("singularResource", resource.names().singular());
		texts(node, "verbs", new TreeSet<>(resource.verbs()));
		if (!resource.names().shortNames().isEmpty()) {
			texts(node, "shortNames", resource.names().shortNames());
		}
		if (!resource.names().categories().isEmpty()) {
			texts(node, "categories", resource.names().categories());
		}
		for (ServedSubresource subresource : ServedSubresource.of(resource)) {
			ObjectNode below = node.withArray("subresources").addObject();
			below.put("subresource", subresource.name());
			GroupVersion version = (subresource.apiVersion() != null) ? GroupVersion.parse(subresource.apiVersion())
					: versionOf(resource);
			responseKind(below, version, (subresource.kind() != null) ? subresource.kind() : resource.kind().kind());
			texts(below, "verbs", subresource.verbs());
		}
	}

	// that of a built-in resource goes without saying
	private static @Nullable GroupVersion versionOf(ServedResource resource) {
		return resource.isCustom() ? resource.kind().groupVersion() : null;
	}

	private static void responseKind(ObjectNode node, @Nullable GroupVersion version, String kind) {
		ObjectNode responseKind = node.putObject("responseKind");
		responseKind.put("group", (version != null) ? version.group() : "");
		responseKind.put("version", (version != null) ? version.version() : "");
		responseKind.put("kind", kind);
	}

	private static void texts(ObjectNode node, String member, Iterable<String> texts) {
		ArrayNode array = node.putArray(member);
		texts.forEach(array::add);
	}

}
