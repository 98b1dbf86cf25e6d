package io.github.k8sclient.codegen;

import io.github.k8sclient.codegen.Property.Shape;

/**
 * Java types of properties, as they are written in one file.
 */
final class TypeNames {

	private final JavaSource source;

	TypeNames(JavaSource source) {
		this.source = source;
	}

	/**
	 * The type of one value.
	 * @param property the property
	 * @return for example {@code Integer}
	 */
	String value(Property property) {
		if (property.object()) {
			return this.source.use(ApiType.className(property.objectType()));
		}
		String type = this.source.use(property.kind().javaType());
		return (property.kind() == ValueKind.STRINGS) ? type + "<String>" : type;
	}

	/**
	 * The type of the property.
	 * @param property the property
	 * @return for example {@code List<Integer>}
	 */
	String property(Property property) {
		return switch (property.shape()) {
			case SINGLE -> value(property);
			case LIST -> this.source.use("java.util.List") + "<" + value(property) + ">";
			case MAP -> this.source.use("java.util.Map") + "<String, " + value(property) + ">";
		};
	}

	/**
	 * The type with the annotation that tells that one value may be absent.
	 * @param property the property
	 * @return for example {@code @Nullable Integer}
	 */
	String annotated(Property property) {
		return (property.shape() == Shape.SINGLE) ? nullable(property(property)) : property(property);
	}

	// a type annotation stands before the simple name
	private String nullable(String type) {
		String annotation = "@" + this.source.use("org.jspecify.annotations.Nullable") + " ";
		int dot = type.lastIndexOf('.', type.contains("<") ? type.indexOf('<') : type.length());
		return (dot > 0) ? type.substring(0, dot + 1) + annotation + type.substring(dot + 1) : annotation + type;
	}

}
