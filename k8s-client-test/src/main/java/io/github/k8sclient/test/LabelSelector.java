package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A label selector in the syntax of the API: {@code a=b,c!=d,e in (f,g),h,!i,j>3}.
 */
final class LabelSelector {

	static final LabelSelector EVERYTHING = new LabelSelector(List.of());

	private final List<Predicate<JsonNode>> requirements;

	private LabelSelector(List<Predicate<JsonNode>> requirements) {
		this.requirements = requirements;
	}

	/**
	 * Parse a selector.
	 * @param text the selector, null or empty for everything
	 * @return the selector
	 * @throws StatusException 400 with the words of the API server if it is malformed
	 */
	static LabelSelector parse(@Nullable String text) {
		return (text == null || text.isEmpty()) ? EVERYTHING : new LabelSelector(new Parser(text).parse());
	}

	boolean isEverything() {
		return this.requirements.isEmpty();
	}

	boolean matches(JsonNode object) {
		JsonNode labels = object.path("metadata").path("labels");
		for (Predicate<JsonNode> requirement : this.requirements) {
			if (!requirement.test(labels)) {
				return false;
			}
		}
		return true;
	}

	private static final class Parser {

		private static final Set<String> OPERATORS = Set.of("=", "==", "!=", "in", "notin", ">", "<");

		private final List<String> tokens;

		private int position;

		Parser(String text) {
			this.tokens = tokens(text);
		}

		List<Predicate<JsonNode>> parse() {
			List<Predicate<JsonNode>> requirements = new ArrayList<>();
			while (true) {
				String token = peek();
				if (token.isEmpty()) {
					return requirements;
				}
				if (!isWord(token) && !token.equals("!")) {
					throw Statuses
						.badRequest("found '%s', expected: !, identifier, or 'end of string'".formatted(token));
				}
				requirements.add(requirement());
				String separator = next();
				if (separator.isEmpty()) {
					return requirements;
				}
				if (!separator.equals(",")) {
					throw Statuses.badRequest("found '%s', expected: ',' or 'end of string'".formatted(separator));
				}
				String following = peek();
				if (!isWord(following) && !following.equals("!")) {
					throw Statuses.badRequest("found '%s', expected: identifier after ','".formatted(following));
				}
			}
		}

		private Predicate<JsonNode> requirement() {
			boolean negated = peek().equals("!");
			if (negated) {
				next();
			}
			String key = next();
			if (!isWord(key)) {
				throw malformed("found '%s', expected: identifier".formatted(key));
			}
			List<String> problems = NameRules.qualifiedName(key);
			if (!problems.isEmpty()) {
				throw malformed(
						"invalid label key %s: %s".formatted(FieldError.quote(key), String.join("; ", problems)));
			}
			if (negated) {
				return (labels) -> !labels.has(key);
			}
			String operator = peek();
			if (operator.isEmpty() || operator.equals(",")) {
				return (labels) -> labels.has(key);
			}
			next();
			return comparison(key, operator);
		}

		private Predicate<JsonNode> comparison(String key, String operator) {
			if (!OPERATORS.contains(operator)) {
				throw malformed("found '%s', expected: '=', '!=', '==', 'in', notin'".formatted(operator));
			}
			Set<String> values = switch (operator) {
				case "in", "notin" -> values();
				default -> Set.of(exactValue());
			};
			for (String value : values) {
				checkValue(key, value, operator);
			}
			return switch (operator) {
				case "=", "==", "in" -> (labels) -> labels.has(key) && values.contains(labels.get(key).asString());
				case "!=", "notin" -> (labels) -> !labels.has(key) || !values.contains(labels.get(key).asString());
				case ">" -> (labels) -> compare(labels, key, values.iterator().next()) > 0;
				default -> (labels) -> compare(labels, key, values.iterator().next()) < 0;
			};
		}

		private void checkValue(String key, String value, String operator) {
			if (operator.equals(">") || operator.equals("<")) {
				if (!value.matches("[+-]?\\d{1,18}")) {
					throw malformed("for 'Gt', 'Lt' operators, the value must be an integer");
				}
			}
			List<String> problems = NameRules.labelValue(value);
			if (!problems.isEmpty()) {
				throw malformed("invalid label value: %s: at key: %s: %s".formatted(FieldError.quote(value),
						FieldError.quote(key), String.join("; ", problems)));
			}
		}

		// 0 when the label is missing or no number, so that neither > nor < matches
		private static int compare(JsonNode labels, String key, String limit) {
			String value = labels.path(key).asString("");
			return value.matches("[+-]?\\d{1,18}") ? Long.compare(Long.parseLong(value), Long.parseLong(limit)) : 0;
		}

		private Set<String> values() {
			String open = next();
			if (!open.equals("(")) {
				throw malformed("found '%s' expected: '('".formatted(open));
			}
			Set<String> values = new TreeSet<>();
			boolean valueExpected = true;
			while (true) {
				String token = next();
				if (token.equals(")")) {
					if (valueExpected) {
						values.add("");
					}
					return values;
				}
				if (token.equals(",")) {
					if (valueExpected) {
						values.add("");
					}
					valueExpected = true;
				}
				else if (!token.isEmpty() && valueExpected && isWord(token)) {
					values.add(token);
					valueExpected = false;
				}
				else {
					throw malformed("found '%s', expected: %s".formatted(token,
							valueExpected ? "',', ')' or identifier" : "',' or ')'"));
				}
			}
		}

		private String exactValue() {
			String token = peek();
			if (token.isEmpty() || token.equals(",")) {
				return "";
			}
			next();
			if (!isWord(token)) {
				throw malformed("found '%s', expected: identifier".formatted(token));
			}
			return token;
		}

		private static StatusException malformed(String problem) {
			return Statuses.badRequest("unable to parse requirement: " + problem);
		}

		private String peek() {
			return (this.position < this.tokens.size()) ? this.tokens.get(this.position) : "";
		}

		private String next() {
			String token = peek();
			this.position++;
			return token;
		}

		private static boolean isWord(String token) {
			return !token.isEmpty() && !isSymbol(token.charAt(0));
		}

		private static List<String> tokens(String text) {
			List<String> tokens = new ArrayList<>();
			int i = 0;
			while (i < text.length()) {
				char c = text.charAt(i);
				if (Character.isWhitespace(c)) {
					i++;
				}
				else if (isSymbol(c)) {
					boolean two = (c == '=' || c == '!') && i + 1 < text.length() && text.charAt(i + 1) == '=';
					tokens.add(text.substring(i, i + (two ? 2 : 1)));
					i += two ? 2 : 1;
				}
				else {
					int end = i;
					while (end < text.length() && !isSymbol(text.charAt(end))
							&& !Character.isWhitespace(text.charAt(end))) {
						end++;
					}
					tokens.add(text.substring(i, end));
					i = end;
				}
			}
			return tokens;
		}

		private static boolean isSymbol(char c) {
			return "=!(),<>".indexOf(c) >= 0;
		}

	}

}
