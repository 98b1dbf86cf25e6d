package io.github.k8sclient.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.github.k8sclient.config.KubeConfigEntry.Source;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The content of one or several kubeconfig files: clusters, users and the contexts that
 * join them, as written. What this class does not know is kept, see {@link #asMap()}.
 * Immutable. {@code toString} shows names only.
 * <p>
 * An entry is checked when it is used; see {@link ClientConfigurationLoader} for how a
 * context is chosen and validated.
 *
 * @see <a href=
 * "https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/">kubeconfig (v1)</a>
 * @since 0.1.0
 */
public final class KubeConfig {

	private static final String CLUSTERS = "clusters";

	private static final String USERS = "users";

	private static final String CONTEXTS = "contexts";

	private static final String CURRENT_CONTEXT = "current-context";

	private static final String EXTENSIONS = "extensions";

	private final List<String> sources;

	private final Map<String, KubeConfigCluster> clusters;

	private final Map<String, KubeConfigUser> users;

	private final Map<String, KubeConfigContext> contexts;

	private final Map<String, Object> others;

	private KubeConfig(List<String> sources, Map<String, KubeConfigCluster> clusters, Map<String, KubeConfigUser> users,
			Map<String, KubeConfigContext> contexts, Map<String, Object> others) {
		this.sources = List.copyOf(sources);
		this.clusters = Collections.unmodifiableMap(clusters);
		this.users = Collections.unmodifiableMap(users);
		this.contexts = Collections.unmodifiableMap(contexts);
		this.others = Collections.unmodifiableMap(others);
	}

	/**
	 * Return a kubeconfig without anything in it.
	 * @return the empty kubeconfig
	 */
	public static KubeConfig empty() {
		return new KubeConfig(List.of(), Map.of(), Map.of(), Map.of(), Map.of());
	}

	/**
	 * Read a file. Relative paths in it count from its folder. Blocks.
	 * @param file the file
	 * @return its content
	 * @throws ConfigurationException if the file cannot be read or is not a kubeconfig
	 */
	public static KubeConfig read(Path file) {
		Assert.notNull(file, "'file' must not be null");
		try {
			String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
			return parse(text, new Source(file.toString(), file.toAbsolutePath().getParent()));
		}
		catch (IOException ex) {
			throw new ConfigurationException("The kubeconfig cannot be read: " + PemSource.reason(file, ex),
					"Correct the path, or make the file readable for this process.", ex);
		}
	}

	/**
	 * Parse a text, such as a value of a Secret. Relative paths in it count from the
	 * working directory.
	 * @param text YAML or JSON
	 * @param source name of the text in errors
	 * @return its content
	 * @throws ConfigurationException if the text is not a kubeconfig
	 */
	public static KubeConfig parse(String text, String source) {
		Assert.notNull(text, "'text' must not be null");
		Assert.hasText(source, "'source' must not be empty");
		return parse(text, new Source(source, null));
	}

	private static KubeConfig parse(String text, Source source) {
		Map<String, Object> values = new LinkedHashMap<>(KubeConfigParser.parse(text, source.name()));
		KubeConfigEntry root = new KubeConfigEntry(values, "kubeconfig", source);
		requireConfig(root, source);
		Map<String, KubeConfigCluster> clusters = named(root, CLUSTERS, "cluster", source, KubeConfigCluster::new);
		Map<String, KubeConfigUser> users = named(root, USERS, "user", source, KubeConfigUser::new);
		Map<String, KubeConfigContext> contexts = named(root, CONTEXTS, "context", source, KubeConfigContext::new);
		List.of(CLUSTERS, USERS, CONTEXTS).forEach(values::remove);
		return new KubeConfig(List.of(source.name()), clusters, users, contexts, values);
	}

	private static void requireConfig(KubeConfigEntry root, Source source) {
		String kind = root.text("kind");
		String apiVersion = root.text("apiVersion");
		if ((kind != null && !kind.equals("Config")) || (apiVersion != null && !apiVersion.equals("v1"))) {
			throw new ConfigurationException(
					source.name() + " is not a kubeconfig: it holds " + kind + " of apiVersion " + apiVersion,
					"Name a file with kind Config and apiVersion v1.");
		}
	}

	private static <T> Map<String, T> named(KubeConfigEntry root, String list, String member, Source source,
			BiFunction<String, KubeConfigEntry, T> factory) {
		Map<String, T> result = new LinkedHashMap<>();
		for (KubeConfigEntry item : root.entries(list)) {
			String name = item.text("name");
			if (name == null) {
				throw new ConfigurationException(item.location("name") + " is missing", "Give the entry a name.");
			}
			KubeConfigEntry inner = item.entry(member);
			Map<String, Object> values = (inner != null) ? inner.values() : Map.of();
			String place = list + "[" + name + "]";
			if (result.put(name, factory.apply(name, new KubeConfigEntry(values, place, source))) != null) {
				throw new ConfigurationException(place + " of " + source.name() + " is there more than once",
						"Keep one of the entries, or give them different names.");
			}
		}
		return result;
	}

	/**
	 * Merge kubeconfigs as kubectl does: for each name the first one that has the
	 * cluster, user or context wins as a whole, and so does the first that sets the
	 * current context.
	 * @param configs the kubeconfigs, the most important first
	 * @return the merged kubeconfig
	 */
	public static KubeConfig merge(List<KubeConfig> configs) {
		List<String> sources = new ArrayList<>();
		Map<String, KubeConfigCluster> clusters = new LinkedHashMap<>();
		Map<String, KubeConfigUser> users = new LinkedHashMap<>();
		Map<String, KubeConfigContext> contexts = new LinkedHashMap<>();
		Map<String, Object> others = new LinkedHashMap<>();
		List<Object> extensions = new ArrayList<>();
		for (KubeConfig config : configs) {
			sources.addAll(config.sources);
			config.clusters.forEach(clusters::putIfAbsent);
			config.users.forEach(users::putIfAbsent);
			config.contexts.forEach(contexts::putIfAbsent);
			config.others.forEach((key, value) -> {
				if (!value.equals("")) {
					others.putIfAbsent(key, value);
				}
			});
			addExtensions(extensions, config.others.get(EXTENSIONS));
		}
		if (!extensions.isEmpty()) {
			others.put(EXTENSIONS, Collections.unmodifiableList(extensions));
		}
		return new KubeConfig(sources, clusters, users, contexts, others);
	}

	private static void addExtensions(List<Object> merged, @Nullable Object extensions) {
		if (extensions instanceof List<?> list) {
			for (Object extension : list) {
				if (merged.stream().noneMatch((present) -> name(present).equals(name(extension)))) {
					merged.add(extension);
				}
			}
		}
	}

	private static Object name(@Nullable Object extension) {
		Object name = (extension instanceof Map<?, ?> map) ? map.get("name") : null;
		return (name != null) ? name : "";
	}

	/**
	 * Return the files or other texts that this was read from.
	 * @return the names, the most important first
	 */
	public List<String> sources() {
		return this.sources;
	}

	/**
	 * Return the clusters.
	 * @return the clusters by name
	 */
	public Map<String, KubeConfigCluster> clusters() {
		return this.clusters;
	}

	/**
	 * Return the users.
	 * @return the users by name
	 */
	public Map<String, KubeConfigUser> users() {
		return this.users;
	}

	/**
	 * Return the contexts.
	 * @return the contexts by name
	 */
	public Map<String, KubeConfigContext> contexts() {
		return this.contexts;
	}

	/**
	 * Return the context that is used when none is asked for.
	 * @return the name of a context, which may not exist, or {@code null}
	 */
	public @Nullable String currentContext() {
		return new KubeConfigEntry(this.others, "kubeconfig", new Source(String.join(", ", this.sources), null))
			.text(CURRENT_CONTEXT);
	}

	/**
	 * Return whether there is nothing in this kubeconfig that can be used.
	 * @return {@code true} without clusters, users, contexts and current context
	 */
	public boolean isEmpty() {
		return this.clusters.isEmpty() && this.users.isEmpty() && this.contexts.isEmpty() && currentContext() == null;
	}

	/**
	 * Return the whole content as it would be written to a file, with all that this class
	 * does not know, secrets included. Paths are as written.
	 * @return maps, lists, texts, numbers and booleans, all immutable
	 */
	public Map<String, Object> asMap() {
		Map<String, Object> map = new LinkedHashMap<>(this.others);
		put(map, CLUSTERS, "cluster", this.clusters, KubeConfigCluster::asMap);
		put(map, USERS, "user", this.users, KubeConfigUser::asMap);
		put(map, CONTEXTS, "context", this.contexts, KubeConfigContext::asMap);
		return Collections.unmodifiableMap(map);
	}

	private static <T> void put(Map<String, Object> map, String list, String member, Map<String, T> entries,
			Function<T, Map<String, Object>> content) {
		map.put(list,
				entries.entrySet()
					.stream()
					.map((entry) -> Map.of("name", entry.getKey(), member, content.apply(entry.getValue())))
					.toList());
	}

	@Override
	public String toString() {
		return "KubeConfig[sources=" + this.sources + ", contexts=" + this.contexts.keySet() + ", clusters="
				+ this.clusters.keySet() + ", users=" + this.users.keySet() + "]";
	}

}
