package io.github.k8sclient.informer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * The stores of several namespaces as one. A read of several namespaces sees each as it
 * was at some moment of the read.
 *
 * @param <T> the type of the objects
 */
final class MergedStore<T extends KubernetesObject> implements LocalIndexer<T> {

	private final Map<String, IndexedStore<T>> stores;

	/**
	 * Create a store.
	 * @param stores the stores by namespace, at least one
	 */
	MergedStore(Map<String, IndexedStore<T>> stores) {
		this.stores = stores;
	}

	@Override
	public Optional<T> get(ObjectKey key) {
		Assert.notNull(key, "'key' must not be null");
		IndexedStore<T> store = storeOf(key);
		return (store != null) ? store.get(key) : Optional.empty();
	}

	private @Nullable IndexedStore<T> storeOf(ObjectKey key) {
		String namespace = key.namespace();
		return (namespace != null) ? this.stores.get(namespace) : null;
	}

	@Override
	public List<T> list() {
		return concatenated(IndexedStore::list);
	}

	@Override
	public Stream<T> stream() {
		return this.stores.values().stream().flatMap(IndexedStore::stream);
	}

	@Override
	public int size() {
		return this.stores.values().stream().mapToInt(IndexedStore::size).sum();
	}

	/**
	 * Return the oldest version of the namespaces, as the others are complete up to there
	 * as well.
	 */
	@Override
	public @Nullable String resourceVersion() {
		String oldest = null;
		for (IndexedStore<T> store : this.stores.values()) {
			String version = store.resourceVersion();
			if (version == null) {
				return null;
			}
			if (oldest == null || ResourceVersions.isOlder(version, oldest)) {
				oldest = version;
			}
		}
		return oldest;
	}

	@Override
	public @Nullable String resourceVersion(ObjectKey key) {
		IndexedStore<T> store = storeOf(key);
		return (store != null) ? store.resourceVersion() : resourceVersion();
	}

	@Override
	public Mono<Void> atLeast(String resourceVersion) {
		return Mono.when(this.stores.values().stream().map((store) -> store.atLeast(resourceVersion)).toList());
	}

	@Override
	public List<T> byIndex(String index, String value) {
		return concatenated((store) -> store.byIndex(index, value));
	}

	@Override
	public Set<ObjectKey> indexKeys(String index, String value) {
		return union((store) -> store.indexKeys(index, value));
	}

	@Override
	public Set<String> indexValues(String index) {
		return union((store) -> store.indexValues(index));
	}

	@Override
	public Set<String> indexNames() {
		return first().indexNames();
	}

	@Override
	public void addIndex(String name, IndexFunction<T> function) {
		this.stores.values().forEach((store) -> store.addIndex(name, function));
	}

	@Override
	public Collection<String> valuesOf(String index, T object) {
		return first().valuesOf(index, object);
	}

	private IndexedStore<T> first() {
		return this.stores.values().iterator().next();
	}

	private List<T> concatenated(Function<IndexedStore<T>, List<T>> part) {
		List<T> objects = new ArrayList<>();
		this.stores.values().forEach((store) -> objects.addAll(part.apply(store)));
		return List.copyOf(objects);
	}

	private <V> Set<V> union(Function<IndexedStore<T>, Set<V>> part) {
		Set<V> values = new HashSet<>();
		this.stores.values().forEach((store) -> values.addAll(part.apply(store)));
		return Set.copyOf(values);
	}

}
