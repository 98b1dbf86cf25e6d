package io.github.k8sclient.test;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import io.github.k8sclient.config.PemSource;
import io.github.k8sclient.config.TlsConfiguration;

/**
 * A certificate by which a user is known, and its key.
 *
 * @param user the name of the user
 * @param certificate the certificate
 * @param key the private key
 */
record ClientCertificate(String user, X509Certificate certificate, PrivateKey key) {

	byte[] certificatePem() {
		return CertificateWriter.pem(this.certificate);
	}

	byte[] keyPem() {
		return CertificateWriter.pem("PRIVATE KEY", this.key);
	}

	/**
	 * Show the certificate to servers.
	 * @param tls the settings to change
	 * @return the changed settings
	 */
	TlsConfiguration identify(TlsConfiguration tls) {
		return tls.withClientCertificate(PemSource.data("certificate of " + this.user, certificatePem()),
				PemSource.data("key of " + this.user, keyPem()));
	}

	@Override
	public String toString() {
		return "ClientCertificate of " + this.user;
	}

}
