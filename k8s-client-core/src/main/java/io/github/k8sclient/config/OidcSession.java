package io.github.k8sclient.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Tokens of an OpenID Connect provider and what is needed to renew them, as the
 * {@code auth-provider} {@code oidc} of a kubeconfig holds them. {@code toString} shows
 * no secret.
 *
 * @param issuer URL of the provider, https unless it is on this machine
 * @param clientId id that the provider knows the client by
 * @param clientSecret secret that the provider knows the client by, {@code null} for a
 * public client
 * @param idToken the token to send to the API server, {@code null} when there is none yet
 * @param refreshToken the token to get a new one with, {@code null} when it cannot be
 * renewed
 * @param tls whom to trust as the provider
 * @param proxy proxy in front of the provider, {@code null} for none
 * @param origin where renewed tokens are written to, {@code null} for nowhere
 * @since 0.1.0
 */
public record OidcSession(URI issuer, String clientId, @Nullable String clientSecret, @Nullable String idToken,
		@Nullable String refreshToken, TlsConfiguration tls, @Nullable URI proxy, @Nullable Origin origin) {

	/**
	 * Create a session.
	 * @throws IllegalArgumentException if the issuer is not a URL that secrets may be
	 * sent to
	 */
	public OidcSession {
		Assert.isTrue(isSafe(issuer), "the issuer must be an https URL");
		Assert.hasText(clientId, "'clientId' must not be empty");
		Assert.notNull(tls, "'tls' must not be null");
	}

	/**
	 * Return whether secrets may be sent to a URL: they travel encrypted, or do not leave
	 * this machine.
	 * @param url the URL
	 * @return {@code true} if they may
	 */
	public static boolean isSafe(URI url) {
		if (url.getHost() == null || url.getScheme() == null) {
			return false;
		}
		return switch (url.getScheme().toLowerCase(Locale.ROOT)) {
			case "https" -> true;
			case "http" -> url.getHost().matches("localhost|127\\.[0-9.]+|\\[::1]");
			default -> false;
		};
	}

	@Override
	public String toString() {
		return "OpenID Connect tokens of " + this.issuer;
	}

	/**
	 * The user of a kubeconfig file that tokens come from.
	 *
	 * @param file the kubeconfig file
	 * @param user name of the user
	 */
	public record Origin(Path file, String user) {

	}

}
