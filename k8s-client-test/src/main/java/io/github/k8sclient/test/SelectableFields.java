package io.github.k8sclient.test;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields by which the objects of a resource can be selected. These are few and differ
 * by resource: the API server knows them from a fixed table, and so does this class.
 */
final class SelectableFields {

	private static final Function<String, String> GENERIC_REFUSAL = (field) -> FieldError.quote(field)
			+ " is not a known field selector: only \"metadata.name\", \"metadata.namespace\"";

	private static final Function<String, String> REFUSAL = (field) -> "field label not supported: " + field;

	private static final SelectableFields GENERIC = new SelectableFields(metadata(), GENERIC_REFUSAL);

	private static final Map<String, SelectableFields> TABLE = table();

	private final Map<String, Field> fields;

	private final Function<String, String> refusal;

	private SelectableFields(Map<String, Field> fields, Function<String, String> refusal) {
		this.fields = fields;
		this.refusal = refusal;
	}

	/**
	 * The fields of a resource.
	 * @param resource the name with the group, such as {@code jobs.batch}
	 * @return the fields
	 */
	static SelectableFields of(String resource) {
		return TABLE.getOrDefault(resource, GENERIC);
	}

	/**
	 * The fields of a custom resource.
	 * @param namespaced whether its objects live in namespaces
	 * @param names the fields that its definition names, such as {@code spec.size}
	 * @return the fields
	 */
	static SelectableFields custom(boolean namespaced, List<String> names) {
		Map<String, Field> fields = metadata();
		if (!namespaced) {
			fields.remove("metadata.namespace");
		}
		for (String name : names) {
			List<String> path = List.of(name.split("\\."));
			fields.put(name, (object) -> at(object, path).asString(""));
		}
		return new SelectableFields(fields, REFUSAL);
	}

	Field field(String name) {
		Field field = this.fields.get(name);
		if (field == null) {
			throw Statuses.badRequest(this.refusal.apply(name));
		}
		return field;
	}

	private static Map<String, SelectableFields> table() {
		Map<String, SelectableFields> table = new HashMap<>();
		table.put("pods", with("spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName",
				"spec.hostNetwork", "status.phase", "status.podIP", "status.nominatedNodeName"));
		table.put("events",
				with("involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid",
						"involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath",
						"reason", "reportingComponent", "source", "type"));
		table.put("events.events.k8s.io",
				with("regarding.kind", "regarding.namespace", "regarding.name", "regarding.uid", "regarding.apiVersion",
						"regarding.resourceVersion", "regarding.fieldPath", "reason", "reportingController", "type"));
		table.put("nodes", with("spec.unschedulable"));
		table.put("namespaces", with("status.phase"));
		table.put("secrets", with("type"));
		table.put("services", with("spec.clusterIP", "spec.type"));
		table.put("replicationcontrollers", with("status.replicas"));
		table.put("jobs.batch", new SelectableFields(with("status.successful").fields,
				(field) -> "field label %s not supported for batchv1.Job".formatted(FieldError.quote(field))));
		table.put("certificatesigningrequests.certificates.k8s.io", with("spec.signerName"));
		return Map.copyOf(table);
	}

	private static SelectableFields with(String... names) {
		Map<String, Field> fields = metadata();
		for (String name : names) {
			fields.put(name, field(List.of(name.split("\\."))));
		}
		return new SelectableFields(fields, REFUSAL);
	}

	private static Map<String, Field> metadata() {
		Map<String, Field> fields = new LinkedHashMap<>();
		fields.put("metadata.name", field(List.of("metadata", "name")));
		fields.put("metadata.namespace", field(List.of("metadata", "namespace")));
		return fields;
	}

	private static Field field(List<String> path) {
		return switch (String.join(".", path)) {
			// Go prints absent numbers and booleans as their zero value
			case "spec.unschedulable", "spec.hostNetwork" -> (object) -> at(object, path).asString("false");
			case "status.replicas" -> (object) -> at(object, path).asString("0");
			case "status.successful" -> (object) -> object.path("status").path("succeeded").asString("0");
			case "source" -> SelectableFields::eventSource;
			default -> (object) -> at(object, path).asString("");
		};
	}

	private static String eventSource(ObjectNode event) {
		String component = event.path("source").path("component").asString("");
		return component.isEmpty() ? event.path("reportingComponent").asString("") : component;
	}

	private static JsonNode at(ObjectNode object, List<String> path) {
		JsonNode node = object;
		for (String name : path) {
			node = node.path(name);
		}
		return node;
	}

	/**
	 * Reads a field of an object as text.
	 */
	interface Field {

		String value(ObjectNode object);

	}

}
