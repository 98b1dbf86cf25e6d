package io.github.k8sclient.config;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Reads and checks what a user of a kubeconfig says about credentials.
 */
final class UserSettings {

	private static final Log logger = LogFactory.getLog(UserSettings.class);

	private final @Nullable KubeConfigUser user;

	private final @Nullable KubeConfigCluster cluster;

	private final ProxyEnvironment proxies;

	private final Problems problems;

	private Credentials credentials = Credentials.none();

	private @Nullable PemSource certificate;

	private @Nullable PemSource key;

	UserSettings(@Nullable KubeConfigUser user, @Nullable KubeConfigCluster cluster, ProxyEnvironment proxies,
			Problems problems) {
		this.user = user;
		this.cluster = cluster;
		this.proxies = proxies;
		this.problems = problems;
	}

	String name() {
		return (this.user != null) ? "users[" + this.user.name() + "]" : "no user";
	}

	/**
	 * Whether the user has anything to prove who it is with.
	 */
	boolean isPresent() {
		return this.user != null && (this.certificate != null || !(this.credentials instanceof Credentials.None)
				|| has(this.user, KubeConfigUser.EXEC) || has(this.user, KubeConfigUser.AUTH_PROVIDER));
	}

	Credentials credentials() {
		return this.credentials;
	}

	TlsConfiguration identify(TlsConfiguration tls) {
		return (this.certificate != null && this.key != null) ? tls.withClientCertificate(this.certificate, this.key)
				: tls;
	}

	/**
	 * Check the user.
	 * @param used whether the credentials will be sent
	 */
	void validate(boolean used) {
		if (this.user == null) {
			return;
		}
		requireOneMethod(this.user);
		this.certificate = source(this.user, KubeConfigUser.CLIENT_CERTIFICATE, this.user::clientCertificate,
				KubeConfigUser.CLIENT_CERTIFICATE_DATA, this.user::clientCertificateData);
		this.key = source(this.user, KubeConfigUser.CLIENT_KEY, this.user::clientKey, KubeConfigUser.CLIENT_KEY_DATA,
				this.user::clientKeyData);
		validateIdentity(this.user);
		KubeConfigExec exec = this.problems.attempt(this.user::exec);
		String provider = used ? this.problems.attempt(this.user::authProvider) : null;
		Credentials found = (exec != null) ? plugin(exec) : (provider != null) ? provided(this.user, provider)
				: this.problems.attempt(() -> credentials(this.user));
		this.credentials = (found != null) ? found : Credentials.none();
	}

	private void requireOneMethod(KubeConfigUser user) {
		List<String> methods = new ArrayList<>();
		if (has(user, KubeConfigUser.TOKEN) || has(user, KubeConfigUser.TOKEN_FILE)) {
			methods.add(has(user, KubeConfigUser.TOKEN) ? KubeConfigUser.TOKEN : KubeConfigUser.TOKEN_FILE);
		}
		if (has(user, KubeConfigUser.USERNAME) || has(user, KubeConfigUser.PASSWORD)) {
			methods.add(KubeConfigUser.USERNAME);
		}
		if (user.asMap().containsKey(KubeConfigUser.EXEC)) {
			methods.add(KubeConfigUser.EXEC);
		}
		if (user.asMap().containsKey(KubeConfigUser.AUTH_PROVIDER)) {
			methods.add(KubeConfigUser.AUTH_PROVIDER);
		}
		if (methods.size() > 1) {
			this.problems.add(name() + " has more than one way to authenticate: " + String.join(", ", methods),
					"Keep one of them.");
		}
	}

	private @Nullable PemSource source(KubeConfigUser user, String fileKey, Supplier<@Nullable Path> file,
			String dataKey, Supplier<byte @Nullable []> data) {
		Path path = this.problems.attempt(file);
		byte[] bytes = this.problems.attempt(data);
		return this.problems.attempt(() -> PemSource.either(user.entry(), fileKey, path, dataKey, bytes));
	}

	private void validateIdentity(KubeConfigUser user) {
		PemSource certificate = this.certificate;
		PemSource key = this.key;
		if (certificate != null && key != null) {
			TlsConfiguration tls = TlsConfiguration.defaults().withClientCertificate(certificate, key);
			boolean readable = this.problems.attempt(() -> TlsConfiguration.readCertificates(certificate)) != null;
			readable &= this.problems.attempt(() -> TlsConfiguration.readKey(key)) != null;
			if (readable) {
				warnOfExpiry(this.problems.attempt(tls::readClientIdentity), certificate);
			}
		}
		else if (certificate != null && !hasAny(user, KubeConfigUser.CLIENT_KEY, KubeConfigUser.CLIENT_KEY_DATA)) {
			this.problems.add(certificate.location() + " has no key",
					"Set client-key or client-key-data of the user, too.");
		}
		else if (key != null
				&& !hasAny(user, KubeConfigUser.CLIENT_CERTIFICATE, KubeConfigUser.CLIENT_CERTIFICATE_DATA)) {
			this.problems.add(key.location() + " has no certificate",
					"Set client-certificate or client-certificate-data of the user, too.");
		}
	}

