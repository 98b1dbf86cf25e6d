package io.github.k8sclient.informer;

import io.github.k8sclient.meta.KubernetesObject;

import org.springframework.util.Assert;

/**
 * A change of one object, as an informer tells it to a handler.
 * <p>
 * For each handler, the events of one object come in the order of its changes. They are
 * consistent: an object is added once before it is updated or deleted, and once more only
 * after it was deleted. While a watch is interrupted, several changes may arrive as one;
 * none is lost for good.
 *
 * @param <T> the type of the object
 * @since 0.1.0
 */
public sealed interface InformerEvent<T extends KubernetesObject> {

	/**
	 * Return the object in its new state, or its last known state if it was deleted.
	 * @return the object, immutable and shared with the store
	 */
	T resource();

	/**
	 * Return the key of the object.
	 * @return namespace and name
	 */
	default ObjectKey key() {
		return ObjectKey.of(resource());
	}

	/**
	 * Call the method of a handler that is meant for this kind of event.
	 * @param handler the handler to call, on the calling thread
	 */
	void deliverTo(ResourceEventHandler<? super T> handler);

	/**
	 * An object came, or came to match the selectors.
	 *
	 * @param resource the object
	 * @param initial whether the object existed when the handler got its first view of
	 * the cluster
	 * @param <T> the type of the object
	 */
	record Added<T extends KubernetesObject>(T resource, boolean initial) implements InformerEvent<T> {

		/**
		 * Create an event.
		 */
		public Added {
			Assert.notNull(resource, "'resource' must not be null");
		}

		@Override
		public void deliverTo(ResourceEventHandler<? super T> handler) {
			handler.onAdd(this.resource, this.initial);
		}

	}

	/**
	 * An object changed, or is shown again by a resync: then both states are the same
	 * object.
	 *
	 * @param previous the object as the handler saw it last
	 * @param current the object in its new state
	 * @param <T> the type of the object
	 */
	record Updated<T extends KubernetesObject>(T previous, T current) implements InformerEvent<T> {

		/**
		 * Create an event.
		 */
		public Updated {
			Assert.notNull(previous, "'previous' must not be null");
			Assert.notNull(current, "'current' must not be null");
		}

		@Override
		public T resource() {
			return this.current;
		}

		/**
		 * Return whether nothing changed and a resync shows the object again.
		 * @return {@code true} for the event of a resync
		 */
		public boolean resync() {
			return this.previous == this.current;
		}

		@Override
		public void deliverTo(ResourceEventHandler<? super T> handler) {
			handler.onUpdate(this.previous, this.current);
		}

	}

	/**
	 * An object went, or stopped matching the selectors.
	 *
	 * @param resource the last state of the object that is known
	 * @param finalStateUnknown whether the deletion itself was missed, so that the object
	 * may have changed between the state given here and its end
	 * @param <T> the type of the object
	 */
	record Deleted<T extends KubernetesObject>(T resource, boolean finalStateUnknown) implements InformerEvent<T> {

		/**
		 * Create an event.
		 */
		public Deleted {
			Assert.notNull(resource, "'resource' must not be null");
		}

		@Override
		public void deliverTo(ResourceEventHandler<? super T> handler) {
			handler.onDelete(this.resource, this.finalStateUnknown);
		}

	}

}
