package io.github.k8sclient.meta;

/**
 * One requirement of a {@link FieldQuery}.
 *
 * @param field the field, such as {@code spec.nodeName}
 * @param operator how the value is compared
 * @param value the value, may be empty
 * @since 0.1.0
 */
public record FieldRequirement(String field, Operator operator, String value) {

	private static final String RESERVED = ",=\\";

	/**
	 * Create a requirement.
	 * @param field the field
	 * @param operator how the value is compared
	 * @param value the value
	 * @throws IllegalArgumentException if the field cannot be the name of one
	 */
	public FieldRequirement {
		if (field.isBlank() || field.chars().anyMatch((character) -> RESERVED.indexOf(character) >= 0)) {
			throw new IllegalArgumentException("field label not supported: " + field);
		}
	}

	/**
	 * Return whether the requirement holds.
	 * @param actual the text of the field, empty if an object does not have it
	 * @return {@code true} if it holds
	 */
	public boolean matches(String actual) {
		return this.value.equals(actual) == (this.operator == Operator.EQUALS);
	}

	/**
	 * Return the requirement in the syntax of the API.
	 * @return for example {@code status.phase!=Running}, with what has a meaning in a
	 * selector escaped
	 */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(this.field).append(this.operator.symbol);
		for (int i = 0; i < this.value.length(); i++) {
			char next = this.value.charAt(i);
			if (RESERVED.indexOf(next) >= 0) {
				text.append('\\');
			}
			text.append(next);
		}
		return text.toString();
	}

	/**
	 * How the value of a field is compared.
	 */
	public enum Operator {

		/**
		 * The field has the value.
		 */
		EQUALS("="),

		/**
		 * The field has another value.
		 */
		NOT_EQUALS("!=");

		private final String symbol;

		Operator(String symbol) {
			this.symbol = symbol;
		}

	}

}
