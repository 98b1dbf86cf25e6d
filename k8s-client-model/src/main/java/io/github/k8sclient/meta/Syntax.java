package io.github.k8sclient.meta;

/**
 * The text forms of the names of groups, kinds and resources.
 */
final class Syntax {

	private Syntax() {
	}

	/**
	 * Check one part of a name. A slash or white space in it would lead a request to
	 * another path.
	 */
	static String requireName(String name, String part, boolean emptyAllowed) {
		if (name.isEmpty() && !emptyAllowed) {
			throw new IllegalArgumentException("'" + part + "' must not be empty");
		}
		for (int i = 0; i < name.length(); i++) {
			char character = name.charAt(i);
			if (character <= ' ' || character == '/' || character == '?' || character == '#' || character == '%') {
				throw new IllegalArgumentException("'" + part + "' must be a name but is '" + name + "'");
			}
		}
		return name;
	}

	/**
	 * Split {@code first.second.rest}; the rest, a group, may have dots itself or be
	 * missing.
	 */
	static String[] split(String text, String form) {
		int first = text.indexOf('.');
		if (first <= 0 || first == text.length() - 1) {
			throw new IllegalArgumentException("'" + text + "' must have the form " + form);
		}
		int second = text.indexOf('.', first + 1);
		if (second < 0) {
			return new String[] { text.substring(0, first), text.substring(first + 1), "" };
		}
		return new String[] { text.substring(0, first), text.substring(first + 1, second), text.substring(second + 1) };
	}

	static String join(String first, String... others) {
		StringBuilder text = new StringBuilder(first);
		for (String other : others) {
			if (!other.isEmpty()) {
				text.append('.').append(other);
			}
		}
		return text.toString();
	}

}
