package io.github.k8sclient.event;

import io.github.k8sclient.meta.KubernetesObject;

import org.springframework.util.Assert;

/**
 * A resource was updated, or is reported again by a resync.
 *
 * @param <T> the type of the resource
 * @since 0.1.0
 */
public final class ResourceUpdatedEvent<T extends KubernetesObject> extends ResourceEvent<T> {

	private final T previous;

	/**
	 * Create a new event.
	 * @param source the informer that saw the change, or another publisher
	 * @param previous the resource before the change
	 * @param resource the resource after the change
	 */
	public ResourceUpdatedEvent(Object source, T previous, T resource) {
		super(source, resource);
		Assert.notNull(previous, "'previous' must not be null");
		this.previous = previous;
	}

	/**
	 * Return the state before the change. Several changes in quick succession or during
	 * an outage may be reported as one. A resync reports the same state twice.
	 * @return the resource before the change
	 */
	public T previous() {
		return this.previous;
	}

	/**
	 * Return whether the resource is unchanged and reported again by a resync.
	 * @return {@code true} for the event of a resync
	 */
	public boolean resync() {
		return this.previous == resource();
	}

}
