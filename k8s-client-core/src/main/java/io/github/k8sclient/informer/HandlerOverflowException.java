package io.github.k8sclient.informer;

/**
 * A handler was removed, because more changes waited for it than allowed.
 *
 * @since 0.1.0
 * @see OverflowStrategy#ERROR
 */
public class HandlerOverflowException extends InformerException {

	HandlerOverflowException(String handler, int maxPending) {
		super("Handler " + handler + " was removed: more than " + maxPending + " changes waited for it", null);
	}

}
