package io.github.k8sclient.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The configuration that Kubernetes gives to a pod: the address of the API server in the
 * environment, token, certificate authority and namespace of the service account in
 * files.
 */
final class InCluster {

	static final String SERVICE_HOST = "KUBERNETES_SERVICE_HOST";

	static final String SERVICE_PORT = "KUBERNETES_SERVICE_PORT";

	static final String POD_NAMESPACE = "POD_NAMESPACE";

	private static final Log logger = LogFactory.getLog(InCluster.class);

	private final Map<String, String> environment;

	private final Path directory;

	InCluster(Map<String, String> environment, Path directory) {
		this.environment = environment;
		this.directory = directory;
	}

	/**
	 * Whether this process looks like one in a pod.
	 */
	boolean isPossible() {
		return missing() == null;
	}

	/**
	 * Say what a pod would have and this process has not, {@code null} when nothing is
	 * missing.
	 */
	@Nullable String missing() {
		if (!hasText(SERVICE_HOST) || !hasText(SERVICE_PORT)) {
			return SERVICE_HOST + " and " + SERVICE_PORT + " are not set";
		}
		return Files.isRegularFile(token()) ? null : "there is no file " + token();
	}

	/**
	 * Build the configuration.
	 * @throws ConfigurationException if this process is not in a pod, or the token cannot
	 * be read
	 */
	ClientConfiguration load() {
		String missing = missing();
		if (missing != null) {
			throw new ConfigurationException("This process does not run in a Kubernetes pod: " + missing,
					"Use a kubeconfig file outside of a cluster; in a pod, set automountServiceAccountToken: true.");
		}
		Credentials.TokenFile credentials = new Credentials.TokenFile(token());
		credentials.read();
		return ClientConfiguration.builder()
			.server(server())
			.namespace(namespace())
			.source("service account in " + this.directory)
			.tls(tls())
			.credentials(credentials)
			.proxies(new ProxyEnvironment(this.environment))
			.build();
	}

	private URI server() {
		String host = this.environment.getOrDefault(SERVICE_HOST, "");
		String bracketed = (host.indexOf(':') >= 0 && !host.startsWith("[")) ? "[" + host + "]" : host;
		try {
			return ServerUrl.parse("https://" + bracketed + ":" + this.environment.get(SERVICE_PORT), true);
		}
		catch (IllegalArgumentException ex) {
			throw new ConfigurationException(
					SERVICE_HOST + " and " + SERVICE_PORT + " do not name a server: " + ex.getMessage(),
					"Remove these environment variables, or correct them.");
		}
	}

	private TlsConfiguration tls() {
		PemSource authority = PemSource.file("certificate authority of the service account",
				this.directory.resolve("ca.crt"));
		try {
			TlsConfiguration.readCertificates(authority);
			return TlsConfiguration.defaults().withCertificateAuthority(authority);
		}
		catch (ConfigurationException ex) {
			logger.error(ex.description() + "; going on with the certificate authorities of the JVM");
			return TlsConfiguration.defaults();
		}
	}

	/**
	 * Return the namespace of the pod.
	 */
	String namespace() {
		String namespace = this.environment.get(POD_NAMESPACE);
		if (StringUtils.hasText(namespace)) {
			return namespace.trim();
		}
		try {
			String text = Files.readString(this.directory.resolve("namespace")).trim();
			return text.isEmpty() ? "default" : text;
		}
		catch (IOException ex) {
			return "default";
		}
	}

	private Path token() {
		return this.directory.resolve("token");
	}

	private boolean hasText(String variable) {
		return StringUtils.hasText(this.environment.get(variable));
	}

}
