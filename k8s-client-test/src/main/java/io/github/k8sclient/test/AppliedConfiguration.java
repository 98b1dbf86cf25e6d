package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules by which server-side apply takes objects apart and puts them together.
 */
final class AppliedConfiguration {

	private AppliedConfiguration() {
	}

	/**
	 * The fields that an object names.
	 * @param object the object
	 * @param type its type
	 * @return the fields
	 */
	static FieldSet fields(ObjectNode object, FieldType type) {
		FieldSet fields = new FieldSet();
		collect(fields, new ArrayList<>(), object, type);
		return fields;
	}

	private static void collect(FieldSet fields, List<PathElement> path, JsonNode value, FieldType type) {
		if (value instanceof ObjectNode object && !type.isAtomicObject()) {
			for (Map.Entry<String, JsonNode> member : object.properties()) {
				path.add(PathElement.field(member.getKey()));
				collect(fields, path, member.getValue(), type.member(member.getKey()));
				boolean empty = member.getValue().isNull()
						|| (member.getValue().isObject() && member.getValue().isEmpty());
				if (empty || !type.declares(member.getKey())) {
					fields.add(path);
				}
				path.remove(path.size() - 1);
			}
		}
		else if (value.isArray() && type.listKeys() != null) {
			ListElements.of(value, type).byElement().forEach((element, item) -> {
				path.add(element);
				collect(fields, path, item, type.element());
				fields.add(path);
				path.remove(path.size() - 1);
			});
		}
		else {
			fields.add(path);
		}
	}

	/**
	 * Put what is applied over what is there.
	 * @param live what is there
	 * @param applied what is applied
	 * @param type the type of both
	 * @return the merged value, which shares parts with both
	 */
	static JsonNode merge(@Nullable JsonNode live, JsonNode applied, FieldType type) {
		if (applied instanceof ObjectNode changes && live instanceof ObjectNode object && !type.isAtomicObject()) {
			ObjectNode merged = object.objectNode();
			merged.setAll(object);
			changes.forEachEntry((name, value) -> merged.set(name, merge(object.get(name), value, type.member(name))));
			return merged;
		}
		if (applied.isArray() && live instanceof ArrayNode && type.listKeys() != null) {
			return mergeElements(ListElements.of(live, type).byElement(), ListElements.of(applied, type).byElement(),
					type);
		}
		boolean keepsParts = applied.isNull() && live != null
				&& (live.isObject() ? !type.isAtomicObject() : live.isArray() && type.listKeys() != null);
		return keepsParts ? Objects.requireNonNull(live) : applied;
	}

	// what is applied comes in its own order; what is only there keeps its place
	// before the next common element
	private static ArrayNode mergeElements(Map<PathElement, JsonNode> live, Map<PathElement, JsonNode> applied,
			FieldType type) {
		ArrayNode merged = ModelCodec.MAPPER.createArrayNode();
		List<PathElement> common = new ArrayList<>(applied.keySet());
		common.retainAll(live.keySet());
		Iterator<PathElement> awaited = common.iterator();
		Iterator<PathElement> pending = applied.keySet().iterator();
		PathElement next = awaited.hasNext() ? awaited.next() : null;
		for (Map.Entry<PathElement, JsonNode> element : live.entrySet()) {
			if (!applied.containsKey(element.getKey())) {
				merged.add(element.getValue());
			}
			else if (element.getKey().equals(next)) {
				PathElement last;
				do {
					last = pending.next();
					merged.add(mergeElement(last, live, applied, type));
				}
				while (!last.equals(next));
				next = awaited.hasNext() ? awaited.next() : null;
			}
		}
		pending.forEachRemaining((element) -> merged.add(mergeElement(element, live, applied, type)));
		return merged;
	}

	private static JsonNode mergeElement(PathElement element, Map<PathElement, JsonNode> live,
			Map<PathElement, JsonNode> applied, FieldType type) {
		return merge(live.get(element), Objects.requireNonNull(applied.get(element)), type.element());
	}

	/**
	 * Take fields away.
	 * @param value the value
	 * @param fields the fields
	 * @param type the type of the value
	 * @return the rest, null as JSON if nothing is left
	 */
	static JsonNode remove(JsonNode value, FieldSet fields, FieldType type) {
		if (value instanceof ObjectNode object && !object.isEmpty()) {
			ObjectNode rest = object.objectNode();
			if (!type.isAtomicObject()) {
				object.forEachEntry((name, member) -> {
					PathElement element = PathElement.field(name);
					if (!fields.has(element)) {
						rest.set(name, removeBelow(member, fields.below(element), type.member(name)));
					}
				});
			}
			return rest.isEmpty() ? NullNode.getInstance() : rest;
		}
		if (value.isArray() && !value.isEmpty()) {
			ArrayNode rest = ModelCodec.MAPPER.createArrayNode();
			if (type.listKeys() != null) {
				ListElements.of(value, type).byElement().forEach((element, item) -> {
					if (!fields.has(element)) {
						rest.add(removeBelow(item, fields.below(element), type.element()));
					}
				});
			}
			return rest.isEmpty() ? NullNode.getInstance() : rest;
		}
		return value;
	}

	private static JsonNode removeBelow(JsonNode value, FieldSet fields, FieldType type) {
		return fields.isEmpty() ? value : remove(value, fields, type);
	}

	/**
	 * Find what an applied object must not have: undeclared members, values of a wrong
	 * shape, elements that nothing tells apart.
	 * @param path the path of the value
	 * @param value the value
	 * @param type its type
	 * @param problems where to add the complaints
	 */
	static void check(String path, JsonNode value, FieldType type, List<String> problems) {
		String shape = type.shape();
		if (shape != null && !value.isNull() && !hasShape(value, shape)) {
			problems.add(shape.equals("numeric") ? path + ": expected numeric (int or float), got " + value
					: "%s: expected %s, got %s".formatted(path, shape, value));
		}
		else if (value instanceof ObjectNode object) {
			object.forEachEntry((name, member) -> {
				if (type.isClosed() && !type.declares(name)) {
					problems.add("%s.%s: field not declared in schema".formatted(path, name));
				}
				else {
					check(path + "." + name, member, type.member(name), problems);
				}
			});
		}
		else if (value.isArray()) {
			checkElements(path, value, type, problems);
		}
	}

	private static void checkElements(String path, JsonNode list, FieldType type, List<String> problems) {
		if (type.listKeys() == null) {
			list.forEach((item) -> check(path, item, type.element(), problems));
			return;
		}
		try {
			ListElements elements = ListElements.of(list, type);
			elements.duplicates()
				.forEach((element) -> problems.add("%s: duplicate entries for key %s".formatted(path, element)));
			elements.byElement().forEach((element, item) -> check(path + element, item, type.element(), problems));
		}
		catch (IllegalArgumentException ex) {
			problems.add(path + ": " + ex.getMessage());
		}
	}

	private static boolean hasShape(JsonNode value, String shape) {
		return switch (shape) {
			case "map" -> value.isObject();
			case "list" -> value.isArray();
			case "string" -> value.isString();
			case "numeric" -> value.isNumber();
			default -> value.isBoolean();
		};
	}

}
