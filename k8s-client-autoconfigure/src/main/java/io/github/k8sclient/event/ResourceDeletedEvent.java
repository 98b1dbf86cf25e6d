package io.github.k8sclient.event;

import io.github.k8sclient.meta.KubernetesObject;

/**
 * A resource was deleted, or no longer matches the selectors of the informer.
 *
 * @param <T> the type of the resource
 * @since 0.1.0
 */
public final class ResourceDeletedEvent<T extends KubernetesObject> extends ResourceEvent<T> {

	private final boolean finalStateUnknown;

	/**
	 * Create a new event.
	 * @param source the informer that saw the change, or another publisher
	 * @param resource the last known state of the resource
	 * @param finalStateUnknown whether the deletion itself was missed
	 */
	public ResourceDeletedEvent(Object source, T resource, boolean finalStateUnknown) {
		super(source, resource);
		this.finalStateUnknown = finalStateUnknown;
	}

	/**
	 * Return whether the deletion itself was missed during an outage and detected by a
	 * later list.
	 * @return {@code true} if {@link #resource()} may be older than the state in which
	 * the resource was deleted
	 */
	public boolean finalStateUnknown() {
		return this.finalStateUnknown;
	}

}
