package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds objects against the schema of their custom resource: types, required members,
 * enumerations, limits of numbers, texts, lists and maps, patterns, formats, combined
 * schemas, and the keys of lists that are sets and maps. Rules in CEL are not evaluated.
 */
final class SchemaValidation {

	private final List<FieldError> errors = new ArrayList<>();

	private SchemaValidation() {
	}

	/**
	 * Check an object.
	 * @param schema the schema of its version
	 * @param object the object
	 * @return the complaints
	 */
	static List<FieldError> check(StructuralSchema schema, ObjectNode object) {
		SchemaValidation validation = new SchemaValidation();
		validation.check("", object, schema);
		return validation.errors;
	}

	private void check(String path, JsonNode value, StructuralSchema schema) {
		JsonNode facts = schema.facts();
		if (!hasType(path, value, schema)) {
			return;
		}
		restrictions(path, value, facts);
		if (value instanceof ObjectNode object) {
			for (Map.Entry<String, StructuralSchema> property : new TreeMap<>(schema.properties()).entrySet()) {
				JsonNode member = object.get(property.getKey());
				if (member != null) {
					check(child(path, property.getKey()), member, property.getValue());
				}
			}
			StructuralSchema additional = schema.additionalProperties();
			if (additional != null) {
				object.propertyStream()
					.filter((member) -> schema.property(member.getKey()) == null)
					.filter((member) -> !schema.isResourceMember(member.getKey()))
					.forEach((member) -> check(child(path, member.getKey()), member.getValue(), additional));
			}
		}
		StructuralSchema items = schema.items();
		if (value instanceof ArrayNode array) {
			for (int i = 0; items != null && i < array.size(); i++) {
				check(path + "[" + i + "]", array.get(i), items);
			}
			elements(path, array, facts);
		}
	}

	// what nested schemas without a structure of their own may say, too
	private void restrictions(String path, JsonNode value, JsonNode facts) {
		if (value.isNull()) {
			return;
		}
		if (value.isNumber()) {
			number(path, value, facts);
		}
		else if (value.isString()) {
			text(path, value.asString(), facts);
		}
		else if (value instanceof ArrayNode array) {
			size(path, array.size(), facts, "Items", "items");
		}
		else if (value instanceof ObjectNode object) {
			size(path, object.size(), facts, "Properties", "properties");
			for (String name : Trees.texts(facts, "required")) {
				if (!object.has(name)) {
					this.errors.add(FieldError.required(child(path, name), ""));
				}
			}
		}
		enumeration(path, value, facts);
		combinations(path, value, facts);
	}

	private boolean hasType(String path, JsonNode value, StructuralSchema schema) {
		JsonNode facts = schema.facts();
		if (value.isNull() && schema.nullable()) {
			return true;
		}
		boolean intOrString = facts.path("x-kubernetes-int-or-string").asBoolean(false);
		String type = intOrString ? "integer,string" : facts.path("type").asString("");
		if (type.isEmpty() || List.of(type.split(",")).contains(typeOf(value))
				|| (type.equals("number") && value.isNumber())) {
			return true;
		}
		wrongType(path, type, typeOf(value));
		if (type.equals("integer") && value.isNumber()) {
			asWhole("Checked value must be of type integer (default format) in " + path);
		}
		return false;
	}

	// a number without a fraction is an integer, however it is written
	private static String typeOf(JsonNode value) {
		return switch (value.getNodeType()) {
			case OBJECT -> "object";
			case ARRAY -> "array";
			case STRING -> "string";
			case BOOLEAN -> "boolean";
			case NUMBER ->
				(value.isIntegralNumber() || value.asDouble() == Math.rint(value.asDouble())) ? "integer" : "number";
			default -> "null";
		};
	}

	private void number(String path, JsonNode value, JsonNode facts) {
		double number = value.asDouble();
		if (facts.path("maximum").isNumber()) {
			boolean exclusive = facts.path("exclusiveMaximum").asBoolean(false);
			double limit = facts.path("maximum").asDouble();
			if (exclusive ? number >= limit : number > limit) {
				invalid(path, value.asString(), "should be less than %s%s".formatted(exclusive ? "" : "or equal to ",
						facts.path("maximum").asString()));
			}
		}
		if (facts.path("minimum").isNumber()) {
			boolean exclusive = facts.path("exclusiveMinimum").asBoolean(false);
			double limit = facts.path("minimum").asDouble();
			if (exclusive ? number <= limit : number < limit) {
				invalid(path, value.asString(), "should be greater than %s%s".formatted(exclusive ? "" : "or equal to ",
						facts.path("minimum").asString()));
			}
		}
		if (facts.path("multipleOf").isNumber()
				&& Math.IEEEremainder(number, facts.path("multipleOf").asDouble()) != 0) {
			invalid(path, value.asString(), "should be a multiple of " + facts.path("multipleOf").asString());
		}
	}

	private void text(String path, String text, JsonNode facts) {
		int length = text.codePointCount(0, text.length());
		if (length > facts.path("maxLength").asInt(Integer.MAX_VALUE)) {
			this.errors.add(FieldError.tooLong(path,
					"may not be more than %d bytes".formatted(facts.path("maxLength").asInt())));
		}
		if (length < facts.path("minLength").asInt(0)) {
			invalid(path, FieldError.quote(text),
					"should be at least %d chars long".formatted(facts.path("minLength").asInt()));
		}
		String pattern = Trees.text(facts, "pattern");
		if (pattern != null && !matches(pattern, text)) {
			invalid(path, FieldError.quote(text), "should match '%s'".formatted(pattern));
		}
		String format = Trees.text(facts, "format");
		if (format != null && !Formats.matches(format, text)) {
			wrongType(path, format, text);
		}
	}

