package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds what the API server would refuse in a definition of custom resources: missing
 * names, a wrong set of versions, schemas that are absent or do not say the type of every
 * member, and changes of what must not change.
 */
final class DefinitionValidation {

	private static final int MAX_SELECTABLE_FIELDS = 8;

	private static final Set<String> SELECTABLE_TYPES = Set.of("string", "boolean", "integer");

	private final @Nullable ObjectNode existing;

	private final ObjectNode definition;

	private final List<FieldError> errors = new ArrayList<>();

	private DefinitionValidation(@Nullable ObjectNode existing, ObjectNode definition) {
		this.existing = existing;
		this.definition = definition;
	}

	static List<FieldError> check(@Nullable ObjectNode existing, ObjectNode definition) {
		DefinitionValidation validation = new DefinitionValidation(existing, definition);
		validation.names();
		validation.scope();
		validation.versions();
		if (existing != null) {
			validation.unchanged("group");
			validation.unchanged("scope");
			if (CustomResourceDefinitions.isTrue(existing, "Established")) {
				validation.unchanged("names", "plural");
				validation.unchanged("names", "kind");
			}
		}
		return validation.errors;
	}

	private void names() {
		JsonNode spec = this.definition.path("spec");
		String name = this.definition.path("metadata").path("name").asString("");
		String wanted = spec.path("names").path("plural").asString("") + "." + spec.path("group").asString("");
		if (!name.equals(wanted)) {
			this.errors.add(FieldError.invalid("metadata.name", FieldError.quote(name),
					"must be spec.names.plural+\".\"+spec.group"));
		}
		required("spec.group", spec.path("group"));
		for (String member : List.of("plural", "singular", "kind", "listKind")) {
			required("spec.names." + member, spec.path("names").path(member));
		}
	}

	private void scope() {
		JsonNode scope = this.definition.path("spec").path("scope");
		required("spec.scope", scope);
		if (!Set.of("", "Cluster", "Namespaced").contains(scope.asString(""))) {
			this.errors.add(FieldError.notSupported("spec.scope", FieldError.quote(scope.asString()),
					List.of("Cluster", "Namespaced")));
		}
	}

	private void required(String field, JsonNode value) {
		if (value.asString("").isEmpty()) {
			this.errors.add(FieldError.required(field, ""));
		}
	}

	private void versions() {
		List<ObjectNode> versions = Trees.objects(this.definition.path("spec"), "versions");
		if (versions.stream().filter((version) -> version.path("storage").asBoolean(false)).count() != 1) {
			this.errors.add(FieldError.invalid("spec.versions", "[]",
					"must have exactly one version marked as storage version"));
		}
		for (int i = 0; i < versions.size(); i++) {
			String path = "spec.versions[%d].schema.openAPIV3Schema".formatted(i);
			JsonNode schema = versions.get(i).path("schema").path("openAPIV3Schema");
			if (!schema.isObject()) {
				this.errors.add(FieldError.required(path, "schemas are required"));
			}
			else {
				schema(path, schema);
				selectableFields(i, versions, schema);
			}
		}
	}

	private void selectableFields(int index, List<ObjectNode> versions, JsonNode schema) {
		JsonNode own = versions.get(index).path("selectableFields");
		boolean same = versions.stream().allMatch((version) -> version.path("selectableFields").equals(own));
		if (same && index > 0) {
			return;
		}
		// what is the same in all versions is one to the API server
		String path = same ? "spec.selectableFields" : "spec.versions[%d].selectableFields".formatted(index);
		List<ObjectNode> fields = Trees.objects(versions.get(index), "selectableFields");
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < fields.size(); i++) {
			String field = "%s[%d].jsonPath".formatted(path, i);
			String jsonPath = fields.get(i).path("jsonPath").asString("");
			if (jsonPath.isEmpty()) {
				this.errors.add(FieldError.required(field, ""));
			}
			else if (isSelectable(field, jsonPath, schema) && !seen.add(jsonPath)) {
				this.errors.add(FieldError.duplicate(field, jsonPath));
			}
		}
		if (seen.size() > MAX_SELECTABLE_FIELDS) {
			this.errors.add(FieldError.tooMany(path, seen.size(), MAX_SELECTABLE_FIELDS));
		}
	}

	private boolean isSelectable(String field, String jsonPath, JsonNode schema) {
		String value = FieldError.quote(jsonPath);
		if (!jsonPath.startsWith(".") || jsonPath.contains("[")) {
			this.errors.add(FieldError.invalid(field, value, "is an invalid path: " + (jsonPath.contains("[")
					? "array notation is not allowed" : "expected [ or . but got: " + jsonPath.split("\\.")[0])));
			return false;
		}
		JsonNode found = schema;
		for (String name : jsonPath.substring(1).split("\\.")) {
			found = found.has("properties") ? found.path("properties").path(name) : found.path("additionalProperties");
		}
		if (found.isMissingNode()) {
			this.errors.add(FieldError.invalid(field, value, "is an invalid path: does not refer to a valid field"));
			return false;
		}
		if (jsonPath.startsWith(".metadata.") || jsonPath.equals(".metadata")) {
			this.errors.add(FieldError.invalid(field, value, "must not point to fields in metadata"));
		}
		if (!SELECTABLE_TYPES.contains(found.path("type").asString(""))) {
			this.errors.add(FieldError.invalid(field, value, "must point to a field of type string, boolean or "
					+ "integer. Enum string fields and strings with formats are allowed."));
		}
		return true;
	}

	private void schema(String path, JsonNode schema) {
		boolean untyped = schema.path("x-kubernetes-int-or-string").asBoolean(false)
				|| schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(false);
		if (!untyped && schema.path("type").asString("").isEmpty()) {
			this.errors.add(FieldError.required(path + ".type", "must not be empty for specified object fields"));
		}
		schema.path("properties")
			.propertyStream()
			.forEach((property) -> schema("%s.properties[%s]".formatted(path, property.getKey()), property.getValue()));
		for (String member : List.of("items", "additionalProperties")) {
			if (schema.path(member).isObject()) {
				schema(path + "." + member, schema.path(member));
			}
		}
	}

	private void unchanged(String... path) {
		JsonNode before = (this.existing != null) ? this.existing.path("spec") : this.definition.path("spec");
		JsonNode after = this.definition.path("spec");
		for (String name : path) {
			before = before.path(name);
			after = after.path(name);
		}
		if (!before.equals(after)) {
			this.errors.add(FieldError.invalid("spec." + String.join(".", path), FieldError.quote(after.asString("")),
					"field is immutable"));
		}
	}

}
