package io.github.k8sclient.config;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Finds the configuration of a client by the rules of kubectl and client-go:
 * <ol>
 * <li>a kubeconfig file that the caller names, which must exist;</li>
 * <li>else the files of the environment variable {@code KUBECONFIG}, merged, of which
 * some may be missing;</li>
 * <li>else {@code .kube/config} in the home folder;</li>
 * <li>and when these choose no server, the service account of the pod that the process
 * runs in.</li>
 * </ol>
 * When nothing is found, {@link #load()} fails and says where it has looked; it never
 * falls back to a server on this machine. What is found and wrong is an error, too, and
 * never hidden by a fallback.
 * <p>
 * Files are read on the first {@link #load()} and not again. Safe for use by several
 * threads.
 *
 * @see <a href=
 * "https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/">Organizing
 * cluster access using kubeconfig files</a>
 * @since 0.1.0
 */
public final class ClientConfigurationLoader {

	private static final String KUBECONFIG = "KUBECONFIG";

	private static final Log logger = LogFactory.getLog(ClientConfigurationLoader.class);

	private final @Nullable Path kubeconfig;

	private final @Nullable KubeConfig config;

	private final ConfigOverrides overrides;

	private final Map<String, String> environment;

	private final @Nullable Path home;

	private final InCluster inCluster;

	private final List<String> searched = new ArrayList<>();

	private @Nullable ClientConfiguration loaded;

	private ClientConfigurationLoader(Builder builder) {
		this.environment = (builder.environment != null) ? builder.environment : System.getenv();
		this.home = (builder.home != null) ? builder.home : HomeDirectory.find(this.environment, isWindows());
		this.kubeconfig = builder.kubeconfig;
		this.config = builder.config;
		this.overrides = new ConfigOverrides(builder.context, builder.cluster, builder.user, builder.namespace,
				builder.masterUrl);
		this.inCluster = new InCluster(this.environment, builder.serviceAccountDirectory);
	}

	/**
	 * Return a builder of a loader that follows the rules without overrides.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Load the configuration by the rules of this class.
	 * @return the configuration with the defaults of the process
	 * @throws ConfigurationException if there is no configuration or it cannot be used
	 */
	public static ClientConfiguration loadDefault() {
		return builder().build().load();
	}

	/**
	 * Load the configuration from two command line flags, as client-go's
	 * {@code BuildConfigFromFlags} does. Without both, the service account of the pod
	 * comes first, and the rules of this class after it, with a warning. A master URL
	 * alone uses no kubeconfig, so that credentials that are found by chance do not reach
	 * a server that they were not meant for.
	 * @param masterUrl URL of the API server, {@code null} or empty for the kubeconfig's
	 * @param kubeconfig path of a kubeconfig file, {@code null} or empty for none
	 * @return the configuration
	 * @throws ConfigurationException if there is no configuration or it cannot be used
	 */
	public static ClientConfiguration loadFromFlags(@Nullable String masterUrl, @Nullable String kubeconfig) {
		return loadFromFlags(masterUrl, kubeconfig, builder());
	}

	static ClientConfiguration loadFromFlags(@Nullable String masterUrl, @Nullable String kubeconfig, Builder builder) {
		builder.masterUrl(masterUrl);
		if (StringUtils.hasText(kubeconfig)) {
			return builder.kubeconfig(Path.of(kubeconfig.trim())).build().load();
		}
		if (StringUtils.hasText(masterUrl)) {
			return builder.config(KubeConfig.empty()).build().load();
		}
		ClientConfigurationLoader loader = builder.build();
		try {
			return loader.loadInCluster();
		}
		catch (ConfigurationException ex) {
			logger.warn("Neither a kubeconfig nor a master URL is given; looking for a kubeconfig, because there is no"
					+ " service account: " + ex.description());
			return loader.load();
		}
	}

	/**
	 * Load the configuration. Blocks while it reads files.
	 * @return the configuration, the same one each time
	 * @throws ConfigurationException if there is no configuration or it cannot be used;
	 * the next call tries again
	 */
	public synchronized ClientConfiguration load() {
		if (this.loaded == null) {
			this.searched.clear();
			this.loaded = find();
			logger.debug("Using " + this.loaded);
		}
		return this.loaded;
	}

	/**
	 * Load the configuration of the pod that the process runs in, and nothing else.
	 * @return the configuration with the service account of the pod
	 * @throws ConfigurationException if the process does not run in a pod
	 */
	public ClientConfiguration loadInCluster() {
		ClientConfiguration configuration = this.inCluster.load();
		return (this.overrides.namespace() != null)
				? configuration.toBuilder().namespace(this.overrides.namespace()).build() : configuration;
	}

	private ClientConfiguration find() {
		KubeConfig merged = read();
		SelectedContext selected = new SelectedContext(merged, this.overrides, new ProxyEnvironment(this.environment),
				this.inCluster);
		if (!selected.isEmpty()) {
			return selected.toClientConfiguration();
		}
		if (this.inCluster.isPossible()) {
			logger.debug("Using the configuration of the pod");
			return loadInCluster();
		}
		throw merged.contexts().isEmpty() ? nothingFound() : noContextChosen(merged);
	}

	private KubeConfig read() {
		if (this.config != null) {
			this.searched.add("the given kubeconfig is empty");
			return this.config;
		}
		if (this.kubeconfig != null) {
			Path file = expandHome(this.kubeconfig);
			this.searched.add("the kubeconfig file " + file + " is empty");
			return KubeConfig.read(file);
		}
		String list = this.environment.get(KUBECONFIG);
		if (StringUtils.hasLength(list)) {
			return readList(list);
		}
		this.searched.add("the environment variable KUBECONFIG is not set");
		return readHome();
	}

	private KubeConfig readList(String list) {
		Set<String> names = new LinkedHashSet<>(List.of(list.split(File.pathSeparator)));
		names.remove("");
		List<KubeConfig> configs = new ArrayList<>();
		Problems problems = new Problems();
		for (String name : names) {
			problems.attempt(() -> readIfPresent(name, configs));
		}
		problems.throwIfAny("The kubeconfig in the environment variable KUBECONFIG");
		if (configs.isEmpty()) {
			logger.warn("None of the files in the environment variable KUBECONFIG exists: " + String.join(", ", names));
		}
		return KubeConfig.merge(configs);
	}

	private @Nullable Void readIfPresent(String name, List<KubeConfig> configs) {
		Path file = path(name);
		if (Files.exists(file)) {
			this.searched.add("the file " + file + " of KUBECONFIG is empty");
			configs.add(KubeConfig.read(file));
		}
		else {
			this.searched.add("the file " + file + " of KUBECONFIG does not exist");
		}
		return null;
	}

	private static Path path(String name) {
		try {
			return Path.of(name).toAbsolutePath();
		}
		catch (InvalidPathException ex) {
			throw new ConfigurationException("KUBECONFIG has an entry that is not a path: " + name,
					"Separate paths by '" + File.pathSeparator + "'.");
		}
	}

	private KubeConfig readHome() {
		if (this.home == null) {
			this.searched.add("there is no home folder (HOME is not set)");
			return KubeConfig.empty();
		}
		Path file = this.home.resolve(".kube").resolve("config");
		if (!Files.exists(file)) {
			this.searched.add("the file " + file + " does not exist");
			return KubeConfig.empty();
		}
		this.searched.add("the file " + file + " is empty");
		return KubeConfig.read(file);
	}

	/**
	 * No shell has expanded a tilde in a property.
	 */
	private Path expandHome(Path file) {
		boolean tilde = file.getNameCount() > 1 && file.getName(0).toString().equals("~");
		return (tilde && this.home != null) ? this.home.resolve(file.subpath(1, file.getNameCount()))
				: file.toAbsolutePath();
	}

	private ConfigurationException nothingFound() {
		List<String> places = new ArrayList<>(this.searched);
		places.add("there is no service account of a pod: " + this.inCluster.missing());
		return new ConfigurationException("No Kubernetes configuration was found: " + String.join("; ", places),
				"Name a kubeconfig file, in the configuration or in the environment variable KUBECONFIG, put one at"
						+ " ~/.kube/config, set the URL of the API server, or run in a pod with a service account.",
				List.of("kubeconfig", "masterUrl"));
	}

	private static ConfigurationException noContextChosen(KubeConfig config) {
		return new ConfigurationException(
				"The kubeconfig " + String.join(", ", config.sources()) + " has no current-context",
				"Choose one of the contexts " + new TreeSet<>(config.contexts().keySet())
						+ ", in the configuration or by 'kubectl config use-context'.",
				List.of("context"));
	}

	private static boolean isWindows() {
		return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
	}

	/**
	 * Builds a {@link ClientConfigurationLoader}. Empty texts count as not set. Not safe
	 * for use by several threads.
	 */
	public static final class Builder {

		private @Nullable Path kubeconfig;

		private @Nullable KubeConfig config;

		private @Nullable String context;

		private @Nullable String cluster;

		private @Nullable String user;

		private @Nullable String namespace;

		private @Nullable String masterUrl;

		private @Nullable Map<String, String> environment;

		private @Nullable Path home;

		private Path serviceAccountDirectory = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

		private Builder() {
		}

		/**
		 * Read this kubeconfig file and no other. It must exist. {@code ~} at its
		 * beginning stands for the home folder.
		 * @param kubeconfig the file, {@code null} to search for one
		 * @return this builder
		 */
		public Builder kubeconfig(@Nullable Path kubeconfig) {
			this.kubeconfig = kubeconfig;
			return this;
		}

		/**
		 * Use this kubeconfig instead of one from a file.
		 * @param config the kubeconfig, {@code null} to read files
		 * @return this builder
		 */
		public Builder config(@Nullable KubeConfig config) {
			this.config = config;
			return this;
		}

		/**
		 * Use this context instead of the current one.
		 * @param context the name of a context
		 * @return this builder
		 */
		public Builder context(@Nullable String context) {
			this.context = textOrNull(context);
			return this;
		}

		/**
		 * Use this cluster instead of the one of the context.
		 * @param cluster the name of a cluster
		 * @return this builder
		 */
		public Builder cluster(@Nullable String cluster) {
			this.cluster = textOrNull(cluster);
			return this;
		}

		/**
		 * Use this user instead of the one of the context.
		 * @param user the name of a user
		 * @return this builder
		 */
		public Builder user(@Nullable String user) {
			this.user = textOrNull(user);
			return this;
		}

		/**
		 * Use this namespace instead of the one of the context or pod.
		 * @param namespace the name of a namespace
		 * @return this builder
		 */
		public Builder namespace(@Nullable String namespace) {
			this.namespace = textOrNull(namespace);
			return this;
		}

		/**
		 * Use this API server instead of the one of the cluster.
		 * @param masterUrl a URL
		 * @return this builder
		 */
		public Builder masterUrl(@Nullable String masterUrl) {
			this.masterUrl = textOrNull(masterUrl);
			return this;
		}

		/**
		 * Use these environment variables instead of those of the process.
		 * @param environment the variables
		 * @return this builder
		 */
		public Builder environment(Map<String, String> environment) {
			Assert.notNull(environment, "'environment' must not be null");
			this.environment = Map.copyOf(environment);
			return this;
		}

		/**
		 * Use this home folder instead of the one that the environment names.
		 * @param home the folder, {@code null} for that of the environment
		 * @return this builder
		 */
		public Builder home(@Nullable Path home) {
			this.home = home;
			return this;
		}

		/**
		 * Look for the files of the service account in another folder than
		 * {@code /var/run/secrets/kubernetes.io/serviceaccount}.
		 * @param serviceAccountDirectory the folder
		 * @return this builder
		 */
		public Builder serviceAccountDirectory(Path serviceAccountDirectory) {
			Assert.notNull(serviceAccountDirectory, "'serviceAccountDirectory' must not be null");
			this.serviceAccountDirectory = serviceAccountDirectory;
			return this;
		}

		/**
		 * Build the loader. Reads nothing yet.
		 * @return a new loader
		 */
		public ClientConfigurationLoader build() {
			return new ClientConfigurationLoader(this);
		}

		private static @Nullable String textOrNull(@Nullable String text) {
			return StringUtils.hasText(text) ? text.trim() : null;
		}

	}

}
