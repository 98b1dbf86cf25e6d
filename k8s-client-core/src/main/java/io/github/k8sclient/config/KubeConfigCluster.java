package io.github.k8sclient.config;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A cluster of a {@link KubeConfig}: where its API server is, and how it can be trusted.
 * Each value is checked when it is asked for.
 *
 * @since 0.1.0
 */
public final class KubeConfigCluster extends NamedEntry {

	static final String SERVER = "server";

	static final String TLS_SERVER_NAME = "tls-server-name";

	static final String INSECURE_SKIP_TLS_VERIFY = "insecure-skip-tls-verify";

	static final String CERTIFICATE_AUTHORITY = "certificate-authority";

	static final String CERTIFICATE_AUTHORITY_DATA = "certificate-authority-data";

	static final String PROXY_URL = "proxy-url";

	static final String DISABLE_COMPRESSION = "disable-compression";

	KubeConfigCluster(String name, KubeConfigEntry entry) {
		super(name, entry);
	}

	/**
	 * Return the API server.
	 * @return a URL, or {@code null} when it is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable String server() {
		return entry().text(SERVER);
	}

	/**
	 * Return the name that the server's certificate must have.
	 * @return the name, or {@code null} for the host of the server
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable String tlsServerName() {
		return entry().text(TLS_SERVER_NAME);
	}

	/**
	 * Return whether any certificate of the server is accepted.
	 * @return {@code true} when nothing is checked
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public boolean insecureSkipTlsVerify() {
		return entry().flag(INSECURE_SKIP_TLS_VERIFY);
	}

	/**
	 * Return the file with the certificate authorities to trust.
	 * @return the file, relative paths resolved, or {@code null} when it is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable Path certificateAuthority() {
		return entry().path(CERTIFICATE_AUTHORITY);
	}

	/**
	 * Return the certificate authorities to trust.
	 * @return PEM text in bytes, or {@code null} when it is not set
	 * @throws ConfigurationException if the value is not base64
	 */
	public byte @Nullable [] certificateAuthorityData() {
		return entry().data(CERTIFICATE_AUTHORITY_DATA);
	}

	/**
	 * Return the proxy in front of the server.
	 * @return a URL, possibly with a password, or {@code null} when it is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable String proxyUrl() {
		return entry().text(PROXY_URL);
	}

	/**
	 * Return whether answers are asked for without compression.
	 * @return {@code true} for no compression
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public boolean disableCompression() {
		return entry().flag(DISABLE_COMPRESSION);
	}

	/**
	 * Return an extension of the cluster.
	 * @param name name of the extension, such as
	 * {@code client.authentication.k8s.io/exec}
	 * @return maps, lists, texts, numbers and booleans, all immutable, or {@code null}
	 * when there is no such extension
	 * @throws ConfigurationException if the extensions have a wrong type
	 */
	public @Nullable Object extension(String name) {
		for (KubeConfigEntry extension : entry().entries("extensions")) {
			if (name.equals(extension.text("name"))) {
				return extension.values().get("extension");
			}
		}
		return null;
	}

}
