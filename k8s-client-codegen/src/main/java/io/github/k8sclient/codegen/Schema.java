package io.github.k8sclient.codegen;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The facts of the Kubernetes API as {@code schema/extract.go} writes them, unchanged.
 *
 * @param source the Go modules and their version
 * @param groupNames from the name of a Go package to the name of its API group
 * @param types all structs of the API packages
 * @param enums the values of the named string types
 * @param resources what a clientset offers
 */
record Schema(String source, Map<String, String> groupNames, List<Type> types, List<Values> enums,
		List<Resource> resources) {

	private static final String LOCATION = "kubernetes-1.36.json";

	/**
	 * Load the schema that is packaged with the generator.
	 * @return the schema
	 * @throws IOException when it cannot be read
	 */
	static Schema load() throws IOException {
		try (InputStream in = Schema.class.getResourceAsStream(LOCATION)) {
			if (in == null) {
				throw new IOException("No schema " + LOCATION + " beside " + Schema.class.getName());
			}
			return JsonMapper.builder()
				.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
				.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
				.build()
				.readValue(in, Schema.class);
		}
	}

	Map<TypeName, Type> typesByName() {
		Map<TypeName, Type> types = new HashMap<>();
		for (Type type : this.types) {
			types.put(type.typeName(), type);
		}
		return types;
	}

	/**
	 * The values of a named string type, in the order of the source.
	 * @param group the Go package of the type
	 * @param version the API version
	 * @param name the Go name of the type
	 * @return the values, empty when there are none or the name is ambiguous
	 */
	List<String> enumValues(String group, String version, String name) {
		for (Values values : this.enums) {
			if (values.name.equals(name) && values.group.equals(group) && values.version.equals(version)) {
				return values.values.stream().filter((value) -> !value.isEmpty()).distinct().toList();
			}
		}
		return List.of();
	}

	/**
	 * A struct.
	 *
	 * @param group the last part of the Go package's parent, such as {@code core}
	 * @param version the API version
	 * @param name the Go name
	 * @param kind whether the struct embeds TypeMeta
	 * @param fields the fields in Go's order
	 * @param protoMessage the full name of the protobuf message, if there is one
	 */
	record Type(String group, String version, String name, boolean kind, @Nullable List<Field> fields,
			@Nullable String protoMessage) {

		TypeName typeName() {
			return new TypeName(this.group, this.version, this.name);
		}

		List<Field> fieldList() {
			return (this.fields != null) ? this.fields : List.of();
		}

		@Nullable Field field(String name) {
			return fieldList().stream().filter((field) -> field.name.equals(name)).findFirst().orElse(null);
		}

	}

	/**
	 * A field of a struct. A field without name is an embedded struct: its fields stand
	 * in the parent in JSON, in a message of their own in protobuf.
	 */
	record Field(String name, String type, @JsonProperty("enum") @Nullable String enumType, boolean list, boolean map,
			boolean pointer, @JsonProperty("omitempty") boolean omitEmpty, boolean optional, int proto,
			@Nullable String patchStrategy, @Nullable String patchMergeKey, @Nullable String listType,
			@Nullable List<String> listMapKeys, @Nullable String mapType, @Nullable String structType,
			boolean deprecated) {

		boolean embedded() {
			return this.name.isEmpty();
		}

		/**
		 * The struct that the field refers to.
		 * @return its name, {@code null} for a field of a simple type
		 */
		@Nullable TypeName reference() {
			return this.type.startsWith("ref:") ? TypeName.parse(this.type.substring("ref:".length())) : null;
		}

	}

	/**
	 * The constants of a named string type.
	 */
	record Values(String group, String version, String name, List<String> values) {
	}

	/**
	 * A resource with the verbs of its Go client.
	 */
	record Resource(String group, String version, String kind, String plural, boolean namespaced, boolean status,
			@Nullable List<String> onlyVerbs, @Nullable List<String> skipVerbs, boolean noVerbs,
			@Nullable List<Method> methods, @Nullable String introduced, @Nullable String deprecated) {
	}

	/**
	 * A further method of a Go client, nearly always for a subresource.
	 */
	record Method(String name, String verb, String subresource, @Nullable String input, @Nullable String result) {
	}

}
