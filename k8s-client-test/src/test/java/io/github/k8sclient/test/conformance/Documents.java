package io.github.k8sclient.test.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares documents.
 */
final class Documents {

	private Documents() {
	}

	/**
	 * A document without the members that are null, empty, zero or false.
	 * @param node the document
	 * @return a copy
	 */
	static JsonNode withoutEmptyValues(JsonNode node) {
		if (node instanceof ObjectNode object) {
			ObjectNode result = object.objectNode();
			for (Map.Entry<String, JsonNode> member : object.properties()) {
				JsonNode value = withoutEmptyValues(member.getValue());
				if (!isEmptyValue(value)) {
					result.set(member.getKey(), value);
				}
			}
			return result;
		}
		if (node instanceof ArrayNode array) {
			ArrayNode result = array.arrayNode();
			array.forEach((element) -> result.add(withoutEmptyValues(element)));
			return result;
		}
		return node;
	}

	/**
	 * Where two documents differ, apart from empty values.
	 * @param actual a document
	 * @param expected another
	 * @return the places with both values, empty if there are none
	 */
	static List<String> differences(JsonNode actual, JsonNode expected) {
		List<String> differences = new ArrayList<>();
		compare("", withoutEmptyValues(actual), withoutEmptyValues(expected), differences);
		return differences;
	}

	private static void compare(String path, JsonNode actual, JsonNode expected, List<String> differences) {
		if (actual instanceof ObjectNode && expected instanceof ObjectNode) {
			Set<String> names = new TreeSet<>(actual.propertyNames());
			names.addAll(expected.propertyNames());
			names.forEach((name) -> compare(path + "/" + name, actual.path(name), expected.path(name), differences));
		}
		else if (actual instanceof ArrayNode && expected instanceof ArrayNode && actual.size() == expected.size()) {
			for (int i = 0; i < actual.size(); i++) {
				compare(path + "/" + i, actual.get(i), expected.get(i), differences);
			}
		}
		else if (!actual.equals(expected)) {
			differences.add("%s: %s instead of %s".formatted(path, actual, expected));
		}
	}

	private static boolean isEmptyValue(JsonNode value) {
		return value.isNull() || (value.isContainer() && value.isEmpty())
				|| (value.isString() && value.asString().isEmpty()) || (value.isNumber() && value.asDouble() == 0)
				|| (value.isBoolean() && !value.asBoolean());
	}

}
