package io.github.k8sclient.autoconfigure.informer;

import java.util.function.UnaryOperator;

import io.github.k8sclient.autoconfigure.InformerRegistration;
import io.github.k8sclient.informer.InformerOptions;
import io.github.k8sclient.informer.InformerSpec;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.KubernetesObject;

import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * The shared informers that registrations stand for.
 */
final class RegisteredInformers {

	private final SharedInformerFactory factory;

	RegisteredInformers(SharedInformerFactory factory) {
		this.factory = factory;
	}

	<T extends KubernetesObject> SharedInformer<T> get(InformerRegistration<T> registration) {
		InformerSpec<T> spec = this.factory.forResource(registration.resource());
		if (!registration.namespaces().isEmpty()) {
			spec = spec.inNamespaces(registration.namespaces().toArray(String[]::new));
		}
		if (registration.labelSelector() != null) {
			spec = spec.withLabelSelector(registration.labelSelector());
		}
		if (registration.fieldSelector() != null) {
			spec = spec.withFieldSelector(registration.fieldSelector());
		}
		try {
			UnaryOperator<InformerOptions> options = registration.options();
			return ((options != null) ? spec.withOptions(options) : spec).informer();
		}
		catch (IllegalStateException ex) {
			throw new FailureAnalyzedException(
					"Two informers of the same objects work in different ways: " + ex.getMessage(),
					"Configure the informer once, or let its selectors or namespaces differ.", ex);
		}
	}

}
