package io.github.k8sclient.informer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.k8sclient.informer.LabelRequirement.Operator;

/**
 * Reads a label selector by the grammar of the API server ({@code labels.Parse} of
 * apimachinery), its oddities included: {@code in} and {@code notin} are keywords only
 * where an operator is expected, empty values are values, and a key may be repeated.
 */
final class LabelSelectorParser {

	private static final String END = "";

	private static final Set<String> SYMBOLS = Set.of("=", "==", "!=", "!", "(", ")", ",", ">", "<");

	private static final String SPECIAL = "=!(),><";

	private static final String WHITESPACE = " \t\r\n";

	private final String selector;

	private final List<String> tokens = new ArrayList<>();

	private int next;

	LabelSelectorParser(String selector) {
		this.selector = selector;
	}

	List<LabelRequirement> parse() {
		scan();
		List<LabelRequirement> requirements = new ArrayList<>();
		while (!peek().equals(END)) {
			requirements.add(requirement());
			String separator = take();
			if (separator.equals(END)) {
				break;
			}
			if (!separator.equals(",")) {
				throw unexpected(separator, "',' or the end");
			}
			if (!peek().equals("!") && !isIdentifier(peek())) {
				throw unexpected(peek(), "a label key after ','");
			}
		}
		return requirements;
	}

	private LabelRequirement requirement() {
		boolean negated = peek().equals("!");
		if (negated) {
			take();
		}
		String key = take();
		if (!isIdentifier(key)) {
			throw unexpected(key, "a label key");
		}
		LabelRequirement.checkKey(key);
		if (negated) {
			return LabelRequirement.of(key, Operator.DOES_NOT_EXIST, List.of());
		}
		if (endsValue(peek())) {
			return LabelRequirement.of(key, Operator.EXISTS, List.of());
		}
		Operator operator = operator();
		boolean set = operator == Operator.IN || operator == Operator.NOT_IN;
		return LabelRequirement.of(key, operator, set ? values() : List.of(value()));
	}

	private Operator operator() {
		String token = take();
		return switch (token) {
			case "=", "==" -> Operator.EQUALS;
			case "!=" -> Operator.NOT_EQUALS;
			case "in" -> Operator.IN;
			case "notin" -> Operator.NOT_IN;
			case ">" -> Operator.GREATER_THAN;
			case "<" -> Operator.LESS_THAN;
			default -> throw unexpected(token, "one of =, ==, !=, in, notin, >, <");
		};
	}

	private String value() {
		if (endsValue(peek())) {
			return "";
		}
		String value = take();
		if (!isIdentifier(value)) {
			throw unexpected(value, "a value");
		}
		return value;
	}

	private Collection<String> values() {
		String open = take();
		if (!open.equals("(")) {
			throw unexpected(open, "'('");
		}
		Set<String> values = new LinkedHashSet<>();
		if (peek().equals(")")) {
			values.add("");
		}
		while (!peek().equals(")")) {
			String token = take();
			if (isIdentifier(token)) {
				values.add(token);
				if (!peek().equals(",") && !peek().equals(")")) {
					throw unexpected(peek(), "',' or ')'");
				}
			}
			else if (token.equals(",")) {
				addValueBeside(values);
			}
			else {
				throw unexpected(token, "',', ')' or a value");
			}
		}
		take();
		return values;
	}

	/**
	 * Take the absence of a value before or after a comma as the empty value.
	 * @param values the values so far
	 */
	private void addValueBeside(Set<String> values) {
		if (values.isEmpty() || peek().equals(")")) {
			values.add("");
		}
		if (peek().equals(",")) {
			take();
			values.add("");
			// the server wants a value or a third comma here
			if (peek().equals(")")) {
				throw unexpected(")", "',' or a value");
			}
		}
	}

	private boolean endsValue(String token) {
		return token.equals(END) || token.equals(",");
	}

	private boolean isIdentifier(String token) {
		return !token.equals(END) && !SYMBOLS.contains(token);
	}

	private String peek() {
		return this.tokens.get(this.next);
	}

	private String take() {
		return this.tokens.get(this.next++);
	}

	private void scan() {
		int position = 0;
		while (position < this.selector.length()) {
			int start = position;
			char first = this.selector.charAt(position++);
			if (WHITESPACE.indexOf(first) >= 0) {
				continue;
			}
			if (SPECIAL.indexOf(first) >= 0) {
				while (position < this.selector.length()
						&& SYMBOLS.contains(this.selector.substring(start, position + 1))) {
					position++;
				}
			}
			else {
				while (position < this.selector.length() && isPlain(this.selector.charAt(position))) {
					position++;
				}
			}
			this.tokens.add(this.selector.substring(start, position));
		}
		this.tokens.add(END);
	}

	private boolean isPlain(char character) {
		return SPECIAL.indexOf(character) < 0 && WHITESPACE.indexOf(character) < 0;
	}

	private IllegalArgumentException unexpected(String token, String expected) {
		String found = token.equals(END) ? "the end" : "'" + token + "'";
		return new IllegalArgumentException(
				"Invalid label selector '" + this.selector + "': found " + found + " instead of " + expected);
	}

}
