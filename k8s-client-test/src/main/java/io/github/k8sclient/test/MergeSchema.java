package io.github.k8sclient.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.k8sclient.meta.GroupVersionKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * How the values of the built-in types are merged, from the schema of the Kubernetes API
 * that the code generator uses too.
 */
final class MergeSchema {

	private static final String LOCATION = "kubernetes-1.36.json";

	private static final String REFERENCE = "ref:";

	// the types whose Go source says "structType=atomic"
	private static final Set<String> ATOMIC_TYPES = Set.of("meta/v1.OwnerReference", "meta/v1.LabelSelector",
			"core/v1.SecretReference", "core/v1.FileKeySelector", "core/v1.ObjectFieldSelector",
			"core/v1.ResourceFieldSelector", "core/v1.ConfigMapKeySelector", "core/v1.SecretKeySelector",
			"core/v1.NodeSelector", "core/v1.NodeSelectorTerm", "core/v1.TopologySelectorTerm",
			"core/v1.EndpointAddress", "core/v1.EndpointPort", "core/v1.ObjectReference",
			"core/v1.LocalObjectReference", "core/v1.TypedLocalObjectReference", "core/v1.ScopeSelector",
			"discovery/v1.EndpointPort", "networking/v1.ServiceBackendPort", "rbac/v1.Subject", "rbac/v1.RoleRef",
			"autoscaling/v1.CrossVersionObjectReference", "admissionregistration/v1.ParamKind",
			"admissionregistration/v1.Variable", "admissionregistration/v1.ParamRef",
			"admissionregistration/v1.MatchResources", "admissionregistration/v1.NamedRuleWithOperations");

	private final Map<String, ObjectNode> facts = new HashMap<>();

	private final Map<String, Type> types = new ConcurrentHashMap<>();

	private final Map<String, String> roots = new HashMap<>();

	private MergeSchema(JsonNode schema) {
		JsonNode groupNames = schema.path("groupNames");
		for (ObjectNode type : Trees.objects(schema, "types")) {
			String group = type.path("group").asString();
			String version = type.path("version").asString();
			String name = type.path("name").asString();
			String id = "%s/%s.%s".formatted(group, version, name);
			this.facts.put(id, type);
			this.roots.put(GroupVersionKind.of(groupNames.path(group).asString(""), version, name).toString(), id);
		}
	}

	static MergeSchema get() {
		return Holder.INSTANCE;
	}

	/**
	 * The type of a kind.
	 * @param kind the kind
	 * @return the type, null if it is unknown
	 */
	@Nullable Type type(GroupVersionKind kind) {
		String id = this.roots.get(kind.toString());
		return (id != null) ? type(id) : null;
	}

	/**
	 * The name of the type of a kind.
	 * @param kind the kind
	 * @return the name, such as {@code core/v1.Pod}; null if it is unknown
	 */
	@Nullable String id(GroupVersionKind kind) {
		return this.roots.get(kind.toString());
	}

	/**
	 * Whether a type is that of whole objects, which name their kind.
	 * @param id the name of the type
	 * @return whether it is
	 */
	boolean isKind(String id) {
		ObjectNode facts = this.facts.get(id);
		return facts != null && facts.path("kind").asBoolean(false);
	}

	/**
	 * The type of the metadata of all objects.
	 * @return the type
	 */
	@Nullable Type metadata() {
		return type("meta/v1.ObjectMeta");
	}

	/**
	 * A type by its name.
	 * @param id the name, such as {@code core/v1.PodSpec}
	 * @return the type, null if it is unknown
	 */
	@Nullable Type type(String id) {
		Type known = this.types.get(id);
		ObjectNode facts = this.facts.get(id);
		if (known != null || facts == null) {
			return known;
		}
		Type type = new Type(this, id, facts);
		this.types.put(id, type);
		return type;
	}

	private static MergeSchema load() {
		try (InputStream in = MergeSchema.class.getResourceAsStream(LOCATION)) {
			if (in == null) {
				throw new IllegalStateException("No " + LOCATION + " beside " + MergeSchema.class.getName());
			}
			return new MergeSchema(ModelCodec.MAPPER.readTree(in));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A type. Its fields include those of the types that it inlines.
	 */
	static final class Type {

		private final Map<String, Field> fields = new LinkedHashMap<>();

		private final boolean atomic;

		private Type(MergeSchema schema, String id, ObjectNode facts) {
			this.atomic = ATOMIC_TYPES.contains(id);
			for (ObjectNode field : Trees.objects(facts, "fields")) {
				String name = field.path("name").asString("");
				Field known = new Field(schema, field);
				if (!name.isEmpty()) {
					this.fields.put(name, known);
					continue;
				}
				Type inlined = known.type();
				if (inlined != null) {
					inlined.fields.forEach(this.fields::putIfAbsent);
				}
			}
		}

		@Nullable Field field(String name) {
			return this.fields.get(name);
		}

		Map<String, Field> fields() {
			return this.fields;
		}

		boolean isAtomic() {
			return this.atomic;
		}

	}

	/**
	 * A field of a type.
	 *
	 * @param schema the schema
	 * @param facts what the schema says about the field
	 */
	record Field(MergeSchema schema, ObjectNode facts) {

		@Nullable Type type() {
			String type = this.facts.path("type").asString("");
			return type.startsWith(REFERENCE) ? this.schema.type(type.substring(REFERENCE.length())) : null;
		}

		boolean merged() {
			return this.facts.path("patchStrategy").asString("").contains("merge");
		}

		@Nullable String mergeKey() {
			return Trees.text(this.facts, "patchMergeKey");
		}

		boolean isList() {
			return this.facts.has("list");
		}

		boolean isMap() {
			return this.facts.has("map");
		}

		boolean isAtomicMap() {
			return this.facts.path("mapType").asString("").equals("atomic")
					|| this.facts.path("structType").asString("").equals("atomic");
		}

		/**
		 * What tells the elements of the list apart.
		 * @return the names of their keys, empty for a set, null if the list is one value
		 */
		@Nullable List<String> listKeys() {
			return switch (this.facts.path("listType").asString("")) {
				case "map" -> Trees.texts(this.facts, "listMapKeys");
				case "set" -> List.of();
				case "" -> merged() ? ((mergeKey() != null) ? List.of(mergeKey()) : List.of()) : null;
				default -> null;
			};
		}

		/**
		 * What Go has in place of an absent value.
		 * @return the value, null if it leaves the field out
		 */
		@Nullable JsonNode zero() {
			String type = this.facts.path("type").asString("");
			boolean structure = type.startsWith(REFERENCE) && !isList() && !isMap() && !this.facts.has("pointer");
			if (structure) {
				return ModelCodec.MAPPER.createObjectNode();
			}
			if (this.facts.has("omitempty") || this.facts.has("pointer")) {
				return null;
			}
			if (isList() || isMap()) {
				return NullNode.getInstance();
			}
			return switch (type) {
				case "string" -> StringNode.valueOf("");
				case "bool" -> BooleanNode.FALSE;
				case "int32", "int64" -> IntNode.valueOf(0);
				default -> NullNode.getInstance();
			};
		}

	}

	private static final class Holder {

		private static final MergeSchema INSTANCE = load();

		private Holder() {
		}

	}

}
