package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A field selector in the syntax of the API: {@code metadata.name=a,status.phase!=b}.
 */
final class FieldSelector {

	static final FieldSelector EVERYTHING = new FieldSelector(List.of());

	private final List<Requirement> requirements;

	private FieldSelector(List<Requirement> requirements) {
		this.requirements = requirements;
	}

	/**
	 * Parse a selector.
	 * @param text the selector, null or empty for everything
	 * @param fields the fields that the resource supports
	 * @return the selector
	 * @throws StatusException 400 with the words of the API server if it is malformed or
	 * names another field
	 */
	static FieldSelector parse(@Nullable String text, SelectableFields fields) {
		if (text == null || text.isEmpty()) {
			return EVERYTHING;
		}
		List<Requirement> requirements = new ArrayList<>();
		for (String term : terms(text)) {
			if (!term.isEmpty()) {
				requirements.add(requirement(term, text, fields));
			}
		}
		return new FieldSelector(List.copyOf(requirements));
	}

	boolean isEverything() {
		return this.requirements.isEmpty();
	}

	boolean matches(ObjectNode object) {
		for (Requirement requirement : this.requirements) {
			boolean equal = requirement.field().value(object).equals(requirement.value());
			if (equal == requirement.negated()) {
				return false;
			}
		}
		return true;
	}

	private static Requirement requirement(String term, String text, SelectableFields fields) {
		for (int i = 0; i < term.length(); i++) {
			char c = term.charAt(i);
			if (c == '\\') {
				i++;
			}
			else if (term.startsWith("!=", i)) {
				return requirement(term.substring(0, i), term.substring(i + 2), true, fields);
			}
			else if (term.startsWith("==", i)) {
				return requirement(term.substring(0, i), term.substring(i + 2), false, fields);
			}
			else if (c == '=') {
				return requirement(term.substring(0, i), term.substring(i + 1), false, fields);
			}
		}
		throw Statuses.badRequest("invalid selector: '%s'; can't understand '%s'".formatted(text, term));
	}

	private static Requirement requirement(String field, String value, boolean negated, SelectableFields fields) {
		return new Requirement(fields.field(field), unescape(value), negated);
	}

	private static List<String> terms(String text) {
		List<String> terms = new ArrayList<>();
		int start = 0;
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) == '\\') {
				i++;
			}
			else if (text.charAt(i) == ',') {
				terms.add(text.substring(start, i));
				start = i + 1;
			}
		}
		terms.add(text.substring(start));
		return terms;
	}

	private static String unescape(String value) {
		StringBuilder result = new StringBuilder();
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c == '\\') {
				i++;
				char escaped = (i < value.length()) ? value.charAt(i) : 0;
				if (escaped != '\\' && escaped != ',' && escaped != '=') {
					throw Statuses
						.badRequest("invalid field selector: invalid escape sequence: " + value.substring(i - 1));
				}
				result.append(escaped);
			}
			else if (c == '=') {
				throw Statuses.badRequest("invalid field selector: unescaped rune: =");
			}
			else {
				result.append(c);
			}
		}
		return result.toString();
	}

	private record Requirement(SelectableFields.Field field, String value, boolean negated) {

	}

}
