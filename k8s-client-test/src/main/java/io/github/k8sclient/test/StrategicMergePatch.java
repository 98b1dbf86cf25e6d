package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.k8sclient.meta.GroupVersionKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Strategic merge patch: as a merge patch, but lists whose elements have a key are merged
 * element by element. Knows the directives {@code $patch}, {@code $retainKeys},
 * {@code $setElementOrder} and {@code $deleteFromPrimitiveList}.
 */
final class StrategicMergePatch {

	private static final String PATCH = "$patch";

	private static final String RETAIN_KEYS = "$retainKeys";

	private static final String ORDER = "$setElementOrder/";

	private static final String DELETE_PRIMITIVES = "$deleteFromPrimitiveList/";

	private StrategicMergePatch() {
	}

	/**
	 * Apply a patch.
	 * @param kind the kind of the object, which decides how lists are merged
	 * @param target the object, changed in place
	 * @param patch the patch
	 * @return the patched object
	 * @throws StatusException 400 if the patch contradicts the kind
	 */
	static ObjectNode apply(GroupVersionKind kind, ObjectNode target, ObjectNode patch) {
		return merge(target, patch, MergeSchema.get().type(kind));
	}

	private static ObjectNode merge(ObjectNode target, ObjectNode patch, MergeSchema.@Nullable Type type) {
		String directive = patch.path(PATCH).asString("");
		if (directive.equals("replace")) {
			ObjectNode replacement = patch.deepCopy();
			replacement.remove(PATCH);
			return replacement;
		}
		if (directive.equals("delete")) {
			return target.objectNode();
		}
		if (patch.has(RETAIN_KEYS)) {
			target.retain(Trees.texts(patch, RETAIN_KEYS));
		}
		for (Map.Entry<String, JsonNode> change : patch.properties()) {
			String name = change.getKey();
			if (name.startsWith(DELETE_PRIMITIVES)) {
				deletePrimitives(target, name.substring(DELETE_PRIMITIVES.length()), change.getValue());
			}
			else if (!name.startsWith("$")) {
				set(target, name, change.getValue(), (type != null) ? type.field(name) : null);
			}
		}
		for (Map.Entry<String, JsonNode> change : patch.properties()) {
			String name = change.getKey();
			if (name.startsWith(ORDER)) {
				String list = name.substring(ORDER.length());
				MergeSchema.Field field = (type != null) ? type.field(list) : null;
				order(target, list, change.getValue(), (field != null) ? field.mergeKey() : null);
			}
		}
		return target;
	}

	private static void set(ObjectNode target, String name, JsonNode value, MergeSchema.@Nullable Field field) {
		if (value.isNull()) {
			target.remove(name);
		}
		else if (value instanceof ObjectNode changes) {
			JsonNode existing = target.get(name);
			ObjectNode object = (existing instanceof ObjectNode present) ? present : target.objectNode();
			target.set(name, merge(object, changes, (field != null) ? field.type() : null));
		}
		else if (value instanceof ArrayNode changes && field != null && field.merged()) {
			target.set(name, mergeList(target.get(name), changes, field));
		}
		else {
			target.set(name, value.deepCopy());
		}
	}

	private static ArrayNode mergeList(@Nullable JsonNode existing, ArrayNode changes, MergeSchema.Field field) {
		ArrayNode result = (existing instanceof ArrayNode array) ? array.deepCopy() : changes.arrayNode();
		String key = field.mergeKey();
		if (key == null) {
			Set<JsonNode> values = new LinkedHashSet<>(result.values());
			values.addAll(changes.values());
			return changes.arrayNode().addAll(values);
		}
		if (changes.valueStream().anyMatch((change) -> change.path(PATCH).asString("").equals("replace"))) {
			ArrayNode replacement = changes.arrayNode();
			changes.valueStream().filter((change) -> !change.has(PATCH)).forEach(replacement::add);
			return replacement;
		}
		for (JsonNode change : changes) {
			if (!(change instanceof ObjectNode element) || !element.has(key)) {
				throw Statuses.badRequest("map: %s does not contain declared merge key: %s".formatted(change, key));
			}
			mergeElement(result, element, key, field);
		}
		return result;
	}

	private static void mergeElement(ArrayNode list, ObjectNode change, String key, MergeSchema.Field field) {
		for (int i = 0; i < list.size(); i++) {
			if (list.get(i) instanceof ObjectNode element && change.get(key).equals(element.get(key))) {
				if (change.path(PATCH).asString("").equals("delete")) {
					list.remove(i);
				}
				else {
					list.set(i, merge(element, change, field.type()));
				}
				return;
			}
		}
		if (!change.path(PATCH).asString("").equals("delete")) {
			list.add(merge(list.objectNode(), change, field.type()));
		}
	}

	private static void deletePrimitives(ObjectNode target, String list, JsonNode values) {
		if (target.get(list) instanceof ArrayNode array) {
			List<JsonNode> unwanted = new ArrayList<>(values.values());
			ArrayNode rest = array.arrayNode();
			array.valueStream().filter((value) -> !unwanted.contains(value)).forEach(rest::add);
			target.set(list, rest);
		}
	}

	// first the elements that the order names, then those that only the server knew
	private static void order(ObjectNode target, String list, JsonNode order, @Nullable String key) {
		if (!(target.get(list) instanceof ArrayNode array)) {
			return;
		}
		List<JsonNode> rest = new ArrayList<>(array.values());
		ArrayNode ordered = array.arrayNode();
		for (JsonNode wanted : order) {
			JsonNode identity = identity(wanted, key);
			rest.stream()
				.filter((element) -> identity(element, key).equals(identity))
				.findFirst()
				.ifPresent((found) -> {
					ordered.add(found);
					rest.remove(found);
				});
		}
		rest.forEach(ordered::add);
		target.set(list, ordered);
	}

	private static JsonNode identity(JsonNode element, @Nullable String key) {
		return (key != null) ? element.path(key) : element;
	}

}
