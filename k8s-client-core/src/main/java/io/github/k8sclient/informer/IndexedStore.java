package io.github.k8sclient.informer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * The store of an informer. Changes come from the informer's loop alone, one after the
 * other; readers never lock. A change returns what it means for handlers.
 * <p>
 * A list builds new tables beside the old ones and takes their place in one step, single
 * changes are made in place. An object that comes again with the resource version that is
 * there already, or certainly an older one of the same object, changes nothing.
 *
 * @param <T> the type of the objects
 */
final class IndexedStore<T extends KubernetesObject> implements LocalIndexer<T> {

	private final Map<String, StoreIndex<T>> declared = new ConcurrentHashMap<>();

	private final Scheduler loop;

	private final VersionWaiters waiters;

	private final BiConsumer<String, Throwable> indexFailures;

	private volatile StoreTables<T> tables = new StoreTables<>();

	private volatile @Nullable String resourceVersion;

	/**
	 * Create a store.
	 * @param loop where changes are made
	 * @param callbacks where those go on who waited for a version
	 * @param indexFailures told of the name of an index and what its function threw
	 */
	IndexedStore(Scheduler loop, Scheduler callbacks, BiConsumer<String, Throwable> indexFailures) {
		this.loop = loop;
		this.waiters = new VersionWaiters(loop, callbacks);
		this.indexFailures = indexFailures;
	}

	@Override
	public Optional<T> get(ObjectKey key) {
		Assert.notNull(key, "'key' must not be null");
		return Optional.ofNullable(this.tables.get(key.namespace(), key.name()));
	}

	@Override
	public List<T> list() {
		StoreTables<T> current = this.tables;
		List<T> objects = new ArrayList<>(current.size());
		current.stream().forEach(objects::add);
		return List.copyOf(objects);
	}

	@Override
	public Stream<T> stream() {
		return this.tables.stream();
	}

	@Override
	public int size() {
		return this.tables.size();
	}

	@Override
	public @Nullable String resourceVersion() {
		return this.resourceVersion;
	}

	@Override
	public Mono<Void> atLeast(String resourceVersion) {
		Assert.notNull(resourceVersion, "'resourceVersion' must not be null");
		ResourceVersions.checkComparable(resourceVersion);
		return Mono.defer(() -> ResourceVersions.isAtLeast(this.resourceVersion, resourceVersion) ? Mono.empty()
				: this.waiters.await(resourceVersion));
	}

	@Override
	public List<T> byIndex(String index, String value) {
		Assert.notNull(value, "'value' must not be null");
		if (index.equals(NAMESPACE_INDEX)) {
			return value.isEmpty() ? List.of() : List.copyOf(this.tables.namespace(value).values());
		}
		StoreIndex<T> built = this.tables.index(index);
		if (built != null) {
			return List.copyOf(built.get(value).values());
		}
		return List.copyOf(scan(index).get(value).values());
	}

	@Override
	public Set<ObjectKey> indexKeys(String index, String value) {
		return byIndex(index, value).stream().map(ObjectKey::of).collect(Collectors.toUnmodifiableSet());
	}

	@Override
	public Set<String> indexValues(String index) {
		if (index.equals(NAMESPACE_INDEX)) {
			return this.tables.namespaces().filter(StringUtils::hasLength).collect(Collectors.toUnmodifiableSet());
		}
		StoreIndex<T> built = this.tables.index(index);
		return Set.copyOf((built != null) ? built.values() : scan(index).values());
	}

	@Override
	public Set<String> indexNames() {
		Set<String> names = new TreeSet<>(this.declared.keySet());
		names.add(NAMESPACE_INDEX);
		return Collections.unmodifiableSet(names);
	}

	@Override
	public void addIndex(String name, IndexFunction<T> function) {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(function, "'function' must not be null");
		Assert.isTrue(!name.equals(NAMESPACE_INDEX), "Every store has the index 'namespace' already");
		StoreIndex<T> index = new StoreIndex<>(function, (ex) -> this.indexFailures.accept(name, ex));
		StoreIndex<T> existing = this.declared.putIfAbsent(name, index);
		Assert.isTrue(existing == null || existing.function().equals(function),
				() -> "Another index has the name '" + name + "'");
		if (existing == null) {
			this.loop.schedule(this::buildIndexes);
		}
	}

	@Override
	public Collection<String> valuesOf(String index, T object) {
		if (index.equals(NAMESPACE_INDEX)) {
			String namespace = object.metadata().namespace();
			return StringUtils.hasLength(namespace) ? List.of(namespace) : List.of();
		}
		return declared(index).valuesOf(object);
	}

