package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.List;

import io.netty.handler.codec.http.QueryStringDecoder;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request for a resource, taken apart.
 *
 * @param resource the resource
 * @param namespace the namespace, null for cluster-scoped objects and for all namespaces
 * @param name the name of the object, null for the collection
 * @param subresource the subresource, null for the object itself
 * @param watch whether the path has the old prefix that asks for a watch
 */
record ResourcePath(ServedResource resource, @Nullable String namespace, @Nullable String name,
		@Nullable String subresource, boolean watch) {

	/**
	 * Take a path apart.
	 * @param path the path
	 * @param catalog the resources
	 * @return the parts
	 * @throws StatusException 404 if no resource is served there
	 */
	static ResourcePath parse(String path, ResourceCatalog catalog) {
		List<String> segments = new ArrayList<>();
		for (String segment : path.substring(1).split("/", -1)) {
			segments.add(QueryStringDecoder.decodeComponent(segment.replace("+", "%2B")));
		}
		if (segments.get(segments.size() - 1).isEmpty()) {
			segments.remove(segments.size() - 1);
		}
		boolean core = segments.get(0).equals("api");
		int versionEnd = core ? 2 : 3;
		// what comes behind a proxy is not for this server
		boolean proxy = segments.contains("proxy");
		if (segments.size() <= versionEnd || (segments.contains("") && !proxy)) {
			throw Statuses.noSuchResource();
		}
		String group = core ? "" : segments.get(1);
		String version = segments.get(versionEnd - 1);
		List<String> rest = segments.subList(versionEnd, segments.size());
		boolean watch = rest.get(0).equals("watch") && rest.size() > 1;
		if (watch) {
			rest = rest.subList(1, rest.size());
		}
		boolean inNamespace = rest.get(0).equals("namespaces") && rest.size() > 2
				&& catalog.find(group, version, rest.get(2)) != null;
		String namespace = inNamespace ? rest.get(1) : null;
		List<String> own = inNamespace ? rest.subList(2, rest.size()) : rest;
		ServedResource resource = catalog.find(group, version, own.get(0));
		if (resource == null || (own.size() > 3 && !own.get(2).equals("proxy"))) {
			throw Statuses.noSuchResource();
		}
		ResourcePath result = new ResourcePath(resource, namespace, (own.size() > 1) ? own.get(1) : null,
				(own.size() > 2) ? own.get(2) : null, watch);
		result.checkScope();
		return result;
	}

	/**
	 * What a request wants to do, in the words of access rules.
	 * @param request the request
	 * @return the verb, such as {@code list}
	 */
	String verb(ApiRequest request) {
		boolean collection = this.name == null;
		return switch (request.method()) {
			case "GET" -> (this.watch || request.parameters().isOn("watch")) ? "watch" : (collection ? "list" : "get");
			case "POST" -> "create";
			case "PUT" -> "update";
			case "PATCH" -> "patch";
			default -> collection ? "deletecollection" : "delete";
		};
	}

	/**
	 * The name of the object.
	 * @return the name
	 */
	String requiredName() {
		if (this.name == null) {
			throw Statuses.noSuchResource();
		}
		return this.name;
	}

	private void checkScope() {
		boolean namespaceGiven = this.namespace != null;
		boolean namespaceNeeded = this.resource.namespaced() && this.name != null;
		if ((namespaceNeeded && !namespaceGiven) || (namespaceGiven && !this.resource.namespaced())) {
			throw Statuses.noSuchResource();
		}
	}

}
