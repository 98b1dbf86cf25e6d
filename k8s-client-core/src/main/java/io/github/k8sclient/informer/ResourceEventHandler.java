package io.github.k8sclient.informer;

import java.util.function.Consumer;

import io.github.k8sclient.meta.KubernetesObject;

import org.springframework.util.Assert;

/**
 * Told of every change of the objects that an informer holds.
 * <p>
 * The methods of one handler are never called at the same time, and in the order of the
 * changes; they may be called by different threads, each seeing what the one before did.
 * They may block: a slow handler delays no other handler and not the informer, its events
 * wait in a queue of its own. An exception is logged with the name of the handler and
 * counted, and the next event follows.
 * <p>
 * The store of the informer is at least as new as the event: it has the change already,
 * and may have later ones.
 *
 * @param <T> the type of the objects
 * @since 0.1.0
 * @see SharedInformer#addHandler(ResourceEventHandler)
 */
public interface ResourceEventHandler<T extends KubernetesObject> {

	/**
	 * An object came.
	 * @param resource the object
	 * @param initial whether it existed when the handler got its first view of the
	 * cluster
	 */
	default void onAdd(T resource, boolean initial) {
	}

	/**
	 * An object changed, or is shown again by a resync: then both arguments are the same.
	 * @param previous the object as this handler saw it last
	 * @param current the object in its new state
	 */
	default void onUpdate(T previous, T current) {
	}

	/**
	 * An object went.
	 * @param resource the last known state of the object
	 * @param finalStateUnknown whether the deletion itself was missed, so that the object
	 * may have changed after the state given here; like client-go's
	 * {@code DeletedFinalStateUnknown}
	 */
	default void onDelete(T resource, boolean finalStateUnknown) {
	}

	/**
	 * Return a handler that passes on every event.
	 * @param consumer called with each event
	 * @param <T> the type of the objects
	 * @return the handler
	 */
	static <T extends KubernetesObject> ResourceEventHandler<T> of(Consumer<? super InformerEvent<T>> consumer) {
		Assert.notNull(consumer, "'consumer' must not be null");
		return new ConsumingEventHandler<>(consumer);
	}

}
