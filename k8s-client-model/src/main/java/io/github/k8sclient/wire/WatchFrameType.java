package io.github.k8sclient.wire;

import org.jspecify.annotations.Nullable;

/**
 * For the modules of this project: it may change in any release.
 * <p>
 * What the frame of a watch says of its object.
 *
 * @since 0.1.0
 */
public enum WatchFrameType {

	/**
	 * The object was created, came into the watch's selection, or existed when the watch
	 * began.
	 */
	ADDED,

	/**
	 * The object was changed.
	 */
	MODIFIED,

	/**
	 * The object was deleted or left the watch's selection.
	 */
	DELETED,

	/**
	 * No object: everything up to its resource version has been sent.
	 */
	BOOKMARK;

	static @Nullable WatchFrameType of(String name) {
		for (WatchFrameType type : values()) {
			if (type.name().equals(name)) {
				return type;
			}
		}
		return null;
	}

}
