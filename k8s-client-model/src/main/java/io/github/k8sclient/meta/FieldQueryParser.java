package io.github.k8sclient.meta;

import java.util.ArrayList;
import java.util.List;

import io.github.k8sclient.meta.FieldRequirement.Operator;

/**
 * Reads a field selector by the grammar of the API server ({@code fields.ParseSelector}
 * of apimachinery) and complains in its words. Empty terms are passed over.
 */
final class FieldQueryParser {

	private final String selector;

	FieldQueryParser(String selector) {
		this.selector = selector;
	}

	List<FieldRequirement> parse() {
		List<FieldRequirement> requirements = new ArrayList<>();
		for (String term : terms()) {
			if (!term.isEmpty()) {
				requirements.add(requirement(term));
			}
		}
		return requirements;
	}

	private List<String> terms() {
		List<String> terms = new ArrayList<>();
		int start = 0;
		for (int i = 0; i < this.selector.length(); i++) {
			char next = this.selector.charAt(i);
			if (next == '\\') {
				i++;
			}
			else if (next == ',') {
				terms.add(this.selector.substring(start, i));
				start = i + 1;
			}
		}
		terms.add(this.selector.substring(start));
		return terms;
	}

	private FieldRequirement requirement(String term) {
		for (int i = 0; i < term.length(); i++) {
			for (String operator : List.of("!=", "==", "=")) {
				if (term.startsWith(operator, i)) {
					return requirement(term.substring(0, i),
							operator.equals("!=") ? Operator.NOT_EQUALS : Operator.EQUALS,
							unescaped(term.substring(i + operator.length())));
				}
			}
		}
		throw invalid("invalid selector: '" + this.selector + "'; can't understand '" + term + "'");
	}

	private FieldRequirement requirement(String field, Operator operator, String value) {
		try {
			return new FieldRequirement(field, operator, value);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(String.valueOf(ex.getMessage()));
		}
	}

	private String unescaped(String value) {
		StringBuilder text = new StringBuilder(value.length());
		for (int i = 0; i < value.length(); i++) {
			char next = value.charAt(i);
			if (next == '=') {
				throw invalid("invalid field selector: unescaped character in value: " + (int) next);
			}
			if (next == '\\') {
				i++;
				String escaped = value.substring(i, Math.min(i + 1, value.length()));
				if (!escaped.equals("\\") && !escaped.equals(",") && !escaped.equals("=")) {
					throw invalid("invalid field selector: invalid escape sequence: \\" + escaped);
				}
				next = escaped.charAt(0);
			}
			text.append(next);
		}
		return text.toString();
	}

	private InvalidSelectorException invalid(String problem) {
		return new InvalidSelectorException("field", this.selector, problem);
	}

}
