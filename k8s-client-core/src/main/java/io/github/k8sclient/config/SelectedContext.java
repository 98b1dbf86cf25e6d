package io.github.k8sclient.config;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A context of a kubeconfig with its cluster and user and the caller's overrides: what
 * {@code ClientConfig} is to client-go. Checks all that is used, and nothing else.
 */
final class SelectedContext {

	/** Label of DNS, RFC 1123. */
	private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

	private static final Log logger = LogFactory.getLog(SelectedContext.class);

	private final KubeConfig config;

	private final ConfigOverrides overrides;

	private final ProxyEnvironment proxies;

	private final InCluster inCluster;

	private final Problems problems = new Problems();

	private final @Nullable String contextName;

	private final @Nullable KubeConfigContext context;

	SelectedContext(KubeConfig config, ConfigOverrides overrides, ProxyEnvironment proxies, InCluster inCluster) {
		this.config = config;
		this.overrides = overrides;
		this.proxies = proxies;
		this.inCluster = inCluster;
		this.contextName = (overrides.context() != null) ? overrides.context() : config.currentContext();
		this.context = (this.contextName != null) ? config.contexts().get(this.contextName) : null;
	}

	/**
	 * Whether neither the kubeconfig nor the caller chooses a server.
	 */
	boolean isEmpty() {
		return this.contextName == null && this.overrides.cluster() == null && this.overrides.masterUrl() == null;
	}

	/**
	 * Validate what is chosen and make a configuration of it.
	 * @throws ConfigurationException if there are problems, with all of them
	 */
	ClientConfiguration toClientConfiguration() {
		if (this.contextName != null && this.context == null) {
			missing("The context", this.contextName, this.config.contexts().keySet());
		}
		KubeConfigCluster cluster = cluster();
		KubeConfigUser user = user();
		String namespace = namespace();
		ClusterSettings settings = new ClusterSettings(cluster, this.overrides.masterUrl(), this.proxies,
				this.problems);
		URI server = settings.server();
		TlsConfiguration tls = settings.tls();
		URI proxy = settings.proxy(server);
		boolean compression = !settings.disableCompression();
		UserSettings identity = new UserSettings(user, cluster, this.proxies, this.problems);
		boolean secure = server != null && "https".equals(server.getScheme());
		identity.validate(server == null || secure);
		Impersonation impersonation = identity.impersonation();
		this.problems.throwIfAny(subject());
		ClientConfiguration.Builder builder = ClientConfiguration.builder()
			.server(settings.require(server))
			.namespace(namespace)
			.context((this.context != null) ? this.contextName : null)
			.source(source())
			.impersonation(impersonation)
			.proxy(proxy)
			.compression(compression);
		if (secure) {
			builder.tls(identity.identify(tls)).credentials(identity.credentials());
		}
		else if (identity.isPresent()) {
			logger.warn("Credentials of " + identity.name() + " are not used, because " + server
					+ " is not an https URL: they would travel in the clear");
		}
		return builder.build();
	}

	private @Nullable KubeConfigCluster cluster() {
		String name = this.overrides.cluster();
		if (name == null && this.context != null) {
			name = this.problems.attempt(this.context::cluster);
			if (name == null && this.overrides.masterUrl() == null && this.problems.isEmpty()) {
				this.problems.add(this.context.entry().location("cluster") + " is missing",
						"Set it to one of the clusters " + names(this.config.clusters()) + ".");
			}
		}
		if (name == null) {
			return null;
		}
		KubeConfigCluster cluster = this.config.clusters().get(name);
		if (cluster == null) {
			missing("The cluster", name, this.config.clusters().keySet());
		}
		return cluster;
	}

	private @Nullable KubeConfigUser user() {
		String name = this.overrides.user();
		if (name == null && this.context != null) {
			name = this.problems.attempt(this.context::user);
		}
		if (name == null) {
			return null;
		}
		KubeConfigUser user = this.config.users().get(name);
		if (user == null) {
			missing("The user", name, this.config.users().keySet());
		}
		return user;
	}

	private String namespace() {
		String namespace = this.overrides.namespace();
		String location = "The namespace";
		if (namespace == null && this.context != null) {
			namespace = this.problems.attempt(this.context::namespace);
			location = this.context.entry().location("namespace");
		}
		if (namespace == null) {
			return this.inCluster.isPossible() ? this.inCluster.namespace() : "default";
		}
		if (!NAMESPACE.matcher(namespace).matches()) {
			this.problems.add(location + " is '" + namespace + "', which is no valid name of a namespace",
					"Use lower-case letters, digits and '-' inside, at most 63.");
		}
		return namespace;
	}

	private void missing(String what, String name, Collection<String> present) {
		String where = this.config.sources().isEmpty() ? "" : " in " + String.join(", ", this.config.sources());
		this.problems.add(what + " '" + name + "' does not exist" + where,
				present.isEmpty() ? "Add it to the kubeconfig, or name another kubeconfig."
						: "Use one of " + new TreeSet<>(present) + ", or add it to the kubeconfig.");
	}

	private static String names(Map<String, ?> entries) {
		return new TreeSet<>(entries.keySet()).toString();
	}

	private String subject() {
		return "The Kubernetes configuration (" + source() + ")";
	}

	private String source() {
		List<String> sources = this.config.sources();
		String text = sources.isEmpty() ? "no kubeconfig" : "kubeconfig " + String.join(", ", sources);
		if (this.contextName != null) {
			text += ", context " + this.contextName;
		}
		return (this.overrides.masterUrl() != null) ? text + ", master URL set" : text;
	}

}
