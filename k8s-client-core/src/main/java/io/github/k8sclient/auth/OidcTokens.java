package io.github.k8sclient.auth;

import org.jspecify.annotations.Nullable;

/**
 * Tokens that an OpenID Connect provider has issued. {@code toString} does not show them.
 *
 * @param idToken the token to send to the API server
 * @param refreshToken the token to renew it with, {@code null} for the one that was used
 * before
 * @since 0.1.0
 */
public record OidcTokens(String idToken, @Nullable String refreshToken) {

	@Override
	public String toString() {
		return "OpenID Connect tokens";
	}

}
