package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The elements of a list by what tells them apart, in their order.
 *
 * @param byElement the elements; of those that nothing tells apart, the first
 * @param duplicates what more than one element has in common
 */
record ListElements(Map<PathElement, JsonNode> byElement, List<PathElement> duplicates) {

	/**
	 * Take a list apart.
	 * @param list the list, null or no list for an empty one
	 * @param type the type of the list, which is not owned as one
	 * @return the elements
	 * @throws IllegalArgumentException if an element has nothing that tells it apart
	 */
	static ListElements of(@Nullable JsonNode list, FieldType type) {
		ListElements elements = new ListElements(new LinkedHashMap<>(), new ArrayList<>());
		if (list instanceof ArrayNode array) {
			for (int i = 0; i < array.size(); i++) {
				PathElement element = identity(array.get(i), type, i);
				if (elements.byElement.putIfAbsent(element, array.get(i)) != null) {
					elements.duplicates.add(element);
				}
			}
		}
		return elements;
	}

	private static PathElement identity(JsonNode value, FieldType type, int index) {
		List<String> keys = Objects.requireNonNullElse(type.listKeys(), List.of());
		if (keys.isEmpty()) {
			return PathElement.value(value);
		}
		ObjectNode identity = ModelCodec.MAPPER.createObjectNode();
		for (String key : keys) {
			JsonNode own = value.has(key) ? value.get(key) : type.element().keyDefault(key);
			if (own != null) {
				identity.set(key, own);
			}
		}
		if (identity.isEmpty()) {
			throw new IllegalArgumentException(("element %d: associative list with keys has an element that omits all "
					+ "key fields %s (and doesn't have default values for any key fields)")
				.formatted(index, keys));
		}
		return PathElement.keys(identity);
	}

}
