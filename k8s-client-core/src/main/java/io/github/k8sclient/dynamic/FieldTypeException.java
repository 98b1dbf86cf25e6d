package io.github.k8sclient.dynamic;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.KubernetesException;
import org.jspecify.annotations.Nullable;

/**
 * A field of an {@link Unstructured} object holds a value of another type than was asked
 * for. The message names the object, the field and the types, and never the value.
 *
 * @since 0.1.0
 */
public final class FieldTypeException extends KubernetesException {

	private final String path;

	private final String expected;

	private final String actual;

	/**
	 * Create an exception.
	 * @param object the object in words
	 * @param path the field
	 * @param expected the type that was asked for
	 * @param value what the field holds
	 */
	FieldTypeException(String object, List<String> path, String expected, @Nullable Object value) {
		super(String.join(".", path) + " of " + object + " is " + typeOf(value) + ", not " + expected);
		this.path = String.join(".", path);
		this.expected = expected;
		this.actual = typeOf(value);
	}

	private static String typeOf(@Nullable Object value) {
		if (value == null) {
			return "null";
		}
		if (value instanceof Map) {
			return "an object";
		}
		if (value instanceof List) {
			return "an array";
		}
		if (value instanceof Number) {
			return (value instanceof BigDecimal) ? "a decimal number" : "an integer";
		}
		return (value instanceof Boolean) ? "a boolean" : "a text";
	}

	/**
	 * Return the field.
	 * @return the names that lead to it, joined by dots
	 */
	public String path() {
		return this.path;
	}

	/**
	 * Return the type that was asked for.
	 * @return the type in words, such as {@code an integer}
	 */
	public String expected() {
		return this.expected;
	}

	/**
	 * Return the type of the value.
	 * @return the type in words, such as {@code a text}
	 */
	public String actual() {
		return this.actual;
	}

}
