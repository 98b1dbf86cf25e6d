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
import java.util.function.UnaryOperator;

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

	private static final List<String> LISTS = List.of(CLUSTERS, USERS, CONTEXTS, "extensions");

	private final List<Source> sources;

	private final Map<String, KubeConfigCluster> clusters;

	private final Map<String, KubeConfigUser> users;

	private final Map<String, KubeConfigContext> contexts;

	/** Everything as written, which gives the order, and what is not known. */
	private final Map<String, Object> written;

	private KubeConfig(List<Source> sources, Map<String, KubeConfigCluster> clusters, Map<String, KubeConfigUser> users,
			Map<String, KubeConfigContext> contexts, Map<String, Object> written) {
		this.sources = List.copyOf(sources);
		this.clusters = Collections.unmodifiableMap(clusters);
		this.users = Collections.unmodifiableMap(users);
		this.contexts = Collections.unmodifiableMap(contexts);
		this.written = Collections.unmodifiableMap(written);
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
			return parse(text, new Source(file.toString(), file.toAbsolutePath()));
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
		return new KubeConfig(List.of(source), clusters, users, contexts, values);
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
		List<Source> sources = new ArrayList<>();
		Map<String, KubeConfigCluster> clusters = new LinkedHashMap<>();
		Map<String, KubeConfigUser> users = new LinkedHashMap<>();
		Map<String, KubeConfigContext> contexts = new LinkedHashMap<>();
		Map<String, Object> written = new LinkedHashMap<>();
		for (KubeConfig config : configs) {
			sources.addAll(config.sources);
			config.clusters.forEach(clusters::putIfAbsent);
			config.users.forEach(users::putIfAbsent);
			config.contexts.forEach(contexts::putIfAbsent);
			config.written.forEach((key, value) -> {
				if (LISTS.contains(key)) {
					written.merge(key, value, KubeConfig::mergeNamed);
				}
				else if (!value.equals("")) {
					written.putIfAbsent(key, value);
				}
			});
		}
		return new KubeConfig(sources, clusters, users, contexts, written);
	}

	/**
	 * Add the items of a list whose names another one does not have.
	 */
	private static Object mergeNamed(Object first, Object second) {
		List<Object> merged = new ArrayList<>(items(first));
		for (Object item : items(second)) {
			if (merged.stream().noneMatch((present) -> name(present).equals(name(item)))) {
				merged.add(item);
			}
		}
		return Collections.unmodifiableList(merged);
	}

	private static List<?> items(@Nullable Object list) {
		return (list instanceof List<?> items) ? items : List.of();
	}

	private static Object name(@Nullable Object item) {
		Object name = (item instanceof Map<?, ?> map) ? map.get("name") : null;
		return (name != null) ? name : "";
	}

	/**
	 * Return the files or other texts that this was read from.
	 * @return the names, the most important first
	 */
	public List<String> sources() {
		return this.sources.stream().map(Source::name).toList();
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
		return new KubeConfigEntry(this.written, "kubeconfig", new Source(String.join(", ", sources()), null))
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
	 * Return a copy with another current context.
	 * @param name name of the context
	 * @return a changed copy
	 */
	public KubeConfig withCurrentContext(String name) {
		Assert.hasText(name, "'name' must not be empty");
		Map<String, Object> changed = new LinkedHashMap<>(this.written);
		changed.put(CURRENT_CONTEXT, name);
		return new KubeConfig(this.sources, this.clusters, this.users, this.contexts, changed);
	}

	/**
	 * Return a copy with a cluster added or replaced as a whole. Relative paths count
	 * from the folder of the file that has the cluster; for a new one, that is the first
	 * of the files that this was read from.
	 * @param name name of the cluster
	 * @param content its content as it stands in a file, such as that of
	 * {@link KubeConfigCluster#asMap()} with changes
	 * @return a changed copy
	 */
	public KubeConfig withCluster(String name, Map<String, ?> content) {
		return new KubeConfig(this.sources,
				with(this.clusters, CLUSTERS, name, content, KubeConfigCluster::entry, KubeConfigCluster::new),
				this.users, this.contexts, this.written);
	}

	/**
	 * Return a copy with a user added or replaced as a whole. Relative paths count from
	 * the folder of the file that has the user; for a new one, that is the first of the
	 * files that this was read from.
	 * @param name name of the user
	 * @param content its content as it stands in a file, such as that of
	 * {@link KubeConfigUser#asMap()} with changes
	 * @return a changed copy
	 */
	public KubeConfig withUser(String name, Map<String, ?> content) {
		return new KubeConfig(this.sources, this.clusters,
				with(this.users, USERS, name, content, KubeConfigUser::entry, KubeConfigUser::new), this.contexts,
				this.written);
	}

	/**
	 * Return a copy with a context added or replaced as a whole.
	 * @param name name of the context
	 * @param content its content as it stands in a file, such as that of
	 * {@link KubeConfigContext#asMap()} with changes
	 * @return a changed copy
	 */
	public KubeConfig withContext(String name, Map<String, ?> content) {
		return new KubeConfig(this.sources, this.clusters, this.users,
				with(this.contexts, CONTEXTS, name, content, KubeConfigContext::entry, KubeConfigContext::new),
				this.written);
	}

	private <T> Map<String, T> with(Map<String, T> entries, String list, String name, Map<String, ?> content,
			Function<T, KubeConfigEntry> entry, BiFunction<String, KubeConfigEntry, T> factory) {
		Assert.hasText(name, "'name' must not be empty");
		T present = entries.get(name);
		Source source = (present != null) ? entry.apply(present).source() : firstSource();
		Map<String, T> changed = new LinkedHashMap<>(entries);
		changed.put(name, factory.apply(name,
				new KubeConfigEntry(KubeConfigParser.copy(content), list + "[" + name + "]", source)));
		return changed;
	}

	// Where kubectl writes a new entry
	private Source firstSource() {
		return this.sources.isEmpty() ? new Source("the kubeconfig", null) : this.sources.get(0);
	}

	/**
	 * Return the whole content as it is written to a file, with all that this class does
	 * not know, secrets included, in the order in which it was read. Paths are as
	 * written.
	 * @return maps, lists, texts, numbers and booleans, all immutable
	 */
	public Map<String, Object> asMap() {
		return map(KubeConfigEntry::values);
	}

	private Map<String, Object> map(Function<KubeConfigEntry, Map<String, Object>> values) {
		Map<String, Object> map = new LinkedHashMap<>(this.written);
		put(map, CLUSTERS, "cluster", this.clusters, (cluster) -> values.apply(cluster.entry()));
		put(map, USERS, "user", this.users, (user) -> values.apply(user.entry()));
		put(map, CONTEXTS, "context", this.contexts, KubeConfigContext::asMap);
		return Collections.unmodifiableMap(map);
	}

	private static <T> void put(Map<String, Object> map, String list, String member, Map<String, T> entries,
			Function<T, Map<String, Object>> content) {
		if (entries.isEmpty()) {
			return;
		}
		List<?> written = items(map.get(list));
		List<Object> items = new ArrayList<>();
		entries.forEach((name, entry) -> {
			Map<Object, Object> item = new LinkedHashMap<>();
			item.put("name", name);
			written.stream()
				.filter((candidate) -> name(candidate).toString().equals(name))
				.findFirst()
				.ifPresent((found) -> {
					item.clear();
					item.putAll((Map<?, ?>) found);
				});
			item.put(member, content.apply(entry));
			items.add(Collections.unmodifiableMap(item));
		});
		map.put(list, Collections.unmodifiableList(items));
	}

	/**
	 * Return the whole content in the form of a file that can be put anywhere: relative
	 * paths that count from the folder of a file are made absolute. Comments of the file
	 * that it was read from are gone.
	 * @return YAML, secrets included
	 */
	public String toYaml() {
		return toYaml(null);
	}

	/**
	 * Return the whole content in the form of a file in a folder. What was read from that
	 * folder keeps its relative paths.
	 */
	String toYaml(@Nullable Path folder) {
		Map<String, Object> map = new LinkedHashMap<>(map((entry) -> entry.valuesIn(folder)));
		map.putIfAbsent("apiVersion", "v1");
		map.putIfAbsent("kind", "Config");
		return KubeConfigWriter.yaml(map);
	}

	/**
	 * Write the whole content to a file, which is replaced in one step. A new file can be
	 * read by its owner only. Relative paths of what was read from another folder are
	 * made absolute, so that they still lead where they led. Blocks.
	 * @param file the file; its folder must exist
	 * @throws ConfigurationException if the file cannot be written
	 */
	public void write(Path file) {
		Assert.notNull(file, "'file' must not be null");
		try {
			KubeConfigWriter.write(file, toYaml(file.toAbsolutePath().getParent()));
		}
		catch (IOException ex) {
			throw notWritten(file, ex);
		}
	}

	/**
	 * Read a file, change it and write it back in one step. Programs that do the same by
	 * the rules of kubectl wait for each other or fail. Blocks.
	 * @param file the file, which must exist
	 * @param change makes the content to write of the content that was read
	 * @throws ConfigurationException if the file cannot be read or written, or another
	 * process is about to change it
	 */
	public static void update(Path file, UnaryOperator<KubeConfig> change) {
		Assert.notNull(file, "'file' must not be null");
		try {
			KubeConfigWriter.update(file, change);
		}
		catch (IOException ex) {
			throw notWritten(file, ex);
		}
	}

	private static ConfigurationException notWritten(Path file, IOException ex) {
		return new ConfigurationException("The kubeconfig cannot be written: " + PemSource.reason(file, ex),
				"Correct the path, or make file and folder writable for this process.", ex);
	}

	@Override
	public String toString() {
		return "KubeConfig[sources=" + sources() + ", contexts=" + this.contexts.keySet() + ", clusters="
				+ this.clusters.keySet() + ", users=" + this.users.keySet() + "]";
	}

}
