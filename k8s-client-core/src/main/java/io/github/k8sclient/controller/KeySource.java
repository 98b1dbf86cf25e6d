package io.github.k8sclient.controller;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

import io.github.k8sclient.informer.HandlerOptions;
import io.github.k8sclient.informer.HandlerRegistration;
import io.github.k8sclient.informer.ObjectKey;
import io.github.k8sclient.informer.ResourceEventHandler;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.workqueue.WorkQueue;

/**
 * Turns what changes at an informer into keys to reconcile.
 *
 * @param <S> the type of the objects of the informer
 * @param informer the informer
 * @param keys gives the keys for an object
 */
record KeySource<S extends KubernetesObject>(SharedInformer<S> informer,
		Function<? super S, ? extends Collection<ObjectKey>> keys) {

	/**
	 * Add keys to a queue from now on.
	 * @param queue the queue
	 * @param name the name of the handler
	 * @return ends it
	 */
	HandlerRegistration feed(WorkQueue<ObjectKey> queue, String name) {
		return this.informer.addHandler(new ResourceEventHandler<S>() {

			@Override
			public void onAdd(S resource, boolean initial) {
				enqueue(resource);
			}

			@Override
			public void onUpdate(S previous, S current) {
				Set<ObjectKey> both = new LinkedHashSet<>(KeySource.this.keys.apply(previous));
				both.addAll(KeySource.this.keys.apply(current));
				both.forEach(queue::add);
			}

			@Override
			public void onDelete(S resource, boolean finalStateUnknown) {
				enqueue(resource);
			}

			private void enqueue(S resource) {
				KeySource.this.keys.apply(resource).forEach(queue::add);
			}

		}, HandlerOptions.defaults().withName(name));
	}

}
