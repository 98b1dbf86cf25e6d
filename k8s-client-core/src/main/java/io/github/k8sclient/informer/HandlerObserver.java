package io.github.k8sclient.informer;

import java.time.Instant;

import io.github.k8sclient.meta.KubernetesObject;

/**
 * Is told how the handlers of an informer fare.
 *
 * @param <T> the type of the objects
 */
interface HandlerObserver<T extends KubernetesObject> {

	/**
	 * A handler returned from a call, or threw something. On its worker.
	 * @param nanos how long the call took
	 */
	void handlerReturned(long nanos);

	/**
	 * A handler threw something, or was removed because it is too slow. On its worker.
	 * @param handler the handler
	 * @param error what it threw
	 */
	void handlerFailed(HandlerMailbox<T> handler, Throwable error);

	/**
	 * Something has come for a handler that has been in one call for long. Told once for
	 * each call, on the loop of an informer.
	 * @param handler the handler
	 * @param since when the call began
	 */
	void handlerStuck(HandlerMailbox<T> handler, Instant since);

}
