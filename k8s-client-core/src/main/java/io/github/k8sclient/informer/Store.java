package io.github.k8sclient.informer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What an informer holds: the objects as they were last heard of.
 * <p>
 * Reading never makes a request, never waits and takes no lock; any thread may read at
 * any time. The objects are immutable and shared. A relist replaces the content in one
 * step: each read sees it from before or from after, never a mix. A read of many objects
 * while single changes arrive sees each object in its state from before or after its
 * change.
 *
 * @param <T> the type of the objects
 * @since 0.1.0
 */
public interface Store<T extends KubernetesObject> {

	/**
	 * Return an object.
	 * @param key the key of the object
	 * @return the object, empty if there is none
	 */
	Optional<T> get(ObjectKey key);

	/**
	 * Return an object.
	 * @param key {@code namespace/name}, or {@code name} for objects without a namespace
	 * @return the object, empty if there is none
	 * @throws IllegalArgumentException if the text is not a key
	 */
	default Optional<T> get(String key) {
		return get(ObjectKey.parse(key));
	}

	/**
	 * Return all objects.
	 * @return a copy, immutable and in no particular order
	 */
	List<T> list();

	/**
	 * Return all objects one by one, without a copy.
	 * @return a stream in no particular order, which may show changes that happen while
	 * it is read
	 */
	Stream<T> stream();

	/**
	 * Return how many objects there are.
	 * @return the number of objects
	 */
	int size();

	/**
	 * Return up to which resource version the content is known to be complete: that of
	 * the newest list, change or bookmark applied.
	 * @return the resource version, {@code null} before the first list
	 */
	@Nullable String resourceVersion();

	/**
	 * Wait until the content is known to be complete up to a resource version, such as
	 * that of an own update or of a list that somebody else made. Reads that follow see
	 * at least that state.
	 * <p>
	 * A change of an object that is watched here arrives within moments. If it was
	 * another object of the resource, one that the selectors leave out, only the next
	 * bookmark tells, and servers send one about every minute. While the informer is
	 * stopped or the server is out of reach, the wait goes on: give it a
	 * {@linkplain Mono#timeout(java.time.Duration) limit}.
	 * @param resourceVersion the version of an object or list of this resource
	 * @return completes then, on a thread that serves handlers; at once if it is so
	 * already; fails with {@link InformerException} if the server has resource versions
	 * that cannot be compared
	 * @throws IllegalArgumentException if the version cannot be compared
	 * @see ResourceVersions
	 */
	Mono<Void> atLeast(String resourceVersion);

}
