package io.github.k8sclient.test;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON patch, RFC 6902. As in the API server, every failure ends in the same 422.
 */
final class JsonPatch {

	private JsonPatch() {
	}

	/**
	 * Apply a patch.
	 * @param target the object to be patched, changed in place
	 * @param patch the operations
	 * @return the patched value
	 * @throws StatusException 422 if an operation is malformed or cannot be done
	 */
	static JsonNode apply(ObjectNode target, ArrayNode patch) {
		JsonNode result = target;
		for (JsonNode operation : patch) {
			result = apply(result, operation);
		}
		return result;
	}

	private static JsonNode apply(JsonNode target, JsonNode operation) {
		JsonPointer path = pointer(operation, "path");
		return switch (operation.path("op").asString("")) {
			case "add" -> add(target, path, value(operation));
			case "remove" -> {
				remove(target, path);
				yield target;
			}
			case "replace" -> replace(target, path, value(operation));
			case "move" -> {
				JsonNode moved = remove(target, pointer(operation, "from"));
				yield add(target, path, moved);
			}
			case "copy" -> add(target, path, existing(target, pointer(operation, "from")).deepCopy());
			case "test" -> {
				if (!existing(target, path).equals(value(operation))) {
					throw Statuses.unprocessable();
				}
				yield target;
			}
			default -> throw Statuses.unprocessable();
		};
	}

	private static JsonNode add(JsonNode target, JsonPointer path, JsonNode value) {
		if (path.matches()) {
			return value;
		}
		JsonNode parent = existing(target, path.head());
		String last = last(path);
		if (parent instanceof ObjectNode object) {
			object.set(last, value);
		}
		else if (parent instanceof ArrayNode array) {
			array.insert(last.equals("-") ? array.size() : index(last, array.size()), value);
		}
		else {
			throw Statuses.unprocessable();
		}
		return target;
	}

	private static JsonNode remove(JsonNode target, JsonPointer path) {
		if (path.matches()) {
			throw Statuses.unprocessable();
		}
		JsonNode parent = existing(target, path.head());
		String last = last(path);
		JsonNode removed = null;
		if (parent instanceof ObjectNode object) {
			removed = object.remove(last);
		}
		else if (parent instanceof ArrayNode array) {
			removed = array.remove(index(last, array.size() - 1));
		}
		if (removed == null) {
			throw Statuses.unprocessable();
		}
		return removed;
	}

	private static JsonNode replace(JsonNode target, JsonPointer path, JsonNode value) {
		if (path.matches()) {
			return value;
		}
		existing(target, path);
		JsonNode parent = existing(target, path.head());
		if (parent instanceof ArrayNode array) {
			array.set(index(last(path), array.size() - 1), value);
		}
		else {
			((ObjectNode) parent).set(last(path), value);
		}
		return target;
	}

	private static JsonNode existing(JsonNode target, @Nullable JsonPointer path) {
		JsonNode node = (path != null) ? target.at(path) : target;
		if (node.isMissingNode()) {
			throw Statuses.unprocessable();
		}
		return node;
	}

	private static JsonNode value(JsonNode operation) {
		JsonNode value = operation.get("value");
		if (value == null) {
			throw Statuses.unprocessable();
		}
		return value.deepCopy();
	}

	private static JsonPointer pointer(JsonNode operation, String member) {
		String text = operation.path(member).asString(null);
		if (text == null || (!text.isEmpty() && !text.startsWith("/"))) {
			throw Statuses.unprocessable();
		}
		return JsonPointer.compile(text);
	}

	private static String last(JsonPointer path) {
		return path.last().getMatchingProperty();
	}

	private static int index(String text, int max) {
		if (!text.matches("0|[1-9]\\d{0,8}") || Integer.parseInt(text) > max) {
			throw Statuses.unprocessable();
		}
		return Integer.parseInt(text);
	}

}
