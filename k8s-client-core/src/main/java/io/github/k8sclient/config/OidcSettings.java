package io.github.k8sclient.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Reads and checks what a user of a kubeconfig says about an OpenID Connect provider.
 */
final class OidcSettings {

	private static final String ISSUER = "idp-issuer-url";

	private static final String CLIENT_ID = "client-id";

	private static final String CLIENT_SECRET = "client-secret";

	static final String AUTHORITY = "idp-certificate-authority";

	private static final String AUTHORITY_DATA = "idp-certificate-authority-data";

	private final KubeConfigUser user;

	private final KubeConfigEntry config;

	private final ProxyEnvironment proxies;

	private final Problems problems;

	OidcSettings(KubeConfigUser user, ProxyEnvironment proxies, Problems problems) {
		this.user = user;
		this.config = user.authProviderConfig();
		this.proxies = proxies;
		this.problems = problems;
	}

	/**
	 * Return the session, {@code null} after a problem.
	 */
	@Nullable OidcSession session() {
		URI issuer = issuer();
		String clientId = require(CLIENT_ID, "Set it to the id that the provider knows the client by.");
		String clientSecret = text(CLIENT_SECRET);
		String idToken = text(KubeConfigUser.ID_TOKEN);
		String refreshToken = text(KubeConfigUser.REFRESH_TOKEN);
		TlsConfiguration tls = TlsConfiguration.defaults().withCertificateAuthority(authority());
		URI proxy = (issuer != null) ? this.problems.attempt(() -> this.proxies.proxyFor(issuer)) : null;
		if (issuer == null || clientId == null) {
			return null;
		}
		Path file = this.user.entry().file();
		return new OidcSession(issuer, clientId, clientSecret, idToken, refreshToken, tls, proxy,
				(file != null) ? new OidcSession.Origin(file, this.user.name()) : null);
	}

	private @Nullable URI issuer() {
		String action = "Set it to the https URL of the OpenID Connect provider.";
		String text = require(ISSUER, action);
		try {
			URI issuer = (text != null) ? new URI(text) : null;
			if (issuer == null || OidcSession.isSafe(issuer)) {
				return issuer;
			}
		}
		catch (URISyntaxException ex) {
			// Told below
		}
		this.problems.add(this.config.location(ISSUER) + " is not an https URL", action);
		return null;
	}

	private @Nullable PemSource authority() {
		Path file = this.problems.attempt(() -> this.config.path(AUTHORITY));
		byte[] data = this.problems.attempt(() -> this.config.data(AUTHORITY_DATA));
		// As in client-go, the data win
		PemSource source = (data != null) ? PemSource.data(this.config.location(AUTHORITY_DATA), data)
				: (file != null) ? PemSource.file(this.config.location(AUTHORITY), file) : null;
		if (source != null) {
			this.problems.attempt(() -> TlsConfiguration.readCertificates(source));
		}
		return source;
	}

	private @Nullable String require(String key, String action) {
		String value = text(key);
		if (value == null) {
			this.problems.add(this.config.location(key) + " is missing", action);
		}
		return value;
	}

	private @Nullable String text(String key) {
		return this.problems.attempt(() -> this.config.text(key));
	}

}
