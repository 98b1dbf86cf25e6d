package io.github.k8sclient.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes the class of an API type.
 */
final class ClassGenerator {

	private static final String META = "io.github.k8sclient.meta.";

	private final ApiType type;

	private final Documentation documentation;

	private final JavaSource source;

	private final TypeNames names;

	/**
	 * Create a generator.
	 * @param type the type
	 * @param documentation the texts
	 * @param neighbours the simple names of the classes of the same package
	 */
	ClassGenerator(ApiType type, Documentation documentation, Set<String> neighbours) {
		this.type = type;
		this.documentation = documentation;
		this.source = new JavaSource(type.packageName(), neighbours);
		this.names = new TypeNames(this.source);
	}

	String generate() {
		this.source.javadoc(this.documentation.type(this.type));
		this.source.line(generatedAnnotation());
		this.source.open("public final class " + this.type.name()
				+ (this.type.kubernetesObject() ? " implements " + this.source.use(META + "KubernetesObject") : ""));
		this.source.line();
		constants();
		fields();
		constructor();
		accessors();
		builderMethods();
		new JsonCodecGenerator(this.type, this.source, this.names).generate();
		new ProtobufCodecGenerator(this.type, this.source, this.names).generate();
		objectMethods();
		new BuilderGenerator(this.type, this.source, this.names, this.documentation).generate();
		if (this.type.kind()) {
			codec();
		}
		this.source.close();
		return this.source.toString();
	}

	private String generatedAnnotation() {
		return "@" + this.source.use("javax.annotation.processing.Generated") + "(\"k8s-client-codegen\")";
	}

	private void constants() {
		if (this.type.kind()) {
			constant("The {@code apiVersion} of documents of this kind.", "String API_VERSION",
					'"' + this.type.apiVersion() + '"');
			constant("The {@code kind} of documents of this kind.", "String KIND", '"' + this.type.name() + '"');
			constant("Reads and writes documents of this kind.",
					this.source.use("io.github.k8sclient.codec.Codec") + "<" + this.type.name() + "> CODEC",
					"new DocumentCodec()");
		}
		ApiResource resource = this.type.resource();
		if (resource != null) {
			resourceConstant(resource);
		}
		if (this.type.typeName().equals(TypeName.parse("meta/v1.ObjectMeta"))) {
			constant("Metadata without any content.", "ObjectMeta EMPTY", "builder().build()");
		}
		List<String> fieldNames = new ArrayList<>();
		this.type.properties().forEach((property) -> fieldNames.add('"' + property.jsonName() + '"'));
		if (this.type.kind()) {
			fieldNames.add("\"kind\"");
			fieldNames.add("\"apiVersion\"");
		}
		this.source.items("private static final " + this.source.use("io.github.k8sclient.codec.FieldNames")
				+ " FIELDS = FieldNames.of(", fieldNames, ");");
		this.source.line();
		sharedPlaces();
	}

	private void sharedPlaces() {
		for (Property property : this.type.properties()) {
			if (property.shared()) {
				sharedPlace(property.sharedPlace(), this.names.property(property), property.jsonName());
			}
		}
		if (SchemaNotes.sharedElement(this.type.typeName())) {
			sharedPlace("ELEMENT", this.type.name(), "element");
		}
	}

	private void sharedPlace(String constant, String type, String name) {
		String subtree = this.source.use("io.github.k8sclient.codec.Subtree");
		this.source.line("private static final " + subtree + "<" + type + "> " + constant + " = " + subtree + ".of(\""
				+ this.type.name() + "." + name + "\");");
		this.source.line();
	}

	private void constant(String documentation, String declaration, String value) {
		this.source.javadoc(List.of(documentation));
		this.source.line("public static final " + declaration + " = " + value + ";");
		this.source.line();
	}

	private void resourceConstant(ApiResource resource) {
		String descriptor = this.source.use(META + "ResourceDescriptor");
		this.source.javadoc(List.of("The resource that serves this kind."));
		this.source.line("public static final " + descriptor + "<" + this.type.name() + "> RESOURCE = " + descriptor
				+ "\n\t.builder(" + this.type.name() + ".class, API_VERSION, KIND, \"" + resource.plural()
				+ "\", CODEC)" + (resource.namespaced() ? "" : "\n\t.clusterScoped()")
				+ (resource.status() ? "\n\t.status()" : "") + "\n\t.verbs(" + quoted(resource.verbs()) + ")"
				+ (resource.subresources().isEmpty() ? ""
						: "\n\t.subresources(" + quoted(resource.subresources()) + ")")
				+ "\n\t.build();");
		this.source.line();
	}

	private static String quoted(List<String> values) {
		return "\"" + String.join("\", \"", values) + "\"";
	}

	private void fields() {
		for (Property property : this.type.properties()) {
			this.source.line("private final " + this.names.annotated(property) + " " + property.name() + ";");
			this.source.line();
		}
		for (String hidden : hiddenFields()) {
			this.source.line("private final " + hidden + ";");
			this.source.line();
		}
	}

	/**
	 * The fields without accessor, with their types: what the class does not know, and
	 * the TypeMeta of a kind that stands inside of another type.
	 */
	private List<String> hiddenFields() {
		return hiddenFields(this.type, this.source);
	}

