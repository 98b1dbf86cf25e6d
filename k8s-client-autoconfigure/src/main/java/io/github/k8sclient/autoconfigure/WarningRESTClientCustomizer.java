package io.github.k8sclient.autoconfigure;

import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.rest.WarningHandler;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;

/**
 * Passes each distinct warning of the API server once to the log and to all
 * {@link WarningHandler} beans.
 */
final class WarningRESTClientCustomizer implements RESTClientCustomizer, Ordered {

	private final ObjectProvider<WarningHandler> handlers;

	WarningRESTClientCustomizer(ObjectProvider<WarningHandler> handlers) {
		this.handlers = handlers;
	}

	@Override
	public void customize(RESTClient.Builder builder) {
		WarningHandler all = this.handlers.orderedStream().reduce(WarningHandler.logging(), WarningHandler::andThen);
		builder.warningHandler(all.once());
	}

	@Override
	public int getOrder() {
		return 0;
	}

}
