package io.github.k8sclient.informer;

import java.util.Collection;

import io.github.k8sclient.meta.KubernetesObject;

/**
 * An indexer that can also say where an object would be found that it does not hold.
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

}