	static List<String> hiddenFields(ApiType type, JavaSource source) {
		String nullable = "@" + source.use("org.jspecify.annotations.Nullable") + " ";
		List<String> fields = new ArrayList<>();
		if (SchemaNotes.nestedKind(type.typeName())) {
			fields.add(nullable + "String nestedKind");
			fields.add(nullable + "String nestedApiVersion");
		}
		String unknown = nullable + source.use("io.github.k8sclient.codec.UnknownFields") + " ";
		for (List<Property.Embedded> path : type.embeddings()) {
			fields.add(unknown + unknownFieldsOf(path));
		}
		fields.add(unknown + "unknownFields");
		return fields;
	}

	static String unknownFieldsOf(List<Property.Embedded> path) {
		return path.isEmpty() ? "unknownFields"
				: "unknown" + Names.capitalize(path.get(path.size() - 1).name()) + "Fields";
	}

	private List<String> fieldNames() {
		return fieldNames(this.type, this.source);
	}

	static List<String> fieldNames(ApiType type, JavaSource source) {
		List<String> names = new ArrayList<>();
		type.properties().forEach((property) -> names.add(property.name()));
		hiddenFields(type, source).forEach((field) -> names.add(field.substring(field.lastIndexOf(' ') + 1)));
		return names;
	}

	private void constructor() {
		this.source.open("private " + this.type.name() + "(Builder builder)");
		fieldNames().forEach((name) -> this.source.line("this." + name + " = builder." + name + ";"));
		this.source.end();
	}

	private void accessors() {
		if (this.type.kubernetesObject()) {
			this.source.line("@Override").open("public String apiVersion()").line("return API_VERSION;").end();
			this.source.line("@Override").open("public String kind()").line("return KIND;").end();
		}
		for (Property property : this.type.properties()) {
			boolean metadata = this.type.kubernetesObject() && ApiType.objectMeta(property);
			if (metadata) {
				this.source.line("@Override");
			}
			else {
				this.source.javadoc(this.documentation.accessor(property, false));
			}
			if (property.field().deprecated()) {
				this.source.line("@Deprecated");
			}
			String type = metadata ? this.names.property(property) : this.names.annotated(property);
			this.source.open("public " + type + " " + property.name() + "()");
			String field = "this." + property.name();
			this.source.line("return "
					+ (metadata ? "(" + field + " != null) ? " + field + " : " + type + ".EMPTY" : field) + ";");
			this.source.end();
		}
	}

	private void builderMethods() {
		this.source.javadoc(List.of("Start with nothing set.", "@return a new builder"));
		this.source.open("public static Builder builder()").line("return new Builder();").end();
		this.source.javadoc(List.of("Start with the content of this object.", "@return a new builder"));
		this.source.open("public Builder toBuilder()").line("Builder builder = new Builder();");
		fieldNames().forEach((name) -> this.source.line("builder." + name + " = this." + name + ";"));
		this.source.line("return builder;").end();
	}

	private void objectMethods() {
		String objects = this.source.use("java.util.Objects");
		this.source.line("@Override").open("public boolean equals(" + nullable() + " Object other)");
		this.source.open("if (this == other)").line("return true;").close();
		this.source.open("if (!(other instanceof " + this.type.name() + " that))").line("return false;").close();
		List<String> comparisons = fieldNames().stream()
			.map((name) -> objects + ".equals(this." + name + ", that." + name + ")")
			.toList();
		this.source.line("return " + String.join("\n\t\t&& ", comparisons) + ";").end();
		this.source.line("@Override").open("public int hashCode()").line("int result = 1;");
		fieldNames()
			.forEach((name) -> this.source.line("result = 31 * result + " + objects + ".hashCode(this." + name + ");"));
		this.source.line("return result;").end();
		this.source.javadoc(List.of("Return the JSON document, for people to read; credentials in it are left out.",
				"@return JSON text"));
		this.source.line("@Override").open("public String toString()");
		String writer = this.source.use("io.github.k8sclient.codec.JsonWriter");
		this.source.line(writer + " out = " + writer + ".redacting();").line("writeJson(out);");
		this.source.line("return out.toString();").end();
	}

	private void codec() {
		String name = this.type.name();
		this.source.open("private static final class DocumentCodec implements Codec<" + name + ">").line();
		codecMethod("Class<" + name + "> type()", "return " + name + ".class;");
		codecMethod(nullable() + " String apiVersion()",
				"return " + (this.type.anyApiVersion() ? "null" : "API_VERSION") + ";");
		codecMethod("String kind()", "return KIND;");
		codecMethod(name + " readJson(" + this.source.use("io.github.k8sclient.codec.JsonReader") + " in)",
				"return " + name + ".readJson(in);");
		codecMethod("void writeJson(" + name + " value, JsonWriter out)", "value.writeJson(out);");
		codecMethod("boolean supportsProtobuf()", "return " + this.type.protobuf() + ";");
		String unsupported = "throw new UnsupportedOperationException(\"" + name + " has no protobuf form\");";
		codecMethod(name + " readProtobuf(" + this.source.use("io.github.k8sclient.codec.ProtobufReader") + " in)",
				this.type.protobuf() ? "return " + name + ".readProtobuf(in);" : unsupported);
		codecMethod("void writeProtobuf(" + name + " value, "
				+ this.source.use("io.github.k8sclient.codec.ProtobufWriter") + " out)",
				this.type.protobuf() ? "value.writeProtobuf(out);" : unsupported);
		this.source.end();
	}

	private String nullable() {
		return "@" + this.source.use("org.jspecify.annotations.Nullable");
	}

	private void codecMethod(String signature, String statement) {
		this.source.line("@Override").open("public " + signature).line(statement).end();
	}

}
