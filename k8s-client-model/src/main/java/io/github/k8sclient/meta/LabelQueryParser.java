package io.github.k8sclient.meta;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.k8sclient.meta.LabelRequirement.Operator;

/**
 * Reads a label selector by the grammar of the API server ({@code labels.Parse} of
 * apimachinery) and complains in its words. The oddities are included: {@code in} and
 * {@code notin} are keywords only where an operator is expected, empty values are values,
 * and a key may be repeated.
 */
final class LabelQueryParser {

	private static final String END = "";

	private static final Set<String> SYMBOLS = Set.of("=", "==", "!=", "!", "(", ")", ",", ">", "<");

	private static final String SPECIAL = "=!(),><";

	private static final String WHITESPACE = " \t\r\n";

	private final String selector;

	private final List<String> tokens = new ArrayList<>();

	private int next;

	LabelQueryParser(String selector) {
		this.selector = selector;
	}

	List<LabelRequirement> parse() {
		scan();
		List<LabelRequirement> requirements = new ArrayList<>();
		while (!peek().equals(END)) {
			if (!startsRequirement(peek())) {
				throw unexpected(peek(), ", expected: !, identifier, or 'end of string'");
			}
			requirements.add(checkedRequirement());
			String separator = take();
			if (separator.equals(END)) {
				break;
			}
			if (!separator.equals(",")) {
				throw unexpected(separator, ", expected: ',' or 'end of string'");
			}
			if (!startsRequirement(peek())) {
				throw unexpected(peek(), ", expected: identifier after ','");
			}
		}
		return requirements;
	}

	private LabelRequirement checkedRequirement() {
		try {
			return requirement();
		}
		catch (IllegalArgumentException ex) {
			String problem = (ex instanceof InvalidSelectorException invalid) ? invalid.problem() : ex.getMessage();
			throw invalid("unable to parse requirement: " + problem);
		}
	}

	private LabelRequirement requirement() {
		boolean negated = peek().equals("!");
		if (negated) {
			take();
		}
		String key = take();
		if (!isIdentifier(key)) {
			throw unexpected(key, ", expected: identifier");
		}
		LabelRequirement.checkKey(key);
		if (negated) {
			return new LabelRequirement(key, Operator.DOES_NOT_EXIST, List.of());
		}
		if (endsValue(peek())) {
			return new LabelRequirement(key, Operator.EXISTS, List.of());
		}
		Operator operator = operator();
		boolean set = operator == Operator.IN || operator == Operator.NOT_IN;
		return new LabelRequirement(key, operator, set ? values() : List.of(value()));
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
			default -> throw unexpected(token, ", expected: in, notin, =, ==, !=, gt, lt");
		};
	}

	private String value() {
		if (endsValue(peek())) {
			return "";
		}
		String value = take();
		if (!isIdentifier(value)) {
			throw unexpected(value, ", expected: identifier");
		}
		return value;
	}

	private List<String> values() {
		String open = take();
		if (!open.equals("(")) {
			throw unexpected(open, " expected: '('");
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
					throw unexpected(peek(), ", expected: ',' or ')'");
				}
			}
			else if (token.equals(",")) {
				addValueBeside(values);
			}
			else {
				throw unexpected(token, ", expected: ',', ')' or identifier");
			}
		}
		take();
		return List.copyOf(values);
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
			// servers up to 1.36 want a value or a third comma here
			if (peek().equals(")")) {
				throw unexpected(")", ", expected: ',', or identifier");
			}
		}
	}

	private boolean startsRequirement(String token) {
		return token.equals("!") || isIdentifier(token);
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

	private InvalidSelectorException unexpected(String token, String expectation) {
		return invalid("found '" + token + "'" + expectation);
	}

	private InvalidSelectorException invalid(String problem) {
		return new InvalidSelectorException("label", this.selector, problem);
	}

}
