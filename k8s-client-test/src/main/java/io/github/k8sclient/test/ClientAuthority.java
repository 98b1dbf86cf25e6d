package io.github.k8sclient.test;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import javax.security.auth.x500.X500Principal;

import io.github.k8sclient.config.PemSource;
import io.github.k8sclient.config.TlsConfiguration;

/**
 * An authority whose certificates an API server takes for the users that they name.
 */
final class ClientAuthority {

	private static final X500Principal NAME = new X500Principal("CN=client-authority");

	private final CertificateWriter writer;

	private final X509Certificate certificate;

	private ClientAuthority(KeyPair keys) {
		this.writer = new CertificateWriter(NAME, keys);
		this.certificate = this.writer.write(NAME, keys.getPublic(), yesterday(),
				yesterday().plus(365, ChronoUnit.DAYS), CertificateWriter.AUTHORITY);
	}

	/**
	 * Make an authority. All of them have the same name.
	 * @return the authority
	 */
	static ClientAuthority create() {
		return new ClientAuthority(CertificateWriter.ecKeys());
	}

	private static Instant yesterday() {
		return Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(1, ChronoUnit.DAYS);
	}

	/**
	 * The certificate of the authority in PEM.
	 * @return the text
	 */
	byte[] pem() {
		return CertificateWriter.pem(this.certificate);
	}

	/**
	 * Show a new certificate to servers, which is valid since yesterday.
	 * @param tls the settings to change
	 * @param keys the keys of the user
	 * @param validity for how long it is valid, so that a day or less is over already
	 * @param user the name of the user
	 * @param groups the groups of the user
	 * @return the changed settings
	 */
	TlsConfiguration identify(TlsConfiguration tls, KeyPair keys, Duration validity, String user, String... groups) {
		StringBuilder subject = new StringBuilder("CN=").append(user);
		for (String group : groups) {
			subject.append(",O=").append(group);
		}
		X509Certificate issued = this.writer.write(new X500Principal(subject.toString()), keys.getPublic(), yesterday(),
				yesterday().plus(validity), CertificateWriter.CLIENT);
		return tls.withClientCertificate(PemSource.data("certificate of " + user, CertificateWriter.pem(issued)),
				PemSource.data("key of " + user, CertificateWriter.pem("PRIVATE KEY", keys.getPrivate())));
	}

}
