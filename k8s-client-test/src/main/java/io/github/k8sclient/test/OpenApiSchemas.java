package io.github.k8sclient.test;

import java.util.Map;
import java.util.TreeMap;

import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.GroupVersionKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schemas of one OpenAPI document: those of the kinds that were asked for, and of
 * what they refer to. Names, types and keys are those of the real ones; descriptions are
 * left out.
 */
final class OpenApiSchemas {

	private static final String REFERENCE = "ref:";

	private static final Map<String, String> PACKAGES = Map.of("meta", "io.k8s.apimachinery.pkg.apis.meta",
			"apiextensions", "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions", "apiregistration",
			"io.k8s.kube-aggregator.pkg.apis.apiregistration");

	private static final Map<String, String> MARKERS = Map.of("listType", "x-kubernetes-list-type", "listMapKeys",
			"x-kubernetes-list-map-keys", "mapType", "x-kubernetes-map-type", "patchStrategy",
			"x-kubernetes-patch-strategy", "patchMergeKey", "x-kubernetes-patch-merge-key");

	private final Map<String, ObjectNode> schemas = new TreeMap<>();

	/**
	 * Add a kind and its list.
	 * @param resource the resource whose objects they are
	 * @return a reference to the schema of the kind
	 */
	String add(ServedResource resource) {
		GroupVersionKind kind = resource.kind();
		StructuralSchema custom = resource.schema();
		String reference = (custom != null) ? addCustom(kind, custom) : add(kind);
		if (resource.verbs().contains("list")) {
			addList(resource, reference);
		}
		return reference;
	}

	/**
	 * Add a built-in kind.
	 * @param kind the kind
	 * @return a reference to its schema
	 */
	String add(GroupVersionKind kind) {
		String id = MergeSchema.get().id(kind);
		if (id == null) {
			throw new IllegalArgumentException("No schema of " + kind);
		}
		String reference = reference(id);
		ObjectNode schema = schema(name(id));
		if (!schema.has("x-kubernetes-group-version-kind")) {
			addType(schema, kind);
		}
		return reference;
	}

	private String addCustom(GroupVersionKind kind, StructuralSchema custom) {
		String name = customName(kind.groupVersion(), kind.kind());
		ObjectNode schema = ((ObjectNode) custom.facts()).deepCopy();
		addType(schema, kind);
		Trees.object(schema, "properties").set("metadata", property(reference("meta/v1.ObjectMeta")));
		this.schemas.put(name, schema);
		return pointer(name);
	}

	private void addList(ServedResource resource, String items) {
		GroupVersionKind kind = GroupVersionKind.of(resource.kind().apiVersion(), resource.listKind());
		ObjectNode schema = ModelCodec.MAPPER.createObjectNode();
		schema.put("type", "object");
		schema.putArray("required").add("items");
		ObjectNode properties = schema.putObject("properties");
		properties.set("metadata", property(reference("meta/v1.ListMeta")));
		ObjectNode array = properties.putObject("items");
		array.put("type", "array");
		array.putObject("items").put("$ref", items);
		addType(schema, kind);
		String single = items.substring(items.lastIndexOf('/') + 1);
		this.schemas.put(single.substring(0, single.lastIndexOf('.') + 1) + resource.listKind(), schema);
	}

	private static void addType(ObjectNode schema, GroupVersionKind kind) {
		addTypeMembers(schema);
		schema.putArray("x-kubernetes-group-version-kind").add(type(kind));
	}

	// every object names its kind
	private static void addTypeMembers(ObjectNode schema) {
		ObjectNode properties = Trees.object(schema, "properties");
		properties.putObject("apiVersion").put("type", "string");
		properties.putObject("kind").put("type", "string");
	}

	static ObjectNode type(GroupVersionKind kind) {
		ObjectNode type = ModelCodec.MAPPER.createObjectNode();
		type.put("group", kind.group());
		type.put("kind", kind.kind());
		type.put("version", kind.version());
		return type;
	}

	/**
	 * Write the schemas.
	 * @param target where to write them
	 */
	void write(ObjectNode target) {
		this.schemas.forEach(target::set);
	}

	private ObjectNode schema(String name) {
		return this.schemas.getOrDefault(name, ModelCodec.MAPPER.createObjectNode());
	}

