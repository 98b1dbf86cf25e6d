package io.github.k8sclient.dynamic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Leaves out the credentials of the built-in kinds that carry some.
 */
final class Credentials {

	private static final String HIDDEN = "(redacted)";

	private static final Map<String, List<String[]>> PLACES = Map.of("v1 Secret",
			List.of(new String[] { "data" }, new String[] { "stringData" }), "authentication.k8s.io/v1 TokenReview",
			List.<String[]>of(new String[] { "spec", "token" }), "authentication.k8s.io/v1 TokenRequest",
			List.<String[]>of(new String[] { "status", "token" }));

	private Credentials() {
	}

	/**
	 * Return the object without its credentials. What kubectl leaves in the annotations
	 * is left out by the writer.
	 */
	static Unstructured hide(Unstructured object) {
		Unstructured.Builder builder = object.toBuilder();
		if (object.isList()) {
			builder.set(object.items().stream().map((item) -> hide(item).toMap()).toList(), "items");
		}
		for (String[] place : PLACES.getOrDefault(object.apiVersion() + " " + object.kind(), List.of())) {
			hide(object, place, builder);
		}
		return builder.build();
	}

	private static void hide(Unstructured object, String[] place, Unstructured.Builder builder) {
		try {
			Object value = object.nested(place);
			if (value instanceof Map<?, ?> map) {
				builder.set(hidden(map), place);
			}
			else if (value != null) {
				builder.set(HIDDEN, place);
			}
		}
		catch (FieldTypeException ex) {
			builder.remove(place[0]);
		}
	}

	private static Map<Object, String> hidden(Map<?, ?> values) {
		Map<Object, String> hidden = new LinkedHashMap<>();
		values.keySet().forEach((name) -> hidden.put(name, HIDDEN));
		return hidden;
	}

}
