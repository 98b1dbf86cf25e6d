package io.github.k8sclient.codegen;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.codegen.Property.Embedded;

/**
 * Writes the methods that read and write an API type as protobuf.
 */
final class ProtobufCodecGenerator {

	private final ApiType type;

	private final JavaSource source;

	private final TypeNames names;

	private final String reader;

	private final String writer;

	ProtobufCodecGenerator(ApiType type, JavaSource source, TypeNames names) {
		this.type = type;
		this.source = source;
		this.names = names;
		this.reader = source.use("io.github.k8sclient.codec.ProtobufReader");
		this.writer = source.use("io.github.k8sclient.codec.ProtobufWriter");
	}

	void generate() {
		if (!this.type.protobuf()) {
			return;
		}
		read();
		this.type.properties()
			.stream()
			.filter((property) -> property.shared() && property.single())
			.forEach(this::readSharedObject);
		if (SchemaNotes.sharedElement(this.type.typeName())) {
			readSharedElement();
		}
		if (this.type.mapped()) {
			readEntry();
		}
		write();
	}

	private void read() {
		this.source
			.javadoc(List.of("For generated code: read the fields of a message, up to its end.", "@param in the reader",
					"@return the object", "@throws DecodingException when the message is malformed"));
		this.source.open("public static " + this.type.name() + " readProtobuf(" + this.reader + " in)");
		this.source.line("Builder builder = new Builder();");
		List<Property> collected = this.type.properties().stream().filter(ProtobufCodecGenerator::collected).toList();
		String nullable = this.source.use("org.jspecify.annotations.Nullable");
		for (Property property : collected) {
			this.source.line("@" + nullable + " " + elementsType() + " " + elements(property) + " = null;");
		}
		readFields(List.of());
		for (Property property : collected) {
			this.source.line("builder." + property.name() + " = in.to" + (property.list() ? "List" : "Map") + "("
					+ elements(property) + ");");
		}
		this.source.line("return new " + this.type.name() + "(builder);").end();
	}

	private String elementsType() {
		return this.source.use("io.github.k8sclient.codec.Elements");
	}

	private static boolean collected(Property property) {
		return !property.single() && !property.wrapped();
	}

	private static String elements(Property property) {
		return property.name().replace("_", "") + "Elements";
	}

	private void readFields(List<Embedded> path) {
		String field = path.isEmpty() ? "field" : path.get(path.size() - 1).name() + "Field";
		this.source
			.open("for (int " + field + " = in.nextField(); " + field + " != 0; " + field + " = in.nextField())");
		this.source.open("switch (" + field + ")");
		for (Map.Entry<Integer, Object> entry : fields(path).entrySet()) {
			if (entry.getValue() instanceof Property property) {
				readField(property);
			}
			else {
				readEmbedded(path, (Embedded) entry.getValue());
			}
		}
		String unknown = "builder." + ClassGenerator.unknownFieldsOf(path);
		if (path.isEmpty()) {
			SchemaNotes.retired(this.type.typeName())
				.forEach((number, name) -> this.source.line("// " + name + ", which older servers always write")
					.line("case " + number + " -> " + unknown + " = in.readRetired(" + unknown + ");"));
		}
		this.source.line("default -> " + unknown + " = in.readUnknown(" + unknown + ");");
		this.source.close();
		this.source.close();
	}

	/**
	 * The fields and embedded structs of a message, by number.
	 */
	private Map<Integer, Object> fields(List<Embedded> path) {
		List<Property> properties = new ArrayList<>(this.type.properties());
		properties.removeIf((property) -> property.embedding().size() < path.size()
				|| !property.embedding().subList(0, path.size()).equals(path));
		Comparator<Property> byNumber = Comparator.comparing((property) -> numberIn(property, path.size()));
		Map<Integer, Object> fields = new LinkedHashMap<>();
		properties.stream()
			.sorted(byNumber)
			.forEach((property) -> fields.put(numberIn(property, path.size()),
					(property.embedding().size() == path.size()) ? property : property.embedding().get(path.size())));
		return fields;
	}

	private static int numberIn(Property property, int depth) {
		return (property.embedding().size() == depth) ? property.number() : property.embedding().get(depth).number();
	}

