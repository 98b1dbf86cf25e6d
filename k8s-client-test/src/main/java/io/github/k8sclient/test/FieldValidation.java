package io.github.k8sclient.test;

import java.util.List;

/**
 * What becomes of members of a body that the kind does not have, and of members that are
 * there twice.
 */
enum FieldValidation {

	/**
	 * They are dropped in silence.
	 */
	IGNORE,

	/**
	 * They are dropped with a warning.
	 */
	WARN,

	/**
	 * The request is refused.
	 */
	STRICT;

	static FieldValidation parse(String kind, QueryParameters parameters) {
		String text = parameters.text("fieldValidation");
		if (text == null) {
			return WARN;
		}
		return switch (text) {
			case "Ignore" -> IGNORE;
			case "Warn" -> WARN;
			case "Strict" -> STRICT;
			default -> throw Statuses.invalidOptions(kind, FieldError.notSupported("fieldValidation",
					FieldError.quote(text), List.of("", "Ignore", "Strict", "Warn")));
		};
	}

}
