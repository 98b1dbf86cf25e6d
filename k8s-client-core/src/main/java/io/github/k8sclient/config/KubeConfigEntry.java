package io.github.k8sclient.config;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * A mapping inside of a kubeconfig, with its place for error messages. Values are checked
 * when they are asked for, so that a mistake in an entry that nobody uses does no harm.
 */
final class KubeConfigEntry {

	private static final Set<String> PATHS = Set.of(KubeConfigCluster.CERTIFICATE_AUTHORITY,
			KubeConfigUser.CLIENT_CERTIFICATE, KubeConfigUser.CLIENT_KEY, KubeConfigUser.TOKEN_FILE,
			OidcSettings.AUTHORITY);

	/** Mappings in which there are paths, too. */
	private static final Set<String> SECTIONS = Set.of(KubeConfigUser.EXEC, KubeConfigUser.AUTH_PROVIDER,
			KubeConfigUser.CONFIG);

	private final Map<String, Object> values;

	private final String place;

	private final Source source;

	KubeConfigEntry(Map<String, Object> values, String place, Source source) {
		this.values = values;
		this.place = place;
		this.source = source;
	}

	Map<String, Object> values() {
		return this.values;
	}

	/**
	 * Return the values for a file, in which they are to mean the same: unless it is in
	 * the folder of this one, relative paths become absolute.
	 * @param folder the folder of the file, {@code null} for a text that is in none
	 */
	Map<String, Object> valuesIn(@Nullable Path folder) {
		if (this.source.folder() == null || this.source.folder().equals(folder)) {
			return this.values;
		}
		Map<String, Object> moved = new LinkedHashMap<>();
		this.values.forEach((key, value) -> moved.put(key, valueIn(folder, key, value)));
		return Collections.unmodifiableMap(moved);
	}

	private Object valueIn(@Nullable Path folder, String key, Object value) {
		if (value instanceof Map && SECTIONS.contains(key)) {
			return new KubeConfigEntry(mapping(key, value), this.place + "." + key, this.source).valuesIn(folder);
		}
		if (!(value instanceof String text) || text.isEmpty()) {
			return value;
		}
		if (PATHS.contains(key)) {
			return resolve(key, text).toString();
		}
		return key.equals(KubeConfigExec.COMMAND) ? resolveCommand(key, text) : text;
	}

	boolean isEmpty() {
		return this.values.isEmpty();
	}

	boolean has(String key) {
		Object value = this.values.get(key);
		return value != null && !value.equals("");
	}

	/**
	 * Where a value stands, such as {@code users[admin].token of /home/joe/.kube/config}.
	 */
	String location(String key) {
		return this.place + "." + key + " of " + this.source.name();
	}

	@Nullable String text(String key) {
		Object value = this.values.get(key);
		if (value instanceof Map || value instanceof List || value instanceof byte[]) {
			throw mistaken(key, "must be a text");
		}
		return (value != null && !value.equals("")) ? value.toString() : null;
	}

	boolean flag(String key) {
		Object value = this.values.get(key);
		if (value != null && !(value instanceof Boolean)) {
			throw mistaken(key, "must be true or false");
		}
		return Boolean.TRUE.equals(value);
	}

	/**
	 * Return a path; a relative one counts from the folder of the kubeconfig.
	 */
	@Nullable Path path(String key) {
		String text = text(key);
		return (text != null) ? resolve(key, text) : null;
	}

	private Path resolve(String key, String text) {
		try {
			Path path = Path.of(text);
			Path folder = this.source.folder();
			return (folder != null && !path.isAbsolute()) ? folder.resolve(path).normalize() : path;
		}
		catch (InvalidPathException ex) {
			throw mistaken(key, "is not a path");
		}
	}

	/**
	 * Return a command; one with a slash counts from the folder of the kubeconfig, others
	 * are looked up in the PATH.
	 */
	@Nullable String command(String key) {
		String text = text(key);
		return (text != null) ? resolveCommand(key, text) : null;
	}

	private String resolveCommand(String key, String text) {
		return (text.indexOf('/') >= 0 || text.indexOf(File.separatorChar) >= 0) ? resolve(key, text).toString() : text;
	}

	Source source() {
		return this.source;
	}

	byte @Nullable [] data(String key) {
		Object value = this.values.get(key);
		if (value instanceof byte[] bytes) {
			return bytes.clone();
		}
		String text = text(key);
		if (text == null) {
			return null;
		}
		try {
			return Base64.getDecoder().decode(StringUtils.trimAllWhitespace(text));
		}
		catch (IllegalArgumentException ex) {
			throw new ConfigurationException(location(key) + " is not valid base64",
					"Give the PEM text encoded in base64 on one line, or name a file in "
							+ key.substring(0, key.length() - "-data".length()) + ".");
		}
	}

	List<String> texts(String key) {
		List<String> texts = new ArrayList<>();
		for (Object item : list(key)) {
			if (item instanceof Map || item instanceof List || item == null) {
				throw mistaken(key, "must be a list of texts");
			}
			texts.add(item.toString());
		}
		return Collections.unmodifiableList(texts);
	}

	List<KubeConfigEntry> entries(String key) {
		List<KubeConfigEntry> entries = new ArrayList<>();
		for (Object item : list(key)) {
			entries.add(new KubeConfigEntry(mapping(key, item), this.place + "." + key + "[" + entries.size() + "]",
					this.source));
		}
		return Collections.unmodifiableList(entries);
	}

	/**
	 * Return an inner mapping, {@code null} when it is absent.
	 */
	@Nullable KubeConfigEntry entry(String key) {
		Object value = this.values.get(key);
		return (value != null) ? new KubeConfigEntry(mapping(key, value), this.place + "." + key, this.source) : null;
	}

	/**
	 * Return an inner mapping without anything in it.
	 */
	KubeConfigEntry child(String key) {
		return new KubeConfigEntry(Map.of(), this.place + "." + key, this.source);
	}

	/**
	 * Return the file that this entry stands in, {@code null} for a text from elsewhere.
	 */
	@Nullable Path file() {
		return this.source.file();
	}

	Map<String, List<String>> textLists(String key) {
		KubeConfigEntry entry = entry(key);
		Map<String, List<String>> lists = new LinkedHashMap<>();
		if (entry != null) {
			entry.values.keySet().forEach((name) -> lists.put(name, entry.texts(name)));
		}
		return Collections.unmodifiableMap(lists);
	}

	private List<?> list(String key) {
		Object value = this.values.get(key);
		if (value != null && !(value instanceof List)) {
			throw mistaken(key, "must be a list");
		}
		return (value != null) ? (List<?>) value : List.of();
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> mapping(String key, @Nullable Object value) {
		if (!(value instanceof Map)) {
			throw mistaken(key, "must be a mapping");
		}
		return (Map<String, Object>) value;
	}

	private ConfigurationException mistaken(String key, String rule) {
		return new ConfigurationException(location(key) + " " + rule, "Correct the entry in the kubeconfig file.");
	}

	/**
	 * The file or other text that an entry stands in.
	 *
	 * @param name its name for errors
	 * @param file the absolute path of the file, whose folder relative paths count from;
	 * {@code null} for another text, whose paths count from the working directory
	 */
	record Source(String name, @Nullable Path file) {

		@Nullable Path folder() {
			return (this.file != null) ? this.file.getParent() : null;
		}

	}

}
