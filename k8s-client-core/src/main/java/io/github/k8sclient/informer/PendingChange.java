package io.github.k8sclient.informer;

import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;

/**
 * What a handler must still be told of one object: that the object it knows has gone,
 * what is there now, or first the one and then the other.
 *
 * @param <T> the type of the object
 */
final class PendingChange<T extends KubernetesObject> {

	private final long number;

	private InformerEvent.@Nullable Deleted<T> gone;

	private @Nullable InformerEvent<T> present;

	PendingChange(long number) {
		this.number = number;
	}

	/**
	 * Return the place in the order of first changes.
	 * @return a number that is greater than those of earlier changes
	 */
	long number() {
		return this.number;
	}

	/**
	 * Add what happened next.
	 * @param event the event
	 */
	void merge(InformerEvent<T> event) {
		if (event instanceof InformerEvent.Updated<T> update) {
			this.present = merge(this.present, update);
		}
		else if (event instanceof InformerEvent.Deleted<T> deletion) {
			// of an addition that the handler has not seen, nothing is left
			if (this.gone == null && !(this.present instanceof InformerEvent.Added<T>)) {
				this.gone = deletion;
			}
			this.present = null;
		}
		else {
			this.present = event;
		}
	}

	private InformerEvent<T> merge(@Nullable InformerEvent<T> before, InformerEvent.Updated<T> update) {
		if (before instanceof InformerEvent.Added<T> addition) {
			return new InformerEvent.Added<>(update.current(), addition.initial());
		}
		if (before instanceof InformerEvent.Updated<T> earlier) {
			return new InformerEvent.Updated<>(earlier.previous(), update.current());
		}
		return update;
	}

	/**
	 * Return how many events are left.
	 * @return the number, from zero to two
	 */
	int size() {
		return ((this.gone != null) ? 1 : 0) + ((this.present != null) ? 1 : 0);
	}

	/**
	 * Take the first of the events that are left.
	 * @return the event
	 */
	InformerEvent<T> take() {
		if (this.gone != null) {
			InformerEvent<T> first = this.gone;
			this.gone = null;
			return first;
		}
		if (this.present != null) {
			InformerEvent<T> first = this.present;
			this.present = null;
			return first;
		}
		throw new IllegalStateException("Nothing is left");
	}

}
