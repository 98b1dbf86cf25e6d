package io.github.k8sclient.auth;

import io.github.k8sclient.config.ClientIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What proves who the client is in one or several requests. Two objects are equal only if
 * they are the same one, so that a refusal can be told from that of an earlier one.
 * {@code toString} shows no secret.
 *
 * @since 0.1.0
 */
public final class Authentication {

	private final String scheme;

	private final @Nullable String token;

	private final @Nullable ClientIdentity identity;

	/**
	 * Create an authentication.
	 * @param scheme authentication scheme of the token, such as {@code Bearer}
	 * @param token the token, {@code null} for none
	 * @param identity the client certificate to show during the TLS handshake,
	 * {@code null} for that of the configuration
	 */
	public Authentication(String scheme, @Nullable String token, @Nullable ClientIdentity identity) {
		this.scheme = scheme;
		this.token = token;
		this.identity = identity;
	}

	/**
	 * Return the token.
	 * @return the token, or {@code null} for none
	 */
	public @Nullable String token() {
		return this.token;
	}

	/**
	 * Return the value of the {@code Authorization} header.
	 * @return scheme and token, or {@code null} for no header
	 */
	public @Nullable String header() {
		return (this.token != null) ? this.scheme + " " + this.token : null;
	}

	/**
	 * Return the client certificate to show during the TLS handshake.
	 * @return the certificate and its key, or {@code null} for that of the configuration
	 */
	public @Nullable ClientIdentity identity() {
		return this.identity;
	}

	@Override
	public String toString() {
		return "Authentication[" + ((this.token != null) ? this.scheme + " token" : "no token") + ", " + this.identity
				+ "]";
	}

}
