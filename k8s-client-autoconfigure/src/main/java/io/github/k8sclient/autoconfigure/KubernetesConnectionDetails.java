package io.github.k8sclient.autoconfigure;

import io.github.k8sclient.auth.TokenProvider;
import io.github.k8sclient.config.ClientConfiguration;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Details required to establish a connection to a Kubernetes API server: its address, the
 * certificates to trust and the credentials.
 * <p>
 * A bean of this type replaces the kubeconfig file, the service account and the
 * properties that select them. The properties for the behaviour of the client (content
 * type, timeouts, user agent, namespace, impersonation) still apply.
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
	 * SSL bundle to use instead of the TLS material of the client configuration. A bundle
	 * without trust store or key store replaces the other one only.
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
