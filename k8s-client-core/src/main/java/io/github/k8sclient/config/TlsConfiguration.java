package io.github.k8sclient.config;

import java.io.ByteArrayInputStream;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What makes a connection to the API server safe: whom to trust, and the certificate that
 * the client shows. Immutable.
 *
 * @since 0.1.0
 */
public final class TlsConfiguration {

	private static final TlsConfiguration DEFAULTS = new TlsConfiguration(null, null, null, false, null);

	private final @Nullable PemSource certificateAuthority;

	private final @Nullable PemSource clientCertificate;

	private final @Nullable PemSource clientKey;

	private final boolean insecureSkipVerify;

	private final @Nullable String serverName;

	private TlsConfiguration(@Nullable PemSource certificateAuthority, @Nullable PemSource clientCertificate,
			@Nullable PemSource clientKey, boolean insecureSkipVerify, @Nullable String serverName) {
		this.certificateAuthority = certificateAuthority;
		this.clientCertificate = clientCertificate;
		this.clientKey = clientKey;
		this.insecureSkipVerify = insecureSkipVerify;
		this.serverName = serverName;
	}

	/**
	 * Return the configuration that trusts the certificate authorities of the JVM, checks
	 * the host name of the server and shows no client certificate.
	 * @return the default configuration
	 */
	public static TlsConfiguration defaults() {
		return DEFAULTS;
	}

	/**
	 * Trust these certificate authorities, and no others.
	 * @param certificateAuthority the certificates, {@code null} for those of the JVM
	 * @return a changed copy
	 */
	public TlsConfiguration withCertificateAuthority(@Nullable PemSource certificateAuthority) {
		return new TlsConfiguration(certificateAuthority, this.clientCertificate, this.clientKey,
				this.insecureSkipVerify, this.serverName);
	}

	/**
	 * Show a client certificate.
	 * @param certificate the certificate, followed by intermediate ones if there are any
	 * @param key the private key of the certificate
	 * @return a changed copy
	 */
	public TlsConfiguration withClientCertificate(PemSource certificate, PemSource key) {
		Assert.notNull(certificate, "'certificate' must not be null");
		Assert.notNull(key, "'key' must not be null");
		return new TlsConfiguration(this.certificateAuthority, certificate, key, this.insecureSkipVerify,
				this.serverName);
	}

	/**
	 * Accept any certificate from the server. Everybody between client and server can
	 * then read and change what they say, tokens included. A transport refuses it
	 * together with certificate authorities.
	 * @param insecureSkipVerify {@code true} to check nothing
	 * @return a changed copy
	 */
	public TlsConfiguration withInsecureSkipVerify(boolean insecureSkipVerify) {
		return new TlsConfiguration(this.certificateAuthority, this.clientCertificate, this.clientKey,
				insecureSkipVerify, this.serverName);
	}

	/**
	 * Ask for, and check, another name than the host of the server's URL.
	 * @param serverName a name or an IP address of the server's certificate, {@code null}
	 * for the host of the URL
	 * @return a changed copy
	 */
	public TlsConfiguration withServerName(@Nullable String serverName) {
		return new TlsConfiguration(this.certificateAuthority, this.clientCertificate, this.clientKey,
				this.insecureSkipVerify, serverName);
	}

	/**
	 * Return the certificate authorities to trust.
	 * @return the certificates, or {@code null} for those of the JVM
	 */
	public @Nullable PemSource certificateAuthority() {
		return this.certificateAuthority;
	}

	/**
	 * Return the certificate that the client shows.
	 * @return the certificate, or {@code null} when it shows none
	 */
	public @Nullable PemSource clientCertificate() {
		return this.clientCertificate;
	}

	/**
	 * Return the private key of the client certificate.
	 * @return the key, or {@code null} when there is no certificate
	 */
	public @Nullable PemSource clientKey() {
		return this.clientKey;
	}

	/**
	 * Return whether any certificate of the server is accepted.
	 * @return {@code true} when nothing is checked
	 */
	public boolean insecureSkipVerify() {
		return this.insecureSkipVerify;
	}

	/**
	 * Return the name that the server's certificate must have.
	 * @return the name, or {@code null} for the host of the server's URL
	 */
	public @Nullable String serverName() {
		return this.serverName;
	}

	/**
	 * Read the certificate authorities to trust, as they are now. Blocks when they are in
	 * a file.
	 * @return the certificates, empty for those of the JVM
	 * @throws ConfigurationException if they cannot be read
	 */
	public List<X509Certificate> readCertificateAuthorities() {
		return (this.certificateAuthority != null) ? readCertificates(this.certificateAuthority) : List.of();
	}

	/**
	 * Read the client certificate and its key, as they are now. Blocks when they are in
	 * files.
	 * @return the certificate and the key, or {@code null} when there is none
	 * @throws ConfigurationException if they cannot be read or do not belong together
	 */
	public @Nullable ClientIdentity readClientIdentity() {
		if (this.clientCertificate == null || this.clientKey == null) {
			return null;
		}
		ClientIdentity identity = new ClientIdentity(readCertificates(this.clientCertificate), readKey(this.clientKey));
		if (!identity.keyMatches()) {
			throw new ConfigurationException(
					this.clientKey.location() + " is not the key of " + this.clientCertificate.location(),
					"Give the private key that the certificate was made for.");
		}
		return identity;
	}

	static List<X509Certificate> readCertificates(PemSource source) {
		List<X509Certificate> certificates = new ArrayList<>();
		try {
			CertificateFactory factory = CertificateFactory.getInstance("X.509");
			for (PemBlock block : PemBlock.parse(source.read())) {
				if (block.isCertificate()) {
					certificates
						.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.content())));
				}
			}
		}
		catch (CertificateException | IllegalArgumentException ex) {
			throw notPem(source, (ex instanceof CertificateException) ? "a certificate in it is damaged"
					: String.valueOf(ex.getMessage()), "certificates");
		}
		if (certificates.isEmpty()) {
			throw notPem(source, "there is no CERTIFICATE block in it", "certificates");
		}
		return certificates;
	}

	static PrivateKey readKey(PemSource source) {
		try {
			for (PemBlock block : PemBlock.parse(source.read())) {
				if (block.isPrivateKey()) {
					if (block.encrypted()) {
						throw new ConfigurationException(source.location() + " is encrypted with a pass phrase",
								"Give the key without a pass phrase: openssl pkey -in <encrypted> -out <plain>");
					}
					return PrivateKeyReader.read(block.content());
				}
			}
		}
		catch (IllegalArgumentException ex) {
			throw notPem(source, String.valueOf(ex.getMessage()), "a private key");
		}
		throw notPem(source, "there is no PRIVATE KEY block in it", "a private key");
	}

	private static ConfigurationException notPem(PemSource source, String problem, String expected) {
		return new ConfigurationException(source.location() + " is not usable: " + problem,
				"Give " + expected + " in PEM form (-----BEGIN ...-----).");
	}

	@Override
	public String toString() {
		return "TlsConfiguration[certificateAuthority=" + this.certificateAuthority + ", clientCertificate="
				+ this.clientCertificate + ", insecureSkipVerify=" + this.insecureSkipVerify + ", serverName="
				+ this.serverName + "]";
	}

}
