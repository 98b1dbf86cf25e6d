package io.github.k8sclient.informer;

/**
 * Told of everything that goes wrong at an informer: lists and watches that fail, each
 * time, frames that are skipped, and exceptions of handlers. The informer goes on in any
 * case, and has logged what needs attention; this is for metrics and alarms.
 * <p>
 * Called on a thread that serves handlers, never twice at the same time for one informer.
 * An exception is logged and counted.
 *
 * @since 0.1.0
 * @see SharedInformerFactory.Builder#errorHandler(InformerErrorHandler)
 */
@FunctionalInterface
public interface InformerErrorHandler {

	/**
	 * Something went wrong.
	 * @param informer the informer
	 * @param error what went wrong: an {@link InformerException} that says what the
	 * informer was doing, with the error itself as its cause if there is one
	 */
	void onError(SharedInformer<?> informer, InformerException error);

}
