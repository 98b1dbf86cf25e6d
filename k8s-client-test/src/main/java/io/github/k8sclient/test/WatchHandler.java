package io.github.k8sclient.test;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers watches.
 */
final class WatchHandler {

	private static final Duration SHORTEST_DEFAULT_TIMEOUT = Duration.ofMinutes(30);

	private final ObjectStore store;

	private final Scheduler scheduler;

	private final Duration bookmarkInterval;

	private final boolean streamingLists;

	WatchHandler(ObjectStore store, Scheduler scheduler, Duration bookmarkInterval, boolean streamingLists) {
		this.streamingLists = streamingLists;
		this.store = store;
		this.scheduler = scheduler;
		this.bookmarkInterval = bookmarkInterval;
	}

	ApiResponse handle(ApiRequest request, ResourcePath path) {
		ObjectWriter writer = new ObjectWriter(path.resource(), request);
		if (writer.encoding() == Encoding.YAML) {
			throw Statuses.notAcceptable("only the following media types are accepted: "
					+ "application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch");
		}
		ListRequest options = ListRequest.parse(request.parameters(), path.resource(), true);
		options.revision();
		if (options.sendInitialEvents() != null && !this.streamingLists) {
			throw Statuses.invalidOptions("ListOptions", FieldError.forbidden("sendInitialEvents",
					"sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled"));
		}
		Flux<byte[]> frames = Flux.defer(() -> frames(path, options, writer));
		String contentType = (writer.encoding() == Encoding.JSON) ? "application/json"
				: writer.encoding().mediaType() + ";stream=watch";
		return ApiResponse.stream(contentType, frames);
	}

	private Flux<byte[]> frames(ResourcePath path, ListRequest options, ObjectWriter writer) {
		StoreWatch watch = open(path.resource(), options);
		Disposable timers = timers(watch, options);
		EventFilter filter = new EventFilter(path, options);
		return watch.signals().publishOn(this.scheduler).<byte[]>handle((signal, sink) -> {
			byte[] frame = frame(signal, options, filter, writer);
			if (frame != null) {
				sink.next(frame);
			}
		}).doFinally((end) -> {
			timers.dispose();
			this.store.close(watch);
		});
	}

	private StoreWatch open(ServedResource resource, ListRequest options) {
		Long revision = options.revision();
		if (Boolean.TRUE.equals(options.sendInitialEvents())) {
			return this.store.watchFromNow(resource.table(), options.bookmarks());
		}
		if (revision != null && revision != 0) {
			return this.store.watchAfter(resource.table(), revision);
		}
		if (Boolean.FALSE.equals(options.sendInitialEvents())) {
			return this.store.watchAfter(resource.table(), this.store.revision());
		}
		return this.store.watchFromNow(resource.table(), false);
	}

	private Disposable timers(StoreWatch watch, ListRequest options) {
		Disposable.Composite timers = Disposables.composite();
		if (options.bookmarks()) {
			long interval = this.bookmarkInterval.toMillis();
			timers.add(this.scheduler.schedulePeriodically(() -> this.store.bookmark(watch), interval, interval,
					TimeUnit.MILLISECONDS));
		}
		timers.add(this.scheduler.schedule(() -> {
			this.store.bookmark(watch);
			this.store.close(watch);
		}, timeout(options).toMillis(), TimeUnit.MILLISECONDS));
		return timers;
	}

	private static Duration timeout(ListRequest options) {
		Long seconds = options.timeoutSeconds();
		if (seconds != null && seconds > 0) {
			return Duration.ofSeconds(seconds);
		}
		return SHORTEST_DEFAULT_TIMEOUT
			.plusMillis(ThreadLocalRandom.current().nextLong(SHORTEST_DEFAULT_TIMEOUT.toMillis()));
	}

	private static byte @Nullable [] frame(WatchSignal signal, ListRequest options, EventFilter filter,
			ObjectWriter writer) {
		if (signal instanceof WatchSignal.Change change) {
			EventFilter.Visible visible = filter.apply(change.event());
			return (visible != null) ? writer.event(visible.type(), visible.object()) : null;
		}
		if (signal instanceof WatchSignal.Initial initial) {
			return filter.matches(initial.object()) ? writer.event("ADDED", initial.object()) : null;
		}
		if (signal instanceof WatchSignal.Progress progress) {
			return options.bookmarks() ? writer.bookmark(progress.resourceVersion(), progress.initialEventsEnd())
					: null;
		}
		ObjectNode status = ((WatchSignal.Failure) signal).failure().status();
		return writer.error(status);
	}

	/**
	 * Decides which changes a watch sees, and as what: an object that begins to match is
	 * added, one that ceases to match is deleted.
	 *
	 * @param path what is watched
	 * @param options the selectors
	 */
	record EventFilter(ResourcePath path, ListRequest options) {

		boolean matches(StoredObject object) {
			String namespace = this.path.namespace();
			if (namespace != null && !object.key().startsWith(namespace + "/")) {
				return false;
			}
			if (this.path.name() != null
					&& !object.key().equals(this.path.resource().key(namespace, this.path.name()))) {
				return false;
			}
			return this.options.matches(this.path.resource(), object);
		}

		@Nullable Visible apply(StoreEvent event) {
			StoredObject previous = event.previous();
			boolean before = previous != null && matches(previous);
			boolean after = !event.deleted() && matches(event.current());
			if (after) {
				return new Visible(before ? "MODIFIED" : "ADDED", event.current());
			}
			if (!before || previous == null) {
				return null;
			}
			return new Visible("DELETED", event.deleted() ? event.current() : lastSeen(previous, event));
		}

		// the state that the watch knew, with the resource version of the change
		private static StoredObject lastSeen(StoredObject previous, StoreEvent event) {
			ObjectNode tree = previous.copy();
			Trees.object(tree, "metadata").put("resourceVersion", Long.toString(event.resourceVersion()));
			return new StoredObject(previous.key(), event.resourceVersion(), tree);
		}

		/**
		 * A change as a watch sees it.
		 *
		 * @param type the type of the event
		 * @param object the object
		 */
		record Visible(String type, StoredObject object) {

		}

	}

}
