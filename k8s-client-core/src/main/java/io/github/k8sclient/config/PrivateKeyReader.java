package io.github.k8sclient.config;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/**
 * Reads private keys in the three forms that kubeconfig files hold: PKCS#8, PKCS#1 (RSA)
 * and SEC1 (elliptic curves). The form is taken from the structure and not from the label
 * of the PEM block, because tools label keys wrongly. The JDK reads PKCS#8 only, so the
 * others are wrapped into it.
 */
final class PrivateKeyReader {

	private static final int INTEGER = 0x02;

	private static final int OCTET_STRING = 0x04;

	private static final int SEQUENCE = 0x30;

	private static final int PARAMETERS = 0xa0;

	private static final byte[] VERSION_0 = { 0x02, 0x01, 0x00 };

	/** 1.2.840.113549.1.1.1 with NULL parameters. */
	private static final byte[] RSA_ENCRYPTION = { 0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86,
			(byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00 };

	/** 1.2.840.10045.2.1. */
	private static final byte[] EC_PUBLIC_KEY = { 0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01 };

	/** Algorithms whose keys can stand in a certificate for TLS. */
	private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

	private PrivateKeyReader() {
	}

	/**
	 * Read a private key.
	 * @param der the key in DER form
	 * @return the key
	 * @throws IllegalArgumentException if it is in no known form; the message shows
	 * nothing of its content
	 */
	static PrivateKey read(byte[] der) {
		PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(toPkcs8(der));
		for (String algorithm : ALGORITHMS) {
			try {
				return KeyFactory.getInstance(algorithm).generatePrivate(spec);
			}
			catch (GeneralSecurityException ex) {
				// Only trying tells which algorithm the key is of
			}
		}
		throw new IllegalArgumentException("its private key is of an unknown kind or damaged");
	}

	private static byte[] toPkcs8(byte[] der) {
		Der sequence = Der.at(der, 0).require(SEQUENCE);
		Der version = sequence.firstChild().require(INTEGER);
		Der second = version.next();
		if (second.tag == INTEGER) {
			return encode(SEQUENCE, VERSION_0, RSA_ENCRYPTION, encode(OCTET_STRING, der));
		}
		if (second.tag == OCTET_STRING) {
			Der parameters = second.next().require(PARAMETERS);
			byte[] algorithm = encode(SEQUENCE, EC_PUBLIC_KEY, parameters.content());
			return encode(SEQUENCE, VERSION_0, algorithm, encode(OCTET_STRING, der));
		}
		return der;
	}

	private static byte[] encode(int tag, byte[]... parts) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		int length = 0;
		for (byte[] part : parts) {
			length += part.length;
		}
		out.write(tag);
		if (length >= 0x80) {
			int bytes = (length > 0xffff) ? 3 : (length > 0xff) ? 2 : 1;
			out.write(0x80 | bytes);
			for (int i = bytes - 1; i >= 0; i--) {
				out.write(length >> (8 * i));
			}
		}
		else {
			out.write(length);
		}
		for (byte[] part : parts) {
			out.writeBytes(part);
		}
		return out.toByteArray();
	}

	/**
	 * One element of a DER structure.
	 */
	private static final class Der {

		private final byte[] bytes;

		private final int tag;

		private final int start;

		private final int end;

		private Der(byte[] bytes, int tag, int start, int end) {
			this.bytes = bytes;
			this.tag = tag;
			this.start = start;
			this.end = end;
		}

		static Der at(byte[] bytes, int offset) {
			check(offset >= 0 && offset + 2 <= bytes.length);
			int length = bytes[offset + 1] & 0xff;
			int start = offset + 2;
			if (length > 0x80) {
				int count = length - 0x80;
				check(count <= 3 && start + count <= bytes.length);
				length = 0;
				for (int i = 0; i < count; i++) {
					length = (length << 8) | (bytes[start++] & 0xff);
				}
			}
			check(start + length <= bytes.length);
			return new Der(bytes, bytes[offset] & 0xff, start, start + length);
		}

		Der firstChild() {
			return at(this.bytes, this.start);
		}

		Der next() {
			return at(this.bytes, this.end);
		}

		Der require(int expected) {
			check(this.tag == expected);
			return this;
		}

		byte[] content() {
			return Arrays.copyOfRange(this.bytes, this.start, this.end);
		}

		private static void check(boolean valid) {
			if (!valid) {
				throw new IllegalArgumentException("its private key is damaged");
			}
		}

	}

}
