package io.github.k8sclient.informer;

/**
 * How new the first list of an informer has to be. Streaming lists are always of the
 * newest state, and so is any list after the first at least as new as what was seen
 * before.
 *
 * @since 0.1.0
 * @see InformerOptions#withListFreshness(ListFreshness)
 */
public enum ListFreshness {

	/**
	 * Any state that the cache of the API server holds ({@code resourceVersion=0}): the
	 * cheapest list, which may show an older state than a client has seen that was
	 * connected to another API server before. The changes since then follow.
	 */
	ANY,

	/**
	 * The newest state (no {@code resourceVersion}), for which the API server asks its
	 * database, and waits until its cache has it or reads it from there.
	 */
	NEWEST

}