	private String reference(String id) {
		String name = name(id);
		if (!this.schemas.containsKey(name)) {
			ObjectNode schema = ModelCodec.MAPPER.createObjectNode();
			// before its fields, which may refer to it
			this.schemas.put(name, schema);
			MergeSchema.Type type = MergeSchema.get().type(id);
			if (type == null) {
				throw new IllegalArgumentException("No schema of " + id);
			}
			fill(schema, type);
			if (MergeSchema.get().isKind(id)) {
				addTypeMembers(schema);
			}
		}
		return pointer(name);
	}

	private void fill(ObjectNode schema, MergeSchema.Type type) {
		schema.put("type", "object");
		ArrayNode required = ModelCodec.MAPPER.createArrayNode();
		ObjectNode properties = ModelCodec.MAPPER.createObjectNode();
		new TreeMap<>(type.fields()).forEach((name, field) -> {
			properties.set(name, schema(field));
			if (!field.facts().has("optional") && !field.facts().has("omitempty")) {
				required.add(name);
			}
		});
		if (!required.isEmpty()) {
			schema.set("required", required);
		}
		if (!properties.isEmpty()) {
			schema.set("properties", properties);
		}
		if (type.isAtomic()) {
			schema.put("x-kubernetes-map-type", "atomic");
		}
	}

	private ObjectNode schema(MergeSchema.Field field) {
		ObjectNode facts = field.facts();
		ObjectNode value = value(facts.path("type").asString(""));
		ObjectNode schema = value;
		if (field.isMap()) {
			schema = ModelCodec.MAPPER.createObjectNode().put("type", "object");
			schema.set("additionalProperties", value);
		}
		else if (field.isList()) {
			schema = ModelCodec.MAPPER.createObjectNode().put("type", "array");
			schema.set("items", value);
		}
		else if (value.has("$ref")) {
			schema = property(value.path("$ref").asString());
		}
		for (Map.Entry<String, String> marker : new TreeMap<>(MARKERS).entrySet()) {
			JsonNode fact = facts.get(marker.getKey());
			if (fact != null) {
				schema.set(marker.getValue(), fact);
			}
		}
		return schema;
	}

	// beside a reference nothing else may stand
	private static ObjectNode property(String reference) {
		ObjectNode property = ModelCodec.MAPPER.createObjectNode();
		property.putArray("allOf").addObject().put("$ref", reference);
		return property;
	}

	private ObjectNode value(String type) {
		if (type.startsWith(REFERENCE)) {
			return ModelCodec.MAPPER.createObjectNode().put("$ref", reference(type.substring(REFERENCE.length())));
		}
		return switch (type) {
			case "string", "duration" -> scalar("string", null);
			case "bool" -> scalar("boolean", null);
			case "int32", "int64" -> scalar("integer", type);
			case "float64" -> scalar("number", "double");
			case "bytes" -> scalar("string", "byte");
			case "time", "microtime" -> scalar("string", "date-time");
			case "intorstring" -> alternatives("int-or-string", "integer");
			case "quantity" -> alternatives(null, "number");
			case "list-of-string" -> scalar("array", null).set("items", scalar("string", null));
			case "rawextension", "fieldsv1" -> scalar("object", null);
			// any JSON
			default -> ModelCodec.MAPPER.createObjectNode();
		};
	}

	private static ObjectNode scalar(String type, @Nullable String format) {
		ObjectNode schema = ModelCodec.MAPPER.createObjectNode().put("type", type);
		return (format != null) ? schema.put("format", format) : schema;
	}

	private static ObjectNode alternatives(@Nullable String format, String number) {
		ObjectNode schema = ModelCodec.MAPPER.createObjectNode();
		if (format != null) {
			schema.put("format", format);
		}
		schema.putArray("oneOf").add(scalar("string", null)).add(scalar(number, null));
		return schema;
	}

	// such as core/v1.Pod, in the package of its Go type
	private static String name(String id) {
		int slash = id.indexOf('/');
		String group = id.substring(0, slash);
		return PACKAGES.getOrDefault(group, "io.k8s.api." + group) + "." + id.substring(slash + 1);
	}

	// the group is a domain, which is written backwards as a package
	private static String customName(GroupVersion version, String kind) {
		StringBuilder name = new StringBuilder();
		for (String part : version.group().split("\\.")) {
			name.insert(0, part + ".");
		}
		return name + version.version() + "." + kind;
	}

	private static String pointer(String name) {
		return "#/components/schemas/" + name;
	}

}
