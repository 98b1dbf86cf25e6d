package io.github.k8sclient.codegen;

import java.util.List;

/**
 * Writes the methods that read and write an API type as JSON.
 */
final class JsonCodecGenerator {

	private final ApiType type;

	private final JavaSource source;

	private final TypeNames names;

	private final String reader;

	private final String writer;

	JsonCodecGenerator(ApiType type, JavaSource source, TypeNames names) {
		this.type = type;
		this.source = source;
		this.names = names;
		this.reader = source.use("io.github.k8sclient.codec.JsonReader");
		this.writer = source.use("io.github.k8sclient.codec.JsonWriter");
	}

	void generate() {
		boolean nestedKind = SchemaNotes.nestedKind(this.type.typeName());
		read(nestedKind);
		this.type.properties().stream().filter(Property::shared).forEach(this::readShared);
		boolean sharedElement = SchemaNotes.sharedElement(this.type.typeName());
		if (sharedElement) {
			readSharedElement();
		}
		if (this.type.listed()) {
			readList(sharedElement ? "readSharedElement" : nested(this.type.typeName()));
		}
		if (this.type.mapped()) {
			readMap();
		}
		write(nestedKind);
	}

	private void read(boolean nestedKind) {
		String name = this.type.name();
		this.source.javadoc(List.of("For generated code: read the JSON object at which the reader stands.",
				"@param in the reader", "@return the object",
				"@throws " + this.source.use("io.github.k8sclient.codec.DecodingException") + " when it is malformed"));
		if (!nestedKind) {
			this.source.open("public static " + name + " readJson(" + this.reader + " in)");
			readMembers(false);
			return;
		}
		this.source.open("public static " + name + " readJson(" + this.reader + " in)")
			.line("return readJson(in, false);")
			.end();
		this.source.javadoc(List.of(
				"For generated code: read the JSON object at which the reader stands, as a part of another object: its"
						+ " {@code apiVersion} and {@code kind} can be anything, and are kept.",
				"@param in the reader", "@return the object", "@throws DecodingException when it is malformed"));
		this.source.open("public static " + name + " readNestedJson(" + this.reader + " in)")
			.line("return readJson(in, true);")
			.end();
		this.source.open("private static " + name + " readJson(" + this.reader + " in, boolean nested)");
		readMembers(true);
	}

	private void readMembers(boolean nestedKind) {
		this.source.line("Builder builder = new Builder();");
		this.source.line("in.beginObject();");
		this.source
			.open("for (int field = in.nextField(FIELDS); field != JsonReader.END; field = in.nextField(FIELDS))");
		this.source.open("switch (field)");
		int index = 0;
		for (Property property : this.type.properties()) {
			readMember(index++, property);
		}
		if (this.type.kind()) {
			typeMeta(index, nestedKind);
		}
		this.source.line("default -> builder.unknownFields = in.readUnknown(builder.unknownFields);");
		this.source.close();
		this.source.close();
		this.source.line("return new " + this.type.name() + "(builder);").end();
	}

	private void typeMeta(int index, boolean nestedKind) {
		String kind = "in.readExpected(KIND)";
		String apiVersion = this.type.anyApiVersion() ? "in.skipValue()" : "in.readExpected(API_VERSION)";
		if (!nestedKind) {
			this.source.line("case " + index + " -> " + kind + ";");
			this.source.line("case " + (index + 1) + " -> " + apiVersion + ";");
			return;
		}
		typeMeta(index, "nestedKind", kind);
		typeMeta(index + 1, "nestedApiVersion", apiVersion);
	}

	private void typeMeta(int index, String field, String expectation) {
		this.source.open("case " + index + " ->");
		this.source.open("if (nested)").line("builder." + field + " = in.readString();").close();
		this.source.open("else").line(expectation + ";").close();
		this.source.close();
	}

	private void readMember(int index, Property property) {
		String assignment = "builder." + property.name() + " = " + readExpression(property) + ";";
		if (!property.droppable()) {
			this.source.line("case " + index + " -> " + assignment);
			return;
		}
		this.source.open("case " + index + " ->");
		this.source.open("if (in.options().dropManagedFields())").line("in.skipValue();").close();
		this.source.open("else").line(assignment).close();
		this.source.close();
	}

	private String readExpression(Property property) {
		String nullCheck = (property.single() && property.object()) ? "in.readNull() ? null : " : "";
		return property.shared() ? nullCheck + sharedMethod(property) + "(in)"
				: readValueExpression(property, nullCheck);
	}

	private static String nested(TypeName type) {
		return SchemaNotes.nestedKind(type) ? "readNestedJson" : "readJson";
	}

	static String sharedMethod(Property property) {
		return "readShared" + Names.capitalize(property.name());
	}

	private void readShared(Property property) {
		String type = this.names.property(property);
		this.source.open("private static " + type + " " + sharedMethod(property) + "(" + this.reader + " in)");
		this.source.line(type + " known = in.shared(" + property.sharedPlace() + ");");
		this.source.line("return (known != null) ? known : in.share(" + property.sharedPlace() + ", "
				+ readValueExpression(property, "") + ");");
		this.source.end();
	}

	private void readSharedElement() {
		String type = this.type.name();
		this.source.open("private static " + type + " readSharedElement(" + this.reader + " in)");
		this.source.line(type + " known = in.shared(ELEMENT);");
		this.source.line("return (known != null) ? known : in.share(ELEMENT, readJson(in));");
		this.source.end();
	}

