package io.github.k8sclient.informer;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.github.k8sclient.meta.LabelSelectorRequirement;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * One requirement of a label selector, valid by the rules of the server.
 *
 * @param key the name of the label
 * @param operator what is required of the label
 * @param values the values to compare with, sorted and without duplicates
 */
record LabelRequirement(String key, Operator operator, List<String> values) {

	private static final int NAME_LENGTH = 63;

	private static final int PREFIX_LENGTH = 253;

	private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");

	private static final Pattern PREFIX = Pattern
		.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

	static LabelRequirement of(String key, Operator operator, Collection<String> values) {
		checkKey(key);
		operator.checkValues(key, values);
		values.forEach((value) -> checkValue(key, value));
		return new LabelRequirement(key, operator, List.copyOf(new TreeSet<>(values)));
	}

	static LabelRequirement of(LabelSelectorRequirement expression) {
		String key = (expression.key() != null) ? expression.key() : "";
		return of(key, Operator.ofExpression(expression.operator()), expression.values());
	}

	static void checkKey(String key) {
		int slash = key.indexOf('/');
		if (slash >= 0) {
			String prefix = key.substring(0, slash);
			check(prefix.length() <= PREFIX_LENGTH && PREFIX.matcher(prefix).matches(), "label key", key,
					"its prefix must be a DNS subdomain of at most 253 characters");
		}
		String name = key.substring(slash + 1);
		check(name.length() <= NAME_LENGTH && NAME.matcher(name).matches(), "label key", key,
				"its name must be 1 to 63 characters, letters and digits, with '-', '_' and '.' between them");
	}

	private static void checkValue(String key, String value) {
		check(value.isEmpty() || (value.length() <= NAME_LENGTH && NAME.matcher(value).matches()),
				"value of label " + key, value,
				"it must be at most 63 characters, letters and digits, with '-', '_' and '.' between them");
	}

	private static void check(boolean valid, String what, String text, String rule) {
		Assert.isTrue(valid, () -> "Invalid " + what + " '" + text + "': " + rule);
	}

	boolean matches(Map<String, String> labels) {
		return this.operator.matches(labels.get(this.key), this.values);
	}

	@Override
	public String toString() {
		return this.operator.describe(this.key, String.join(",", this.values));
	}

	/**
	 * What can be required of a label.
	 */
	enum Operator {

		EXISTS("%s") {
			@Override
			boolean matches(@Nullable String actual, List<String> values) {
				return actual != null;
			}
		},

		DOES_NOT_EXIST("!%s") {
			@Override
			boolean matches(@Nullable String actual, List<String> values) {
				return actual == null;
			}
		},

		EQUALS("%s=%s") {
			@Override
			boolean matches(@Nullable String actual, List<String> values) {
				return actual != null && values.contains(actual);
			}
		},

		NOT_EQUALS("%s!=%s") {
			@Override
			boolean matches(@Nullable String actual, List<String> values) {
				return actual == null || !values.contains(actual);
			}
		},

		IN("%s in (%s)") {
			@Override
			boolean matches(@Nullable String actual, List<String> values) {
				return actual != null && values.contains(actual);
			}
		},

		NOT_IN("%s notin (%s)") {
			@Override
			boolean matches(@Nullable String actual, List<String> values) {
				return actual == null || !values.contains(actual);
			}
		},

		GREATER_THAN("%s>%s") {
			@Override
			boolean matches(@Nullable String actual, List<String> values) {
				Long number = number(actual);
				Long limit = number(values.get(0));
				return number != null && limit != null && number > limit;
			}
		},

		LESS_THAN("%s<%s") {
			@Override
			boolean matches(@Nullable String actual, List<String> values) {
				Long number = number(actual);
				Long limit = number(values.get(0));
				return number != null && limit != null && number < limit;
			}
		};

		private final String format;

		Operator(String format) {
			this.format = format;
		}

		static Operator ofExpression(@Nullable String operator) {
			return switch ((operator != null) ? operator : "") {
				case "In" -> IN;
				case "NotIn" -> NOT_IN;
				case "Exists" -> EXISTS;
				case "DoesNotExist" -> DOES_NOT_EXIST;
				default -> throw new IllegalArgumentException("Invalid operator '" + operator
						+ "' of a label selector: it must be In, NotIn, Exists or DoesNotExist");
			};
		}

		abstract boolean matches(@Nullable String actual, List<String> values);

		void checkValues(String key, Collection<String> values) {
			switch (this) {
				case EXISTS, DOES_NOT_EXIST ->
					Assert.isTrue(values.isEmpty(), () -> "Whether label " + key + " exists does not depend on values");
				case IN, NOT_IN ->
					Assert.isTrue(!values.isEmpty(), () -> "The values for label " + key + " must not be empty");
				case EQUALS, NOT_EQUALS -> Assert.isTrue(values.size() == 1,
						() -> "Label " + key + " must be compared with exactly one value");
				case GREATER_THAN, LESS_THAN ->
					Assert.isTrue(values.size() == 1 && number(values.iterator().next()) != null,
							() -> "Label " + key + " must be compared with exactly one integer");
			}
		}

		String describe(String key, String values) {
			return String.format(this.format, key, values);
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
