package io.github.k8sclient.test;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON web tokens that are signed with a key that nobody else knows.
 */
final class SignedTokens {

	private static final String HEADER = "{\"alg\":\"ES256\",\"typ\":\"JWT\"}";

	private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

	private @Nullable KeyPair keys;

	/**
	 * Make a token.
	 * @param claims what it says
	 * @return the token
	 */
	String sign(ObjectNode claims) {
		String content = encode(HEADER) + "." + encode(claims.toString());
		try {
			Signature signature = signature();
			signature.initSign(keys().getPrivate());
			signature.update(content.getBytes(StandardCharsets.US_ASCII));
			return content + "." + ENCODER.encodeToString(signature.sign());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java cannot sign tokens", ex);
		}
	}

	/**
	 * Read a token, whoever has made it.
	 * @param token the token
	 * @return what it says, null if it is no such token
	 */
	static @Nullable ObjectNode read(String token) {
		String[] parts = token.split("\\.", -1);
		try {
			return (parts.length == 3
					&& ModelCodec.MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1])) instanceof ObjectNode claims)
							? claims : null;
		}
		catch (IllegalArgumentException | JacksonException ex) {
			return null;
		}
	}

	/**
	 * Whether a token has been made here and not been changed since.
	 * @param token a token of three parts
	 * @return whether its signature is right
	 */
	boolean isSigned(String token) {
		int end = token.lastIndexOf('.');
		try {
			Signature signature = signature();
			signature.initVerify(keys().getPublic());
			signature.update(token.substring(0, end).getBytes(StandardCharsets.US_ASCII));
			return signature.verify(Base64.getUrlDecoder().decode(token.substring(end + 1)));
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			return false;
		}
	}

	private static Signature signature() throws GeneralSecurityException {
		return Signature.getInstance("SHA256withECDSAinP1363Format");
	}

	private static String encode(String part) {
		return ENCODER.encodeToString(part.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * The key that signs, and the one that others may know.
	 */
	synchronized KeyPair keys() {
		KeyPair keys = this.keys;
		if (keys == null) {
			keys = CertificateWriter.ecKeys();
			this.keys = keys;
		}
		return keys;
	}

}
