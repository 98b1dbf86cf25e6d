package io.github.k8sclient.test;

/**
 * What the store tells a watch, in the order in which it happened.
 */
sealed interface WatchSignal {

	/**
	 * An object changed after the watch began.
	 *
	 * @param event the change
	 */
	record Change(StoreEvent event) implements WatchSignal {

	}

	/**
	 * An object was there when the watch began.
	 *
	 * @param object the object
	 */
	record Initial(StoredObject object) implements WatchSignal {

	}

	/**
	 * All that happened up to a resource version has been told.
	 *
	 * @param resourceVersion the resource version
	 * @param initialEventsEnd whether this ends the initial objects
	 */
	record Progress(long resourceVersion, boolean initialEventsEnd) implements WatchSignal {

	}

	/**
	 * The watch cannot go on. It is the last signal.
	 *
	 * @param failure the reason
	 */
	record Failure(StatusException failure) implements WatchSignal {

	}

}
