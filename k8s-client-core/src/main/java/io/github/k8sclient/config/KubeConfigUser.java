package io.github.k8sclient.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A user of a {@link KubeConfig}: how the client proves who it is, and as whom it acts.
 * Each value is checked when it is asked for. {@code toString} shows the name only.
 *
 * @since 0.1.0
 */
public final class KubeConfigUser extends NamedEntry {

	static final String CLIENT_CERTIFICATE = "client-certificate";

	static final String CLIENT_CERTIFICATE_DATA = "client-certificate-data";

	static final String CLIENT_KEY = "client-key";

	static final String CLIENT_KEY_DATA = "client-key-data";

	static final String TOKEN = "token";

	static final String TOKEN_FILE = "tokenFile";

	static final String USERNAME = "username";

	static final String PASSWORD = "password";

	static final String AS = "as";

	static final String AS_UID = "as-uid";

	static final String AS_GROUPS = "as-groups";

	static final String AS_USER_EXTRA = "as-user-extra";

	static final String EXEC = "exec";

	static final String AUTH_PROVIDER = "auth-provider";

	/** What the provider is told. */
	static final String CONFIG = "config";

	static final String ID_TOKEN = "id-token";

	static final String REFRESH_TOKEN = "refresh-token";

	KubeConfigUser(String name, KubeConfigEntry entry) {
		super(name, entry);
	}

	/**
	 * Return the file with the client certificate.
	 * @return the file, relative paths resolved, or {@code null} when it is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable Path clientCertificate() {
		return entry().path(CLIENT_CERTIFICATE);
	}

	/**
	 * Return the client certificate.
	 * @return PEM text in bytes, or {@code null} when it is not set
	 * @throws ConfigurationException if the value is not base64
	 */
	public byte @Nullable [] clientCertificateData() {
		return entry().data(CLIENT_CERTIFICATE_DATA);
	}

	/**
	 * Return the file with the key of the client certificate.
	 * @return the file, relative paths resolved, or {@code null} when it is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable Path clientKey() {
		return entry().path(CLIENT_KEY);
	}

	/**
	 * Return the key of the client certificate.
	 * @return PEM text in bytes, or {@code null} when it is not set
	 * @throws ConfigurationException if the value is not base64
	 */
	public byte @Nullable [] clientKeyData() {
		return entry().data(CLIENT_KEY_DATA);
	}

	/**
	 * Return the bearer token.
	 * @return the token, or {@code null} when it is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable String token() {
		return entry().text(TOKEN);
	}

	/**
	 * Return the file with a bearer token that is read again and again.
	 * @return the file, relative paths resolved, or {@code null} when it is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable Path tokenFile() {
		return entry().path(TOKEN_FILE);
	}

	/**
	 * Return the name for basic authentication.
	 * @return the name, or {@code null} when it is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable String username() {
		return entry().text(USERNAME);
	}

	/**
	 * Return the password for basic authentication.
	 * @return the password, or {@code null} when it is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable String password() {
		return entry().text(PASSWORD);
	}

	/**
	 * Return the name of the user to impersonate.
	 * @return the name, or {@code null} when it is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable String impersonate() {
		return entry().text(AS);
	}

	/**
	 * Return the unique id of the user to impersonate.
	 * @return the id, or {@code null} when it is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable String impersonateUid() {
		return entry().text(AS_UID);
	}

	/**
	 * Return the groups to impersonate.
	 * @return the groups, empty when they are not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public List<String> impersonateGroups() {
		return entry().texts(AS_GROUPS);
	}

	/**
	 * Return further attributes of the user to impersonate.
	 * @return the attributes with their values, empty when they are not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public Map<String, List<String>> impersonateUserExtra() {
		return entry().textLists(AS_USER_EXTRA);
	}

	/**
	 * Return the credential plugin to execute.
	 * @return the plugin, or {@code null} when there is none
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable KubeConfigExec exec() {
		KubeConfigEntry exec = entry().entry(EXEC);
		return (exec != null) ? new KubeConfigExec(exec) : null;
	}

	/**
	 * Return the name of the authentication provider, such as {@code oidc}.
	 * @return the name, empty when the provider has none, or {@code null} when there is
	 * no provider
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable String authProvider() {
		KubeConfigEntry provider = entry().entry(AUTH_PROVIDER);
		if (provider == null) {
			return null;
		}
		String name = provider.text("name");
		return (name != null) ? name : "";
	}

	/**
	 * Return the settings of the authentication provider.
	 */
	KubeConfigEntry authProviderConfig() {
		KubeConfigEntry provider = entry().entry(AUTH_PROVIDER);
		KubeConfigEntry config = (provider != null) ? provider.entry(CONFIG) : null;
		return (config != null) ? config : entry().child(AUTH_PROVIDER + "." + CONFIG);
	}

}
