package io.github.k8sclient.informer;

import java.util.function.DoubleSupplier;

import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.watch.ListWatch;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * Follows the objects of one resource: lists, watches from there, and goes on whatever
 * happens. A pure source: it has no thread and no store, and knows nothing of handlers.
 * Immutable; each subscription to {@link #signals} has its own {@link ReflectorSession}.
 *
 * @param listWatch the network
 * @param resource what the objects are
 * @param selectors which of the objects
 * @param options how to list, and the length of watches
 * @param timer measures time and delays
 * @param random spreads delays and lengths, from 0 to 1
 * @param pulse connects reflectors of the same server
 * @param <T> the type of the objects
 */
record Reflector<T extends KubernetesObject>(ListWatch<T> listWatch, ResourceDescriptor<T> resource,
		ListOptions selectors, InformerOptions options, Scheduler timer, DoubleSupplier random, ServerPulse pulse) {

	/**
	 * Follow the objects.
	 * @param start where to begin
	 * @return what happens, in order; never completes and never fails
	 */
	Flux<ReflectorSignal<T>> signals(ReflectorCursor start) {
		return Flux.defer(() -> new ReflectorSession<>(this, start).signals());
	}

}
