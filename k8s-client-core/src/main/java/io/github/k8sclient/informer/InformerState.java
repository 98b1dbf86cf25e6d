package io.github.k8sclient.informer;

/**
 * How an informer is doing.
 *
 * @since 0.1.0
 * @see InformerStatus
 */
public enum InformerState {

	/**
	 * The objects have not been listed yet, and nothing has gone wrong so far.
	 */
	STARTING,

	/**
	 * The objects have been listed and their changes are followed.
	 */
	SYNCED,

	/**
	 * The last list or watch failed, and another attempt follows, or has not lasted for a
	 * second. The store keeps what it has.
	 */
	RETRYING,

	/**
	 * The server refuses the credentials (401) or does not allow to list or watch (403).
	 * Further attempts follow, as rights may be granted later.
	 */
	FORBIDDEN,

	/**
	 * The server has not been heard of for longer than
	 * {@link InformerOptions#staleAfter()}: the store may be far behind. Attempts go on.
	 */
	STALE,

	/**
	 * The informer was stopped. The store keeps what it has.
	 */
	STOPPED;

	/**
	 * Return whether something has gone wrong.
	 * @return {@code true} for {@link #RETRYING}, {@link #FORBIDDEN} and {@link #STALE}
	 */
	boolean isTrouble() {
		return this == RETRYING || this == FORBIDDEN || this == STALE;
	}

}
