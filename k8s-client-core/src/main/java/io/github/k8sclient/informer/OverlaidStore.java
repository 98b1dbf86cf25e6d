package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.util.Assert;

/**
 * A store with own writes laid over it. The version of the store is always read before
 * its objects: what has caught up with a write by then has the object as well.
 *
 * @param <T> the type of the objects
 */
final class OverlaidStore<T extends KubernetesObject> implements Indexer<T>, MutationCache<T> {

	private final LocalIndexer<T> store;

	private final ResourceDescriptor<T> resource;

	private final Duration timeToLive;

	private final int maxMutations;

	private final Scheduler clock;

	private final Map<ObjectKey, Mutation<T>> mutations = new ConcurrentHashMap<>();

	private final AtomicLong lastNumber = new AtomicLong();

	OverlaidStore(LocalIndexer<T> store, ResourceDescriptor<T> resource, Duration timeToLive, int maxMutations,
			Scheduler clock) {
		Assert.notNull(timeToLive, "'timeToLive' must not be null");
		Assert.isTrue(!timeToLive.isNegative() && !timeToLive.isZero(), "'timeToLive' must be positive");
		Assert.isTrue(maxMutations > 0, "'maxMutations' must be positive");
		this.store = store;
		this.resource = resource;
		this.timeToLive = timeToLive;
		this.maxMutations = maxMutations;
		this.clock = clock;
	}

	@Override
	public T updated(T object) {
		Assert.notNull(object, "'object' must not be null");
		return mutate(object, false);
	}

	@Override
	public T deleted(T object) {
		Assert.notNull(object, "'object' must not be null");
		return mutate(object, !isLingering(object.metadata()));
	}

	private static boolean isLingering(ObjectMeta metadata) {
		Long grace = metadata.deletionGracePeriodSeconds();
		return metadata.deletionTimestamp() != null && (!metadata.finalizers().isEmpty() || grace != null && grace > 0);
	}

	private T mutate(T object, boolean gone) {
		ObjectKey key = ObjectKey.of(object);
		String version = object.metadata().resourceVersion();
		ResourceVersions.checkComparable((version != null) ? version : "");
		Mutation<T> mutation = new Mutation<>(this.lastNumber.incrementAndGet(), object, gone,
				now() + this.timeToLive.toMillis());
		this.mutations.merge(key, mutation, Mutation::newer);
		if (this.mutations.size() > this.maxMutations) {
			dropOldest();
		}
		return object;
	}

	private void dropOldest() {
		prune();
		this.mutations.entrySet()
			.stream()
			.sorted(Comparator.comparingLong((entry) -> entry.getValue().number()))
			.limit(Math.max(0, this.mutations.size() - this.maxMutations))
			.toList()
			.forEach((entry) -> this.mutations.remove(entry.getKey(), entry.getValue()));
	}

	/**
	 * Forget the writes that are not shown any more.
	 */
	private void prune() {
		long now = now();
		this.mutations.entrySet().removeIf((entry) -> {
			String version = this.store.resourceVersion(entry.getKey());
			return !entry.getValue().isShown(version, this.store.get(entry.getKey()).orElse(null), now);
		});
	}

	private long now() {
		return MonotonicTime.millis(this.clock);
	}

	@Override
	public int pending() {
		prune();
		return this.mutations.size();
	}

	@Override
	public Indexer<T> indexer() {
		return this;
	}

	@Override
	public Lister<T> lister() {
		return new Lister<>(this, this.resource);
	}

	@Override
	public Optional<T> get(ObjectKey key) {
		Mutation<T> mutation = this.mutations.get(key);
		if (mutation == null) {
			return this.store.get(key);
		}
		String version = this.store.resourceVersion(key);
		Optional<T> stored = this.store.get(key);
		if (mutation.isShown(version, stored.orElse(null), now())) {
			return mutation.visible();
		}
		this.mutations.remove(key, mutation);
		return stored;
	}

	@Override
	public List<T> list() {
		return merged(this.store::list, (object) -> true);
	}

	@Override
	public Stream<T> stream() {
		return this.mutations.isEmpty() ? this.store.stream() : list().stream();
	}

	@Override
	public int size() {
		return this.mutations.isEmpty() ? this.store.size() : list().size();
	}

	@Override
	public @Nullable String resourceVersion() {
		return this.store.resourceVersion();
	}

	@Override
	public Mono<Void> atLeast(String resourceVersion) {
		return this.store.atLeast(resourceVersion);
	}

