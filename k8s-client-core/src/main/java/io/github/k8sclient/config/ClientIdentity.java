package io.github.k8sclient.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

import org.springframework.util.Assert;

/**
 * A client certificate and its key, with which a client proves who it is during the TLS
 * handshake.
 *
 * @param certificates the certificate, followed by the intermediate ones
 * @param privateKey the key of the first certificate
 * @since 0.1.0
 */
public record ClientIdentity(List<X509Certificate> certificates, PrivateKey privateKey) {

	/**
	 * Create an identity.
	 */
	public ClientIdentity {
		Assert.notEmpty(certificates, "'certificates' must not be empty");
		Assert.notNull(privateKey, "'privateKey' must not be null");
		certificates = List.copyOf(certificates);
	}

	/**
	 * Return the certificate of the client.
	 * @return the first certificate
	 */
	public X509Certificate certificate() {
		return this.certificates.get(0);
	}

	/**
	 * Whether the key belongs to the certificate: what it signs, the certificate
	 * verifies.
	 */
	boolean keyMatches() {
		try {
			byte[] message = "kubernetes client".getBytes(StandardCharsets.US_ASCII);
			PublicKey publicKey = certificate().getPublicKey();
			Signature signature = Signature.getInstance(algorithm(this.privateKey));
			signature.initSign(this.privateKey);
			signature.update(message);
			byte[] signed = signature.sign();
			signature.initVerify(publicKey);
			signature.update(message);
			return signature.verify(signed);
		}
		catch (GeneralSecurityException ex) {
			return false;
		}
	}

	private static String algorithm(PrivateKey key) {
		return switch (key.getAlgorithm()) {
			case "RSA", "RSASSA-PSS" -> "SHA256withRSA";
			case "EC" -> "SHA256withECDSA";
			default -> key.getAlgorithm();
		};
	}

	@Override
	public String toString() {
		return "client certificate of " + certificate().getSubjectX500Principal().getName();
	}

}
