package io.github.k8sclient.test;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The database of the server, with the properties of etcd that clients can observe: one
 * counter of revisions for everything, atomic transactions, consistent reads of the past
 * as long as the history reaches, and watches that tell every change once and in order.
 * <p>
 * One lock guards all state. A transaction runs under it, so nothing comes between what
 * it reads and what it writes. Objects are immutable; readers may keep them.
 */
final class ObjectStore {

	private final Object lock = new Object();

	private final int historyLimit;

	private final Map<String, NavigableMap<String, StoredObject>> tables = new HashMap<>();

	// the changes after the compacted revision, oldest first
	private final Deque<StoreEvent> history = new ArrayDeque<>();

	private final Set<StoreWatch> watches = new HashSet<>();

	private final Map<String, Location> locations = new HashMap<>();

	private final Map<String, Set<Location>> dependents = new HashMap<>();

	private long revision = 1;

	private long compacted = 1;

	private boolean watchesPaused;

	private boolean bookmarksWithheld;

	ObjectStore(int historyLimit) {
		this.historyLimit = historyLimit;
	}

	/**
	 * Run a piece of work that reads and writes.
	 * @param <R> the type of the result
	 * @param work the work; it must not block and must not write before it has decided
	 * not to fail, as nothing is rolled back
	 * @return what the work returned
	 */
	<R> R transact(Function<Transaction, R> work) {
		synchronized (this.lock) {
			return work.apply(new Transaction());
		}
	}

	/**
	 * Read a table as it was at a revision.
	 * @param table the name of the table
	 * @param at the revision, or null for the present
	 * @return the objects by key and the revision, or null if the history does not reach
	 * back to the revision
	 */
	@Nullable Snapshot snapshot(String table, @Nullable Long at) {
		synchronized (this.lock) {
			if (at == null || at >= this.revision) {
				return new Snapshot(this.revision, new TreeMap<>(table(table)));
			}
			return (at < this.compacted) ? null : new Snapshot(at, undo(table, at));
		}
	}

	long revision() {
		synchronized (this.lock) {
			return this.revision;
		}
	}

	/**
	 * Begin a watch after a revision.
	 * @param table the name of the table
	 * @param after the revision that the client has seen
	 * @return the watch; if the history does not reach back to the revision its only
	 * signal is a failure
	 */
	StoreWatch watchAfter(String table, long after) {
		synchronized (this.lock) {
			StoreWatch watch = open(table);
			if (after < this.compacted) {
				watch.offer(new WatchSignal.Failure(
						Statuses.expired("too old resource version: %d (%d)".formatted(after, this.compacted))));
				close(watch);
				return watch;
			}
			for (StoreEvent event : this.history) {
				if (event.table().equals(table) && event.resourceVersion() > after) {
					watch.offer(new WatchSignal.Change(event));
				}
			}
			return watch;
		}
	}

	/**
	 * Begin a watch with the present state.
	 * @param table the name of the table
	 * @param markEnd whether to mark the end of the initial objects
	 * @return the watch
	 */
	StoreWatch watchFromNow(String table, boolean markEnd) {
		synchronized (this.lock) {
			StoreWatch watch = open(table);
			table(table).values().forEach((object) -> watch.offer(new WatchSignal.Initial(object)));
			if (markEnd) {
				watch.offer(new WatchSignal.Progress(this.revision, true));
			}
			return watch;
		}
	}

	/**
	 * Tell a watch how far the store is.
	 * @param watch the watch
	 */
	void bookmark(StoreWatch watch) {
		synchronized (this.lock) {
			if (!this.bookmarksWithheld && this.watches.contains(watch)) {
				watch.offer(new WatchSignal.Progress(this.revision, false));
			}
		}
	}

	/**
	 * Tell all watches how far the store is.
	 */
	void bookmarkAll() {
		synchronized (this.lock) {
			this.watches.forEach(this::bookmark);
		}
	}

	void close(StoreWatch watch) {
		synchronized (this.lock) {
			this.watches.remove(watch);
			watch.end();
		}
	}

	void closeWatches() {
		synchronized (this.lock) {
			List.copyOf(this.watches).forEach(this::close);
		}
	}

	int watchCount() {
		synchronized (this.lock) {
			return this.watches.size();
		}
	}

	/**
	 * Forget the history, so that only the present revision and later ones can be watched
	 * or read.
	 */
	void compact() {
		synchronized (this.lock) {
			this.history.clear();
			this.compacted = this.revision;
		}
	}

	/**
	 * Forget the history and end every watch with 410.
	 */
	void expireWatches() {
		synchronized (this.lock) {
			// a client that is up to date must not be able to go on from where it is
			this.revision++;
			compact();
			StatusException expired = Statuses.expired("The resourceVersion for the provided watch is too old.");
			for (StoreWatch watch : List.copyOf(this.watches)) {
				watch.offer(new WatchSignal.Failure(expired));
				close(watch);
			}
		}
	}

	void pauseWatches() {
		synchronized (this.lock) {
			this.watchesPaused = true;
			this.watches.forEach(StoreWatch::pause);
		}
	}

	void resumeWatches() {
		synchronized (this.lock) {
			this.watchesPaused = false;
			this.watches.forEach(StoreWatch::resume);
		}
	}

	void silenceWatches() {
		synchronized (this.lock) {
			this.watches.forEach(StoreWatch::silence);
		}
	}

