package io.github.k8sclient.informer;

import io.github.k8sclient.meta.KubernetesObject;

/**
 * Shows the objects of an informer together with own writes that its watch has not
 * brought yet, so that whoever writes reads what was written.
 *
 * <pre>{@code
 * MutationCache<Deployment> deployments = informer.mutationCache();
 * client.update(changed).map(deployments::updated)...
 * deployments.lister().namespace("default").get("demo");
 * }</pre>
 * <p>
 * A write is shown until the informer has come to its resource version or has something
 * newer of the object, and no longer than the cache's time; when there are too many, the
 * oldest goes. The informer's own store, lister and handlers know nothing of it. An
 * object is shown whether or not the informer's selectors match it. Thread-safe; reads
 * take no lock.
 *
 * @param <T> the type of the objects
 * @since 0.1.0
 * @see SharedInformer#mutationCache()
 */
public interface MutationCache<T extends KubernetesObject> {

	/**
	 * Show an object as the server answered to a create, an update, a patch or an apply.
	 * @param object the object with its new resource version
	 * @return the same object
	 * @throws IllegalArgumentException if the object has no name, or a resource version
	 * that cannot be compared
	 */
	T updated(T object);

	/**
	 * Do not show an object any more that the server has deleted; one that comes later
	 * under the same name is another. An object whose end is only announced, because it
	 * has finalizers or a grace period, is shown as the server answered.
	 * @param object the object as the server answered, or as it was known before
	 * @return the same object
	 * @throws IllegalArgumentException if the object has no name, or a resource version
	 * that cannot be compared
	 */
	T deleted(T object);

	/**
	 * Return the objects with their indexes, which are those of the informer.
	 * @return the objects, own writes included
	 */
	Indexer<T> indexer();

	/**
	 * Return the objects by namespace, name and selectors.
	 * @return a view of the same objects
	 */
	Lister<T> lister();

	/**
	 * Return how many own writes the informer has not brought yet.
	 * @return the number of objects whose state here is newer than that of the informer
	 */
	int pending();

}
