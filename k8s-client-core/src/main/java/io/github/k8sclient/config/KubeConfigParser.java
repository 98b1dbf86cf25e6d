package io.github.k8sclient.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the YAML (or JSON) of a kubeconfig into immutable maps and lists. No types other
 * than maps, lists, texts, booleans and numbers are made, sizes are bounded, and errors
 * never quote the text, which may hold tokens.
 */
final class KubeConfigParser {

	private static final int MAX_SIZE = 8 * 1024 * 1024;

	// SnakeYAML's time grows with the square of the length of a word
	private static final int MAX_LINE = 1024 * 1024;

	private static final int MAX_DEPTH = 64;

	private static final int MAX_ALIASES = 50;

	private static final JsonMapper JSON = JsonMapper
		.builder(JsonFactory.builder()
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
			.build())
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private KubeConfigParser() {
	}

	/**
	 * Parse a kubeconfig.
	 * @param text the text
	 * @param source name of the text for errors
	 * @return its content, empty when there is none
	 * @throws ConfigurationException if the text is not a YAML mapping
	 */
	static Map<String, Object> parse(String text, String source) {
		if (text.length() > MAX_SIZE || text.lines().anyMatch((line) -> line.length() > MAX_LINE)) {
			throw malformed(source, "it has more than " + MAX_SIZE + " characters, or " + MAX_LINE + " in a line");
		}
		try {
			Object root = load(text);
			if (root == null) {
				return Map.of();
			}
			if (root instanceof Map<?, ?> map) {
				return new Copier().mapping(map);
			}
		}
		catch (MarkedYAMLException ex) {
			throw malformed(source, position(ex));
		}
		catch (YAMLException ex) {
			throw malformed(source, "its YAML is nested too deeply, or has too many aliases");
		}
		throw malformed(source, "it is not a mapping");
	}

	/**
	 * JSON may have tabs where SnakeYAML wants none.
	 */
	private static @Nullable Object load(String text) {
		if (text.stripLeading().startsWith("{")) {
			try {
				return JSON.readValue(text, Object.class);
			}
			catch (JacksonException ex) {
				// YAML has braces, too
			}
		}
		return yaml().load(text);
	}

	/**
	 * Copy maps and lists into immutable ones.
	 */
	static Map<String, Object> copy(Map<String, ?> values) {
		return new Copier().mapping(values);
	}

	private static ConfigurationException malformed(String source, String problem) {
		return new ConfigurationException(source + " is not a valid kubeconfig: " + problem,
				"Correct the YAML of the file; 'kubectl config view --kubeconfig <file>' checks it.");
	}

	private static String position(MarkedYAMLException ex) {
		if (ex.getProblemMark() == null) {
			return "its YAML is malformed";
		}
		return "its YAML is malformed at line " + (ex.getProblemMark().getLine() + 1) + ", column "
				+ (ex.getProblemMark().getColumn() + 1);
	}

	private static Yaml yaml() {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		options.setAllowRecursiveKeys(false);
		options.setMaxAliasesForCollections(MAX_ALIASES);
		options.setNestingDepthLimit(MAX_DEPTH);
		options.setCodePointLimit(MAX_SIZE);
		DumperOptions dumperOptions = new DumperOptions();
		return new Yaml(new PlainConstructor(options), new Representer(dumperOptions), dumperOptions, options,
				new PlainResolver());
	}

	/**
	 * Makes what SnakeYAML returns immutable. What aliases share stays shared, so that
	 * the copy is no larger than the text.
	 */
	private static final class Copier {

		private final Map<Object, @Nullable Object> copies = new IdentityHashMap<>();

		@SuppressWarnings("unchecked")
		Map<String, Object> mapping(Map<?, ?> map) {
			return (Map<String, Object>) copy(map);
		}

		private Object copy(Object value) {
			if (!(value instanceof Map) && !(value instanceof List)) {
				return value;
			}
			Object present = this.copies.get(value);
			if (present != null) {
				return present;
			}
			if (this.copies.containsKey(value)) {
				throw new YAMLException("An alias refers to itself");
			}
			this.copies.put(value, null);
			Object copy = (value instanceof Map<?, ?> map) ? copyMap(map) : copyList((List<?>) value);
			this.copies.put(value, copy);
			return copy;
		}

		private Map<String, Object> copyMap(Map<?, ?> map) {
			Map<String, Object> copy = new LinkedHashMap<>();
			map.forEach((key, value) -> {
				if (value != null) {
					copy.put(String.valueOf(key), copy(value));
				}
			});
			return Collections.unmodifiableMap(copy);
		}

		private List<@Nullable Object> copyList(List<?> list) {
			List<@Nullable Object> copy = new ArrayList<>();
			list.forEach((item) -> copy.add((item != null) ? copy(item) : null));
			return Collections.unmodifiableList(copy);
		}

	}

	/**
	 * Takes a plain word for a number or boolean only where writing it back gives the
	 * same text, so that a token {@code 0123} or a namespace {@code on} stays what it is.
	 */
	private static final class PlainResolver extends Resolver {

		private static final Pattern TRUTH = Pattern.compile("true|false");

		private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]*");

		private static final Pattern FRACTION = Pattern.compile("-?(0|[1-9][0-9]*)\\.[0-9]+");

		@Override
		protected void addImplicitResolvers() {
			addImplicitResolver(Tag.BOOL, TRUTH, "tf");
			addImplicitResolver(Tag.INT, WHOLE, "-0123456789");
			addImplicitResolver(Tag.FLOAT, FRACTION, "-0123456789");
			addImplicitResolver(Tag.MERGE, MERGE, "<");
			addImplicitResolver(Tag.NULL, NULL, "~nN\0");
			addImplicitResolver(Tag.NULL, EMPTY, null);
		}

	}

	private static final class PlainConstructor extends SafeConstructor {

		PlainConstructor(LoaderOptions options) {
			super(options);
			this.yamlConstructors.put(Tag.FLOAT, new AbstractConstruct() {
				@Override
				public Object construct(Node node) {
					return new BigDecimal(((ScalarNode) node).getValue());
				}
			});
		}

	}

}
