package io.github.k8sclient.informer;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a store under the values of one index function. One writer, many
 * readers, no lock; values without objects are dropped.
 *
 * @param <T> the type of the objects
 */
final class StoreIndex<T extends KubernetesObject> {

	private final IndexFunction<T> function;

	private final Consumer<Throwable> failures;

	private final Map<String, Map<ObjectKey, T>> objects = new ConcurrentHashMap<>();

	StoreIndex(IndexFunction<T> function, Consumer<Throwable> failures) {
		this.function = function;
		this.failures = failures;
	}

	/**
	 * Return an empty index for the same function.
	 * @return the index
	 */
	StoreIndex<T> fresh() {
		return new StoreIndex<>(this.function, this.failures);
	}

	IndexFunction<T> function() {
		return this.function;
	}

	/**
	 * Return the objects with a value.
	 * @param value the value
	 * @return a live view
	 */
	Map<ObjectKey, T> get(String value) {
		return this.objects.getOrDefault(value, Map.of());
	}

	/**
	 * Return the values that objects have.
	 * @return a live view
	 */
	Set<String> values() {
		return this.objects.keySet();
	}

	void put(@Nullable T previous, T current) {
		ObjectKey key = ObjectKey.of(current);
		Collection<String> values = valuesOf(current);
		for (String value : values) {
			this.objects.computeIfAbsent(value, (absent) -> new ConcurrentHashMap<>(4)).put(key, current);
		}
		if (previous != null) {
			for (String value : valuesOf(previous)) {
				if (!values.contains(value)) {
					drop(value, key);
				}
			}
		}
	}

	void remove(T object) {
		ObjectKey key = ObjectKey.of(object);
		for (String value : valuesOf(object)) {
			drop(value, key);
		}
	}

	private void drop(String value, ObjectKey key) {
		Map<ObjectKey, T> bucket = this.objects.get(value);
		if (bucket != null) {
			bucket.remove(key);
			if (bucket.isEmpty()) {
				this.objects.remove(value);
			}
		}
	}

	/**
	 * Return the values of any object, also of one that is not in the index.
	 * @param object the object
	 * @return the values, none if the function fails
	 */
	Collection<String> valuesOf(T object) {
		try {
			return List.copyOf(this.function.values(object));
		}
		catch (Throwable ex) {
			this.failures.accept(ex);
			return List.of();
		}
	}

}
