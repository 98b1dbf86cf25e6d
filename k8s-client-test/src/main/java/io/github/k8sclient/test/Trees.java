package io.github.k8sclient.test;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Small steps on JSON trees.
 */
final class Trees {

	private Trees() {
	}

	/**
	 * The object in a field, made if it is absent.
	 * @param parent where the field is
	 * @param field the name of the field
	 * @return the object
	 */
	static ObjectNode object(ObjectNode parent, String field) {
		return (parent.get(field) instanceof ObjectNode node) ? node : parent.putObject(field);
	}

	/**
	 * The object in a field, if there is one.
	 * @param parent where the field is
	 * @param field the name of the field
	 * @param action what to do with the object
	 */
	static void ifObject(JsonNode parent, String field, Consumer<ObjectNode> action) {
		if (parent.get(field) instanceof ObjectNode node) {
			action.accept(node);
		}
	}

	/**
	 * The objects in a list.
	 * @param parent where the list is
	 * @param field the name of the field
	 * @return the objects, empty if there is no such list
	 */
	static List<ObjectNode> objects(JsonNode parent, String field) {
		if (!(parent.get(field) instanceof ArrayNode array)) {
			return List.of();
		}
		return array.valueStream().filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast).toList();
	}

	static void setDefault(ObjectNode parent, String field, String value) {
		if (!parent.hasNonNull(field)) {
			parent.put(field, value);
		}
	}

	static void setDefault(ObjectNode parent, String field, int value) {
		if (!parent.hasNonNull(field)) {
			parent.put(field, value);
		}
	}

	static void setDefault(ObjectNode parent, String field, boolean value) {
		if (!parent.hasNonNull(field)) {
			parent.put(field, value);
		}
	}

	/**
	 * Give a field the value that it has in another object, or none.
	 * @param target where to set the field
	 * @param field the name of the field
	 * @param source where the value comes from
	 */
	static void copy(ObjectNode target, String field, JsonNode source) {
		JsonNode value = source.get(field);
		if (value == null) {
			target.remove(field);
		}
		else {
			target.set(field, value.deepCopy());
		}
	}

	/**
	 * The texts in a list.
	 * @param parent where the list is
	 * @param field the name of the field
	 * @return the texts
	 */
	static List<String> texts(JsonNode parent, String field) {
		return parent.path(field).valueStream().map((text) -> text.asString("")).toList();
	}

	static @Nullable String text(JsonNode parent, String field) {
		JsonNode value = parent.get(field);
		return (value != null && !value.isNull() && !value.asString("").isEmpty()) ? value.asString() : null;
	}

}
