package io.github.k8sclient.transport;

import javax.net.ssl.SSLException;

import io.github.k8sclient.config.ClientIdentity;
import io.github.k8sclient.config.ConfigurationException;
import io.github.k8sclient.config.TlsConfiguration;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;

/**
 * Builds the {@link SslContext} of a client in memory, from certificates and keys.
 */
final class SslContexts {

	private SslContexts() {
	}

	static SslContext create(TlsConfiguration tls, TlsMaterial material) {
		return create(SslContextBuilder.forClient()
			.applicationProtocolConfig(new ApplicationProtocolConfig(ApplicationProtocolConfig.Protocol.ALPN,
					ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
					ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT, ApplicationProtocolNames.HTTP_2,
					ApplicationProtocolNames.HTTP_1_1)),
				tls, material);
	}

	/**
	 * Build what connects to a proxy, which is trusted as the server is, and is to speak
	 * HTTP/1.1.
	 */
	static SslContext toProxy(TlsConfiguration tls, TlsMaterial material) {
		return create(SslContextBuilder.forClient(), tls, material);
	}

	private static SslContext create(SslContextBuilder builder, TlsConfiguration tls, TlsMaterial material) {
		// The JDK's provider behaves the same on every machine, whatever native libraries
		// happen to be on the class path
		builder.sslProvider(SslProvider.JDK)
			.protocols("TLSv1.3", "TLSv1.2")
			.endpointIdentificationAlgorithm(tls.insecureSkipVerify() ? null : "HTTPS");
		trust(builder, tls, material);
		identify(builder, material);
		try {
			return builder.build();
		}
		catch (SSLException | IllegalArgumentException ex) {
			throw new ConfigurationException("TLS cannot be set up with " + tls + ": " + ex.getMessage(),
					"Check the certificates and the key.", ex);
		}
	}

	private static void trust(SslContextBuilder builder, TlsConfiguration tls, TlsMaterial material) {
		if (tls.insecureSkipVerify()) {
			requireNoAuthorities(material);
			builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
		}
		else if (material.trustManagers() != null) {
			builder.trustManager(material.trustManagers());
		}
		else if (!material.authorities().isEmpty()) {
			builder.trustManager(material.authorities());
		}
	}

	/**
	 * Who names authorities wants the server to be checked. As in client-go, that nothing
	 * is to be checked contradicts it.
	 */
	private static void requireNoAuthorities(TlsMaterial material) {
		if (material.trustManagers() != null || !material.authorities().isEmpty()) {
			throw new ConfigurationException(
					"The certificate of the server is not to be checked (insecure-skip-tls-verify), yet there are"
							+ " certificate authorities to check it with",
					"Remove insecure-skip-tls-verify from the kubeconfig, or the certificate authorities (those of an"
							+ " SSL bundle are its trust store).");
		}
	}

	private static void identify(SslContextBuilder builder, TlsMaterial material) {
		ClientIdentity identity = material.effectiveIdentity();
		if (material.keyManagers() != null) {
			builder.keyManager(material.keyManagers());
		}
		else if (identity != null) {
			builder.keyManager(identity.privateKey(), identity.certificates());
		}
	}

}
