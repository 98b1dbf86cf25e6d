package io.github.k8sclient.informer;

/**
 * Decides whether the present objects are streamed or listed. They are streamed unless
 * the options or the list-watch say otherwise; they are listed once where a streaming
 * list was refused, or began several times without coming to its end; and they are listed
 * from then on where the server sent objects but did not tell their end. For one
 * subscription, not thread-safe.
 * <p>
 * That streaming lists are begun only so often differs from client-go, which is known to
 * begin them for ever where a server always ends them early.
 */
final class StreamingPolicy {

	/**
	 * How often a streaming list may end early, before the objects are listed instead.
	 */
	static final int MAX_INCOMPLETE = 3;

	private boolean wanted;

	private boolean listOnce;

	private int incomplete;

	StreamingPolicy(boolean wanted) {
		this.wanted = wanted;
	}

	/**
	 * Return how the objects are to be read now, and forget what was said of this time
	 * only.
	 * @return whether to stream them
	 */
	boolean next() {
		boolean streaming = this.wanted && !this.listOnce;
		this.listOnce = false;
		return streaming;
	}

	/**
	 * The objects have been read, in one way or the other.
	 */
	void complete() {
		this.incomplete = 0;
	}

	/**
	 * A streaming list ended early.
	 * @return whether to begin it again
	 */
	boolean again() {
		this.incomplete++;
		this.listOnce = this.incomplete >= MAX_INCOMPLETE;
		return !this.listOnce;
	}

	/**
	 * A streaming list failed: list the objects this time.
	 */
	void listOnce() {
		this.listOnce = true;
	}

	/**
	 * The server does not know streaming lists: list the objects from now on.
	 */
	void listAlways() {
		this.wanted = false;
	}

}
