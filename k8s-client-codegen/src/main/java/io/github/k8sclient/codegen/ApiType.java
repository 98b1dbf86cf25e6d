package io.github.k8sclient.codegen;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A class to generate.
 *
 * @param schema the struct
 * @param apiGroup the name of the API group, empty for the core group
 * @param properties the properties in Go's order
 * @param resource the resource that serves the kind, if there is one
 * @param nested whether the type is the value of a property somewhere
 * @param listed whether the type is the element of a list somewhere
 * @param mapped whether the type is the value of a map somewhere
 */
record ApiType(Schema.Type schema, String apiGroup, List<Property> properties, @Nullable ApiResource resource,
		boolean nested, boolean listed, boolean mapped) {

	static final String META_PACKAGE = "io.github.k8sclient.meta";

	static final String API_PACKAGE = "io.github.k8sclient.api";

	TypeName typeName() {
		return this.schema.typeName();
	}

	String name() {
		return SchemaNotes.javaName(typeName());
	}

	String packageName() {
		return packageName(typeName());
	}

	static String packageName(TypeName type) {
		return type.group().equals("meta") ? META_PACKAGE : API_PACKAGE + "." + type.group() + "." + type.version();
	}

	static String className(TypeName type) {
		return packageName(type) + "." + SchemaNotes.javaName(type);
	}

	boolean kind() {
		return this.schema.kind();
	}

	/**
	 * Whether the kind is an object with ObjectMeta.
	 * @return {@code true} for what implements {@code KubernetesObject}
	 */
	boolean kubernetesObject() {
		return kind() && this.properties.stream().anyMatch(ApiType::objectMeta);
	}

	static boolean objectMeta(Property property) {
		return property.jsonName().equals("metadata") && property.single()
				&& TypeName.parse("meta/v1.ObjectMeta").equals(property.reference());
	}

	/**
	 * The {@code apiVersion} of documents of this kind.
	 * @return for example {@code apps/v1}
	 */
	String apiVersion() {
		if (this.schema.group().equals("meta") && !SchemaNotes.metaApiKind(name())) {
			return this.schema.version();
		}
		return this.apiGroup.isEmpty() ? this.schema.version() : this.apiGroup + "/" + this.schema.version();
	}

	/**
	 * Whether documents of the kind carry the version of the group that they are sent to.
	 * @return {@code true} for the kinds of meta/v1
	 */
	boolean anyApiVersion() {
		return this.schema.group().equals("meta");
	}

	boolean protobuf() {
		return this.properties.stream().allMatch((property) -> property.number() > 0);
	}

	/**
	 * The embedded structs, outermost first.
	 * @return their paths, each once
	 */
	List<List<Property.Embedded>> embeddings() {
		return this.properties.stream()
			.map(Property::embedding)
			.flatMap((path) -> Stream.iterate(1, (size) -> size <= path.size(), (size) -> size + 1)
				.map((size) -> path.subList(0, size)))
			.distinct()
			.toList();
	}

	/**
	 * The name in full, such as {@code apps/v1 Deployment}.
	 * @return the name for documentation
	 */
	String displayName() {
		return (this.apiGroup.isEmpty() ? "core/" : this.apiGroup + "/") + this.schema.version() + " "
				+ this.schema.name();
	}

}
