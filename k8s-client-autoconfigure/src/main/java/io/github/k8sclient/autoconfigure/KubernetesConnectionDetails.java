package io.github.k8sclient.autoconfigure;

import io.github.k8sclient.auth.TokenProvider;
import io.github.k8sclient.config.ClientConfiguration;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Details required to establish a connection to a Kubernetes API server: where it is,
 * whom to trust, and as whom to act.
 * <p>
 * A bean of this type takes the place of the kubeconfig file, the service account and the
 * properties that name them. How the client behaves (content type, timeouts, user agent,
 * namespace, impersonation) stays a matter of the properties.
 *
 * @since 0.1.0
 */
public interface KubernetesConnectionDetails extends ConnectionDetails {

	/**
	 * Client configuration that holds the connection.
	 * @return the client configuration
	 * @throws io.github.k8sclient.config.ConfigurationException if there is no usable
	 * configuration
	 */
	ClientConfiguration getClientConfiguration();

	/**
	 * SSL bundle to use instead of the TLS material of the client configuration, as far
	 * as the bundle has a trust store or a key store.
	 * @return the SSL bundle to use or {@code null}
	 */
	default @Nullable SslBundle getSslBundle() {
		return null;
	}

	/**
	 * Provider of tokens to use instead of the credentials of the client configuration.
	 * @return the token provider to use or {@code null}
	 */
	default @Nullable TokenProvider getTokenProvider() {
		return null;
	}

}
