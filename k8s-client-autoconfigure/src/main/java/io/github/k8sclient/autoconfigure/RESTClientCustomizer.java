package io.github.k8sclient.autoconfigure;

import io.github.k8sclient.rest.RESTClient;

/**
 * Callback that can be implemented by beans wishing to customize the {@link RESTClient}
 * on which all Kubernetes clients are built. The customizers of this auto-configuration,
 * for observations and warnings, have order 0.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RESTClientCustomizer {

	/**
	 * Customize the client.
	 * @param builder the builder of the client
	 */
	void customize(RESTClient.Builder builder);

}
