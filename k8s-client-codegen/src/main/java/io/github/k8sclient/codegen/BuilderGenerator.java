package io.github.k8sclient.codegen;

import java.util.List;

/**
 * Writes the builder of an API type.
 */
final class BuilderGenerator {

	private final ApiType type;

	private final JavaSource source;

	private final TypeNames names;

	private final Documentation documentation;

	BuilderGenerator(ApiType type, JavaSource source, TypeNames names, Documentation documentation) {
		this.type = type;
		this.source = source;
		this.names = names;
		this.documentation = documentation;
	}

	void generate() {
		this.source
			.javadoc(List.of("Builder of {@link " + this.type.name() + "}. Not safe for use by several threads."));
		this.source.open("public static final class Builder").line();
		for (Property property : this.type.properties()) {
			this.source
				.line("private " + this.names.annotated(property) + " " + property.name() + switch (property.shape()) {
					case SINGLE -> "";
					case LIST -> " = List.of()";
					case MAP -> " = Map.of()";
				} + ";");
			this.source.line();
		}
		for (String hidden : ClassGenerator.hiddenFields(this.type, this.source)) {
			this.source.line("private " + hidden + ";").line();
		}
		this.source.open("private Builder()").end();
		for (Property property : this.type.properties()) {
			switch (property.shape()) {
				case SINGLE -> single(property);
				case LIST -> list(property);
				case MAP -> map(property);
			}
		}
		this.source.javadoc(List.of("Build the object. The builder may be used further.", "@return a new object"));
		this.source.open("public " + this.type.name() + " build()");
		// here and not in the constructor, as what is decoded is immutable already
		for (Property property : this.type.properties()) {
			if (!property.single()) {
				this.source
					.line("this." + property.name() + " = " + immutables() + ".copyOf(this." + property.name() + ");");
			}
		}
		this.source.line("return new " + this.type.name() + "(this);").end();
		this.source.end();
	}

	private void single(Property property) {
		String name = property.name();
		this.source.javadoc(this.documentation.setter(property));
		method(property, name + "(" + this.names.annotated(property) + " " + name + ")",
				"this." + name + " = " + name + ";");
		String javaType = SchemaNotes.javaType(property.owner(), property.field());
		if (javaType != null) {
			this.source.javadoc(this.documentation.setter(property));
			method(property, name + "(" + javaType + " " + name + ")", "return " + name + "(" + name + ".toString());");
		}
		if (property.object()) {
			this.source.javadoc(this.documentation.editor(property));
			String type = this.names.value(property);
			method(property, name + "(" + consumer(type) + " " + name + ")",
					type + ".Builder builder = (this." + name + " != null) ? this." + name + ".toBuilder()\n\t\t: "
							+ type + ".builder();\n" + name + ".accept(builder);\nthis." + name
							+ " = builder.build();");
		}
	}

	private void list(Property property) {
		String name = property.name();
		this.source.javadoc(this.documentation.setter(property));
		method(property, name + "(" + this.names.property(property) + " " + name + ")",
				"this." + name + " = " + immutables() + ".copyOf(" + name + ");");
		String singular = Names.property(Names.singular(property.jsonName()));
		String method = "add" + Names.capitalize(singular.replace("_", ""));
		String type = this.names.value(property);
		this.source.javadoc(this.documentation.adder(property, singular));
		method(property, method + "(" + type + " " + singular + ")",
				"this." + name + " = " + collections() + ".append(this." + name + ", " + singular + ");");
		if (property.object()) {
			this.source.javadoc(this.documentation.elementEditor(property, singular));
			method(property, method + "(" + consumer(type) + " " + singular + ")", type + ".Builder builder = " + type
					+ ".builder();\n" + singular + ".accept(builder);\nreturn " + method + "(builder.build());");
		}
		String key = property.elementKey();
		if (key != null) {
			this.source.javadoc(this.documentation.keyedEditor(property, key, singular));
			keyedEditor(property, key, singular);
		}
	}

	private void keyedEditor(Property property, String key, String singular) {
		String list = "this." + property.name();
		String type = this.names.value(property);
		String keyName = Names.property(key);
		method(property, singular + "(String key, " + consumer(type) + " " + singular + ")",
				"int index = " + collections() + ".indexOf(" + list + ", " + type + "::" + keyName + ", key);\n" + type
						+ ".Builder builder = (index < " + list + ".size()) ? " + list
						+ ".get(index).toBuilder()\n\t\t: " + type + ".builder()." + keyName + "(key);\n" + singular
						+ ".accept(builder);\n" + list + " = " + collections() + ".set(" + list
						+ ", index, builder.build());");
	}

	private void map(Property property) {
		String name = property.name();
		this.source.javadoc(this.documentation.setter(property));
		method(property, name + "(" + this.names.property(property) + " " + name + ")",
				"this." + name + " = " + immutables() + ".copyOf(" + name + ");");
		String method = "put" + Names.capitalize(Names.property(Names.singular(property.jsonName())).replace("_", ""));
		this.source.javadoc(this.documentation.putter(property));
		method(property, method + "(String key, " + this.names.value(property) + " value)",
				"this." + name + " = " + collections() + ".put(this." + name + ", key, value);");
	}

	private String immutables() {
		return this.source.use("io.github.k8sclient.codec.Immutables");
	}

	private String collections() {
		return this.source.use("io.github.k8sclient.codec.BuilderCollections");
	}

	private String consumer(String type) {
		return this.source.use("java.util.function.Consumer") + "<" + type + ".Builder>";
	}

	private void method(Property property, String signature, String statements) {
		if (property.field().deprecated()) {
			this.source.line("@Deprecated");
		}
		this.source.open("public Builder " + signature).line(statements);
		if (!statements.contains("return ")) {
			this.source.line("return this;");
		}
		this.source.end();
	}

}
