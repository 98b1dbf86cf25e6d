package io.github.k8sclient.informer;

import java.util.AbstractList;
import java.util.Collection;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Function;

import io.github.k8sclient.meta.KubernetesObject;

/**
 * Events that belong together, shared by the mailboxes of all handlers.
 *
 * @param events the events in order
 * @param kind what the batch is part of
 * @param <T> the type of the objects
 */
record EventBatch<T extends KubernetesObject>(List<InformerEvent<T>> events, Kind kind) {

	static <T extends KubernetesObject> EventBatch<T> changes(List<InformerEvent<T>> events) {
		return new EventBatch<>(events, Kind.CHANGES);
	}

	static <T extends KubernetesObject> EventBatch<T> firstList(List<InformerEvent<T>> events) {
		return new EventBatch<>(events, Kind.INITIAL);
	}

	static <T extends KubernetesObject> EventBatch<T> present(Collection<T> objects) {
		return new EventBatch<>(new LazyEvents<>(objects, (object) -> new InformerEvent.Added<>(object, true)),
				Kind.INITIAL);
	}

	static <T extends KubernetesObject> EventBatch<T> resync(Collection<T> objects) {
		return new EventBatch<>(new LazyEvents<>(objects, (object) -> new InformerEvent.Updated<>(object, object)),
				Kind.RESYNC);
	}

	/**
	 * What a batch of events is part of.
	 */
	enum Kind {

		/** The first view of a handler, after which it is synced. */
		INITIAL,

		/** What happens after that. */
		CHANGES,

		/** A round of a resync. */
		RESYNC

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
