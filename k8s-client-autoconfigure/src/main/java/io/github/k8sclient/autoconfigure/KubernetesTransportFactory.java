package io.github.k8sclient.autoconfigure;

import java.time.Duration;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import io.github.k8sclient.auth.ExecPluginListener;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.transport.KubernetesTransport;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Creates the transport with the event loops and the SSL bundles of the application. The
 * transport has its own connection pools and timeouts, because those of other HTTP
 * clients would starve or end watches.
 */
final class KubernetesTransportFactory {

	private final ClientConfiguration configuration;

	private final @Nullable KubernetesConnectionDetails connectionDetails;

	private final @Nullable ReactorResourceFactory resourceFactory;

	private final KubernetesClientProperties properties;

	KubernetesTransportFactory(ClientConfiguration configuration,
			@Nullable KubernetesConnectionDetails connectionDetails, @Nullable ReactorResourceFactory resourceFactory,
			KubernetesClientProperties properties) {
		this.configuration = configuration;
		this.properties = properties;
		this.connectionDetails = connectionDetails;
		this.resourceFactory = resourceFactory;
	}

	/**
	 * Create the transport.
	 * @param listeners learn how a credential plugin is doing
	 */
	KubernetesTransport create(List<ExecPluginListener> listeners) {
		KubernetesClientProperties.Http2 http2 = this.properties.getHttp2();
		KubernetesTransport.Builder builder = KubernetesTransport.builder(this.configuration)
			.closeTimeout(this.properties.getCloseTimeout())
			.http2(http2.isEnabled())
			.liveness(positive("ping-interval", http2.getPingInterval()),
					positive("ping-timeout", http2.getPingTimeout()))
			.execPluginListener((call) -> listeners.forEach((listener) -> listener.onCall(call)));
		if (this.resourceFactory != null) {
			builder.loopResources(this.resourceFactory.getLoopResources());
		}
		SslBundle bundle = null;
		if (this.connectionDetails != null) {
			builder.tokenProvider(this.connectionDetails.getTokenProvider());
			bundle = this.connectionDetails.getSslBundle();
		}
		KubernetesTransport transport = builder.trustManagerFactory(trustManagers(bundle))
			.keyManagerFactory(keyManagers(bundle))
			.build();
		if (this.connectionDetails instanceof PropertiesKubernetesConnectionDetails details) {
			details.onSslBundleUpdate((updated) -> transport.rotate(trustManagers(updated), keyManagers(updated)));
		}
		return transport;
	}

	private static Duration positive(String name, Duration value) {
		if (value.toMillis() <= 0) {
			throw new FailureAnalyzedException(
					"The property 'k8s.client.http2." + name + "' has the value '" + value + "', which is no time.",
					"Set it to a millisecond or more, such as '30s'.");
		}
		return value;
	}

	private static @Nullable TrustManagerFactory trustManagers(@Nullable SslBundle bundle) {
		return (bundle != null && bundle.getStores().getTrustStore() != null)
				? bundle.getManagers().getTrustManagerFactory() : null;
	}

	private static @Nullable KeyManagerFactory keyManagers(@Nullable SslBundle bundle) {
		return (bundle != null && bundle.getStores().getKeyStore() != null)
				? bundle.getManagers().getKeyManagerFactory() : null;
	}

}
