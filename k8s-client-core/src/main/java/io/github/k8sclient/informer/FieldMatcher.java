package io.github.k8sclient.informer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;

/**
 * A field selector that is answered here instead of by the server, with the same result:
 * the rules are those of apimachinery's {@code fields} package, and the fields are those
 * that the server knows for the resource.
 *
 * @param <T> the type of the objects
 */
final class FieldMatcher<T extends KubernetesObject> {

	private final List<Requirement<T>> requirements;

	private FieldMatcher(List<Requirement<T>> requirements) {
		this.requirements = requirements;
	}

	/**
	 * Return a matcher for a selector.
	 * @param selector the selector in the syntax of the API; empty matches everything
	 * @param resource the resource of the objects
	 * @param <T> the type of the objects
	 * @return the matcher
	 * @throws IllegalArgumentException if the server would refuse the selector
	 */
	static <T extends KubernetesObject> FieldMatcher<T> parse(String selector, ResourceDescriptor<T> resource) {
		List<Requirement<T>> requirements = new ArrayList<>();
		SelectableFields<T> fields = SelectableFields.of(resource);
		for (String term : terms(selector)) {
			if (!term.isEmpty()) {
				requirements.add(requirement(term, selector, fields));
			}
		}
		return new FieldMatcher<>(requirements);
	}

	private static List<String> terms(String selector) {
		List<String> terms = new ArrayList<>();
		int start = 0;
		for (int i = 0; i < selector.length(); i++) {
			char next = selector.charAt(i);
			if (next == '\\') {
				i++;
			}
			else if (next == ',') {
				terms.add(selector.substring(start, i));
				start = i + 1;
			}
		}
		terms.add(selector.substring(start));
		return terms;
	}

	private static <T extends KubernetesObject> Requirement<T> requirement(String term, String selector,
			SelectableFields<T> fields) {
		for (int i = 0; i < term.length(); i++) {
			for (String operator : List.of("!=", "==", "=")) {
				if (term.startsWith(operator, i)) {
					return new Requirement<>(fields.get(term.substring(0, i)),
							unescape(term.substring(i + operator.length())), operator.equals("!="));
				}
			}
			if (term.charAt(i) == '\\') {
				i++;
			}
		}
		throw new IllegalArgumentException(
				"Invalid field selector '" + selector + "': can't understand '" + term + "'");
	}

	private static String unescape(String value) {
		StringBuilder text = new StringBuilder(value.length());
		for (int i = 0; i < value.length(); i++) {
			char next = value.charAt(i);
			if (next == '=') {
				throw new IllegalArgumentException("Invalid field selector: '=' must be escaped in '" + value + "'");
			}
			if (next == '\\') {
				i++;
				next = (i < value.length()) ? value.charAt(i) : ' ';
				if (next != '\\' && next != ',' && next != '=') {
					throw new IllegalArgumentException("Invalid field selector: invalid escape in '" + value + "'");
				}
			}
			text.append(next);
		}
		return text.toString();
	}

	/**
	 * Return whether all requirements hold.
	 * @param object an object
	 * @return {@code true} if the selector matches
	 */
	boolean matches(T object) {
		for (Requirement<T> requirement : this.requirements) {
			if (!requirement.matches(object)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Return whether everything matches.
	 * @return {@code true} if there are no requirements
	 */
	boolean isEmpty() {
		return this.requirements.isEmpty();
	}

	/**
	 * A field that must have a value, or must not.
	 *
	 * @param field reads the field
	 * @param value the value
	 * @param negated whether the field must not have the value
	 * @param <T> the type of the objects
	 */
	private record Requirement<T>(Function<? super T, String> field, String value, boolean negated) {

		boolean matches(T object) {
			return this.field.apply(object).equals(this.value) != this.negated;
		}

	}

}
