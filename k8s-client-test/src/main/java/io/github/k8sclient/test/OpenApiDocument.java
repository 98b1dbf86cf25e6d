package io.github.k8sclient.test;

import java.util.List;

import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.GroupVersionKind;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI document of a group and version: the paths of its resources with what can
 * be done there, and the schemas of its kinds.
 */
final class OpenApiDocument {

	private static final List<String> WRITE_PARAMETERS = List.of("dryRun", "fieldManager", "fieldValidation");

	private final String prefix;

	private final OpenApiSchemas schemas = new OpenApiSchemas();

	private final ObjectNode paths = ModelCodec.MAPPER.createObjectNode();

	private OpenApiDocument(GroupVersion version) {
		this.prefix = "/" + path(version) + "/";
	}

	/**
	 * The path of a group and version, which is also the name of its document.
	 * @param version the group and version
	 * @return for example {@code apis/apps/v1}
	 */
	static String path(GroupVersion version) {
		return (version.group().isEmpty() ? "api/" : "apis/") + version;
	}

	/**
	 * Write a document.
	 * @param version the group and version
	 * @param resources its resources
	 * @return the document
	 */
	static ObjectNode of(GroupVersion version, List<ServedResource> resources) {
		OpenApiDocument builder = new OpenApiDocument(version);
		resources.forEach(builder::add);
		ObjectNode document = ModelCodec.MAPPER.createObjectNode();
		document.put("openapi", "3.0.0");
		ObjectNode info = document.putObject("info");
		info.put("title", "Kubernetes");
		info.put("version", "1.36");
		document.set("paths", builder.paths);
		builder.schemas.write(document.putObject("components").putObject("schemas"));
		return document;
	}

	private void add(ServedResource resource) {
		String schema = this.schemas.add(resource);
		String collection = this.prefix + (resource.namespaced() ? "namespaces/{namespace}/" : "") + resource.name();
		String object = collection + "/{name}";
		for (String verb : resource.verbs()) {
			switch (verb) {
				case "list" -> operation(collection, "get", verb, resource.kind(), schema);
				case "create" -> operation(collection, "post", "post", resource.kind(), schema);
				case "deletecollection" -> operation(collection, "delete", verb, resource.kind(), schema);
				case "get", "patch", "delete" -> operation(object, verb, verb, resource.kind(), schema);
				case "update" -> operation(object, "put", "put", resource.kind(), schema);
				default -> {
					// watches are lists
				}
			}
		}
		if (resource.namespaced() && resource.verbs().contains("list")) {
			operation(this.prefix + resource.name(), "get", "list", resource.kind(), schema);
		}
		ServedSubresource.of(resource).forEach((subresource) -> add(resource, subresource, object, schema));
	}

	private void add(ServedResource resource, ServedSubresource subresource, String object, String schema) {
		if (subresource.connects()) {
			return;
		}
		GroupVersionKind kind = subresource.kind(resource);
		String reference = kind.equals(resource.kind()) ? schema : this.schemas.add(kind);
		for (String verb : subresource.verbs()) {
			String method = switch (verb) {
				case "create" -> "post";
				case "update" -> "put";
				default -> verb;
			};
			operation(object + "/" + subresource.name(), method, method, kind, reference);
		}
	}

	private void operation(String path, String method, String action, GroupVersionKind kind, String schema) {
		ObjectNode operation = Trees.object(this.paths, path).putObject(method);
		if (!method.equals("get")) {
			ArrayNode parameters = operation.putArray("parameters");
			WRITE_PARAMETERS.forEach((name) -> parameter(parameters.addObject(), name, "query"));
		}
		ObjectNode answer = operation.putObject("responses").putObject("200");
		answer.put("description", "OK");
		answer.putObject("content").putObject("application/json").putObject("schema").put("$ref", schema);
		operation.put("x-kubernetes-action", action);
		operation.set("x-kubernetes-group-version-kind", OpenApiSchemas.type(kind));
	}

	private static void parameter(ObjectNode parameter, String name, String in) {
		parameter.put("name", name);
		parameter.put("in", in);
		parameter.putObject("schema").put("type", "string");
	}

}
