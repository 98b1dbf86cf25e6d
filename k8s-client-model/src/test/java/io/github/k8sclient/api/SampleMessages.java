package io.github.k8sclient.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.k8sclient.api.ApiSchema.Field;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Encodes documents as protobuf by the schema alone, as Go does.
 */
final class SampleMessages {

	private static final String SCHEMA_PROPS = "apiextensions/v1.JSONSchemaProps";

	private final ApiSchema schema = ApiSchema.INSTANCE;

	private final Form form;

	SampleMessages(Form form) {
		this.form = form;
	}

	/**
	 * How a message is made.
	 */
	enum Form {

		/**
		 * Only the fields that the document has.
		 */
		SPARSE,

		/**
		 * As Go does: whatever is no pointer is there, with its zero value if need be.
		 */
		GO,

		/**
		 * With fields that the schema does not know in every message.
		 */
		UNKNOWN_FIELDS

	}

	byte[] encode(String type, ObjectNode document) {
		Message message = new Message();
		addFields(message, this.schema.fields(type), 0, document);
		return message.bytes();
	}

	private void addFields(Message message, List<Field> fields, int depth, ObjectNode document) {
		Map<Integer, List<Field>> byNumber = new TreeMap<>();
		for (Field field : fields) {
			int number = (field.path().size() > depth) ? field.path().get(depth) : field.number();
			byNumber.computeIfAbsent(number, (key) -> new ArrayList<>()).add(field);
		}
		byNumber.forEach((number, group) -> {
			if (group.get(0).path().size() > depth) {
				Message embedded = new Message();
				addFields(embedded, group, depth + 1, document);
				message.bytes(number, embedded.bytes());
			}
			else {
				addField(message, group.get(0), document.get(group.get(0).name()));
			}
		});
		if (this.form == Form.UNKNOWN_FIELDS) {
			message.varint(4001, 300);
			message.bytes(4002, "new".getBytes(StandardCharsets.UTF_8));
			message.fixed64(4003, 1.5);
		}
	}

	private void addField(Message message, Field field, JsonNode value) {
		if (value == null) {
			if (this.form == Form.GO && !field.pointer() && !field.repeated()) {
				addZero(message, field);
			}
		}
		else if (field.wrapped()) {
			Message list = new Message();
			value.forEach((element) -> addValue(list, 1, field, element));
			message.bytes(field.number(), list.bytes());
		}
		else if (field.list()) {
			value.forEach((element) -> addValue(message, field.number(), field, element));
		}
		else if (field.map()) {
			value.properties().forEach((entry) -> {
				Message pair = new Message();
				pair.text(1, entry.getKey());
				addValue(pair, 2, field, entry.getValue());
				message.bytes(field.number(), pair.bytes());
			});
		}
		else {
			addValue(message, field.number(), field, value);
		}
	}

	private void addZero(Message message, Field field) {
		switch (field.kind()) {
			case "string" -> message.text(field.number(), "");
			case "bool", "int32", "int64" -> message.varint(field.number(), 0);
			case "time", "microtime", "rawextension" -> message.bytes(field.number(), new byte[0]);
			case "bytes" -> {
			}
			default -> throw new IllegalStateException(field.toString());
		}
	}

	private void addValue(Message message, int number, Field field, JsonNode value) {
		switch (field.kind()) {
			case "string" -> message.text(number, value.asString());
			case "bool" -> message.varint(number, value.asBoolean() ? 1 : 0);
			case "int32", "int64" -> message.varint(number, value.asLong());
			case "float64" -> message.fixed64(number, value.asDouble());
			case "bytes" -> message.bytes(number, value.binaryValue());
			default -> message.bytes(number, nested(field, value));
		}
	}

	private byte[] nested(Field field, JsonNode value) {
		Message message = new Message();
		switch (field.kind()) {
			case "time", "microtime" -> {
				Instant time = Instant.parse(value.asString());
				message.varint(1, time.getEpochSecond());
				message.varint(2, time.getNano());
			}
			case "duration" -> message.varint(1, nanos(value.asString()));
			case "quantity" -> message.text(1, value.asString());
			case "intorstring" -> {
				message.varint(1, value.isString() ? 1 : 0);
				message.varint(2, value.isString() ? 0 : value.asInt());
				message.text(3, value.isString() ? value.asString() : "");
			}
			case "rawextension", "fieldsv1", "json" -> message.bytes(1, SampleDocuments.bytes(value));
			case "list-of-string" -> value.forEach((element) -> message.text(1, element.asString()));
			case "ref" -> addFields(message, this.schema.fields(field.ref()), 0, (ObjectNode) value);
			case "JSONSchemaPropsOrBool" -> {
				message.varint(1, (value.isObject() || value.asBoolean()) ? 1 : 0);
				addSchema(message, 2, value);
			}
			case "JSONSchemaPropsOrArray" -> {
				addSchema(message, 1, value);
				if (value.isArray()) {
					value.forEach((element) -> addSchema(message, 2, element));
				}
			}
			case "JSONSchemaPropsOrStringArray" -> {
				addSchema(message, 1, value);
				if (value.isArray()) {
					value.forEach((element) -> message.text(2, element.asString()));
				}
			}
			default -> throw new IllegalStateException(field.toString());
		}
		return message.bytes();
	}

	private static long nanos(String duration) {
		return duration.equals("0s") ? 0
				: SampleDocuments.DURATION_NANOS.get(SampleDocuments.DURATIONS.indexOf(duration));
	}

	private void addSchema(Message message, int number, JsonNode value) {
		if (value.isObject()) {
			Message schema = new Message();
			addFields(schema, this.schema.fields(SCHEMA_PROPS), 0, (ObjectNode) value);
			message.bytes(number, schema.bytes());
		}
	}

	/**
	 * A message under construction.
	 */
	private static final class Message {

		private final ByteArrayOutputStream out = new ByteArrayOutputStream();

		byte[] bytes() {
			return this.out.toByteArray();
		}

		void text(int number, String value) {
			bytes(number, value.getBytes(StandardCharsets.UTF_8));
		}

		void bytes(int number, byte[] value) {
			writeVarint((long) number << 3 | 2);
			writeVarint(value.length);
			this.out.writeBytes(value);
		}

		void varint(int number, long value) {
			writeVarint((long) number << 3);
			writeVarint(value);
		}

		void fixed64(int number, double value) {
			writeVarint((long) number << 3 | 1);
			long bits = Double.doubleToRawLongBits(value);
			for (int shift = 0; shift < 64; shift += 8) {
				this.out.write((int) (bits >>> shift));
			}
		}

		private void writeVarint(long value) {
			long rest = value;
			while ((rest & ~0x7FL) != 0) {
				this.out.write((int) (rest & 0x7F | 0x80));
				rest >>>= 7;
			}
			this.out.write((int) rest);
		}

	}

}