	private static boolean matches(String pattern, String text) {
		try {
			return Pattern.compile(pattern).matcher(text).find();
		}
		catch (PatternSyntaxException ex) {
			// a pattern that only Go understands
			return true;
		}
	}

	private void size(String path, int size, JsonNode facts, String member, String noun) {
		int max = facts.path("max" + member).asInt(Integer.MAX_VALUE);
		if (size > max) {
			this.errors.add(FieldError.tooMany(path, size, max));
		}
		int min = facts.path("min" + member).asInt(0);
		if (size < min) {
			invalid(path, Integer.toString(size), "should have at least %d %s".formatted(min, noun));
		}
	}

	private void enumeration(String path, JsonNode value, JsonNode facts) {
		if (facts.get("enum") instanceof ArrayNode allowed && !allowed.values().contains(value)) {
			String printed = value.isString() ? FieldError.quote(value.asString()) : value.toString();
			this.errors.add(FieldError.notSupported(path, printed, Trees.texts(facts, "enum")));
		}
	}

	private void combinations(String path, JsonNode value, JsonNode facts) {
		for (ObjectNode schema : Trees.objects(facts, "allOf")) {
			this.errors.addAll(problems(path, value, schema));
		}
		if (facts.has("anyOf") && fitting(path, value, facts, "anyOf") == 0) {
			combined(path, "must validate at least one schema (anyOf)");
		}
		if (facts.has("oneOf")) {
			long fitting = fitting(path, value, facts, "oneOf");
			if (fitting != 1) {
				combined(path, "must validate one and only one schema (oneOf). Found "
						+ ((fitting == 0) ? "none valid" : fitting + " valid alternatives"));
			}
		}
		if (facts.get("not") instanceof ObjectNode schema && problems(path, value, schema).isEmpty()) {
			combined(path, "must not validate the schema (not)");
		}
	}

	private static long fitting(String path, JsonNode value, JsonNode facts, String member) {
		return Trees.objects(facts, member)
			.stream()
			.filter((schema) -> problems(path, value, schema).isEmpty())
			.count();
	}

	private static List<FieldError> problems(String path, JsonNode value, ObjectNode schema) {
		SchemaValidation validation = new SchemaValidation();
		validation.check(path, value, StructuralSchema.of(schema));
		return validation.errors;
	}

	private void combined(String path, String complaint) {
		asWhole("%s %s".formatted(FieldError.quote(path), complaint));
	}

	private void asWhole(String complaint) {
		this.errors.add(FieldError.invalid("<nil>", "\"\"", complaint));
	}

	private void elements(String path, ArrayNode array, JsonNode facts) {
		String type = facts.path("x-kubernetes-list-type").asString("");
		List<String> keys = type.equals("map") ? Trees.texts(facts, "x-kubernetes-list-map-keys") : List.of();
		if (!type.equals("set") && !type.equals("map")) {
			return;
		}
		Set<JsonNode> seen = new HashSet<>();
		for (int i = 0; i < array.size(); i++) {
			JsonNode identity = type.equals("set") ? array.get(i) : identity(array.get(i), keys);
			if (identity != null && !seen.add(identity)) {
				this.errors.add(FieldError.duplicateValue(path + "[" + i + "]", identity.toString()));
			}
		}
	}

	private static @Nullable JsonNode identity(JsonNode element, List<String> keys) {
		if (!(element instanceof ObjectNode object)) {
			return null;
		}
		ObjectNode identity = object.objectNode();
		for (String key : keys) {
			if (object.has(key)) {
				identity.set(key, object.get(key));
			}
		}
		return identity;
	}

	private static String child(String path, String name) {
		return path.isEmpty() ? name : path + "." + name;
	}

	private void wrongType(String path, String type, String actual) {
		String value = FieldError.quote(actual);
		this.errors
			.add(FieldError.typeInvalid(path, value, "%s in body must be of type %s: %s".formatted(path, type, value)));
	}

	private void invalid(String path, String value, String complaint) {
		this.errors.add(FieldError.invalid(path, value, "%s in body %s".formatted(path, complaint)));
	}

	/**
	 * The formats of texts that are checked; others are not restricted.
	 */
	private static final class Formats {

		private static final Map<String, Pattern> PATTERNS = Map.of("date", Pattern.compile("\\d{4}-\\d{2}-\\d{2}"),
				"uuid", Pattern.compile("(?i)[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}"), "email",
				Pattern.compile("[^@\\s]+@[^@\\s]+"), "ipv4", Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}"), "byte",
				Pattern.compile("([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"), "date-time",
				Pattern.compile("(?i)\\d{4}-\\d{2}-\\d{2}[t ]\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(z|[+-]\\d{2}:?\\d{2})"));

		private Formats() {
		}

		static boolean matches(String format, String text) {
			Pattern pattern = PATTERNS.get(format);
			return pattern == null || pattern.matcher(text).matches();
		}

	}

}