	@Override
	public List<T> byIndex(String index, String value) {
		return merged(() -> this.store.byIndex(index, value),
				(object) -> this.store.valuesOf(index, object).contains(value));
	}

	/**
	 * Lay the own writes over a part of the objects.
	 * @param part reads the part
	 * @param belongs whether an object belongs to the part
	 * @return the objects of the part
	 */
	private List<T> merged(Supplier<List<T>> part, Predicate<T> belongs) {
		prune();
		if (this.mutations.isEmpty()) {
			return part.get();
		}
		Map<ObjectKey, Overlay<T>> writes = new HashMap<>();
		this.mutations
			.forEach((key, mutation) -> writes.put(key, new Overlay<>(mutation, this.store.resourceVersion(key))));
		List<T> objects = new ArrayList<>();
		for (T stored : part.get()) {
			Overlay<T> write = writes.remove(ObjectKey.of(stored));
			if (write == null) {
				objects.add(stored);
			}
			else {
				write.over(stored, now()).filter(belongs).ifPresent(objects::add);
			}
		}
		writes.forEach((key,
				write) -> write.over(this.store.get(key).orElse(null), now()).filter(belongs).ifPresent(objects::add));
		return List.copyOf(objects);
	}

	@Override
	public Set<ObjectKey> indexKeys(String index, String value) {
		return byIndex(index, value).stream().map(ObjectKey::of).collect(Collectors.toUnmodifiableSet());
	}

	@Override
	public Set<String> indexValues(String index) {
		Set<String> values = this.store.indexValues(index);
		if (this.mutations.isEmpty()) {
			return values;
		}
		Set<String> candidates = new HashSet<>(values);
		this.mutations.values().forEach((write) -> candidates.addAll(this.store.valuesOf(index, write.object())));
		candidates.removeIf((value) -> byIndex(index, value).isEmpty());
		return Set.copyOf(candidates);
	}

	@Override
	public Set<String> indexNames() {
		return this.store.indexNames();
	}

	@Override
	public void addIndex(String name, IndexFunction<T> function) {
		this.store.addIndex(name, function);
	}

	/**
	 * An own write.
	 *
	 * @param number the place in the order of writes
	 * @param object the object as the server answered
	 * @param gone whether the object is deleted
	 * @param end until when the write is shown, by {@link MonotonicTime}
	 * @param <T> the type of the object
	 */
	private record Mutation<T extends KubernetesObject>(long number, T object, boolean gone, long end) {

		/**
		 * Return which of two writes of one object is the newer, the answers to which may
		 * come in any order. A deletion is the last, also of an object that is given as
		 * it was before other writes.
		 */
		static <T extends KubernetesObject> Mutation<T> newer(Mutation<T> known, Mutation<T> next) {
			if (!ResourceVersions.isOlder(next.version(), known.version())) {
				return next;
			}
			return (next.gone && known.isOf(next.object)) ? new Mutation<>(next.number, known.object, true, next.end)
					: known;
		}

		private boolean isOf(T other) {
			return Objects.equals(other.metadata().uid(), this.object.metadata().uid());
		}

		private @Nullable String version() {
			return this.object.metadata().resourceVersion();
		}

		/**
		 * Return whether the write is newer than what the store knows.
		 * @param version the version that the store has come to
		 * @param stored the object in the store
		 * @param now the {@link MonotonicTime}
		 */
		boolean isShown(@Nullable String version, @Nullable T stored, long now) {
			if (now >= this.end) {
				return false;
			}
			// Older servers answer a deletion with the version of the last change, not of
			// the end
			if (this.gone && stored != null && isOf(stored)) {
				return true;
			}
			boolean behind = version == null || ResourceVersions.isOlder(version, version());
			return behind
					&& (stored == null || ResourceVersions.isOlder(stored.metadata().resourceVersion(), version()));
		}

		/**
		 * Return what is there for a reader.
		 */
		Optional<T> visible() {
			return this.gone ? Optional.empty() : Optional.of(this.object);
		}

	}

	/**
	 * An own write, and what the store knew before it was read.
	 *
	 * @param mutation the write
	 * @param version the version that the store had come to
	 * @param <T> the type of the object
	 */
	private record Overlay<T extends KubernetesObject>(Mutation<T> mutation, @Nullable String version) {

		/**
		 * Return what is there for a reader.
		 * @param stored the object in the store
		 * @param now the {@link MonotonicTime}
		 */
		Optional<T> over(@Nullable T stored, long now) {
			return this.mutation.isShown(this.version, stored, now) ? this.mutation.visible()
					: Optional.ofNullable(stored);
		}

	}

}
