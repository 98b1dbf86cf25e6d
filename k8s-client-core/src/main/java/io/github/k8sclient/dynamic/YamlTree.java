package io.github.k8sclient.dynamic;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.Construct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML as kubectl does, which means as Go's YAML library turns it into JSON: plain
 * words such as {@code yes} and {@code on} are booleans, numbers may be hexadecimal,
 * octal and binary, and neither {@code 12:30} nor a date is anything but text.
 */
final class YamlTree {

	private static final int MAX_VALUES = 2_000_000;

	private int values;

	private YamlTree() {
	}

	static Yaml yaml(LoaderOptions options) {
		DumperOptions dumperOptions = new DumperOptions();
		return new Yaml(new GoConstructor(options), new Representer(dumperOptions), dumperOptions, options,
				new GoResolver());
	}

	/**
	 * Turn what SnakeYAML returns into the tree of a JSON document.
	 * @throws YAMLException if it is too large once its aliases are followed
	 */
	static @Nullable Object convert(@Nullable Object value) {
		return new YamlTree().copy(value, 0);
	}

	private @Nullable Object copy(@Nullable Object value, int depth) {
		if (++this.values > MAX_VALUES || depth > 500) {
			throw new YAMLException("too large");
		}
		if (value instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> copy = new LinkedHashMap<>();
			map.forEach((name, member) -> copy.put(String.valueOf(name), copy(member, depth + 1)));
			return copy;
		}
		if (value instanceof Collection<?> collection) {
			List<@Nullable Object> copy = new ArrayList<>(collection.size());
			collection.forEach((element) -> copy.add(copy(element, depth + 1)));
			return copy;
		}
		return (value == null || value instanceof Number || value instanceof Boolean) ? value : value.toString();
	}

	private static final class GoResolver extends Resolver {

		private static final Pattern TRUTH = Pattern
			.compile("y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON" + "|n|N|no|No|NO|false|False|FALSE|off|Off|OFF");

		private static final Pattern WHOLE = Pattern
			.compile("[-+]?(0_*[xX][0-9a-fA-F_]+|0_*[bB][01_]+|0_*[oO]?[0-7_]+|0|[1-9][0-9_]*)");

		private static final Pattern FRACTION = Pattern.compile("[-+]?[0-9_]*\\.?[0-9_]*[0-9]_*([eE][-+][0-9]+)?");

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

	private static final class GoConstructor extends SafeConstructor {

		GoConstructor(LoaderOptions options) {
			super(options);
			this.yamlConstructors.put(Tag.BOOL, scalar(GoConstructor::truth));
			this.yamlConstructors.put(Tag.INT, scalar(GoConstructor::integer));
			this.yamlConstructors.put(Tag.FLOAT, scalar((text) -> new BigDecimal(text.replace("_", ""))));
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
