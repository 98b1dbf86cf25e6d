package io.github.k8sclient.transport;

import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import io.github.k8sclient.config.ClientIdentity;
import io.github.k8sclient.config.TlsConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The certificates and keys that connections are made with. What the caller has supplied
 * wins over what a credential plugin has printed, and this over the configuration's.
 *
 * @param authorities certificate authorities of the configuration, empty for the JVM's
 * @param identity client certificate of the configuration
 * @param pluginIdentity client certificate of a credential plugin
 * @param trustManagers trust managers that the caller has supplied
 * @param keyManagers key managers that the caller has supplied
 */
record TlsMaterial(List<X509Certificate> authorities, @Nullable ClientIdentity identity,
		@Nullable ClientIdentity pluginIdentity, @Nullable TrustManagerFactory trustManagers,
		@Nullable KeyManagerFactory keyManagers) {

	/**
	 * Read what a configuration names, unless the server does without TLS.
	 */
	static TlsMaterial read(boolean secure, TlsConfiguration tls, @Nullable TrustManagerFactory trustManagers,
			@Nullable KeyManagerFactory keyManagers) {
		return new TlsMaterial(secure ? tls.readCertificateAuthorities() : List.of(),
				secure ? tls.readClientIdentity() : null, null, trustManagers, keyManagers);
	}

	TlsMaterial readAgain(TlsConfiguration tls) {
		return new TlsMaterial(tls.readCertificateAuthorities(), tls.readClientIdentity(), this.pluginIdentity,
				this.trustManagers, this.keyManagers);
	}

	TlsMaterial withPluginIdentity(@Nullable ClientIdentity pluginIdentity) {
		return new TlsMaterial(this.authorities, this.identity, pluginIdentity, this.trustManagers, this.keyManagers);
	}

	TlsMaterial withManagers(@Nullable TrustManagerFactory trustManagers, @Nullable KeyManagerFactory keyManagers) {
		return new TlsMaterial(this.authorities, this.identity, this.pluginIdentity, trustManagers, keyManagers);
	}

	/**
	 * Return the client certificate to show when there are no key managers.
	 */
	@Nullable ClientIdentity effectiveIdentity() {
		return (this.pluginIdentity != null) ? this.pluginIdentity : this.identity;
	}

}