	private void readEmbedded(List<Embedded> path, Embedded embedded) {
		List<Embedded> inner = new ArrayList<>(path);
		inner.add(embedded);
		this.source.open("case " + embedded.number() + " ->").line("in.beginMessage();");
		readFields(inner);
		this.source.close();
	}

	private void readField(Property property) {
		String start = "case " + property.number() + " ->";
		String elements = elements(property);
		if (property.wrapped()) {
			this.source.line(start + " builder." + property.name() + " = in.readStrings();");
		}
		else if (property.shared()) {
			readShared(property);
		}
		else if (property.map()) {
			this.source.line(start + " " + elements + " = " + readEntry(property) + ";");
		}
		else if (property.list() && property.kind().wireType() == ValueKind.WireType.VARINT) {
			this.source.line(start + " " + elements + " = in.read" + property.kind().plural() + "(" + elements + ");");
		}
		else if (property.list()) {
			this.source.open(start);
			if (property.droppable()) {
				this.source.open("if (in.options().dropManagedFields())")
					.line("in.skipField();")
					.line("continue;")
					.close();
			}
			this.source.line(elements + " = in.elements(" + elements + ");");
			readValue(property, elements + ".add(", ");");
			this.source.close();
		}
		else if (property.object()) {
			this.source.open(start);
			readValue(property, "builder." + property.name() + " = ", ";");
			this.source.close();
		}
		else {
			this.source.line(start + " builder." + property.name() + " = in.read" + scalar(property) + "();");
		}
	}

	private String readEntry(Property property) {
		String elements = elements(property);
		return property.object() ? this.names.value(property) + ".readProtobufEntry(in, " + elements + ")"
				: "in.read" + property.kind().suffix() + "Entry(" + elements + ")";
	}

	private void readShared(Property property) {
		if (property.single() && property.object()) {
			this.source.line("case " + property.number() + " -> builder." + property.name() + " = "
					+ JsonCodecGenerator.sharedMethod(property) + "(in);");
			return;
		}
		String elements = elements(property);
		this.source.open("case " + property.number() + " ->").line(elements + " = in.elements(" + elements + ");");
		this.source.open("if (!in.sharedRun(" + property.sharedPlace() + ", " + elements + "))").open("do");
		if (property.list()) {
			readValue(property, elements + ".add(", ");");
		}
		else {
			this.source.line(elements + " = " + readEntry(property) + ";");
		}
		this.source.close().line("while (in.nextInRun());");
		this.source.line("in.share" + (property.list() ? "List" : "Map") + "(" + property.sharedPlace() + ", "
				+ elements + ");");
		this.source.close();
		this.source.close();
	}

	private void readSharedObject(Property property) {
		String type = this.names.value(property);
		this.source.open("private static " + type + " " + JsonCodecGenerator.sharedMethod(property) + "(" + this.reader
				+ " in)");
		readSharedObject(type, property.sharedPlace(), type + ".readProtobuf(in)");
	}

	private void readSharedObject(String type, String place, String read) {
		this.source.line(type + " known = in.shared(" + place + ");");
		this.source.open("if (known != null)").line("return known;").close();
		this.source.line("in.beginMessage();");
		this.source.line("return in.share(" + place + ", " + read + ");").end();
	}

	private void readSharedElement() {
		String type = this.type.name();
		this.source.javadoc(List.of(
				"For generated code: read the message at which the reader stands as an element of a list, or find"
						+ " an equal one that was read before.",
				"@param in the reader", "@return the object",
				"@throws DecodingException when the message is malformed"));
		this.source.open("public static " + type + " readProtobufElement(" + this.reader + " in)");
		readSharedObject(type, "ELEMENT", "readProtobuf(in)");
	}

	private void readValue(Property property, String start, String end) {
		if (property.list() && property.object() && SchemaNotes.sharedElement(property.objectType())) {
			this.source.line(start + this.names.value(property) + ".readProtobufElement(in)" + end);
		}
		else if (property.object()) {
			this.source.line("in.beginMessage();");
			this.source.line(start + this.names.value(property) + ".readProtobuf(in)" + end);
		}
		else {
			String read = "in.read" + property.kind().suffix() + "()";
			if (property.kind() == ValueKind.RAW) {
				read = this.source.use("java.util.Objects") + ".requireNonNullElse(" + read + ", RawJson.NULL)";
			}
			this.source.line(start + read + end);
		}
	}

