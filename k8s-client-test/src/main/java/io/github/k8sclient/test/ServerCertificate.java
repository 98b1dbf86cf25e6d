package io.github.k8sclient.test;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import javax.security.auth.x500.X500Principal;

/**
 * A certificate for the loopback interface that its own key has signed, and the key.
 *
 * @param key the private key
 * @param certificate the certificate
 */
record ServerCertificate(PrivateKey key, X509Certificate certificate) {

	/**
	 * Make a key and a certificate that is valid for a year.
	 * @return both
	 */
	static ServerCertificate create() {
		X500Principal name = new X500Principal("CN=embedded-api-server");
		KeyPair keys = CertificateWriter.ecKeys();
		Instant now = Instant.now();
		return new ServerCertificate(keys.getPrivate(),
				new CertificateWriter(name, keys).write(name, keys.getPublic(), now.minus(1, ChronoUnit.DAYS),
						now.plus(365, ChronoUnit.DAYS), CertificateWriter.LOOPBACK, CertificateWriter.AUTHORITY));
	}

	/**
	 * The certificate in PEM.
	 * @return the text
	 */
	byte[] pem() {
		return CertificateWriter.pem(this.certificate);
	}

	@Override
	public String toString() {
		return "ServerCertificate of " + this.certificate.getSubjectX500Principal();
	}

}
