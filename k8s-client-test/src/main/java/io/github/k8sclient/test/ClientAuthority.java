package io.github.k8sclient.test;

import java.net.Socket;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;

/**
 * An authority whose certificates an API server takes for the users that they name.
 */
final class ClientAuthority {

	private static final X500Principal NAME = new X500Principal("CN=client-authority");

	private static final Duration VALIDITY = Duration.ofDays(365);

	private final Clock clock;

	private final CertificateWriter writer;

	private final X509Certificate certificate;

	private ClientAuthority(Clock clock, KeyPair keys) {
		this.clock = clock;
		this.writer = new CertificateWriter(NAME, keys);
		this.certificate = this.writer.write(NAME, keys.getPublic(), yesterday(), yesterday().plus(VALIDITY),
				CertificateWriter.AUTHORITY);
	}

	/**
	 * Make an authority. All of them have the same name.
	 * @param clock tells since when certificates are valid
	 * @return the authority
	 */
	static ClientAuthority create(Clock clock) {
		return new ClientAuthority(clock, CertificateWriter.ecKeys());
	}

	private Instant yesterday() {
		return Instant.now(this.clock).truncatedTo(ChronoUnit.SECONDS).minus(1, ChronoUnit.DAYS);
	}

	/**
	 * The certificate of the authority in PEM.
	 * @return the text
	 */
	byte[] pem() {
		return CertificateWriter.pem(this.certificate);
	}

	/**
	 * Give a user new keys and a certificate.
	 * @param user the name of the user
	 * @param groups the groups of the user
	 * @return both, valid as long as the authority
	 */
	ClientCertificate issue(String user, String... groups) {
		return issue(CertificateWriter.ecKeys(), VALIDITY, user, groups);
	}

	/**
	 * Give a user a certificate, which is valid since yesterday.
	 * @param keys the keys of the user
	 * @param validity for how long it is valid, so that a day or less is over already
	 * @param user the name of the user
	 * @param groups the groups of the user
	 * @return the certificate and the key
	 */
	ClientCertificate issue(KeyPair keys, Duration validity, String user, String... groups) {
		// what stands last in the text is the first in the certificate
		StringBuilder subject = new StringBuilder("CN=").append(Rdn.escapeValue(user));
		for (int i = groups.length - 1; i >= 0; i--) {
			subject.append(",O=").append(Rdn.escapeValue(groups[i]));
		}
		X509Certificate issued = this.writer.write(new X500Principal(subject.toString()), keys.getPublic(), yesterday(),
				yesterday().plus(validity), CertificateWriter.CLIENT);
		return new ClientCertificate(user, issued, keys.getPrivate());
	}

	/**
	 * The users that are known by the certificates of this authority.
	 * @return the users
	 */
	CertificateUsers users() {
		return new CertificateUsers(this.certificate, this.clock);
	}

	/**
	 * Asks clients for certificates of this authority, and lets in who shows another one
	 * or none: they are looked at with each request, as by the API server.
	 * @return the trust manager
	 */
	X509ExtendedTrustManager curiosity() {
		return new Curiosity(this.certificate);
	}

	/**
	 * Trusts every client.
	 */
	private static final class Curiosity extends X509ExtendedTrustManager {

		private final X509Certificate authority;

		Curiosity(X509Certificate authority) {
			this.authority = authority;
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[] { this.authority };
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type) {
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
			throw new UnsupportedOperationException();
		}

	}

}
