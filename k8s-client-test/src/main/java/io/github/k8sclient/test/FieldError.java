package io.github.k8sclient.test;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One complaint about a field of an object, in the words of the API server.
 *
 * @param reason the machine-readable reason, such as {@code FieldValueRequired}
 * @param field the path of the field, such as {@code spec.containers[0].name}
 * @param detail the complaint
 */
record FieldError(String reason, String field, String detail) {

	static FieldError required(String field, String detail) {
		return new FieldError("FieldValueRequired", field,
				detail.isEmpty() ? "Required value" : "Required value: " + detail);
	}

	static FieldError invalid(String field, String value, String detail) {
		return new FieldError("FieldValueInvalid", field, "Invalid value: %s: %s".formatted(value, detail));
	}

	/**
	 * A value of another type than that of the field.
	 * @param field the path of the field
	 * @param value the value as it is printed
	 * @param detail the complaint
	 * @return the complaint
	 */
	static FieldError typeInvalid(String field, String value, String detail) {
		return new FieldError("FieldValueTypeInvalid", field, "Invalid value: %s: %s".formatted(value, detail));
	}

	static FieldError forbidden(String field, String detail) {
		return new FieldError("FieldValueForbidden", field, "Forbidden: " + detail);
	}

	static FieldError duplicate(String field, String value) {
		return duplicateValue(field, quote(value));
	}

	/**
	 * A value that is there twice.
	 * @param field the path of the field
	 * @param value the value as it is printed
	 * @return the complaint
	 */
	static FieldError duplicateValue(String field, String value) {
		return new FieldError("FieldValueDuplicate", field, "Duplicate value: " + value);
	}

	static FieldError tooMany(String field, int size, int max) {
		return new FieldError("FieldValueTooMany", field,
				"Too many: %d: must have at most %d items".formatted(size, max));
	}

	static FieldError tooLong(String field, String detail) {
		return new FieldError("FieldValueTooLong", field, "Too long: " + detail);
	}

	static FieldError notSupported(String field, String value, List<String> supported) {
		return new FieldError("FieldValueNotSupported", field, "Unsupported value: %s: supported values: %s"
			.formatted(value, supported.stream().map(FieldError::quote).collect(Collectors.joining(", "))));
	}

	/**
	 * A text as Go quotes it.
	 * @param text the text
	 * @return the text in double quotes
	 */
	static String quote(String text) {
		StringBuilder quoted = new StringBuilder("\"");
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			switch (c) {
				case '"' -> quoted.append("\\\"");
				case '\\' -> quoted.append("\\\\");
				case '\n' -> quoted.append("\\n");
				case '\t' -> quoted.append("\\t");
				case '\r' -> quoted.append("\\r");
				default -> quoted.append(c);
			}
		}
		return quoted.append('"').toString();
	}

	String message() {
		return this.field + ": " + this.detail;
	}

}