	private static String scalar(Property property) {
		boolean unique = SchemaNotes.unique(property.owner(), property.field());
		return (unique ? "Unique" : "") + property.kind().suffix() + (property.zeroMeansAbsent() ? "OrAbsent" : "");
	}

	private void readEntry() {
		String name = this.type.name();
		this.source.javadoc(List.of("For generated code: read an entry of a map.", "@param in the reader",
				"@param entries what collects the entries, {@code null} for the first one",
				"@return what collects the entries", "@throws DecodingException when the entry is malformed"));
		this.source.open("public static " + elementsType() + " readProtobufEntry(" + this.reader + " in, @"
				+ this.source.use("org.jspecify.annotations.Nullable") + " " + elementsType() + " entries)");
		this.source.line("String key = \"\";");
		this.source.line(name + " value = builder().build();");
		this.source.line("in.beginMessage();");
		this.source.open("for (int field = in.nextField(); field != 0; field = in.nextField())");
		this.source.open("switch (field)").line("case 1 -> key = in.readString();");
		this.source.open("case 2 ->").line("in.beginMessage();").line("value = readProtobuf(in);").close();
		this.source.line("default -> in.skipField();").close();
		this.source.close();
		this.source.line("Elements target = in.elements(entries);").line("target.put(key, value);");
		this.source.line("return target;").end();
	}

	private void write() {
		this.source.javadoc(List
			.of("For generated code: write the fields of this object as a message, the last one first as the writer"
					+ " wants it.", "@param out the writer"));
		this.source.open("public void writeProtobuf(" + this.writer + " out)");
		writeFields(List.of());
		this.source.end();
	}

	private void writeFields(List<Embedded> path) {
		this.source.line("out.writeUnknown(this." + ClassGenerator.unknownFieldsOf(path) + ");");
		List<Object> fields = new ArrayList<>(fields(path).values());
		Collections.reverse(fields);
		for (Object field : fields) {
			if (field instanceof Property property) {
				writeField(property);
			}
			else {
				writeEmbedded(path, (Embedded) field);
			}
		}
	}

	private void writeEmbedded(List<Embedded> path, Embedded embedded) {
		List<Embedded> inner = new ArrayList<>(path);
		inner.add(embedded);
		this.source.line("int " + embedded.name() + " = out.beginMessage();");
		writeFields(inner);
		this.source.line("out.endMessage(" + embedded.number() + ", " + embedded.name() + ");");
	}

	private void writeField(Property property) {
		String field = "this." + property.name();
		String number = String.valueOf(property.number());
		if (property.single()) {
			this.source.open("if (" + field + " != null)");
			writeValue(property, number, field);
			this.source.close();
		}
		else if (!property.object()) {
			String method = property.wrapped() ? "writeStringsMessage"
					: "write" + (property.list() ? property.kind().plural() : property.kind().suffix() + "Map");
			this.source.line("out." + method + "(" + number + ", " + field + ");");
		}
		else if (property.list()) {
			this.source.open("for (int index = " + field + ".size() - 1; index >= 0; index--)");
			writeValue(property, number, field + ".get(index)");
			this.source.close();
		}
		else {
			String entry = "Map.Entry<String, " + this.names.value(property) + ">";
			this.source.open("for (" + entry + " entry : ProtobufWriter.descending(" + field + "))");
			this.source.line("int mark = out.beginMessage();");
			writeValue(property, "2", "entry.getValue()");
			this.source.line("out.writeString(1, entry.getKey());").line("out.endMessage(" + number + ", mark);");
			this.source.close();
		}
	}

	private void writeValue(Property property, String number, String value) {
		if (property.object()) {
			String mark = property.map() ? "valueMark" : "mark";
			this.source.line("int " + mark + " = out.beginMessage();")
				.line(value + ".writeProtobuf(out);")
				.line("out.endMessage(" + number + ", " + mark + ");");
		}
		else {
			this.source.line("out.write" + property.kind().suffix() + "(" + number + ", " + value + ");");
		}
	}

}
