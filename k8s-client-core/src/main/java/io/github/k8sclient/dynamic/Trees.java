package io.github.k8sclient.dynamic;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.codec.JsonValues;
import org.jspecify.annotations.Nullable;

/**
 * Changes of immutable trees: what is on the way to a change is copied, everything else
 * is shared.
 */
final class Trees {

	private Trees() {
	}

	static Map<String, @Nullable Object> with(Map<String, @Nullable Object> map, String name, @Nullable Object value) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>(map);
		copy.put(name, value);
		return JsonValues.object(copy);
	}

	private static Map<String, @Nullable Object> without(Map<String, @Nullable Object> map, String name) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>(map);
		copy.remove(name);
		return JsonValues.object(copy);
	}

	static Map<String, @Nullable Object> set(Map<String, @Nullable Object> map, @Nullable Object value, String[] path,
			WrongType wrongType) {
		return set(map, value, path, 0, wrongType);
	}

	private static Map<String, @Nullable Object> set(Map<String, @Nullable Object> map, @Nullable Object value,
			String[] path, int index, WrongType wrongType) {
		if (index == path.length - 1) {
			return with(map, path[index], value);
		}
		Map<String, @Nullable Object> child = child(map, path, index, wrongType);
		return with(map, path[index], set((child != null) ? child : Map.of(), value, path, index + 1, wrongType));
	}

	static Map<String, @Nullable Object> remove(Map<String, @Nullable Object> map, String[] path, WrongType wrongType) {
		return remove(map, path, 0, wrongType);
	}

	private static Map<String, @Nullable Object> remove(Map<String, @Nullable Object> map, String[] path, int index,
			WrongType wrongType) {
		if (index == path.length - 1) {
			return map.containsKey(path[index]) ? without(map, path[index]) : map;
		}
		Map<String, @Nullable Object> child = child(map, path, index, wrongType);
		if (child == null) {
			return map;
		}
		Map<String, @Nullable Object> changed = remove(child, path, index + 1, wrongType);
		return (changed != child) ? with(map, path[index], changed) : map;
	}

	@SuppressWarnings("unchecked")
	private static @Nullable Map<String, @Nullable Object> child(Map<String, @Nullable Object> map, String[] path,
			int index, WrongType wrongType) {
		Object child = map.get(path[index]);
		if (child != null && !(child instanceof Map)) {
			throw wrongType.exception(Arrays.asList(path).subList(0, index + 1), "an object", child);
		}
		return (Map<String, @Nullable Object>) child;
	}

	/**
	 * Makes the exception for a value of the wrong type.
	 */
	@FunctionalInterface
	interface WrongType {

		FieldTypeException exception(List<String> path, String expected, @Nullable Object value);

	}

}
