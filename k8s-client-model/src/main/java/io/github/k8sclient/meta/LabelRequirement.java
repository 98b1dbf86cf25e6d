package io.github.k8sclient.meta;

import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * One requirement of a {@link LabelQuery}, valid by the rules of the server.
 *
 * @param key the key of the label
 * @param operator what is required of the label
 * @param values the values to compare with, sorted and without duplicates
 * @since 0.1.0
 */
public record LabelRequirement(String key, Operator operator, List<String> values) {

	private static final int NAME_LENGTH = 63;

	private static final int PREFIX_LENGTH = 253;

	private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");

	private static final Pattern PREFIX = Pattern
		.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

	private static final String NAME_RULE = "must be 1 to 63 characters, alphanumeric ones, '-', '_' or '.', and must"
			+ " start and end with an alphanumeric character";

	/**
	 * Create a requirement.
	 * @param key the key of the label
	 * @param operator what is required of the label
	 * @param values the values to compare with: as many as the operator needs
	 * @throws IllegalArgumentException if the server would refuse it
	 */
	public LabelRequirement {
		checkKey(key);
		operator.checkValues(values);
		for (String value : values) {
			checkValue(key, value);
		}
		values = List.copyOf(new TreeSet<>(values));
	}

	static LabelRequirement of(LabelSelectorRequirement expression) {
		return new LabelRequirement(Objects.requireNonNullElse(expression.key(), ""),
				Operator.ofExpression(expression.operator()), expression.values());
	}

	static void checkKey(String key) {
		int slash = key.indexOf('/');
		String name = key.substring(slash + 1);
		if (slash >= 0 && !isPrefix(key.substring(0, slash))) {
			throw new IllegalArgumentException("invalid label key \"" + key
					+ "\": prefix part must be a lowercase RFC 1123 subdomain of at most 253 characters");
		}
		if (!isName(name)) {
			throw new IllegalArgumentException("invalid label key \"" + key + "\": name part " + NAME_RULE);
		}
	}

	private static void checkValue(String key, String value) {
		if (!value.isEmpty() && !isName(value)) {
			throw new IllegalArgumentException("invalid label value: \"" + value + "\": at key: \"" + key
					+ "\": a valid label must be empty or " + NAME_RULE.substring("must be ".length()));
		}
	}

	private static boolean isName(String text) {
		return text.length() <= NAME_LENGTH && NAME.matcher(text).matches();
	}

	private static boolean isPrefix(String text) {
		return text.length() <= PREFIX_LENGTH && PREFIX.matcher(text).matches();
	}

	/**
	 * Return whether the requirement holds.
	 * @param value the value of the label, {@code null} if an object does not have it
	 * @return {@code true} if it holds
	 */
	public boolean matches(@Nullable String value) {
		return this.operator.matches(value, this.values);
	}

	/**
	 * Return the requirement in the syntax of the API.
	 * @return for example {@code tier in (back,front)}
	 */
	@Override
	public String toString() {
		return this.operator.before + this.key + this.operator.between + String.join(",", this.values)
				+ this.operator.after;
	}

	/**
	 * What can be required of a label.
	 */
	public enum Operator {

		/**
		 * The label is there.
		 */
		EXISTS("", "", ""),

		/**
		 * The label is not there.
		 */
		DOES_NOT_EXIST("!", "", ""),

		/**
		 * The label has the value.
		 */
		EQUALS("", "=", ""),

		/**
		 * The label has another value or is not there.
		 */
		NOT_EQUALS("", "!=", ""),

		/**
		 * The label has one of the values.
		 */
		IN("", " in (", ")"),

		/**
		 * The label has none of the values or is not there.
		 */
		NOT_IN("", " notin (", ")"),

		/**
		 * The value of the label is an integer above the limit.
		 */
		GREATER_THAN("", ">", ""),

		/**
		 * The value of the label is an integer below the limit.
		 */
		LESS_THAN("", "<", "");

		private final String before;

		private final String between;

		private final String after;

		Operator(String before, String between, String after) {
			this.before = before;
			this.between = between;
			this.after = after;
		}

		static Operator ofExpression(@Nullable String operator) {
			return switch (Objects.requireNonNullElse(operator, "")) {
				case "In" -> IN;
				case "NotIn" -> NOT_IN;
				case "Exists" -> EXISTS;
				case "DoesNotExist" -> DOES_NOT_EXIST;
				default -> throw new IllegalArgumentException("Invalid operator '" + operator
						+ "' of a label selector: it must be In, NotIn, Exists or DoesNotExist");
			};
		}

		private boolean matches(@Nullable String actual, List<String> values) {
			return switch (this) {
				case EXISTS -> actual != null;
				case DOES_NOT_EXIST -> actual == null;
				case EQUALS, IN -> actual != null && values.contains(actual);
				case NOT_EQUALS, NOT_IN -> actual == null || !values.contains(actual);
				case GREATER_THAN, LESS_THAN -> {
					Long number = number(actual);
					Long limit = number(values.get(0));
					yield number != null && limit != null && ((this == GREATER_THAN) ? number > limit : number < limit);
				}
			};
		}

		private void checkValues(List<String> values) {
			switch (this) {
				case EXISTS, DOES_NOT_EXIST ->
					check(values.isEmpty(), "values set must be empty for exists and does not exist");
				case IN, NOT_IN -> check(!values.isEmpty(), "for 'in', 'notin' operators, values set can't be empty");
				case EQUALS, NOT_EQUALS ->
					check(values.size() == 1, "exact-match compatibility requires one single value");
				case GREATER_THAN, LESS_THAN -> {
					check(values.size() == 1, "for 'Gt', 'Lt' operators, exactly one value is required");
					check(number(values.get(0)) != null, "for 'Gt', 'Lt' operators, the value must be an integer");
				}
			}
		}

		private static void check(boolean valid, String rule) {
			if (!valid) {
				throw new IllegalArgumentException(rule);
			}
		}

		private static @Nullable Long number(@Nullable String text) {
			try {
				return (text != null) ? Long.valueOf(text) : null;
			}
			catch (NumberFormatException ex) {
				return null;
			}
		}

	}

}
