package io.github.k8sclient.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.Construct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes YAML as kubectl and the API server do, which means as Go's YAML
 * library turns it into JSON and back: plain words such as {@code yes} and {@code on} are
 * booleans, numbers may be hexadecimal, octal and binary, {@code 1e3} is the integer
 * 1000, and neither {@code 12:30} nor a date is anything but text.
 * <p>
 * For the modules of this project: it may change in any release. A tree is what a JSON
 * document holds: maps with texts as keys, lists, texts, booleans, {@link BigInteger},
 * {@link BigDecimal} and {@code null}.
 *
 * @since 0.1.0
 */
public final class YamlTree {

	private static final int MAX_VALUES = 2_000_000;

	private static final int MAX_SIZE = 64 * 1024 * 1024;

	private static final int MAX_DEPTH = 200;

	private static final JsonMapper JSON = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
			.build())
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
		.build();

	private static final ObjectReader STRICT_JSON = JSON.readerFor(Object.class)
		.with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

	private final Supplier<Map<String, @Nullable Object>> maps;

	private int values;

	private YamlTree(Supplier<Map<String, @Nullable Object>> maps) {
		this.maps = maps;
	}

	/**
	 * Read a document. Of a name that occurs twice in an object, the last value counts.
	 * @param text YAML or JSON
	 * @return the tree; {@code null} if the document is empty
	 * @throws YAMLException if the text is neither, is nested too deeply, or is too large
	 * once its aliases are followed
	 */
	public static @Nullable Object read(String text) {
		return read(text, JSON.readerFor(Object.class), true);
	}

	/**
	 * Read a document in which no name may occur twice in an object.
	 * @param text YAML or JSON
	 * @return the tree; {@code null} if the document is empty
	 * @throws YAMLException as {@link #read}, and for a name that occurs twice
	 */
	public static @Nullable Object readStrict(String text) {
		return read(text, STRICT_JSON, false);
	}

	private static @Nullable Object read(String text, ObjectReader json, boolean duplicates) {
		// JSON may have tabs where SnakeYAML wants none
		if (text.stripLeading().startsWith("{")) {
			try {
				return json.readValue(text);
			}
			catch (JacksonException ex) {
				// YAML has braces, too
			}
		}
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(duplicates);
		options.setAllowRecursiveKeys(false);
		options.setNestingDepthLimit(MAX_DEPTH);
		options.setCodePointLimit(MAX_SIZE);
		Yaml yaml = new Yaml(new GoConstructor(options), new Representer(new DumperOptions()), new DumperOptions(),
				options, new GoResolver());
		return new YamlTree(LinkedHashMap::new).copy(yaml.load(text), 0);
	}

	/**
	 * Write a document as kubectl does, the members of objects sorted by their names.
	 * Texts that any version of YAML takes for something else stand in quotes.
	 * @param tree the tree
	 * @return YAML that ends with a line break
	 */
	public static String write(@Nullable Object tree) {
		DumperOptions options = new DumperOptions();
		options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
		options.setSplitLines(false);
		LoaderOptions loaderOptions = new LoaderOptions();
		return new Yaml(new SafeConstructor(loaderOptions), new TextRepresenter(options), options, loaderOptions)
			.dump(new YamlTree(TreeMap::new).copy(tree, 0));
	}

	private @Nullable Object copy(@Nullable Object value, int depth) {
		if (++this.values > MAX_VALUES || depth > 500) {
			throw new YAMLException("too large");
		}
		if (value instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> copy = this.maps.get();
			map.forEach((name, member) -> copy.put(String.valueOf(name), copy(member, depth + 1)));
			return copy;
		}
		if (value instanceof Collection<?> collection) {
			List<@Nullable Object> copy = new ArrayList<>(collection.size());
			collection.forEach((element) -> copy.add(copy(element, depth + 1)));
			return copy;
		}
		if (value instanceof BigDecimal number && number.scale() == 0) {
			return number.unscaledValue();
		}
		return (value == null || value instanceof Number || value instanceof Boolean) ? value : value.toString();
	}

	private static class GoResolver extends Resolver {

		private static final Pattern TRUTH = Pattern
			.compile("y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON|n|N|no|No|NO|false|False|FALSE|off|Off|OFF");

		private static final Pattern WHOLE = Pattern
			.compile("[-+]?(0_*[xX][0-9a-fA-F_]+|0_*[bB][01_]+|0_*[oO]?[0-7_]+|0|[1-9][0-9_]*)");

		private static final Pattern FRACTION = Pattern
			.compile("[-+]?(\\.[0-9][0-9_]*|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9]+)?"
					+ "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

		@Override
		protected void addImplicitResolvers() {
			addImplicitResolver(Tag.BOOL, TRUTH, "yYtTnNfFoO");
			addImplicitResolver(Tag.INT, WHOLE, "-+0123456789");
			addImplicitResolver(Tag.FLOAT, FRACTION, "-+.0123456789");
			addImplicitResolver(Tag.MERGE, MERGE, "<");
			addImplicitResolver(Tag.NULL, NULL, "~nN\0");
			addImplicitResolver(Tag.NULL, EMPTY, null);
		}

	}

	/**
	 * Takes for something else than text what Go and what other readers of YAML 1.1 do.
	 */
	private static final class CarefulResolver extends GoResolver {

		@Override
		protected void addImplicitResolvers() {
			super.addImplicitResolvers();
			addImplicitResolver(Tag.INT, INT, "-+0123456789");
			addImplicitResolver(Tag.FLOAT, FLOAT, "-+0123456789.");
			addImplicitResolver(Tag.TIMESTAMP, TIMESTAMP, "0123456789");
		}

	}

	/**
	 * Chooses how texts are written. SnakeYAML's own choice is not read back as it was,
	 * if there are control characters in it.
	 */
	private static final class TextRepresenter extends Representer {

		private static final Pattern OTHER_BREAKS = Pattern.compile("[\\r\\x85\\u2028\\u2029]");

		private final Resolver resolver = new CarefulResolver();

		TextRepresenter(DumperOptions options) {
			super(options);
			this.representers.put(String.class,
					(text) -> representScalar(Tag.STR, (String) text, style((String) text)));
		}

		private ScalarStyle style(String text) {
			if (OTHER_BREAKS.matcher(text).find()) {
				return ScalarStyle.DOUBLE_QUOTED;
			}
			if (text.contains("\n")) {
				return ScalarStyle.LITERAL;
			}
			return this.resolver.resolve(NodeId.scalar, text, true).equals(Tag.STR) ? ScalarStyle.PLAIN
					: ScalarStyle.DOUBLE_QUOTED;
		}

	}

	private static final class GoConstructor extends SafeConstructor {

		private static final BigDecimal LARGE = new BigDecimal("1e21");

		GoConstructor(LoaderOptions options) {
			super(options);
			this.yamlConstructors.put(Tag.BOOL, scalar(GoConstructor::truth));
			this.yamlConstructors.put(Tag.INT, scalar(GoConstructor::integer));
			this.yamlConstructors.put(Tag.FLOAT, scalar(GoConstructor::number));
			this.yamlConstructors.put(Tag.TIMESTAMP, scalar((text) -> text));
			this.yamlConstructors.put(Tag.BINARY, scalar((text) -> text));
		}

		private static Construct scalar(Function<String, Object> read) {
			return new AbstractConstruct() {

				@Override
				public Object construct(Node node) {
					try {
						return read.apply(((ScalarNode) node).getValue());
					}
					catch (NumberFormatException ex) {
						throw new YAMLException("not a number");
					}
				}

			};
		}

		private static Object truth(String text) {
			return List.of("y", "yes", "true", "on").contains(text.toLowerCase(Locale.ROOT));
		}

		// Go's floating-point numbers are written to JSON without an exponent up to this
		// size
		private static Object number(String text) {
			BigDecimal number = new BigDecimal(text.replace("_", ""));
			boolean whole = number.compareTo(LARGE) < 0 && number.stripTrailingZeros().scale() <= 0;
			return whole ? number.toBigIntegerExact() : number;
		}

		private static Object integer(String text) {
			String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
			boolean negative = digits.startsWith("-");
			if (negative || digits.startsWith("+")) {
				digits = digits.substring(1);
			}
			BigInteger value = unsigned(digits);
			return negative ? value.negate() : value;
		}

		private static BigInteger unsigned(String digits) {
			if (digits.startsWith("0x")) {
				return new BigInteger(digits.substring(2), 16);
			}
			if (digits.startsWith("0b")) {
				return new BigInteger(digits.substring(2), 2);
			}
			if (digits.startsWith("0") && digits.length() > 1) {
				return new BigInteger(digits.substring(digits.startsWith("0o") ? 2 : 1), 8);
			}
			return new BigInteger(digits);
		}

	}

}
