package io.github.k8sclient.informer;

import java.util.function.Consumer;

import io.github.k8sclient.meta.KubernetesObject;

/**
 * Turns the calls of a handler back into events.
 *
 * @param consumer called with each event
 * @param <T> the type of the objects
 */
record ConsumingEventHandler<T extends KubernetesObject>(
		Consumer<? super InformerEvent<T>> consumer) implements ResourceEventHandler<T> {

	@Override
	public void onAdd(T resource, boolean initial) {
		this.consumer.accept(new InformerEvent.Added<>(resource, initial));
	}

	@Override
	public void onUpdate(T previous, T current) {
		this.consumer.accept(new InformerEvent.Updated<>(previous, current));
	}

	@Override
	public void onDelete(T resource, boolean finalStateUnknown) {
		this.consumer.accept(new InformerEvent.Deleted<>(resource, finalStateUnknown));
	}

}
