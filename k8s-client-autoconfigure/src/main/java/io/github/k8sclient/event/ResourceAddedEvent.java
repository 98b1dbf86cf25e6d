package io.github.k8sclient.event;

import io.github.k8sclient.meta.KubernetesObject;

/**
 * A resource was added to an informer.
 *
 * @param <T> the type of the resource
 * @since 0.1.0
 */
public final class ResourceAddedEvent<T extends KubernetesObject> extends ResourceEvent<T> {

	private final boolean initial;

	/**
	 * Create a new event.
	 * @param source the informer that saw the change, or another publisher
	 * @param resource the new resource
	 * @param initial whether the resource already existed when the informer started
	 */
	public ResourceAddedEvent(Object source, T resource, boolean initial) {
		super(source, resource);
		this.initial = initial;
	}

	/**
	 * Return whether the resource already existed when the informer started.
	 * @return {@code true} for a resource of the informer's initial list, {@code false}
	 * for one that was created later
	 */
	public boolean initial() {
		return this.initial;
	}

}
