package io.github.k8sclient.wire;

import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.meta.Status;

/**
 * For the modules of this project: it may change in any release.
 * <p>
 * Takes the frames of a watch, in order.
 *
 * @param <T> type of the objects
 * @since 0.1.0
 */
public interface WatchFrames<T> {

	/**
	 * Takes a change of an object, or a bookmark.
	 * @param type what happened
	 * @param object the object; of a bookmark it has a resource version and perhaps
	 * annotations only
	 */
	void object(WatchFrameType type, T object);

	/**
	 * Takes a failure that the server reports, such as that a resource version is too
	 * old. The server closes the watch after it.
	 * @param status the failure
	 */
	void error(Status status);

	/**
	 * Takes what is wrong with a frame that is complete but not understood: its type is
	 * not known, or its object is of another kind or malformed. The next frame can be
	 * read.
	 * @param problem what is wrong
	 */
	void problem(DecodingException problem);

}
