package io.github.k8sclient.informer;

/**
 * Decides whether the present objects are streamed or listed. They are streamed unless
 * the options or the list-watch say otherwise; they are listed once where a streaming
 * list was refused, began several times without coming to its end, or sent objects but
 * not their end; and they are listed from then on where the latter happened several times
 * in a row, as with a server that does not know streaming lists. For one subscription,
 * not thread-safe.
 * <p>
 * That streaming lists are begun only so often differs from client-go, which is known to
 * begin them for ever where a server always ends them early, or never.
 */
final class StreamingPolicy {

	/**
	 * How often a streaming list may end early, before the objects are listed instead.
	 */
	static final int MAX_INCOMPLETE = 3;

	/**
	 * How many times in a row the end of the objects may be missing, before they are
	 * listed from then on.
	 */
	static final int MAX_ENDLESS = 3;

	private final boolean wanted;

	private boolean streams;

	private boolean listOnce;

	private int incomplete;

	private int endless;

	StreamingPolicy(boolean wanted) {
		this.wanted = wanted;
	}

	/**
	 * Return how the objects are to be read now, and forget what was said of this time
	 * only.
	 * @return whether to stream them
	 */
	boolean next() {
		this.streams = this.wanted && !this.listOnce && this.endless < MAX_ENDLESS;
		this.listOnce = false;
		return this.streams;
	}

	/**
	 * The objects have been read, in one way or the other.
	 */
	void complete() {
		this.incomplete = 0;
		if (this.streams) {
			this.endless = 0;
		}
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
	 * The server sent objects and then nothing, not even their end: list the objects this
	 * time.
	 */
	void endless() {
		this.endless++;
		this.listOnce = true;
	}

}
