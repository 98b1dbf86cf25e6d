package io.github.k8sclient.auth;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ClientIdentity;
import io.github.k8sclient.config.ConfigurationException;
import io.github.k8sclient.config.ExecPlugin;
import io.github.k8sclient.config.PemSource;
import io.github.k8sclient.config.TlsConfiguration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The object {@code ExecCredential} of {@code client.authentication.k8s.io}, as a client
 * gives it to a credential plugin and as the plugin prints it.
 *
 * @param authentication the credentials that the plugin has printed
 * @param expiry when they end, {@code null} when they stay good
 */
record ExecCredential(Authentication authentication, @Nullable Instant expiry) {

	/** The environment variable in which the plugin gets the object. */
	static final String VARIABLE = "KUBERNETES_EXEC_INFO";

	private static final String KIND = "ExecCredential";

	private static final JsonMapper JSON = JsonMapper.shared();

	boolean isExpired(Instant now) {
		return this.expiry != null && now.isAfter(this.expiry);
	}

	/**
	 * Return when the credentials end, as far as can be told.
	 */
	@Nullable Instant end() {
		ClientIdentity identity = this.authentication.identity();
		Instant certificateEnd = (identity != null) ? identity.certificate().getNotAfter().toInstant() : null;
		return (this.expiry == null || (certificateEnd != null && certificateEnd.isBefore(this.expiry)))
				? certificateEnd : this.expiry;
	}

	/**
	 * Return what a plugin is told.
	 */
	static String request(ExecPlugin plugin, ClientConfiguration configuration, boolean interactive) {
		Map<String, @Nullable Object> spec = new LinkedHashMap<>();
		if (plugin.provideClusterInfo()) {
			spec.put("cluster", cluster(plugin, configuration));
		}
		spec.put("interactive", interactive);
		Map<String, Object> request = new LinkedHashMap<>();
		request.put("kind", KIND);
		request.put("apiVersion", plugin.apiVersion());
		request.put("spec", spec);
		return JSON.writeValueAsString(request);
	}

	private static Map<String, @Nullable Object> cluster(ExecPlugin plugin, ClientConfiguration configuration) {
		Map<String, @Nullable Object> cluster = new LinkedHashMap<>();
		TlsConfiguration tls = configuration.tls();
		PemSource authority = tls.certificateAuthority();
		cluster.put("server", configuration.server().toString());
		if (tls.serverName() != null) {
			cluster.put("tls-server-name", tls.serverName());
		}
		if (tls.insecureSkipVerify()) {
			cluster.put("insecure-skip-tls-verify", true);
		}
		if (authority != null) {
			cluster.put("certificate-authority-data", Base64.getEncoder().encodeToString(authority.read()));
		}
		if (configuration.proxy() != null) {
			cluster.put("proxy-url", configuration.proxy().toString());
		}
		if (!configuration.compression()) {
			cluster.put("disable-compression", true);
		}
		cluster.put("config", plugin.clusterConfig());
		return cluster;
	}

	/**
	 * Read what a plugin has printed.
	 * @throws ConfigurationException if it is not what it has to be; the message shows
	 * nothing of it
	 */
	static ExecCredential read(ExecPlugin plugin, String output) {
		JsonNode root = parse(plugin, output);
		requireVersion(plugin, root);
		JsonNode status = root.path("status");
		if (!status.isObject()) {
			throw unusable(plugin, "printed no status");
		}
		String token = text(plugin, status, "token");
		String certificate = text(plugin, status, "clientCertificateData");
		String key = text(plugin, status, "clientKeyData");
		if (token == null && certificate == null && key == null) {
			throw unusable(plugin, "printed neither a token nor a client certificate");
		}
		ClientIdentity identity = identity(plugin, certificate, key);
		return new ExecCredential(new Authentication("Bearer", token, identity),
				expiry(plugin, text(plugin, status, "expirationTimestamp")));
	}

	private static JsonNode parse(ExecPlugin plugin, String output) {
		try {
			JsonNode root = JSON.readTree(output);
			if (root.isObject()) {
				return root;
			}
		}
		catch (JacksonException ex) {
			// Its message quotes the output
		}
		throw unusable(plugin, "printed something else than a JSON object");
	}

	private static void requireVersion(ExecPlugin plugin, JsonNode root) {
		String kind = text(plugin, root, "kind");
		String version = text(plugin, root, "apiVersion");
		if (!KIND.equals(kind)) {
			throw unusable(plugin, "printed an object of the kind " + kind + ", not " + KIND);
		}
		if (!plugin.apiVersion().equals(version)) {
			throw unusable(plugin, "is configured to use the API version " + plugin.apiVersion() + ", but printed "
					+ KIND + " of " + version);
		}
	}

	private static @Nullable ClientIdentity identity(ExecPlugin plugin, @Nullable String certificate,
			@Nullable String key) {
		if (certificate == null && key == null) {
			return null;
		}
		if (certificate == null || key == null) {
			throw unusable(plugin, "printed a certificate or a key, but not both");
		}
		return TlsConfiguration.defaults()
			.withClientCertificate(pem(plugin, "clientCertificateData", certificate), pem(plugin, "clientKeyData", key))
			.readClientIdentity();
	}

	private static PemSource pem(ExecPlugin plugin, String name, String text) {
		return PemSource.data(name + " of the " + plugin, text.getBytes(StandardCharsets.UTF_8));
	}

	private static @Nullable Instant expiry(ExecPlugin plugin, @Nullable String text) {
		try {
			return (text != null) ? OffsetDateTime.parse(text).toInstant() : null;
		}
		catch (DateTimeException ex) {
			throw unusable(plugin, "printed an expirationTimestamp that is no time");
		}
	}

	private static @Nullable String text(ExecPlugin plugin, JsonNode node, String name) {
		JsonNode value = node.path(name);
		if (!value.isMissingNode() && !value.isNull() && !value.isString()) {
			throw unusable(plugin, "printed " + name + " that is no text");
		}
		return (value.isString() && !value.stringValue().isEmpty()) ? value.stringValue() : null;
	}

	private static ConfigurationException unusable(ExecPlugin plugin, String problem) {
		return new ConfigurationException("The " + plugin + " " + problem,
				"Check that the plugin is right, and has the version that the kubeconfig is written for.");
	}

}
