package io.github.k8sclient.informer;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How an informer is doing, at one moment.
 *
 * @param state the state
 * @param since since when the informer is in this state
 * @param trouble for how long the informer has been in trouble: {@code RETRYING},
 * {@code FORBIDDEN} or {@code STALE} without having followed the objects in between, zero
 * in the other states. A clock that is set does not matter
 * @param cause what led to the state: the last error while {@code RETRYING},
 * {@code FORBIDDEN} or {@code STALE}, otherwise {@code null}. Its message holds no
 * secrets
 * @param synced whether the objects have been listed at least once, so that the store can
 * be relied upon as far as its age allows. Never becomes {@code false} again
 * @param resourceVersion up to which resource version the store is complete, {@code null}
 * before the first list
 * @param objectCount how many objects the store holds
 * @param lastActivity when the server was last heard of: by a list, the acceptance or the
 * normal end of a watch, a change or a bookmark; {@code null} if never. After a failure,
 * a watch counts when it has brought something or lasted a second
 * @param consecutiveFailures how many attempts failed since the last success
 * @param restarts how many watches were begun after the first
 * @param counters what has happened so far
 * @since 0.1.0
 */
public record InformerStatus(InformerState state, Instant since, Duration trouble, @Nullable Throwable cause,
		boolean synced, @Nullable String resourceVersion, int objectCount, @Nullable Instant lastActivity,
		int consecutiveFailures, long restarts, Counters counters) {

	/**
	 * What has happened at an informer since it was made.
	 *
	 * @param lists how many times all objects were listed
	 * @param watches how many watches were begun
	 * @param added how many objects came
	 * @param updated how many changes of objects there were
	 * @param deleted how many objects went
	 * @param failures how many lists and watches failed
	 * @param skipped how many frames of watches were skipped because they could not be
	 * read or used
	 * @param handlerFailures how many times handlers, listeners and index functions threw
	 * an exception
	 * @param handlerCalls how many calls of handlers have returned
	 * @param handlerTime how long these calls took together
	 */
	public record Counters(long lists, long watches, long added, long updated, long deleted, long failures,
			long skipped, long handlerFailures, long handlerCalls, Duration handlerTime) {
	}

}
