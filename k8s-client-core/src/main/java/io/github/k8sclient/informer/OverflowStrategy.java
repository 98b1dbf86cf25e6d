package io.github.k8sclient.informer;

/**
 * What becomes of the changes that a handler is too slow for. Neither the watch nor other
 * handlers ever wait for it.
 *
 * @since 0.1.0
 * @see HandlerOptions#withOverflow(OverflowStrategy)
 */
public enum OverflowStrategy {

	/**
	 * Every change waits its turn, however many there are. A handler that is stuck costs
	 * memory for as long as it is.
	 */
	BUFFER,

	/**
	 * What waits for one object is merged into what the handler must know: its latest
	 * state, and first its end if the object that the handler knew has gone. So at most
	 * two changes of each object wait, in the order in which the objects first changed,
	 * and a handler that is stuck costs no more than the objects that changed meanwhile.
	 * <p>
	 * An update then spans all updates since the handler last saw the object, an addition
	 * shows the latest state, and of an object that came and went while waiting the
	 * handler hears nothing. A deletion followed by an addition stays both. A handler
	 * that keeps up sees every change.
	 */
	COALESCE,

	/**
	 * Every change waits its turn, but no more than
	 * {@link HandlerOptions#withMaxPending(int) so many}: one too many removes the
	 * handler. What waited is dropped, the registration
	 * {@linkplain HandlerRegistration#failure() says why}, the error is logged, counted
	 * and given to the {@link InformerErrorHandler}, and a stream of events fails with
	 * it. The first view of the cluster and rounds of a resync do not count.
	 */
	ERROR

}