	/**
	 * Answer from an index that the loop has not built yet, at the price of a full scan.
	 * @param name the name of the index
	 * @return an index of the present objects
	 */
	private StoreIndex<T> scan(String name) {
		StoreIndex<T> scanned = declared(name).fresh();
		this.tables.stream().forEach((object) -> scanned.put(null, object));
		return scanned;
	}

	private StoreIndex<T> declared(String name) {
		StoreIndex<T> index = this.declared.get(name);
		if (index == null) {
			throw new IllegalArgumentException("There is no index '" + name + "', only " + indexNames());
		}
		return index;
	}

	/**
	 * Build the indexes that were added. On the loop.
	 */
	private void buildIndexes() {
		StoreTables<T> current = this.tables;
		this.declared.forEach((name, index) -> {
			if (current.index(name) == null) {
				current.addIndex(name, index.fresh());
			}
		});
	}

	/**
	 * Take over a list. On the loop.
	 * @param objects all objects
	 * @param version the version of the list
	 * @return deletions first, then the other changes in the order of the list
	 */
	List<InformerEvent<T>> replace(List<T> objects, String version) {
		boolean initial = this.resourceVersion == null;
		StoreTables<T> before = this.tables;
		StoreTables<T> after = before.fresh();
		List<InformerEvent<T>> changes = new ArrayList<>();
		for (T object : objects) {
			if (after.get(object) != null) {
				continue;
			}
			T known = before.get(object);
			if (known != null && isSameIncarnation(known, object)) {
				boolean same = isSameVersion(known, object);
				after.put(null, same ? known : object);
				if (!same) {
					changes.add(new InformerEvent.Updated<>(known, object));
				}
			}
			else {
				after.put(null, object);
				changes.add(new InformerEvent.Added<>(object, initial));
			}
		}
		List<InformerEvent<T>> events = new ArrayList<>();
		before.stream().filter((known) -> isGone(known, after)).forEach((known) -> events.add(lost(known)));
		events.addAll(changes);
		this.tables = after;
		progress(version);
		return events;
	}

	/**
	 * Take over a new state of an object. On the loop.
	 * @param object the object
	 * @param version the version that the store has come to, {@code null} if not known
	 * @return no event if the state is known already
	 */
	List<InformerEvent<T>> upsert(T object, @Nullable String version) {
		T known = this.tables.get(object);
		List<InformerEvent<T>> events;
		if (known == null) {
			events = List.of(new InformerEvent.Added<>(object, false));
		}
		else if (isSameVersion(known, object) || isOlder(object, known)) {
			return progress(version);
		}
		else if (isSameIncarnation(known, object)) {
			events = List.of(new InformerEvent.Updated<>(known, object));
		}
		else {
			events = List.of(lost(known), new InformerEvent.Added<>(object, false));
		}
		this.tables.put(known, object);
		progress(version);
		return events;
	}

	/**
	 * Take over the end of an object. On the loop.
	 * @param object the object in its last state
	 * @param version the version that the store has come to, {@code null} if not known
	 * @return no event if the object is not there
	 */
	List<InformerEvent<T>> remove(T object, @Nullable String version) {
		T known = this.tables.get(object);
		if (known == null || isOlder(object, known)) {
			return progress(version);
		}
		this.tables.remove(known);
		progress(version);
		return List.of(new InformerEvent.Deleted<>(object, false));
	}

	/**
	 * Note that nothing changed up to a version. On the loop.
	 * @param version the version, {@code null} if not known
	 * @return no events
	 */
	List<InformerEvent<T>> progress(@Nullable String version) {
		if (version != null) {
			this.resourceVersion = version;
			this.waiters.advance(version);
		}
		return List.of();
	}

	private boolean isGone(T known, StoreTables<T> after) {
		T current = after.get(known);
		return current == null || !isSameIncarnation(known, current);
	}

	private InformerEvent<T> lost(T known) {
		return new InformerEvent.Deleted<>(known, true);
	}

	private boolean isSameIncarnation(T known, T object) {
		return Objects.equals(known.metadata().uid(), object.metadata().uid());
	}

	private boolean isSameVersion(T known, T object) {
		return Objects.equals(known.metadata().resourceVersion(), object.metadata().resourceVersion());
	}

	private boolean isOlder(T object, T known) {
		return ResourceVersions.isOlder(object.metadata().resourceVersion(), known.metadata().resourceVersion());
	}

}
