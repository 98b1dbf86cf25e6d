package io.github.k8sclient.autoconfigure.informer;

import io.github.k8sclient.event.ResourceAddedEvent;
import io.github.k8sclient.event.ResourceDeletedEvent;
import io.github.k8sclient.event.ResourceUpdatedEvent;
import io.github.k8sclient.informer.ResourceEventHandler;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.meta.KubernetesObject;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes the changes that an informer sees as application events, on the thread that
 * calls the handler.
 *
 * @param <T> the type of the resources
 */
final class ResourceEventPublisher<T extends KubernetesObject> implements ResourceEventHandler<T> {

	private final SharedInformer<T> informer;

	private final ApplicationEventPublisher publisher;

	ResourceEventPublisher(SharedInformer<T> informer, ApplicationEventPublisher publisher) {
		this.informer = informer;
		this.publisher = publisher;
	}

	@Override
	public void onAdd(T resource, boolean initial) {
		this.publisher.publishEvent(new ResourceAddedEvent<>(this.informer, resource, initial));
	}

	@Override
	public void onUpdate(T previous, T current) {
		this.publisher.publishEvent(new ResourceUpdatedEvent<>(this.informer, previous, current));
	}

	@Override
	public void onDelete(T resource, boolean finalStateUnknown) {
		this.publisher.publishEvent(new ResourceDeletedEvent<>(this.informer, resource, finalStateUnknown));
	}

}
