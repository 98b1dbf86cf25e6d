package io.github.k8sclient.test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

import javax.security.auth.x500.X500Principal;

/**
 * Makes certificates. Java has no public way to do so, so this class writes them byte by
 * byte: RFC 5280 in DER. The keys that sign are on the curve P-256.
 */
final class CertificateWriter {

	private static final byte[] ECDSA_WITH_SHA256 = der(0x30,
			new byte[] { 0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02 });

	private static final byte[] SUBJECT_ALTERNATIVE_NAME = { 0x06, 0x03, 0x55, 0x1d, 0x11 };

	private static final byte[] BASIC_CONSTRAINTS = { 0x06, 0x03, 0x55, 0x1d, 0x13 };

	private static final byte[] EXTENDED_KEY_USAGE = { 0x06, 0x03, 0x55, 0x1d, 0x25 };

	private static final byte[] CLIENT_AUTH = { 0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02 };

	private static final byte[] TRUE = { 0x01, 0x01, (byte) 0xff };

	/** Makes the certificate one of an authority. */
	static final byte[] AUTHORITY = der(0x30, BASIC_CONSTRAINTS, TRUE, der(0x04, der(0x30, TRUE)));

	/** Names the loopback interface. */
	static final byte[] LOOPBACK = der(0x30, SUBJECT_ALTERNATIVE_NAME, der(0x04, der(0x30,
			der(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)), der(0x87, new byte[] { 127, 0, 0, 1 }))));

	/** Makes the certificate one of a client. */
	static final byte[] CLIENT = der(0x30, EXTENDED_KEY_USAGE, der(0x04, der(0x30, CLIENT_AUTH)));

	private static final DateTimeFormatter UTC_TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final SecureRandom RANDOM = new SecureRandom();

	private final X500Principal issuer;

	private final KeyPair issuerKeys;

	CertificateWriter(X500Principal issuer, KeyPair issuerKeys) {
		this.issuer = issuer;
		this.issuerKeys = issuerKeys;
	}

	/**
	 * Make keys on the curve P-256.
	 * @return the keys
	 */
	static KeyPair ecKeys() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp256r1"));
			return generator.generateKeyPair();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java cannot make keys", ex);
		}
	}

	/**
	 * Make a certificate.
	 * @param subject whose certificate it is
	 * @param key the public key of the subject
	 * @param from when it begins to be valid
	 * @param until when it ceases to be valid
	 * @param extensions what it is for
	 * @return the certificate, signed by the issuer
	 */
	X509Certificate write(X500Principal subject, PublicKey key, Instant from, Instant until, byte[]... extensions) {
		try {
			byte[] content = der(0x30, der(0xa0, der(0x02, new byte[] { 2 })),
					der(0x02, new BigInteger(63, RANDOM).toByteArray()), ECDSA_WITH_SHA256, this.issuer.getEncoded(),
					der(0x30, time(from), time(until)), subject.getEncoded(), key.getEncoded(),
					der(0xa3, der(0x30, extensions)));
			Signature signature = Signature.getInstance("SHA256withECDSA");
			signature.initSign(this.issuerKeys.getPrivate());
			signature.update(content);
			byte[] encoded = der(0x30, content, ECDSA_WITH_SHA256, der(0x03, new byte[1], signature.sign()));
			return (X509Certificate) CertificateFactory.getInstance("X.509")
				.generateCertificate(new ByteArrayInputStream(encoded));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java cannot make certificates", ex);
		}
	}

	private static byte[] time(Instant time) {
		return der(0x17, UTC_TIME.format(time).getBytes(StandardCharsets.US_ASCII));
	}

	private static byte[] der(int tag, byte[]... parts) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			content.writeBytes(part);
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(tag);
		int length = content.size();
		if (length < 128) {
			out.write(length);
		}
		else if (length < 256) {
			out.write(0x81);
			out.write(length);
		}
		else {
			out.write(0x82);
			out.write(length >> 8);
			out.write(length);
		}
		out.writeBytes(content.toByteArray());
		return out.toByteArray();
	}

	/**
	 * A certificate in PEM.
	 * @param certificate the certificate
	 * @return the text
	 */
	static byte[] pem(X509Certificate certificate) {
		try {
			return pem("CERTIFICATE", certificate.getEncoded());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("The certificate cannot be encoded", ex);
		}
	}

	/**
	 * A key in PEM.
	 * @param type what the key is, such as {@code PRIVATE KEY}
	 * @param key the key
	 * @return the text
	 */
	static byte[] pem(String type, Key key) {
		return pem(type, key.getEncoded());
	}

	private static byte[] pem(String type, byte[] encoded) {
		return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
			.formatted(type, Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(encoded), type)
			.getBytes(StandardCharsets.US_ASCII);
	}

}
