package io.github.k8sclient.config;

import java.net.URI;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Reads and checks what a cluster of a kubeconfig says about server, trust and proxy.
 */
final class ClusterSettings {

	private final @Nullable KubeConfigCluster cluster;

	private final @Nullable String masterUrl;

	private final ProxyEnvironment proxies;

	private final Problems problems;

	ClusterSettings(@Nullable KubeConfigCluster cluster, @Nullable String masterUrl, ProxyEnvironment proxies,
			Problems problems) {
		this.cluster = cluster;
		this.masterUrl = masterUrl;
		this.proxies = proxies;
		this.problems = problems;
	}

	/**
	 * Return the server, {@code null} after a problem.
	 */
	@Nullable URI server() {
		String location = "The master URL";
		String text = this.masterUrl;
		if (text == null) {
			if (this.cluster == null) {
				return null;
			}
			location = location(KubeConfigCluster.SERVER);
			text = this.problems.attempt(this.cluster::server);
			if (text == null) {
				this.problems.add(location + " is missing", "Set it to the URL of the API server.");
				return null;
			}
		}
		try {
			return ServerUrl.parse(text, isTlsConfigured());
		}
		catch (IllegalArgumentException ex) {
			this.problems.add(location + " is not a server: " + ex.getMessage(),
					"Give a URL such as https://kubernetes.example.com:6443.");
			return null;
		}
	}

	URI require(@Nullable URI server) {
		Assert.state(server != null, "A missing server is a problem");
		return server;
	}

	private boolean isTlsConfigured() {
		return this.cluster != null && (this.cluster.entry().has(KubeConfigCluster.CERTIFICATE_AUTHORITY)
				|| this.cluster.entry().has(KubeConfigCluster.CERTIFICATE_AUTHORITY_DATA)
				|| Boolean.TRUE.equals(this.cluster.asMap().get(KubeConfigCluster.INSECURE_SKIP_TLS_VERIFY)));
	}

	/**
	 * Return how the server is trusted, without a client certificate.
	 */
	TlsConfiguration tls() {
		KubeConfigCluster cluster = this.cluster;
		if (cluster == null) {
			return TlsConfiguration.defaults();
		}
		boolean insecure = Boolean.TRUE.equals(this.problems.attempt(cluster::insecureSkipTlsVerify));
		PemSource authority = authority(cluster);
		if (insecure && authority != null) {
			this.problems.add(
					location(KubeConfigCluster.INSECURE_SKIP_TLS_VERIFY) + " is set together with "
							+ authority.location(),
					"Keep the certificate authority, and remove " + KubeConfigCluster.INSECURE_SKIP_TLS_VERIFY + ".");
		}
		// As with kubectl --server: the name was meant for the server of the kubeconfig
		String serverName = (this.masterUrl == null) ? this.problems.attempt(cluster::tlsServerName) : null;
		return TlsConfiguration.defaults()
			.withCertificateAuthority(authority)
			.withInsecureSkipVerify(insecure)
			.withServerName(serverName);
	}

	private @Nullable PemSource authority(KubeConfigCluster cluster) {
		Path file = this.problems.attempt(cluster::certificateAuthority);
		byte[] data = this.problems.attempt(cluster::certificateAuthorityData);
		PemSource source = this.problems.attempt(() -> PemSource.either(cluster.entry(),
				KubeConfigCluster.CERTIFICATE_AUTHORITY, file, KubeConfigCluster.CERTIFICATE_AUTHORITY_DATA, data));
		if (source != null) {
			this.problems.attempt(() -> TlsConfiguration.readCertificates(source));
		}
		return source;
	}

	/**
	 * Return the proxy: that of the cluster, else that of the environment.
	 */
	@Nullable URI proxy(@Nullable URI server) {
		String text = (this.cluster != null) ? this.problems.attempt(this.cluster::proxyUrl) : null;
		if (text == null) {
			return (server != null) ? this.problems.attempt(() -> this.proxies.proxyFor(server)) : null;
		}
		try {
			return ServerUrl.parseProxy(text);
		}
		catch (IllegalArgumentException ex) {
			this.problems.add(location(KubeConfigCluster.PROXY_URL) + " is not the URL of a proxy: " + ex.getMessage(),
					"Give an http, https or socks5 URL.");
			return null;
		}
	}

	boolean disableCompression() {
		return this.cluster != null && Boolean.TRUE.equals(this.problems.attempt(this.cluster::disableCompression));
	}

	private String location(String key) {
		Assert.state(this.cluster != null, "No cluster");
		return this.cluster.entry().location(key);
	}

}
