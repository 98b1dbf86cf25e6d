package io.github.k8sclient.watch;

import java.util.function.Supplier;

import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Hands out a {@link ListWatch} for any resource: for those of a cluster, a
 * {@code Clientset}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ListWatchProvider {

	/**
	 * Return what lists and watches a resource. No request is made.
	 * @param resource the resource
	 * @param namespace the namespace, or {@code null} for all of them and for resources
	 * without namespaces
	 * @param decoding called for the options with which objects are decoded. Options with
	 * an interner are used by one list or watch at a time only, and should be handed on
	 * from one to the next, so that equal parts of objects are shared by all of them
	 * @param <T> the type of the objects
	 * @return lists and watches that resource
	 */
	<T extends KubernetesObject> ListWatch<T> listWatch(ResourceDescriptor<T> resource, @Nullable String namespace,
			Supplier<DecodingOptions> decoding);

}
