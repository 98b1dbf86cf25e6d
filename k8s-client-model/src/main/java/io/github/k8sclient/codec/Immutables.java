package io.github.k8sclient.codec;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * For generated code: it may change in any release.
 * <p>
 * Immutable lists and maps that need little memory, keep their order and hold no null.
 *
 * @since 0.1.0
 */
public final class Immutables {

	private Immutables() {
	}

	/**
	 * Copies a collection.
	 * @param <T> type of the elements
	 * @param elements the elements, none of them null
	 * @return an immutable list
	 * @throws NullPointerException if an element is null
	 */
	public static <T> List<T> copyOf(Collection<? extends T> elements) {
		if (elements instanceof CompactList<?>) {
			return unchecked(elements);
		}
		return List.copyOf(elements);
	}

	/**
	 * Copies a map, in the order of its iterator.
	 * @param <V> type of the values
	 * @param entries the entries, with no key or value null
	 * @return an immutable map
	 * @throws NullPointerException if a key or value is null
	 */
	public static <V> Map<String, V> copyOf(Map<String, ? extends V> entries) {
		if (entries instanceof CompactMap<?>) {
			return unchecked(entries);
		}
		if (entries.isEmpty()) {
			return Map.of();
		}
		Object[] array = new Object[entries.size() * 2];
		int index = 0;
		for (Map.Entry<String, ? extends V> entry : entries.entrySet()) {
			array[index++] = Objects.requireNonNull(entry.getKey(), "key");
			array[index++] = Objects.requireNonNull(entry.getValue(), "value");
		}
		return mapOf(array, 0, index);
	}

	/**
	 * Makes a list of a part of an array.
	 */
	static <T> List<T> listOf(Object[] elements, int from, int to) {
		return switch (to - from) {
			case 0 -> List.of();
			case 1 -> unchecked(List.of(elements[from]));
			case 2 -> unchecked(List.of(elements[from], elements[from + 1]));
			default -> new CompactList<>(Arrays.copyOfRange(elements, from, to));
		};
	}

	/**
	 * Makes a map of keys and values that alternate in a part of an array. Of equal keys
	 * the last counts.
	 */
	static <V> Map<String, V> mapOf(Object[] entries, int from, int to) {
		if (from == to) {
			return Map.of();
		}
		if (isAscending(entries, from, to)
				|| (to - from <= 2 * CompactMap.MAX_UNSORTED && isDistinct(entries, from, to))) {
			return new CompactMap<>(Arrays.copyOfRange(entries, from, to));
		}
		Map<String, Object> map = new LinkedHashMap<>();
		for (int index = from; index < to; index += 2) {
			map.put((String) entries[index], entries[index + 1]);
		}
		if (map.size() * 2 == to - from) {
			return unchecked(Collections.unmodifiableMap(map));
		}
		return unchecked(copyOf(map));
	}

	private static boolean isAscending(Object[] entries, int from, int to) {
		for (int index = from + 2; index < to; index += 2) {
			if (((String) entries[index - 2]).compareTo((String) entries[index]) >= 0) {
				return false;
			}
		}
		return true;
	}

	private static boolean isDistinct(Object[] entries, int from, int to) {
		for (int index = from + 2; index < to; index += 2) {
			for (int other = from; other < index; other += 2) {
				if (entries[index].equals(entries[other])) {
					return false;
				}
			}
		}
		return true;
	}

	@SuppressWarnings("unchecked")
	private static <T> T unchecked(Object value) {
		return (T) value;
	}

}
