package io.github.k8sclient.controller;

import io.github.k8sclient.informer.ObjectKey;
import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Brings about what an object wants: {@code syncHandler} in client-go's examples,
 * {@code Reconciler} in controller-runtime.
 * <p>
 * It is not told what happened but what is so. Several changes may come as one call, and
 * calls come without a change: at the start, after a failure, by a resync. So it looks at
 * what there is, and does what is missing.
 *
 * @param <T> the type of the objects
 * @since 0.1.0
 */
@FunctionalInterface
public interface Reconciler<T extends KubernetesObject> {

	/**
	 * Bring about what an object wants. Never called for the same key at the same time.
	 * @param key the key of the object
	 * @param object the object as the cache has it, which may be a little older than what
	 * the server has; {@code null} if there is none, as it was deleted
	 * @return what is to be done next, nothing if it is empty. A failure, and an
	 * exception that is thrown, has the key tried again. This method may block; then it
	 * returns {@code Mono.empty()} in the end
	 */
	Mono<Result> reconcile(ObjectKey key, @Nullable T object);

}
