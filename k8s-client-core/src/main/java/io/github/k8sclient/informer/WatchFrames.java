package io.github.k8sclient.informer;

import java.util.function.LongSupplier;

import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.watch.WatchEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.SynchronousSink;

/**
 * Reads the events of one watch: a streaming list first if it is one, then changes and
 * bookmarks. The events are read one after the other; how the watch fares may be asked by
 * any thread.
 *
 * @param <T> the type of the objects
 */
final class WatchFrames<T extends KubernetesObject> {

	private final ObjectCheck<T> check;

	private final RecentDeletions deletions;

	private final LostFrames lost;

	private final LongSupplier clock;

	private final Runnable answered;

	private final String from;

	/** The objects that have come, {@code null} when the initial events are over. */
	private volatile @Nullable StreamedObjects<T> initial;

	/** Up to which version the watch has come, empty if that is not known. */
	private String version;

	/** Whether the events come in the order of their versions. */
	private boolean ordered;

	private volatile boolean heard;

	private volatile long lastHeard;

	private volatile boolean bookmarked;

	private boolean behind;

	private boolean incomplete;

	/**
	 * Create a reader.
	 * @param check tells what can be used
	 * @param deletions the objects that are known to be gone
	 * @param lost the frames that could not be read
	 * @param from where the watch begins
	 * @param streaming whether it begins with the present objects, and tells their end
	 * @param clock the {@link MonotonicTime}
	 * @param answered called with the first event
	 */
	WatchFrames(ObjectCheck<T> check, RecentDeletions deletions, LostFrames lost, ReflectorCursor from,
			boolean streaming, LongSupplier clock, Runnable answered) {
		this.check = check;
		this.deletions = deletions;
		this.lost = lost;
		this.clock = clock;
		this.answered = answered;
		this.from = from.resourceVersion();
		this.initial = streaming ? new StreamedObjects<>() : null;
		this.version = from.ordered() ? this.from : "";
		this.ordered = from.ordered() && !streaming;
		this.lastHeard = clock.getAsLong();
	}

	/**
	 * Return whether the end of the initial events has yet to come.
	 * @return {@code false} if it has, and if this is no streaming list
	 */
	boolean streaming() {
		return this.initial != null;
	}

	/**
	 * Return whether the server has been heard.
	 * @return {@code true} after the first event
	 */
	boolean heard() {
		return this.heard;
	}

	/**
	 * Return when the server was last heard.
	 * @return the time of the last event, or of the beginning
	 */
	long lastHeard() {
		return this.lastHeard;
	}

	/**
	 * Return whether the server sends bookmarks.
	 * @return {@code true} if one has come that is not just the acceptance of the watch
	 */
	boolean bookmarked() {
		return this.bookmarked;
	}

	/**
	 * Return whether the server turned out to be behind the version that it was asked
	 * for, so that what it sends cannot be relied on.
	 * @return {@code true} after the failure that says so
	 */
	boolean behind() {
		return this.behind;
	}

	/**
	 * Return whether the watch was given up because it could not be read throughout, so
	 * that the newest objects must be read.
	 * @return {@code true} after the failure that says so
	 */
	boolean incomplete() {
		return this.incomplete;
	}

	void read(WatchEvent<T> event, SynchronousSink<ReflectorSignal<T>> sink) {
		boolean first = !this.heard;
		this.heard = true;
		this.lastHeard = this.clock.getAsLong();
		if (first) {
			this.answered.run();
		}
		if (event instanceof WatchEvent.Error<T> error && error.unreadableFrame()) {
			sink.next(new ReflectorSignal.Skipped<>(String.valueOf(error.status().message())));
			unreadable(sink);
		}
		else if (!streaming() && this.lost.isDue()) {
			giveUp(sink);
		}
		else if (event instanceof WatchEvent.Error<T> error) {
			sink.error(error.exception());
		}
		else if (event instanceof WatchEvent.Bookmark<T> bookmark) {
			this.bookmarked |= !first || !bookmark.resourceVersion().equals(this.from);
			bookmark(bookmark, sink);
		}
		else {
			object(event, event.object(), sink);
		}
	}

	private void unreadable(SynchronousSink<ReflectorSignal<T>> sink) {
		if (streaming()) {
			// most likely an object that another list would not bring either
			return;
		}
		this.lost.add();
		if (this.lost.isDue()) {
			giveUp(sink);
		}
	}

	private void giveUp(SynchronousSink<ReflectorSignal<T>> sink) {
		this.incomplete = true;
		sink.error(new InformerException("A frame of the watch could not be read", null));
	}

	private void bookmark(WatchEvent.Bookmark<T> bookmark, SynchronousSink<ReflectorSignal<T>> sink) {
		String reached = bookmark.resourceVersion();
		StreamedObjects<T> objects = this.initial;
		if (objects != null && !bookmark.endsInitialEvents()) {
			return;
		}
		if (reached.isEmpty()) {
			sink.next(new ReflectorSignal.Skipped<>("a bookmark has no resource version"));
			return;
		}
		if (ResourceVersions.isOlder(reached, this.version)) {
			this.behind = true;
			sink.error(new InformerException(
					"The server is at version " + reached + ", which is before " + this.version, null));
			return;
		}
		this.ordered = true;
		this.version = reached;
		this.initial = null;
		sink.next((objects != null) ? new StoreDelta.Replaced<>(objects.toList(), reached)
				: new StoreDelta.Progressed<>(reached));
	}

	private void object(WatchEvent<T> event, @Nullable T object, SynchronousSink<ReflectorSignal<T>> sink) {
		String problem = this.check.problemOf(object);
		if (object == null || problem != null) {
			sink.next(new ReflectorSignal.Skipped<>(event.type() + " without an object of use: " + problem));
			return;
		}
		boolean deleted = event.type() == WatchEvent.Type.DELETED;
		if (deleted) {
			this.deletions.add(object);
		}
		else if (this.deletions.contains(object)) {
			sink.next(new ReflectorSignal.Skipped<>(
					event.type() + " of " + ObjectKey.of(object) + ", which has been deleted since then"));
			return;
		}
		StreamedObjects<T> objects = this.initial;
		if (objects == null) {
			sink.next(change(event.type(), object));
		}
		else if (deleted) {
			objects.remove(object);
		}
		else {
			objects.put(object);
		}
	}

	private ReflectorSignal<T> change(WatchEvent.Type type, T object) {
		this.ordered |= type != WatchEvent.Type.ADDED;
		String reached = advance(object.metadata().resourceVersion());
		if (type == WatchEvent.Type.DELETED) {
			return new StoreDelta.Removed<>(object, reached);
		}
		return new StoreDelta.Upserted<>(object, reached);
	}

	/**
	 * Move on to the version of a change.
	 * @param changed the version
	 * @return the version, {@code null} if it says nothing of other objects because the
	 * events are in no order or this one is late
	 */
	private @Nullable String advance(@Nullable String changed) {
		if (changed == null || !this.ordered || ResourceVersions.isOlder(changed, this.version)) {
			return null;
		}
		this.version = changed;
		return changed;
	}

}