	void withholdBookmarks(boolean withhold) {
		synchronized (this.lock) {
			this.bookmarksWithheld = withhold;
		}
	}

	private StoreWatch open(String table) {
		StoreWatch watch = new StoreWatch(table);
		if (this.watchesPaused) {
			watch.pause();
		}
		this.watches.add(watch);
		return watch;
	}

	private NavigableMap<String, StoredObject> table(String name) {
		return this.tables.computeIfAbsent(name, (key) -> new TreeMap<>());
	}

	private NavigableMap<String, StoredObject> undo(String table, long at) {
		NavigableMap<String, StoredObject> objects = new TreeMap<>(table(table));
		Iterator<StoreEvent> newestFirst = this.history.descendingIterator();
		while (newestFirst.hasNext()) {
			StoreEvent event = newestFirst.next();
			if (event.resourceVersion() <= at) {
				break;
			}
			if (event.table().equals(table)) {
				undo(event, objects);
			}
		}
		return objects;
	}

	private static void undo(StoreEvent event, NavigableMap<String, StoredObject> objects) {
		StoredObject previous = event.previous();
		if (previous == null) {
			objects.remove(event.current().key());
		}
		else {
			objects.put(previous.key(), previous);
		}
	}

	private void publish(StoreEvent event) {
		index(event);
		this.history.addLast(event);
		if (this.history.size() > this.historyLimit) {
			this.compacted = this.history.removeFirst().resourceVersion();
		}
		for (StoreWatch watch : this.watches) {
			if (watch.table().equals(event.table())) {
				watch.offer(new WatchSignal.Change(event));
			}
		}
	}

	private void index(StoreEvent event) {
		Location location = new Location(event.table(), event.current().key());
		StoredObject previous = event.previous();
		if (previous != null) {
			this.locations.remove(previous.uid());
			owners(previous).forEach((uid) -> {
				Set<Location> dependents = this.dependents.get(uid);
				if (dependents != null && dependents.remove(location) && dependents.isEmpty()) {
					this.dependents.remove(uid);
				}
			});
		}
		if (!event.deleted()) {
			this.locations.put(event.current().uid(), location);
			owners(event.current())
				.forEach((uid) -> this.dependents.computeIfAbsent(uid, (owner) -> new LinkedHashSet<>()).add(location));
		}
	}

	private static List<String> owners(StoredObject object) {
		return Trees.objects(object.metadata(), "ownerReferences")
			.stream()
			.map((reference) -> reference.path("uid").asString(""))
			.toList();
	}

	/**
	 * Where an object is.
	 *
	 * @param table the table
	 * @param key the key
	 */
	record Location(String table, String key) {

	}

	/**
	 * A table at a revision.
	 *
	 * @param revision the revision
	 * @param objects the objects by key, a copy
	 */
	record Snapshot(long revision, NavigableMap<String, StoredObject> objects) {

	}

	/**
	 * Access to the tables within {@link #transact}.
	 */
	final class Transaction {

		private Transaction() {
		}

		@Nullable StoredObject get(String table, String key) {
			return table(table).get(key);
		}

		Collection<StoredObject> all(String table) {
			return List.copyOf(table(table).values());
		}

		/**
		 * The objects that name an owner.
		 * @param uid the uid of the owner
		 * @return where they are
		 */
		List<Location> dependents(String uid) {
			return List.copyOf(ObjectStore.this.dependents.getOrDefault(uid, Set.of()));
		}

		/**
		 * Look an object up.
		 * @param uid its uid
		 * @return the object, null if there is none
		 */
		@Nullable StoredObject find(String uid) {
			Location location = ObjectStore.this.locations.get(uid);
			return (location != null) ? get(location.table(), location.key()) : null;
		}

		/**
		 * Look up where an object is.
		 * @param uid its uid
		 * @return where it is, null if there is none
		 */
		@Nullable Location locate(String uid) {
			return ObjectStore.this.locations.get(uid);
		}

		/**
		 * Create or replace an object.
		 * @param table the table
		 * @param key the key
		 * @param tree the object, which belongs to the store from now on
		 * @return the object with its new resource version
		 */
		StoredObject put(String table, String key, ObjectNode tree) {
			StoredObject stored = stamp(key, tree);
			StoredObject previous = table(table).put(key, stored);
			publish(new StoreEvent(table, stored.resourceVersion(), previous, stored, false));
			return stored;
		}

		/**
		 * Remove an object whose last state differs from what is stored.
		 * @param table the table
		 * @param previous the object as it is stored
		 * @param last its last state, which belongs to the store from now on
		 * @return its last state, with the resource version of the deletion
		 */
		StoredObject remove(String table, StoredObject previous, ObjectNode last) {
			StoredObject removed = stamp(previous.key(), last);
			table(table).remove(previous.key());
			publish(new StoreEvent(table, removed.resourceVersion(), previous, removed, true));
			return removed;
		}

		/**
		 * End the watches of a table normally.
		 * @param table the table
		 */
		void closeWatches(String table) {
			ObjectStore.this.watches.stream()
				.filter((watch) -> watch.table().equals(table))
				.toList()
				.forEach(ObjectStore.this::close);
		}

		private StoredObject stamp(String key, ObjectNode tree) {
			long revision = ++ObjectStore.this.revision;
			((ObjectNode) tree.get("metadata")).put("resourceVersion", Long.toString(revision));
			return new StoredObject(key, revision, tree);
		}

	}

}
