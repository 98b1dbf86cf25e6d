package io.github.k8sclient.informer;

import io.github.k8sclient.meta.KubernetesObject;

/**
 * What waits for one handler. Loops of informers put batches in, one worker takes single
 * events out.
 *
 * @param <T> the type of the objects
 */
interface PendingEvents<T extends KubernetesObject> {

	/**
	 * Put a batch at the end. From any thread, for each informer one after the other.
	 * @param batch the batch
	 * @return {@code false} if there is no place for it
	 */
	boolean offer(EventBatch<T> batch);

	/**
	 * Deliver the next event, and tell of the batches that are worked off with it. On the
	 * worker.
	 * @param mailbox takes the event
	 * @return {@code false} if nothing waits
	 */
	boolean deliverNext(HandlerMailbox<T> mailbox);

	/**
	 * Return how many events wait, the one being delivered included.
	 * @return the number of events
	 */
	int size();

	/**
	 * Forget all that waits. On the worker.
	 */
	void clear();

	/**
	 * Return an empty place for what waits.
	 * @param options how much may wait
	 * @param <T> the type of the objects
	 * @return the place
	 */
	static <T extends KubernetesObject> PendingEvents<T> of(HandlerOptions options) {
		return switch (options.overflow()) {
			case BUFFER -> new BufferedEvents<>(Integer.MAX_VALUE);
			case COALESCE -> new CoalescedEvents<>();
			case ERROR -> new BufferedEvents<>(options.maxPending());
		};
	}

}
