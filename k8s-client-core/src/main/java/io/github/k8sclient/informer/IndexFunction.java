package io.github.k8sclient.informer;

import java.util.Collection;
import java.util.List;

import io.github.k8sclient.meta.KubernetesObject;

import org.springframework.util.Assert;

/**
 * Says under which values an object is found in an index.
 * <p>
 * Called for every object and every change, on a thread of the informer: it must be
 * quick, must not block, and gives the same values for the same object. An object for
 * which it throws is not found in the index; the first such exception is logged.
 *
 * @param <T> the type of the objects
 * @since 0.1.0
 * @see Indexer#addIndex(String, IndexFunction)
 */
@FunctionalInterface
public interface IndexFunction<T extends KubernetesObject> {

	/**
	 * Return the values of an object.
	 * @param resource the object
	 * @return the values, empty if the object is not to be found in the index; never
	 * {@code null} and without {@code null}
	 */
	Collection<String> values(T resource);

	/**
	 * Index objects by the value of a label.
	 * @param label the name of the label
	 * @param <T> the type of the objects
	 * @return a function that gives the value of the label, nothing for objects without
	 * it
	 */
	static <T extends KubernetesObject> IndexFunction<T> byLabel(String label) {
		Assert.hasLength(label, "'label' must not be empty");
		return (resource) -> {
			String value = resource.metadata().labels().get(label);
			return (value != null) ? List.of(value) : List.of();
		};
	}

}
