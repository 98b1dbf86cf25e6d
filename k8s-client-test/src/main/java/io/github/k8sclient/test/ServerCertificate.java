package io.github.k8sclient.test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;

import javax.security.auth.x500.X500Principal;

/**
 * A certificate for the loopback interface that its own key has signed, and the key. Java
 * has no public way to make one, so this class writes it byte by byte: RFC 5280 in DER.
 *
 * @param key the private key
 * @param certificate the certificate
 */
record ServerCertificate(PrivateKey key, X509Certificate certificate) {

	private static final byte[] ECDSA_WITH_SHA256 = der(0x30,
			new byte[] { 0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02 });

	private static final byte[] SUBJECT_ALTERNATIVE_NAME = { 0x06, 0x03, 0x55, 0x1d, 0x11 };

	private static final byte[] BASIC_CONSTRAINTS = { 0x06, 0x03, 0x55, 0x1d, 0x13 };

	private static final byte[] TRUE = { 0x01, 0x01, (byte) 0xff };

	private static final DateTimeFormatter UTC_TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	/**
	 * Make a key and a certificate that is valid for a year.
	 * @return both
	 */
	static ServerCertificate create() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp256r1"));
			KeyPair keys = generator.generateKeyPair();
			byte[] content = content(keys.getPublic().getEncoded());
			Signature signature = Signature.getInstance("SHA256withECDSA");
			signature.initSign(keys.getPrivate());
			signature.update(content);
			byte[] encoded = der(0x30, content, ECDSA_WITH_SHA256, der(0x03, new byte[1], signature.sign()));
			X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
				.generateCertificate(new ByteArrayInputStream(encoded));
			return new ServerCertificate(keys.getPrivate(), certificate);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java cannot make certificates", ex);
		}
	}

	private static byte[] content(byte[] publicKey) {
		byte[] name = new X500Principal("CN=embedded-api-server").getEncoded();
		Instant now = Instant.now();
		byte[] validity = der(0x30, time(now.minus(1, ChronoUnit.DAYS)), time(now.plus(365, ChronoUnit.DAYS)));
		byte[] host = der(0x82, "localhost".getBytes(StandardCharsets.US_ASCII));
		byte[] address = der(0x87, new byte[] { 127, 0, 0, 1 });
		byte[] names = der(0x30, SUBJECT_ALTERNATIVE_NAME, der(0x04, der(0x30, host, address)));
		byte[] authority = der(0x30, BASIC_CONSTRAINTS, TRUE, der(0x04, der(0x30, TRUE)));
		byte[] version = der(0xa0, der(0x02, new byte[] { 2 }));
		byte[] serial = der(0x02, BigInteger.valueOf(now.toEpochMilli()).toByteArray());
		return der(0x30, version, serial, ECDSA_WITH_SHA256, name, validity, name, publicKey,
				der(0xa3, der(0x30, names, authority)));
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
	 * The certificate in PEM.
	 * @return the text
	 */
	byte[] pem() {
		try {
			String encoded = Base64.getMimeEncoder(64, new byte[] { '\n' })
				.encodeToString(this.certificate.getEncoded());
			return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n".formatted(encoded)
				.getBytes(StandardCharsets.US_ASCII);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("The certificate cannot be encoded", ex);
		}
	}

	@Override
	public String toString() {
		return "ServerCertificate of " + this.certificate.getSubjectX500Principal();
	}

}
