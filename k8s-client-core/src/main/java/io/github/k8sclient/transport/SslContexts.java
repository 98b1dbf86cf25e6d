package io.github.k8sclient.transport;

import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

import io.github.k8sclient.config.ClientIdentity;
import io.github.k8sclient.config.ConfigurationException;
import io.github.k8sclient.config.TlsConfiguration;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Builds the {@link SslContext} of a client in memory, from what a
 * {@link TlsConfiguration} names.
 */
final class SslContexts {

	private SslContexts() {
	}

	static SslContext create(TlsConfiguration tls, @Nullable TrustManagerFactory trustManagers,
			@Nullable KeyManagerFactory keyManagers, boolean http2) {
		// The JDK's provider behaves the same on every machine, whatever native libraries
		// happen to be on the class path
		SslContextBuilder builder = SslContextBuilder.forClient()
			.sslProvider(SslProvider.JDK)
			.protocols("TLSv1.3", "TLSv1.2")
			.endpointIdentificationAlgorithm(tls.insecureSkipVerify() ? null : "HTTPS");
		if (http2) {
			builder.applicationProtocolConfig(new ApplicationProtocolConfig(ApplicationProtocolConfig.Protocol.ALPN,
					ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
					ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT, ApplicationProtocolNames.HTTP_2,
					ApplicationProtocolNames.HTTP_1_1));
		}
		trust(builder, tls, trustManagers);
		identify(builder, tls, keyManagers);
		try {
			return builder.build();
		}
		catch (SSLException | IllegalArgumentException ex) {
			throw new ConfigurationException("TLS cannot be set up with " + tls + ": " + ex.getMessage(),
					"Check the certificates and the key.", ex);
		}
	}

	private static void trust(SslContextBuilder builder, TlsConfiguration tls,
			@Nullable TrustManagerFactory trustManagers) {
		List<X509Certificate> authorities = tls.readCertificateAuthorities();
		if (tls.insecureSkipVerify()) {
			builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
		}
		else if (trustManagers != null) {
			builder.trustManager(trustManagers);
		}
		else if (!authorities.isEmpty()) {
			builder.trustManager(authorities);
		}
	}

	private static void identify(SslContextBuilder builder, TlsConfiguration tls,
			@Nullable KeyManagerFactory keyManagers) {
		ClientIdentity identity = tls.readClientIdentity();
		if (keyManagers != null) {
			builder.keyManager(keyManagers);
		}
		else if (identity != null) {
			builder.keyManager(identity.privateKey(), identity.certificates());
		}
	}

}
