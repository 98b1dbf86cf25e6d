package io.github.k8sclient.informer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.meta.KubernetesObject;

/**
 * Collects the objects of a streaming list until their end is told, so that the store
 * takes them over in one step. Not thread-safe.
 *
 * @param <T> the type of the objects
 */
final class StreamedObjects<T extends KubernetesObject> {

	private final Map<ObjectKey, T> objects = new LinkedHashMap<>();

	/**
	 * Take in the state of an object: the present one, or that after a change which
	 * happened while the objects were sent.
	 * @param object the object
	 */
	void put(T object) {
		this.objects.merge(ObjectKey.of(object), object, (known, current) -> isOlder(current, known) ? known : current);
	}

	/**
	 * Leave out an object that was deleted while the objects were sent.
	 * @param object the object in its last state
	 */
	void remove(T object) {
		this.objects.computeIfPresent(ObjectKey.of(object), (key, known) -> isOlder(object, known) ? known : null);
	}

	List<T> toList() {
		return new ArrayList<>(this.objects.values());
	}

	private static boolean isOlder(KubernetesObject object, KubernetesObject known) {
		return ResourceVersions.isOlder(object.metadata().resourceVersion(), known.metadata().resourceVersion());
	}

}
