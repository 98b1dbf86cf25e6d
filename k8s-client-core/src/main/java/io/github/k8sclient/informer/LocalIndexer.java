package io.github.k8sclient.informer;

import java.util.Collection;

import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;

/**
 * An indexer that can also say where an object would be found that it does not hold, and
 * how much is known of it.
 *
 * @param <T> the type of the objects
 */
interface LocalIndexer<T extends KubernetesObject> extends Indexer<T> {

	/**
	 * Return the values of any object in an index.
	 * @param index the name of the index
	 * @param object the object
	 * @return the values
	 * @throws IllegalArgumentException if there is no such index
	 */
	Collection<String> valuesOf(String index, T object);

	/**
	 * Return up to which version all changes of one object are known.
	 * @param key the key of the object, which need not be there
	 * @return the resource version, {@code null} before the first list
	 */
	default @Nullable String resourceVersion(ObjectKey key) {
		return resourceVersion();
	}

}