	private static void warnOfExpiry(@Nullable ClientIdentity identity, PemSource certificate) {
		if (identity == null) {
			return;
		}
		Instant end = identity.certificate().getNotAfter().toInstant();
		if (end.isBefore(Instant.now())) {
			logger.warn("The client certificate in " + certificate.location() + " expired at " + end
					+ "; the server will refuse it. Renew it.");
		}
	}

	private Credentials credentials(KubeConfigUser user) {
		String token = user.token();
		Path tokenFile = user.tokenFile();
		if (tokenFile != null) {
			return tokenFile(user, tokenFile, token);
		}
		if (token != null) {
			return Credentials.bearerToken(Tokens.require(token, user.entry().location(KubeConfigUser.TOKEN)));
		}
		String username = user.username();
		String password = user.password();
		if (username != null || password != null) {
			if (username == null || username.indexOf(':') >= 0) {
				throw new ConfigurationException(
						user.entry().location(KubeConfigUser.USERNAME)
								+ ((username != null) ? " contains a colon" : " is missing"),
						"Set it to the name of the user.");
			}
			return Credentials.basic(username, (password != null) ? password : "");
		}
		return Credentials.none();
	}

	private static Credentials tokenFile(KubeConfigUser user, Path file, @Nullable String token) {
		String location = user.entry().location(KubeConfigUser.TOKEN_FILE);
		try {
			Tokens.require(PemSource.text(file, location), location + " (" + file + ")");
			return Credentials.tokenFile(file);
		}
		catch (ConfigurationException ex) {
			if (token == null) {
				throw ex;
			}
			logger.warn(ex.description() + "; going on with the token beside it");
			return Credentials.bearerToken(Tokens.require(token, user.entry().location(KubeConfigUser.TOKEN)));
		}
	}

	private @Nullable Credentials plugin(KubeConfigExec exec) {
		ExecPlugin plugin = new PluginSettings(exec, this.cluster, this.problems).plugin();
		// As in client-go, a client certificate makes the plugin superfluous
		return (plugin != null && this.certificate == null) ? Credentials.exec(plugin) : null;
	}

	private @Nullable Credentials provided(KubeConfigUser user, String provider) {
		if (provider.equals("oidc")) {
			OidcSession session = new OidcSettings(user, this.proxies, this.problems).session();
			return (session != null) ? Credentials.oidc(session) : null;
		}
		String action = switch (provider) {
			case "gcp" -> "Install gke-gcloud-auth-plugin and run 'gcloud container clusters get-credentials',"
					+ " which writes an exec plugin in its place.";
			case "azure" -> "Install kubelogin and run 'kubelogin convert-kubeconfig', which writes an exec plugin"
					+ " in its place.";
			default -> "Choose a user with an exec plugin, a token, a tokenFile or a client certificate.";
		};
		this.problems.add(user.entry().location(KubeConfigUser.AUTH_PROVIDER) + " asks for the provider '" + provider
				+ "', which is not supported", action);
		return null;
	}

	/**
	 * Return as whom requests are made, {@code null} for nobody else or after a problem.
	 */
	@Nullable Impersonation impersonation() {
		KubeConfigUser user = this.user;
		if (user == null) {
			return null;
		}
		String name = this.problems.attempt(user::impersonate);
		String uid = this.problems.attempt(user::impersonateUid);
		List<String> groups = this.problems.attempt(user::impersonateGroups);
		Map<String, List<String>> extra = this.problems.attempt(user::impersonateUserExtra);
		if (StringUtils.hasText(name)) {
			return new Impersonation(name, uid, (groups != null) ? groups : List.of(),
					(extra != null) ? extra : Map.of());
		}
		if (hasAny(user, KubeConfigUser.AS_UID, KubeConfigUser.AS_GROUPS, KubeConfigUser.AS_USER_EXTRA)) {
			this.problems.add(name() + " has as-uid, as-groups or as-user-extra, but not 'as'",
					"Set 'as' to the user to impersonate, or remove the others.");
		}
		return null;
	}

	private static boolean has(KubeConfigUser user, String key) {
		return user.entry().has(key);
	}

	private static boolean hasAny(KubeConfigUser user, String... keys) {
		for (String key : keys) {
			if (has(user, key)) {
				return true;
			}
		}
		return false;
	}

}
