package io.github.k8sclient.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import io.github.k8sclient.api.ApiSchema.Field;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes random documents of any type of the schema, in the form in which Go writes them.
 */
final class SampleDocuments {

	static final List<String> DURATIONS = List.of("1h2m3s", "1.5s", "250ms", "10µs", "15m0s", "-30s", "1ns");

	static final List<Long> DURATION_NANOS = List.of(3_723_000_000_000L, 1_500_000_000L, 250_000_000L, 10_000L,
			900_000_000_000L, -30_000_000_000L, 1L);

	private static final List<String> QUANTITIES = List.of("0", "100m", "1", "1Gi", "250Mi", "12345", "1500m", "5e3",
			"3T", "-2", "1u");

	private static final List<String> TEXTS = List.of("a", "nginx:1.27", "10.0.0.1", "a\"b\\c", "line\nbreak\ttab",
			"größer 日本 \uD83D\uDE00", "<html>&", "x".repeat(40), "\u0001\u007f\u2028", "true", "null", "0");

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private final ApiSchema schema = ApiSchema.INSTANCE;

	private final Random random;

	private final Form form;

	// how many more objects may be made, so that no document gets huge
	private int budget;

	SampleDocuments(long seed, Form form) {
		this(seed, form, 150);
	}

	private SampleDocuments(long seed, Form form, int budget) {
		this.random = new Random(seed);
		this.form = form;
		this.budget = budget;
	}

	/**
	 * Documents whose inner objects are mostly empty.
	 */
	static SampleDocuments shallow(long seed, Form form) {
		return new SampleDocuments(seed, form, 4);
	}

	/**
	 * How a document is made.
	 */
	enum Form {

		/**
		 * Any fields.
		 */
		ANY,

		/**
		 * Any fields, members that the schema does not know in every object, and a
		 * TypeMeta in nested kinds.
		 */
		UNKNOWN_MEMBERS,

		/**
		 * What Go writes: fields that are neither pointer nor {@code omitempty} are there
		 * in any case, with zero values.
		 */
		GO

	}

	static byte[] bytes(JsonNode document) {
		return JsonMapper.shared().writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
	}

	ObjectNode document(String type) {
		ObjectNode document = NODES.objectNode();
		if (this.schema.isKind(type)) {
			document.put("kind", this.schema.kind(type));
			document.put("apiVersion", this.schema.apiVersion(type));
		}
		addFields(document, type, 0);
		return document;
	}

	private ObjectNode nested(String type, int depth) {
		ObjectNode object = NODES.objectNode();
		if (this.schema.isKind(type) && this.form == Form.UNKNOWN_MEMBERS) {
			object.put("kind", "Anything");
			object.put("apiVersion", "any/v9");
		}
		addFields(object, type, depth);
		return object;
	}

	private void addFields(ObjectNode object, String type, int depth) {
		this.budget--;
		for (Field field : this.schema.fields(type)) {
			boolean go = this.form == Form.GO && !field.pointer();
			boolean shown = field.repeated() ? field.required() : go && isShownByGo(field);
			if (isChosen(depth)) {
				object.set(field.name(), value(field, depth));
			}
			else if (shown) {
				object.set(field.name(), zero(field, depth));
			}
		}
		if (this.form == Form.UNKNOWN_MEMBERS) {
			object.set("zzUnknown", anyJson(0));
		}
	}

	private boolean isChosen(int depth) {
		return this.budget > 0 && depth < 8 && this.random.nextInt(10) < ((depth < 2) ? 8 : 4);
	}

	// a struct is there even if it is omitempty; a zero time or raw value is null in JSON
	private static boolean isShownByGo(Field field) {
		return switch (field.kind()) {
			case "ref", "quantity", "intorstring", "duration" -> true;
			case "time", "microtime", "rawextension", "fieldsv1", "bytes" -> false;
			default -> !field.omitEmpty();
		};
	}

	private JsonNode zero(Field field, int depth) {
		if (field.list()) {
			return NODES.arrayNode();
		}
		if (field.map()) {
			return NODES.objectNode();
		}
		return switch (field.kind()) {
			case "string" -> NODES.stringNode("");
			case "bool" -> NODES.booleanNode(false);
			case "int32", "int64", "intorstring" -> NODES.numberNode(0);
			case "quantity" -> NODES.stringNode("0");
			case "duration" -> NODES.stringNode("0s");
			case "ref" -> emptyObject(field, depth);
			default -> throw new IllegalStateException(field.toString());
		};
	}

	private JsonNode emptyObject(Field field, int depth) {
		ObjectNode object = NODES.objectNode();
		for (Field inner : this.schema.fields(field.ref())) {
			boolean shown = inner.repeated() ? inner.required() : !inner.pointer() && isShownByGo(inner);
			if (shown) {
				object.set(inner.name(), zero(inner, depth));
			}
		}
		return object;
	}

