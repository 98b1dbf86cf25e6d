package io.github.k8sclient.test;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The rules for names, label keys and label values.
 */
final class NameRules {

	private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

	private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";

	private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

	private static final Pattern LABEL_PATTERN = Pattern.compile(LABEL);

	private static final Pattern SUBDOMAIN_PATTERN = Pattern.compile(SUBDOMAIN);

	private static final Pattern QUALIFIED_PATTERN = Pattern.compile(QUALIFIED);

	private static final Pattern LABEL_VALUE_PATTERN = Pattern.compile("(" + QUALIFIED + ")?");

	private NameRules() {
	}

	/**
	 * The rule for the names of most objects.
	 * @param name the name
	 * @return the complaints, empty if the name is good
	 */
	static List<String> subdomain(String name) {
		if (name.length() > 253) {
			return List.of("must be no more than 253 characters");
		}
		return SUBDOMAIN_PATTERN.matcher(name).matches() ? List.of() : List
			.of("a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.',"
					+ " and must start and end with an alphanumeric character (e.g. 'example.com', regex used for "
					+ "validation is '" + SUBDOMAIN + "')");
	}

	/**
	 * The rule for the names of namespaces.
	 * @param name the name
	 * @return the complaints, empty if the name is good
	 */
	static List<String> label(String name) {
		if (name.length() > 63) {
			return List.of("must be no more than 63 characters");
		}
		return LABEL_PATTERN.matcher(name).matches() ? List.of() : List
			.of("a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must "
					+ "start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for "
					+ "validation is '" + LABEL + "')");
	}

	/**
	 * The rule for the names of RBAC objects.
	 * @param name the name
	 * @return the complaints, empty if the name is good
	 */
	static List<String> pathSegment(String name) {
		if (name.equals(".") || name.equals("..")) {
			return List.of("may not be '" + name + "'");
		}
		for (String illegal : List.of("/", "%")) {
			if (name.contains(illegal)) {
				return List.of("may not contain '" + illegal + "'");
			}
		}
		return List.of();
	}

	/**
	 * The rule for label keys, annotation keys and finalizers.
	 * @param name the key
	 * @return the complaints, empty if the key is good
	 */
	static List<String> qualifiedName(String name) {
		int slash = name.indexOf('/');
		if (slash != name.lastIndexOf('/')) {
			return List
				.of("a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and "
						+ "end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used "
						+ "for validation is '" + QUALIFIED + "') with an optional DNS subdomain prefix and '/' (e.g. "
						+ "'example.com/MyName')");
		}
		if (slash == 0) {
			return List.of("prefix part must be non-empty");
		}
		if (slash > 0) {
			List<String> problems = subdomain(name.substring(0, slash));
			if (!problems.isEmpty()) {
				return List.of("prefix part " + problems.get(0));
			}
		}
		String part = name.substring(slash + 1);
		if (part.isEmpty()) {
			return List.of("name part must be non-empty");
		}
		if (part.length() > 63) {
			return List.of("name part must be no more than 63 characters");
		}
		return QUALIFIED_PATTERN.matcher(part).matches() ? List.of() : List
			.of("name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with "
					+ "an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for "
					+ "validation is '" + QUALIFIED + "')");
	}

	/**
	 * The rule for label values.
	 * @param value the value
	 * @return the complaints, empty if the value is good
	 */
	static List<String> labelValue(String value) {
		if (value.length() > 63) {
			return List.of("must be no more than 63 characters");
		}
		return LABEL_VALUE_PATTERN.matcher(value).matches() ? List.of() : List
			.of("a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', "
					+ "and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or "
					+ "'12345', regex used for validation is '(" + QUALIFIED + ")?')");
	}

}
