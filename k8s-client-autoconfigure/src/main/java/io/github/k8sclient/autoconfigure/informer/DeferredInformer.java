package io.github.k8sclient.autoconfigure.informer;

import java.time.Instant;
import java.util.Set;

import io.github.k8sclient.autoconfigure.InformerRegistration;
import io.github.k8sclient.autoconfigure.KubernetesClientProperties;
import io.github.k8sclient.discovery.ServerResource;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.meta.ResourceDescriptor;

/**
 * An informer of a kind that only the API server knows.
 *
 * @param property the property that names the kind
 * @param resource the name of the kind
 * @param namespaces the namespaces to watch, empty for all
 * @param settings the settings of the informer
 */
record DeferredInformer(String property, String resource, Set<String> namespaces,
		KubernetesClientProperties.Informer settings) {

	/**
	 * Return how it goes with the informer before the server is asked.
	 */
	UnresolvedInformer unresolved() {
		return new UnresolvedInformer(this.resource, this.property, this.namespaces, Instant.now(), 0, null);
	}

	/**
	 * Return the informer to run, now that the server has told what the name means.
	 * @throws IllegalArgumentException if what it means cannot be watched so
	 */
	InformerRegistration<?> registration(ServerResource found) {
		if (!found.watchable()) {
			throw new IllegalArgumentException(
					"'" + this.property + "' means " + found.resource() + ", which cannot be watched");
		}
		if (!found.namespaced() && !this.namespaces.isEmpty()) {
			throw new IllegalArgumentException(
					"'" + this.property + "' means " + found.resource() + ", which live in no namespace");
		}
		ResourceDescriptor<Unstructured> descriptor = Unstructured.descriptor(found);
		return InformerPlan.registration(descriptor, this.namespaces, this.settings);
	}

}
