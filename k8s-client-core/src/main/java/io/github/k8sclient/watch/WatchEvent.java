package io.github.k8sclient.watch;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.meta.StatusCause;
import io.github.k8sclient.meta.StatusDetails;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * One event of a watch: a change of an object, the progress of the stream, or an error
 * that the server reports inside of it.
 * <p>
 * Tell the kinds apart with {@code instanceof} (the hierarchy is sealed) or with a
 * {@code switch} over {@link #type()}. All kinds are immutable.
 *
 * @param <T> the type of the objects watched
 * @since 0.1.0
 */
public sealed interface WatchEvent<T> {

	/**
	 * Return which kind of event this is.
	 * @return the type, as on the wire
	 */
	@JsonProperty(index = 0)
	Type type();

	/**
	 * Return the object that changed.
	 * @return the object in its new state, or in its last one if it was deleted;
	 * {@code null} for a bookmark and for an error
	 */
	@Nullable T object();

	/**
	 * The types of watch events, named as on the wire.
	 */
	enum Type {

		/** An object came, or existed when the watch began without a version. */
		ADDED,

		/** An object changed. */
		MODIFIED,

		/** An object went. */
		DELETED,

		/** The watch has come to a resource version without a change to report. */
		BOOKMARK,

		/** The server, or the client that reads its frames, reports a problem. */
		ERROR

	}

	/**
	 * An object came into being, came to match the selector, or existed already when a
	 * watch without a resource version began.
	 *
	 * @param object the object
	 * @param <T> the type of the object
	 */
	record Added<T>(T object) implements WatchEvent<T> {

		/**
		 * Create an event.
		 */
		public Added {
			Assert.notNull(object, "'object' must not be null");
		}

		@Override
		public Type type() {
			return Type.ADDED;
		}

	}

	/**
	 * An object changed.
	 *
	 * @param object the object in its new state
	 * @param <T> the type of the object
	 */
	record Modified<T>(T object) implements WatchEvent<T> {

		/**
		 * Create an event.
		 */
		public Modified {
			Assert.notNull(object, "'object' must not be null");
		}

		@Override
		public Type type() {
			return Type.MODIFIED;
		}

	}

	/**
	 * An object went, or stopped matching the selector.
	 *
	 * @param object the last state of the object, with the resource version of the
	 * deletion
	 * @param <T> the type of the object
	 */
	record Deleted<T>(T object) implements WatchEvent<T> {

		/**
		 * Create an event.
		 */
		public Deleted {
			Assert.notNull(object, "'object' must not be null");
		}

		@Override
		public Type type() {
			return Type.DELETED;
		}

	}

	/**
	 * All changes up to a resource version have been sent. Bookmarks come only if
	 * {@code allowWatchBookmarks} was asked for, and at the discretion of the server.
	 *
	 * @param resourceVersion the version from which a watch can go on
	 * @param annotations the annotations of the bookmark's object, empty if there are
	 * none
	 * @param <T> the type of the objects watched
	 */
	record Bookmark<T>(String resourceVersion, Map<String, String> annotations) implements WatchEvent<T> {

		/**
		 * The annotation that marks the end of the initial events of a streaming list.
		 */
		public static final String INITIAL_EVENTS_END = "k8s.io/initial-events-end";

		/**
		 * Create an event.
		 */
		public Bookmark {
			Assert.notNull(resourceVersion, "'resourceVersion' must not be null");
			annotations = Map.copyOf(annotations);
		}

		/**
		 * Return whether this bookmark ends the initial events of a streaming list.
		 * @return {@code true} if it carries the annotation {@value #INITIAL_EVENTS_END}
		 */
		public boolean endsInitialEvents() {
			return "true".equals(this.annotations.get(INITIAL_EVENTS_END));
		}

		@Override
		public Type type() {
			return Type.BOOKMARK;
		}

		@Override
		public @Nullable T object() {
			return null;
		}

	}

	/**
	 * A problem reported inside the stream.
	 * <p>
	 * One that the server sends, such as {@code 410 Gone} for a resource version that is
	 * too old, is the last event: the server ends the watch after it. One that this
	 * client makes of a frame which it cannot read ({@link #unreadableFrame()}) concerns
	 * that frame alone, and the stream goes on.
	 *
	 * @param status what the server reports, never a success
	 * @param <T> the type of the objects watched
	 */
	record Error<T>(Status status) implements WatchEvent<T> {

		/**
		 * The reason of the cause that marks a frame which this client cannot read, the
		 * same that client-go uses.
		 */
		public static final String CLIENT_WATCH_DECODING = "ClientWatchDecoding";

		/**
		 * Create an event.
		 */
		public Error {
			Assert.notNull(status, "'status' must not be null");
		}

		/**
		 * Create the event for a frame that cannot be read.
		 * @param problem what is wrong with the frame
		 * @param <T> the type of the objects watched
		 * @return an event with a status of code 500 and the cause
		 * {@link #CLIENT_WATCH_DECODING}
		 */
		public static <T> Error<T> ofUnreadableFrame(String problem) {
			StatusCause cause = StatusCause.builder().reason(CLIENT_WATCH_DECODING).message(problem).build();
			return new Error<>(Status.builder()
				.status("Failure")
				.code(500)
				.reason("InternalError")
				.message("unable to decode an event from the watch stream: " + problem)
				.details(StatusDetails.builder().causes(List.of(cause)).build())
				.build());
		}

		/**
		 * Return whether this client made the event of a frame that it could not read, so
		 * that the stream goes on.
		 * @return {@code false} if the server sent the event, which then is the last one
		 */
		public boolean unreadableFrame() {
			StatusDetails details = this.status.details();
			return details != null
					&& details.causes().stream().anyMatch((cause) -> CLIENT_WATCH_DECODING.equals(cause.reason()));
		}

		/**
		 * Return the status as an exception, for code that treats it as it treats a
		 * failed request.
		 * @return the exception for the status, without a request
		 */
		public KubernetesApiException exception() {
			return KubernetesApiException.of(this.status);
		}

		@Override
		public Type type() {
			return Type.ERROR;
		}

		@Override
		public @Nullable T object() {
			return null;
		}

	}

}
