package io.github.k8sclient.event;

import io.github.k8sclient.informer.ObjectKey;
import io.github.k8sclient.meta.KubernetesObject;

import org.springframework.context.ApplicationEvent;
import org.springframework.core.ResolvableType;
import org.springframework.core.ResolvableTypeProvider;
import org.springframework.util.Assert;

/**
 * A change of a Kubernetes resource, seen by an informer and published as an application
 * event.
 * <p>
 * The type parameter of a listener selects the kind, and the event type selects the
 * changes:
 *
 * <pre class="code">
 * &#064;EventListener
 * void changed(ResourceEvent&lt;Deployment&gt; event) { ... }
 *
 * &#064;EventListener
 * void deleted(ResourceDeletedEvent&lt;Pod&gt; event) { ... }
 * </pre>
 * <p>
 * The events of an informer are published one at a time, in the order of the changes in
 * the cluster. They are published on a thread of the informer and never on an event loop,
 * so a listener may block. A slow listener delays only the events of the same informer.
 * Resources are immutable and shared with the store of the informer.
 *
 * @param <T> the type of the resource
 * @since 0.1.0
 */
public abstract sealed class ResourceEvent<T extends KubernetesObject> extends ApplicationEvent
		implements ResolvableTypeProvider permits ResourceAddedEvent, ResourceUpdatedEvent, ResourceDeletedEvent {

	private final T resource;

	/**
	 * Create a new event.
	 * @param source the informer that saw the change, or another publisher
	 * @param resource the resource after the change, which has a name
	 */
	ResourceEvent(Object source, T resource) {
		super(source);
		Assert.notNull(resource, "'resource' must not be null");
		Assert.hasLength(resource.metadata().name(), "'resource' must have a name");
		this.resource = resource;
	}

	/**
	 * Return the resource: its new state, or its last known state if it has been deleted.
	 * @return the resource
	 */
	public final T resource() {
		return this.resource;
	}

	/**
	 * Return the key of the resource.
	 * @return namespace and name; its text is {@code namespace/name}, or {@code name} for
	 * a cluster-scoped resource
	 */
	public final ObjectKey key() {
		return ObjectKey.of(this.resource);
	}

	@Override
	public final ResolvableType getResolvableType() {
		return ResolvableType.forClassWithGenerics(getClass(), this.resource.getClass());
	}

	@Override
	public final String toString() {
		return getClass().getSimpleName() + "[" + this.resource.getClass().getSimpleName() + " " + key() + "]";
	}

}
