package io.github.k8sclient.informer;

import java.util.List;

import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;

/**
 * A change of what is known of the cluster, to be applied to a store.
 *
 * @param <T> the type of the objects
 */
sealed interface StoreDelta<T extends KubernetesObject> extends ReflectorSignal<T> {

	/**
	 * Return the resource version that the store has come to with this change.
	 * @return the resource version, {@code null} if it says nothing of other objects
	 */
	@Nullable String resourceVersion();

	/**
	 * Apply the change.
	 * @param store the store to change
	 * @return what it means for handlers, in order
	 */
	List<InformerEvent<T>> applyTo(IndexedStore<T> store);

	@Override
	default void deliverTo(ReflectorObserver<T> observer) {
		observer.onDelta(this);
	}

	/**
	 * The objects were listed: these are all.
	 *
	 * @param objects all objects
	 * @param resourceVersion the version of the list
	 * @param <T> the type of the objects
	 */
	record Replaced<T extends KubernetesObject>(List<T> objects, String resourceVersion) implements StoreDelta<T> {

		@Override
		public List<InformerEvent<T>> applyTo(IndexedStore<T> store) {
			return store.replace(this.objects, this.resourceVersion);
		}

		@Override
		public void deliverTo(ReflectorObserver<T> observer) {
			observer.onReplaced(this);
		}

	}

	/**
	 * An object came or changed.
	 *
	 * @param object the object in its new state
	 * @param resourceVersion the version that the watch has come to, {@code null} while
	 * its events are in no order
	 * @param <T> the type of the object
	 */
	record Upserted<T extends KubernetesObject>(T object, @Nullable String resourceVersion) implements StoreDelta<T> {

		@Override
		public List<InformerEvent<T>> applyTo(IndexedStore<T> store) {
			return store.upsert(this.object, this.resourceVersion);
		}

	}

	/**
	 * An object went.
	 *
	 * @param object the object in its last state
	 * @param resourceVersion the version that the watch has come to
	 * @param <T> the type of the object
	 */
	record Removed<T extends KubernetesObject>(T object, @Nullable String resourceVersion) implements StoreDelta<T> {

		@Override
		public List<InformerEvent<T>> applyTo(IndexedStore<T> store) {
			return store.remove(this.object, this.resourceVersion);
		}

	}

	/**
	 * Nothing has changed up to a version.
	 *
	 * @param resourceVersion the version that the watch has come to
	 * @param <T> the type of the objects
	 */
	record Progressed<T extends KubernetesObject>(String resourceVersion) implements StoreDelta<T> {

		@Override
		public List<InformerEvent<T>> applyTo(IndexedStore<T> store) {
			return store.progress(this.resourceVersion);
		}

	}

}
