package io.github.k8sclient.meta;

/**
 * What the server does with fields that it does not know, and with those that a document
 * has twice. Servers before 1.25 ignore it.
 *
 * @since 0.1.0
 * @see CreateOptions.Builder#fieldValidation(FieldValidation)
 */
public enum FieldValidation {

	/**
	 * It drops them in silence. Of those that occur twice the last one counts.
	 */
	IGNORE("Ignore"),

	/**
	 * It drops them and says so in a warning. What servers do if nothing is said.
	 */
	WARN("Warn"),

	/**
	 * It refuses the request.
	 */
	STRICT("Strict");

	private final String value;

	FieldValidation(String value) {
		this.value = value;
	}

	/**
	 * Return the value as it is sent.
	 * @return for example {@code Strict}
	 */
	public String value() {
		return this.value;
	}

	@Override
	public String toString() {
		return this.value;
	}

}
