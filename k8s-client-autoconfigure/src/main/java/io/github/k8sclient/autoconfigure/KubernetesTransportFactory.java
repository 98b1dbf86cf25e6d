package io.github.k8sclient.autoconfigure;

import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.transport.KubernetesTransport;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Creates the transport from what the application has: its event loops and its SSL
 * bundles. Connection pools and timeouts are the transport's own, as those meant for
 * other HTTP clients would starve or end watches.
 */
final class KubernetesTransportFactory {

	private final ClientConfiguration configuration;

	private final @Nullable KubernetesConnectionDetails connectionDetails;

	private final @Nullable ReactorResourceFactory resourceFactory;

	KubernetesTransportFactory(ClientConfiguration configuration,
			@Nullable KubernetesConnectionDetails connectionDetails, @Nullable ReactorResourceFactory resourceFactory) {
		this.configuration = configuration;
		this.connectionDetails = connectionDetails;
		this.resourceFactory = resourceFactory;
	}

	KubernetesTransport create() {
		KubernetesTransport.Builder builder = KubernetesTransport.builder(this.configuration);
		if (this.resourceFactory != null) {
			builder.loopResources(this.resourceFactory.getLoopResources());
		}
		if (this.connectionDetails != null) {
			builder.tokenProvider(this.connectionDetails.getTokenProvider());
			applySslBundle(builder, this.connectionDetails.getSslBundle());
		}
		return builder.build();
	}

	private void applySslBundle(KubernetesTransport.Builder builder, @Nullable SslBundle bundle) {
		if (bundle != null && bundle.getStores().getTrustStore() != null) {
			builder.trustManagerFactory(bundle.getManagers().getTrustManagerFactory());
		}
		if (bundle != null && bundle.getStores().getKeyStore() != null) {
			builder.keyManagerFactory(bundle.getManagers().getKeyManagerFactory());
		}
	}

}
