package io.github.k8sclient.informer;

/**
 * How an informer learns of the objects that are there already: when it starts, and when
 * the history after the last change that it saw is gone.
 * <p>
 * With either strategy the objects appear in the store together, in one step, and what
 * was there before can be read until then.
 *
 * @since 0.1.0
 * @see InformerOptions#withInitialList(InitialListStrategy)
 */
public enum InitialListStrategy {

	/**
	 * One request: a watch that begins with all objects as they are now and goes on with
	 * their changes ({@code sendInitialEvents}). It shows the newest state, and costs the
	 * API server far less memory than a list.
	 * <p>
	 * API servers before Kubernetes 1.32 refuse it, as later ones do whose feature gate
	 * {@code WatchList} is off; the objects are listed then at once. They are also listed
	 * where the objects come but never their end, which is what servers do that know
	 * nothing of streaming lists.
	 */
	STREAMING_LIST,

	/**
	 * A list, in pages if the server does not answer from its cache, and then a watch.
	 */
	PAGED_LIST

}
