package io.github.k8sclient.event;

import io.github.k8sclient.meta.KubernetesObject;

import org.springframework.util.Assert;

/**
 * A resource has changed, or a resync reports it again unchanged.
 *
 * @param <T> the type of the resource
 * @since 0.1.0
 */
public final class ResourceUpdatedEvent<T extends KubernetesObject> extends ResourceEvent<T> {

	private final T previous;

	/**
	 * Create a new event.
	 * @param source the informer that saw the change, or whatever else publishes the
	 * event
	 * @param previous the resource before the change
	 * @param resource the resource after the change
	 */
	public ResourceUpdatedEvent(Object source, T previous, T resource) {
		super(source, resource);
		Assert.notNull(previous, "'previous' must not be null");
		this.previous = previous;
	}

	/**
	 * Return the state before the change. Several changes in quick succession, or during
	 * an outage, may be reported as one. A resync reports the same state as before and
	 * after.
	 * @return the resource before the change
	 */
	public T previous() {
		return this.previous;
	}

}
