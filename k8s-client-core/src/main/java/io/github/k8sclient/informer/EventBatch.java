package io.github.k8sclient.informer;

import java.util.AbstractList;
import java.util.Collection;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;

/**
 * Events that belong together, shared by the mailboxes of all handlers.
 *
 * @param events the events in order
 * @param onDelivered told of each mailbox that has worked off the batch, {@code null} for
 * ordinary changes
 * @param <T> the type of the objects
 */
record EventBatch<T extends KubernetesObject>(List<InformerEvent<T>> events,
		@Nullable Consumer<HandlerMailbox<T>> onDelivered) {

	/**
	 * What happens after the first view of a handler.
	 */
	static <T extends KubernetesObject> EventBatch<T> changes(List<InformerEvent<T>> events) {
		return new EventBatch<>(events, null);
	}

	/**
	 * The first view of a handler that was there before the first list.
	 */
	static <T extends KubernetesObject> EventBatch<T> firstList(List<InformerEvent<T>> events) {
		return new EventBatch<>(events, HandlerMailbox::viewDelivered);
	}

	/**
	 * The first view of a handler that came later.
	 */
	static <T extends KubernetesObject> EventBatch<T> present(Collection<T> objects) {
		return new EventBatch<>(new LazyEvents<>(objects, (object) -> new InformerEvent.Added<>(object, true)),
				HandlerMailbox::viewDelivered);
	}

	/**
	 * A round of a resync.
	 */
	static <T extends KubernetesObject> EventBatch<T> resync(Collection<T> objects, Runnable onDelivered) {
		return new EventBatch<>(new LazyEvents<>(objects, (object) -> new InformerEvent.Updated<>(object, object)),
				(mailbox) -> onDelivered.run());
	}

	/**
	 * Return whether these are changes that may be too many for a handler.
	 * @return {@code false} for what the number of objects limits
	 */
	boolean isChanges() {
		return this.onDelivered == null;
	}

	/**
	 * Makes the events when they are delivered, so that the batch costs one reference for
	 * each object.
	 */
	private static final class LazyEvents<T extends KubernetesObject> extends AbstractList<InformerEvent<T>>
			implements RandomAccess {

		private final List<T> objects;

		private final Function<T, InformerEvent<T>> event;

		LazyEvents(Collection<T> objects, Function<T, InformerEvent<T>> event) {
			this.objects = List.copyOf(objects);
			this.event = event;
		}

		@Override
		public InformerEvent<T> get(int index) {
			return this.event.apply(this.objects.get(index));
		}

		@Override
		public int size() {
			return this.objects.size();
		}

	}

}
