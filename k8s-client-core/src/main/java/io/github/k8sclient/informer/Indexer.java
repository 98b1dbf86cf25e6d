package io.github.k8sclient.informer;

import java.util.List;
import java.util.Set;

import io.github.k8sclient.meta.KubernetesObject;

/**
 * A store in which objects are found by more than their key.
 * <p>
 * An object whose change is just being applied may for a moment be found under its old
 * values, its new ones, or both, each time as it was with those values.
 *
 * @param <T> the type of the objects
 * @since 0.1.0
 */
public interface Indexer<T extends KubernetesObject> extends Store<T> {

	/**
	 * The index that every store has: objects by namespace. Objects without a namespace
	 * are in none.
	 */
	String NAMESPACE_INDEX = "namespace";

	/**
	 * Return the objects with a value in an index.
	 * @param index the name of the index
	 * @param value the value
	 * @return the objects, empty if there are none; a copy, immutable and in no
	 * particular order
	 * @throws IllegalArgumentException if there is no such index
	 */
	List<T> byIndex(String index, String value);

	/**
	 * Return the keys of the objects with a value in an index.
	 * @param index the name of the index
	 * @param value the value
	 * @return the keys, empty if there are none; a copy
	 * @throws IllegalArgumentException if there is no such index
	 */
	Set<ObjectKey> indexKeys(String index, String value);

	/**
	 * Return the values in an index that some object has.
	 * @param index the name of the index
	 * @return the values, a copy
	 * @throws IllegalArgumentException if there is no such index
	 */
	Set<String> indexValues(String index);

	/**
	 * Return the names of the indexes.
	 * @return the names, a copy
	 */
	Set<String> indexNames();

	/**
	 * Add an index, before or after the informer was started. It can be used at once.
	 * Adding the same function under the same name again changes nothing.
	 * @param name the name of the index
	 * @param function says under which values an object is found
	 * @throws IllegalArgumentException if another index has the name
	 */
	void addIndex(String name, IndexFunction<T> function);

}
