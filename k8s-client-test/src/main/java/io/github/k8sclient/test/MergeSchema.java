package io.github.k8sclient.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

import io.github.k8sclient.meta.GroupVersionKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the lists of the built-in types are merged, from the schema of the Kubernetes API
 * that the code generator uses too. It is read when the first strategic merge patch
 * arrives.
 */
final class MergeSchema {

	private static final String LOCATION = "kubernetes-1.36.json";

	private static final String REFERENCE = "ref:";

	private final Map<String, ObjectNode> types = new HashMap<>();

	private final Map<String, String> roots = new HashMap<>();

	private MergeSchema(JsonNode schema) {
		JsonNode groupNames = schema.path("groupNames");
		for (ObjectNode type : Trees.objects(schema, "types")) {
			String group = type.path("group").asString();
			String version = type.path("version").asString();
			String name = type.path("name").asString();
			String id = "%s/%s.%s".formatted(group, version, name);
			this.types.put(id, type);
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

	private @Nullable Type type(String id) {
		ObjectNode type = this.types.get(id);
		return (type != null) ? new Type(this, type) : null;
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
	 * A type.
	 *
	 * @param schema the schema
	 * @param facts what the schema says about the type
	 */
	record Type(MergeSchema schema, ObjectNode facts) {

		@Nullable Field field(String name) {
			for (ObjectNode field : Trees.objects(this.facts, "fields")) {
				if (field.path("name").asString("").equals(name)) {
					return new Field(this.schema, field);
				}
			}
			for (ObjectNode field : Trees.objects(this.facts, "fields")) {
				Type inlined = field.path("name").asString("").isEmpty() ? new Field(this.schema, field).type() : null;
				Field found = (inlined != null) ? inlined.field(name) : null;
				if (found != null) {
					return found;
				}
			}
			return null;
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

	}

	private static final class Holder {

		private static final MergeSchema INSTANCE = load();

		private Holder() {
		}

	}

}
