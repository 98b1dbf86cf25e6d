package io.github.k8sclient.autoconfigure;

import io.github.k8sclient.observation.RequestObservationConvention;
import io.github.k8sclient.rest.RESTClient;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;

/**
 * Enables observations of requests, with the naming convention of the application.
 */
final class ObservationRESTClientCustomizer implements RESTClientCustomizer, Ordered {

	private final ObjectProvider<ObservationRegistry> registry;

	private final ObjectProvider<RequestObservationConvention> convention;

	ObservationRESTClientCustomizer(ObjectProvider<ObservationRegistry> registry,
			ObjectProvider<RequestObservationConvention> convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public void customize(RESTClient.Builder builder) {
		this.registry.ifUnique(builder::observationRegistry);
		this.convention.ifUnique(builder::observationConvention);
	}

	@Override
	public int getOrder() {
		return 0;
	}

}