	private String readValueExpression(Property property, String nullCheck) {
		if (!property.object()) {
			boolean unique = property.single() && SchemaNotes.unique(property.owner(), property.field());
			return "in.read" + switch (property.shape()) {
				case SINGLE -> (unique ? "Unique" : "") + singleSuffix(property);
				case LIST -> property.kind().plural();
				case MAP -> property.kind().suffix() + "Map";
			} + "()";
		}
		String type = this.names.value(property);
		return switch (property.shape()) {
			case SINGLE -> nullCheck + type + "." + nested(property.objectType()) + "(in)";
			case LIST -> type + ".readJsonList(in)";
			case MAP -> type + ".readJsonMap(in)";
		};
	}

	private static String singleSuffix(Property property) {
		// in JSON both kinds of time are read alike
		return (property.kind() == ValueKind.MICRO_TIME) ? ValueKind.TIME.suffix() : property.kind().suffix();
	}

	private void readList(String readElement) {
		String list = this.source.use("java.util.List");
		this.source.javadoc(List.of("For generated code: read the JSON array at which the reader stands.",
				"@param in the reader", "@return the objects, empty for {@code null}",
				"@throws DecodingException when it is malformed"));
		this.source.open("public static " + list + "<" + this.type.name() + "> readJsonList(" + this.reader + " in)");
		this.source.open("if (!in.beginArray())").line("return List.of();").close();
		this.source.line("int mark = in.mark();");
		this.source.open("while (in.nextElement())").line("in.push(" + readElement + "(in));").close();
		this.source.line("return in.popList(mark);").end();
	}

	private void readMap() {
		String map = this.source.use("java.util.Map");
		this.source.javadoc(List.of("For generated code: read the JSON object at which the reader stands as a map.",
				"@param in the reader", "@return the objects, empty for {@code null}",
				"@throws DecodingException when it is malformed"));
		this.source
			.open("public static " + map + "<String, " + this.type.name() + "> readJsonMap(" + this.reader + " in)");
		this.source.open("if (!in.beginMap())").line("return Map.of();").close();
		this.source.line("int mark = in.mark();");
		this.source.open("for (String key = in.nextKey(); key != null; key = in.nextKey())")
			.line("in.push(key);")
			.line("in.push(readJson(in));")
			.close();
		this.source.line("return in.popMap(mark);").end();
	}

	private void write(boolean nestedKind) {
		this.source.javadoc(
				List.of("For generated code: write this object as JSON: its members in the order of Kubernetes, without"
						+ " those that are absent.", "@param out the writer"));
		this.source.open("public void writeJson(" + this.writer + " out)").line("out.beginObject();");
		int kind = this.type.properties().size();
		if (this.type.kind()) {
			this.source.line("out.field(FIELDS, " + kind + ").writeString(KIND);");
			this.source.line("out.field(FIELDS, " + (kind + 1) + ").writeString(API_VERSION);");
		}
		if (!nestedKind) {
			writeMembers();
			return;
		}
		this.source.line("writeMembers(out);").end();
		this.source.javadoc(List
			.of("For generated code: write this object as a part of another object: with the {@code apiVersion} and"
					+ " {@code kind} that were read with it, if any.", "@param out the writer"));
		this.source.open("public void writeNestedJson(" + this.writer + " out)").line("out.beginObject();");
		writeNestedTypeMeta(kind, "this.nestedKind");
		writeNestedTypeMeta(kind + 1, "this.nestedApiVersion");
		this.source.line("writeMembers(out);").end();
		this.source.open("private void writeMembers(" + this.writer + " out)");
		writeMembers();
	}

	private void writeNestedTypeMeta(int index, String field) {
		this.source.open("if (" + field + " != null)")
			.line("out.field(FIELDS, " + index + ").writeString(" + field + ");")
			.close();
	}

	private void writeMembers() {
		int index = 0;
		for (Property property : this.type.properties()) {
			writeMember(index++, property);
		}
		this.source.line("out.writeUnknown(this.unknownFields);").line("out.endObject();").end();
	}

	private void writeMember(int index, Property property) {
		String field = "this." + property.name();
		this.source.open("if (" + condition(property, field) + ")");
		String name = "out.field(FIELDS, " + index + ")";
		if (property.object()) {
			this.source.line(name + ";");
			writeObjects(property, field);
		}
		else {
			this.source.line(name + "." + writeMethod(property) + "(" + field + ");");
		}
		this.source.close();
	}

	private static String condition(Property property, String field) {
		if (property.single()) {
			return field + " != null";
		}
		String notEmpty = "!" + field + ".isEmpty()";
		return property.required() ? notEmpty + " || !out.isApplying()" : notEmpty;
	}

	private static String writeMethod(Property property) {
		if (property.annotations()) {
			return "writeAnnotations";
		}
		String sensitive = SchemaNotes.sensitive(property.owner(), property.field()) ? "Sensitive" : "";
		return "write" + sensitive + switch (property.shape()) {
			case SINGLE -> property.kind().suffix();
			case LIST -> property.kind().plural();
			case MAP -> property.kind().suffix() + "Map";
		};
	}

	private void writeObjects(Property property, String field) {
		String type = this.names.value(property);
		switch (property.shape()) {
			case SINGLE -> this.source.line(writeObject(property, field));
			case LIST -> {
				this.source.line("out.beginArray();");
				this.source.open("for (" + type + " element : " + field + ")")
					.line(writeObject(property, "element"))
					.close();
				this.source.line("out.endArray();");
			}
			case MAP -> {
				this.source.line("out.beginObject();");
				this.source.open("for (Map.Entry<String, " + type + "> entry : JsonWriter.sorted(" + field + "))")
					.line("out.key(entry.getKey());")
					.line(writeObject(property, "entry.getValue()"))
					.close();
				this.source.line("out.endObject();");
			}
		}
	}

	private String writeObject(Property property, String value) {
		return value + (SchemaNotes.nestedKind(property.objectType()) ? ".writeNestedJson(out);" : ".writeJson(out);");
	}

}