	private JsonNode value(Field field, int depth) {
		if (field.list()) {
			ArrayNode array = NODES.arrayNode();
			for (int size = 1 + this.random.nextInt(3); size > 0; size--) {
				array.add(element(field, depth));
			}
			return array;
		}
		if (field.map()) {
			ObjectNode map = NODES.objectNode();
			for (int size = 1 + this.random.nextInt(3); size > 0; size--) {
				map.set("key" + (char) ('d' - size) + "/x.y", element(field, depth));
			}
			return map;
		}
		JsonNode value = element(field, depth);
		while (field.zeroIsAbsent() && isZero(value)) {
			value = element(field, depth);
		}
		return value;
	}

	private static boolean isZero(JsonNode value) {
		return (value.isString() && value.asString().isEmpty()) || (value.isNumber() && value.asDouble() == 0)
				|| (value.isBoolean() && !value.asBoolean());
	}

	private JsonNode element(Field field, int depth) {
		return switch (field.kind()) {
			case "string" -> NODES.stringNode(text(field));
			case "bool" -> NODES.booleanNode(this.random.nextBoolean());
			case "int32" -> NODES.numberNode(integer());
			case "int64" -> NODES.numberNode(this.random.nextBoolean() ? integer() : this.random.nextLong());
			case "float64" -> NODES.numberNode(this.random.nextInt(2000) / 8.0 - 100.0625);
			case "bytes" -> NODES.binaryNode(randomBytes());
			case "time" -> NODES.stringNode(
					"20%02d-0%d-1%dT0%d:59:0%dZ".formatted(digit(90), 1 + digit(9), digit(9), digit(9), digit(9)));
			case "microtime" ->
				NODES.stringNode("2024-0%d-28T23:00:0%d.%06dZ".formatted(1 + digit(9), digit(9), digit(1_000_000)));
			case "duration" -> NODES.stringNode(pick(DURATIONS));
			case "quantity" -> NODES.stringNode(pick(QUANTITIES));
			case "intorstring" -> this.random.nextBoolean() ? NODES.numberNode(integer())
					: NODES.stringNode(pick(List.of("http", "25%", "8080")));
			case "rawextension", "fieldsv1" -> anyObject(0);
			case "json" -> anyJson(0);
			case "list-of-string" -> NODES.arrayNode().add(pick(TEXTS)).add(pick(TEXTS));
			case "ref" -> nested(field.ref(), depth + 1);
			case "JSONSchemaPropsOrBool" -> this.random.nextBoolean() ? NODES.booleanNode(this.random.nextBoolean())
					: nested("apiextensions/v1.JSONSchemaProps", depth + 1);
			case "JSONSchemaPropsOrArray" ->
				this.random.nextBoolean() ? NODES.arrayNode().add(nested("apiextensions/v1.JSONSchemaProps", depth + 1))
						: nested("apiextensions/v1.JSONSchemaProps", depth + 1);
			case "JSONSchemaPropsOrStringArray" -> this.random.nextBoolean() ? NODES.arrayNode().add("a").add("b")
					: nested("apiextensions/v1.JSONSchemaProps", depth + 1);
			default -> throw new IllegalStateException(field.toString());
		};
	}

	private String text(Field field) {
		boolean emptyAllowed = !field.zeroIsAbsent();
		return (emptyAllowed && this.random.nextInt(8) == 0) ? "" : pick(TEXTS);
	}

	private int integer() {
		return switch (this.random.nextInt(4)) {
			case 0 -> this.random.nextInt();
			case 1 -> this.random.nextBoolean() ? Integer.MAX_VALUE : Integer.MIN_VALUE;
			default -> this.random.nextInt(300) - 10;
		};
	}

	private int digit(int bound) {
		return this.random.nextInt(bound);
	}

	private byte[] randomBytes() {
		byte[] bytes = new byte[1 + this.random.nextInt(20)];
		this.random.nextBytes(bytes);
		return bytes;
	}

	private <T> T pick(List<T> values) {
		return values.get(this.random.nextInt(values.size()));
	}

	private JsonNode anyJson(int depth) {
		return switch (this.random.nextInt((depth < 3) ? 6 : 4)) {
			case 0 -> NODES.stringNode(pick(TEXTS));
			case 1 -> NODES.numberNode(integer());
			case 2 -> NODES.booleanNode(this.random.nextBoolean());
			case 3 -> NODES.numberNode(0.25);
			case 4 -> NODES.arrayNode().add(anyJson(depth + 1)).addNull();
			default -> anyObject(depth + 1);
		};
	}

	private ObjectNode anyObject(int depth) {
		ObjectNode object = NODES.objectNode();
		object.set("f:a", anyJson(depth + 1));
		object.putNull("b");
		return object;
	}

}
