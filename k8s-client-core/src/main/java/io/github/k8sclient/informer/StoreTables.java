package io.github.k8sclient.informer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ObjectMeta;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a store by namespace and name, and its indexes. One writer, many
 * readers, no lock.
 * <p>
 * Two levels of maps make the namespace index cost nothing, and the names of the objects
 * serve as keys: an object costs one map entry beside itself.
 *
 * @param <T> the type of the objects
 */
final class StoreTables<T extends KubernetesObject> {

	private final Map<String, Map<String, T>> namespaces;

	private final Map<String, StoreIndex<T>> indexes;

	private volatile int size;

	StoreTables() {
		this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
	}

	private StoreTables(Map<String, Map<String, T>> namespaces, Map<String, StoreIndex<T>> indexes) {
		this.namespaces = namespaces;
		this.indexes = indexes;
	}

	/**
	 * Return empty tables with the same indexes.
	 * @return the tables
	 */
	StoreTables<T> fresh() {
		Map<String, StoreIndex<T>> fresh = new ConcurrentHashMap<>();
		this.indexes.forEach((name, index) -> fresh.put(name, index.fresh()));
		return new StoreTables<>(new ConcurrentHashMap<>(), fresh);
	}

	@Nullable T get(@Nullable String namespace, String name) {
		return namespace(namespace).get(name);
	}

	@Nullable T get(T object) {
		ObjectMeta metadata = object.metadata();
		return namespace(metadata.namespace()).get(nameOf(metadata));
	}

	/**
	 * Return the objects of a namespace.
	 * @param namespace the namespace, {@code null} for objects without one
	 * @return a live view by name
	 */
	Map<String, T> namespace(@Nullable String namespace) {
		return this.namespaces.getOrDefault((namespace != null) ? namespace : "", Map.of());
	}

	/**
	 * Return the namespaces with objects, empty text for objects without one.
	 * @return a live stream
	 */
	Stream<String> namespaces() {
		return this.namespaces.keySet().stream();
	}

	Stream<T> stream() {
		return this.namespaces.values().stream().flatMap((objects) -> objects.values().stream());
	}

	int size() {
		return this.size;
	}

	@Nullable StoreIndex<T> index(String name) {
		return this.indexes.get(name);
	}

	void addIndex(String name, StoreIndex<T> index) {
		stream().forEach((object) -> index.put(null, object));
		this.indexes.put(name, index);
	}

	void put(@Nullable T previous, T current) {
		ObjectMeta metadata = current.metadata();
		String namespace = (metadata.namespace() != null) ? metadata.namespace() : "";
		this.namespaces.computeIfAbsent(namespace, (absent) -> new ConcurrentHashMap<>())
			.put(nameOf(metadata), current);
		if (previous == null) {
			this.size = this.size + 1;
		}
		this.indexes.values().forEach((index) -> index.put(previous, current));
	}

	void remove(T object) {
		ObjectMeta metadata = object.metadata();
		String namespace = (metadata.namespace() != null) ? metadata.namespace() : "";
		Map<String, T> objects = this.namespaces.get(namespace);
		if (objects == null || objects.remove(nameOf(metadata)) == null) {
			return;
		}
		this.size = this.size - 1;
		if (objects.isEmpty()) {
			this.namespaces.remove(namespace);
		}
		this.indexes.values().forEach((index) -> index.remove(object));
	}

	private static String nameOf(ObjectMeta metadata) {
		String name = metadata.name();
		return (name != null) ? name : "";
	}

}
