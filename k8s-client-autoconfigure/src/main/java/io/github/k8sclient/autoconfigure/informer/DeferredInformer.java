package io.github.k8sclient.autoconfigure.informer;

import java.util.Collection;
import java.util.List;
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
	 * Return the informers to run, now that the server has told what the name means.
	 * @throws IllegalArgumentException if what it means cannot be watched so
	 */
	Collection<InformerRegistration<?>> registrations(ServerResource found) {
		if (!found.watchable()) {
			throw new IllegalArgumentException(
					"'" + this.property + "' means " + found.resource() + ", which cannot be watched");
		}
		if (!found.namespaced() && !this.namespaces.isEmpty()) {
			throw new IllegalArgumentException(
					"'" + this.property + "' means " + found.resource() + ", which live in no namespace");
		}
		ResourceDescriptor<Unstructured> descriptor = Unstructured.descriptor(found);
		return List.copyOf(InformerPlan.registrations(descriptor, this.namespaces, this.settings).toList());
	}

}
