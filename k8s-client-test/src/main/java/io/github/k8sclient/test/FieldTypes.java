package io.github.k8sclient.test;

import java.util.List;

import io.github.k8sclient.meta.GroupVersionKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * The types of the values of built-in kinds, from the schema of the Kubernetes API, and
 * of custom resources, from the schema of their definition.
 */
final class FieldTypes {

	private static final FieldType TEXT = new Scalar("string");

	private FieldTypes() {
	}

	/**
	 * The type of the objects of a built-in kind.
	 * @param kind the kind
	 * @return the type
	 */
	static FieldType builtIn(GroupVersionKind kind) {
		MergeSchema.Type type = MergeSchema.get().type(kind);
		return (type != null) ? new Root(new Structure(type, false)) : FieldType.UNKNOWN;
	}

	/**
	 * The type of the objects of a custom resource.
	 * @param schema the schema of its version
	 * @return the type
	 */
	static FieldType custom(StructuralSchema schema) {
		return new Root(new Declared(schema));
	}

	private static FieldType of(MergeSchema.Field field) {
		FieldType value = valueOf(field);
		if (field.isList()) {
			return new Elements(field.listKeys(), value);
		}
		return field.isMap() ? new Members(field.isAtomicMap(), value) : value;
	}

	private static FieldType valueOf(MergeSchema.Field field) {
		MergeSchema.Type structure = field.type();
		if (structure != null) {
			return new Structure(structure, structure.isAtomic() || field.isAtomicMap());
		}
		return switch (field.facts().path("type").asString("")) {
			case "string", "time", "microtime", "duration", "bytes" -> TEXT;
			case "int32", "int64", "float64" -> new Scalar("numeric");
			case "bool" -> new Scalar("boolean");
			default -> FieldType.UNKNOWN;
		};
	}

	/**
	 * A whole object, which has kind, API version and metadata beside its own members.
	 *
	 * @param own the type of the own members
	 */
	private record Root(FieldType own) implements FieldType {

		@Override
		public boolean isClosed() {
			return this.own.isClosed();
		}

		@Override
		public boolean declares(String name) {
			return name.equals("apiVersion") || name.equals("kind") || name.equals("metadata")
					|| this.own.declares(name);
		}

		@Override
		public FieldType member(String name) {
			return switch (name) {
				case "apiVersion", "kind" -> TEXT;
				case "metadata" -> metadata();
				default -> this.own.member(name);
			};
		}

		private static FieldType metadata() {
			MergeSchema.Type type = MergeSchema.get().metadata();
			return (type != null) ? new Structure(type, false) : FieldType.UNKNOWN;
		}

		@Override
		public @Nullable JsonNode zero(String name) {
			return name.equals("metadata") ? ModelCodec.MAPPER.createObjectNode() : this.own.zero(name);
		}

	}

	/**
	 * A structure of Go.
	 *
	 * @param type the structure
	 * @param isAtomicObject whether it is owned as one
	 */
	private record Structure(MergeSchema.Type type, boolean isAtomicObject) implements FieldType {

		// the one key of lists that may be left out
		private static final JsonNode PROTOCOL = StringNode.valueOf("TCP");

		@Override
		public boolean isClosed() {
			return true;
		}

		@Override
		public String shape() {
			return "map";
		}

		@Override
		public boolean declares(String name) {
			return this.type.field(name) != null;
		}

		@Override
		public FieldType member(String name) {
			MergeSchema.Field field = this.type.field(name);
			return (field != null) ? of(field) : FieldType.UNKNOWN;
		}

		@Override
		public @Nullable JsonNode keyDefault(String name) {
			return name.equals("protocol") ? PROTOCOL : null;
		}

		@Override
		public @Nullable JsonNode zero(String name) {
			MergeSchema.Field field = this.type.field(name);
			return (field != null) ? field.zero() : null;
		}

	}

	/**
	 * A map of Go.
	 *
	 * @param isAtomicObject whether it is owned as one
	 * @param value the type of its values
	 */
	private record Members(boolean isAtomicObject, FieldType value) implements FieldType {

		@Override
		public String shape() {
			return "map";
		}

		@Override
		public FieldType member(String name) {
			return this.value;
		}

	}

	/**
	 * A list.
	 *
	 * @param listKeys what tells the elements apart
	 * @param element the type of its elements
	 */
	private record Elements(@Nullable List<String> listKeys, FieldType element) implements FieldType {

		@Override
		public String shape() {
			return "list";
		}

	}

	/**
	 * A value without parts.
	 *
	 * @param shape what JSON it must be
	 */
	private record Scalar(String shape) implements FieldType {

	}

	/**
	 * A value of a custom resource.
	 *
	 * @param schema its schema
	 */
	private record Declared(StructuralSchema schema) implements FieldType {

		@Override
		public boolean isAtomicObject() {
			return fact("x-kubernetes-map-type").equals("atomic");
		}

		@Override
		public @Nullable List<String> listKeys() {
			return switch (fact("x-kubernetes-list-type")) {
				case "map" -> Trees.texts(this.schema.facts(), "x-kubernetes-list-map-keys");
				case "set" -> List.of();
				default -> null;
			};
		}

		@Override
		public boolean isClosed() {
			return !this.schema.preservesUnknown() && this.schema.additionalProperties() == null
					&& !this.schema.properties().isEmpty();
		}

		@Override
		public @Nullable String shape() {
			return switch (fact("type")) {
				case "object" -> "map";
				case "array" -> "list";
				case "string" -> "string";
				case "integer", "number" -> "numeric";
				case "boolean" -> "boolean";
				default -> null;
			};
		}

		@Override
		public boolean declares(String name) {
			return this.schema.property(name) != null;
		}

		@Override
		public FieldType member(String name) {
			StructuralSchema member = this.schema.member(name);
			return (member != null) ? new Declared(member) : FieldType.UNKNOWN;
		}

		@Override
		public FieldType element() {
			StructuralSchema items = this.schema.items();
			return (items != null) ? new Declared(items) : FieldType.UNKNOWN;
		}

		@Override
		public @Nullable JsonNode keyDefault(String name) {
			StructuralSchema property = this.schema.property(name);
			return (property != null) ? property.facts().get("default") : null;
		}

		private String fact(String name) {
			return this.schema.facts().path(name).asString("");
		}

	}

}
