package io.github.k8sclient.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * For generated code: it may change in any release.
 * <p>
 * Lists and maps while a builder collects them: immutable until something is added, then
 * mutable and private to the builder.
 *
 * @since 0.1.0
 */
public final class BuilderCollections {

	private BuilderCollections() {
	}

	/**
	 * Add an element.
	 * @param <T> the type of the elements
	 * @param list the list of the builder, never one that a caller gave
	 * @param element the element
	 * @return the list with the element, for the builder to keep
	 */
	public static <T> List<T> append(List<T> list, T element) {
		Objects.requireNonNull(element, "'element' must not be null");
		List<T> mutable = (list instanceof ArrayList<T>) ? list : new ArrayList<>(list);
		mutable.add(element);
		return mutable;
	}

	/**
	 * Find the element with a key.
	 * @param <T> the type of the elements
	 * @param list the list of the builder
	 * @param keyOf gives the key of an element
	 * @param key the key to look for
	 * @return the index of the first element with that key, or the size of the list
	 */
	public static <T> int indexOf(List<T> list, Function<T, @Nullable String> keyOf, String key) {
		Objects.requireNonNull(key, "'key' must not be null");
		int index = 0;
		while (index < list.size() && !key.equals(keyOf.apply(list.get(index)))) {
			index++;
		}
		return index;
	}

	/**
	 * Replace an element, or add one at the end.
	 * @param <T> the type of the elements
	 * @param list the list of the builder, never one that a caller gave
	 * @param index the index of the element, or the size of the list
	 * @param element the element
	 * @return the list with the element, for the builder to keep
	 */
	public static <T> List<T> set(List<T> list, int index, T element) {
		if (index == list.size()) {
			return append(list, element);
		}
		List<T> mutable = (list instanceof ArrayList<T>) ? list : new ArrayList<>(list);
		mutable.set(index, element);
		return mutable;
	}

	/**
	 * Add or replace an entry.
	 * @param <V> the type of the values
	 * @param map the map of the builder, never one that a caller gave
	 * @param key the key
	 * @param value the value
	 * @return the map with the entry, for the builder to keep
	 */
	public static <V> Map<String, V> put(Map<String, V> map, String key, V value) {
		Objects.requireNonNull(key, "'key' must not be null");
		Objects.requireNonNull(value, "'value' must not be null");
		Map<String, V> mutable = (map instanceof LinkedHashMap<String, V>) ? map : new LinkedHashMap<>(map);
		mutable.put(key, value);
		return mutable;
	}

}
