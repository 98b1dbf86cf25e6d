package io.github.k8sclient.autoconfigure.informer;

import java.time.Instant;
import java.util.Set;

import io.github.k8sclient.autoconfigure.InformerRegistration;
import io.github.k8sclient.autoconfigure.KubernetesClientProperties;
import io.github.k8sclient.discovery.ServerResource;
import io.github.k8sclient.dynamic.Unstructured;

/**
 * An informer of a kind that only the API server knows.
 *
 * @param property the property that names the kind
 * @param resource the name of the kind
 * @param namespaces the namespaces to watch if the kind has namespaces, empty for all
 * @param settings the settings of the informer
 */
record DeferredInformer(String property, String resource, Set<String> namespaces,
		KubernetesClientProperties.Informer settings) {

	/**
	 * Return the status of the informer before the server is asked.
	 */
	UnresolvedInformer unresolved() {
		return new UnresolvedInformer(this.resource, this.property, this.namespaces, Instant.now(), 0, null);
	}

	/**
	 * Return the informer to run, now that the server has resolved the name.
	 * @throws IllegalArgumentException if the kind cannot be watched in this way
	 */
	InformerRegistration<?> registration(ServerResource found) {
		if (!found.watchable()) {
			throw new IllegalArgumentException(
					"'" + this.property + "' refers to " + found.resource() + ", which cannot be watched");
		}
		if (!found.namespaced() && !PropertiesInformerRegistration.namespacesOf(this.settings, Set.of()).isEmpty()) {
			throw new IllegalArgumentException(
					"'" + this.property + "' refers to " + found.resource() + ", which is not namespaced");
		}
		return new PropertiesInformerRegistration<>(Unstructured.descriptor(found),
				found.namespaced() ? this.namespaces : Set.of(), this.settings);
	}

}
