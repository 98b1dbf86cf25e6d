package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema of a custom resource, which says what members an object has. It drops the
 * others and fills in defaults.
 */
final class StructuralSchema {

	private static final Set<String> RESOURCE_MEMBERS = Set.of("apiVersion", "kind", "metadata");

	private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";

	private final JsonNode facts;

	private final boolean resource;

	private final Map<String, StructuralSchema> properties = new HashMap<>();

	private final @Nullable StructuralSchema items;

	private final @Nullable StructuralSchema additionalProperties;

	private StructuralSchema(JsonNode facts, boolean resource) {
		this.facts = facts;
		this.resource = resource || facts.path("x-kubernetes-embedded-resource").asBoolean(false);
		facts.path("properties")
			.propertyStream()
			.forEach((property) -> this.properties.put(property.getKey(),
					new StructuralSchema(property.getValue(), false)));
		this.items = nested("items");
		this.additionalProperties = nested("additionalProperties");
	}

	/**
	 * Read a schema.
	 * @param facts the {@code openAPIV3Schema} of a version
	 * @return the schema
	 */
	static StructuralSchema of(JsonNode facts) {
		return new StructuralSchema(facts, true);
	}

	private @Nullable StructuralSchema nested(String member) {
		return (this.facts.get(member) instanceof ObjectNode schema) ? new StructuralSchema(schema, false) : null;
	}

	/**
	 * What the schema says apart from its structure: the type and restrictions of values.
	 * @return the schema as JSON
	 */
	JsonNode facts() {
		return this.facts;
	}

	@Nullable StructuralSchema property(String name) {
		return this.properties.get(name);
	}

	Map<String, StructuralSchema> properties() {
		return this.properties;
	}

	@Nullable StructuralSchema items() {
		return this.items;
	}

	@Nullable StructuralSchema additionalProperties() {
		return this.additionalProperties;
	}

	/**
	 * The schema of a member, declared or not.
	 * @param name the name of the member
	 * @return the schema, null if nothing is said about it
	 */
	@Nullable StructuralSchema member(String name) {
		StructuralSchema property = this.properties.get(name);
		return (property != null) ? property : this.additionalProperties;
	}

	/**
	 * Whether a member is one that every resource has, whatever the schema says.
	 * @param name the name of the member
	 * @return true for kind, API version and metadata
	 */
	boolean isResourceMember(String name) {
		return this.resource && RESOURCE_MEMBERS.contains(name);
	}

	boolean preservesUnknown() {
		return this.facts.path(PRESERVE).asBoolean(false) || this.facts.path("additionalProperties").asBoolean(false);
	}

	boolean nullable() {
		return this.facts.path("nullable").asBoolean(false);
	}

	/**
	 * Drop the members that the schema does not know.
	 * @param object the object, changed in place
	 * @return the paths of what was dropped
	 */
	List<String> prune(ObjectNode object) {
		List<String> dropped = new ArrayList<>();
		prune("", object, dropped);
		return dropped;
	}

	private void prune(String path, JsonNode value, List<String> dropped) {
		if (value instanceof ObjectNode object) {
			for (String name : List.copyOf(object.propertyNames())) {
				StructuralSchema member = member(name);
				String memberPath = path.isEmpty() ? name : path + "." + name;
				if (isResourceMember(name)) {
					continue;
				}
				if (member != null) {
					member.prune(memberPath, object.get(name), dropped);
				}
				else if (!preservesUnknown()) {
					object.remove(name);
					dropped.add(memberPath);
				}
			}
		}
		else if (value instanceof ArrayNode array && this.items != null) {
			for (int i = 0; i < array.size(); i++) {
				this.items.prune(path + "[" + i + "]", array.get(i), dropped);
			}
		}
	}

	/**
	 * Fill in defaults, also for nulls where null is no value, and remove such nulls that
	 * have no default.
	 * @param value the value, changed in place
	 */
	void applyDefaults(JsonNode value) {
		if (value instanceof ObjectNode object) {
			this.properties.forEach((name, property) -> {
				JsonNode defaultValue = property.facts.get("default");
				if (defaultValue != null && property.isAbsent(object.get(name))) {
					object.set(name, defaultValue.deepCopy());
				}
			});
			for (String name : List.copyOf(object.propertyNames())) {
				StructuralSchema member = isResourceMember(name) ? null : member(name);
				if (member != null && member.isAbsent(object.get(name))) {
					object.remove(name);
				}
				else if (member != null) {
					member.applyDefaults(object.get(name));
				}
			}
		}
		else if (value instanceof ArrayNode array && this.items != null) {
			array.forEach(this.items::applyDefaults);
		}
	}

	private boolean isAbsent(@Nullable JsonNode value) {
		return value == null || (value.isNull() && !nullable());
	}

}
