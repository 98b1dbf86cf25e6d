package io.github.k8sclient.autoconfigure.informer;

import java.util.List;
import java.util.Map;

import io.github.k8sclient.informer.HandlerOptions;
import io.github.k8sclient.informer.SharedInformer;

/**
 * The informers whose changes are published to the listeners of the application.
 *
 * @param informers the informers, each with the options of the handler that publishes
 * @param deferred the informers of kinds that only the API server knows
 */
record InformerPlan(Map<SharedInformer<?>, HandlerOptions> informers, List<DeferredInformer> deferred) {

}
