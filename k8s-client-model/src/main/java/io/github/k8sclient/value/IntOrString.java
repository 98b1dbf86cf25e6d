package io.github.k8sclient.value;

import org.jspecify.annotations.Nullable;

/**
 * A 32 bit number or a text, as in a probe's {@code port: 8080} or {@code port: http} and
 * a rollout's {@code maxSurge: 25%}. Go's {@code util/intstr.IntOrString}.
 * <p>
 * {@code of(80)} and {@code of("80")} are different values, as they are on the wire.
 *
 * @since 0.1.0
 */
public final class IntOrString {

	private final int number;

	private final @Nullable String text;

	private IntOrString(int number, @Nullable String text) {
		this.number = number;
		this.text = text;
	}

	/**
	 * Makes a number.
	 * @param number the number
	 * @return the value
	 */
	public static IntOrString of(int number) {
		return new IntOrString(number, null);
	}

	/**
	 * Makes a text, also when it looks like a number.
	 * @param text the text, not null
	 * @return the value
	 */
	public static IntOrString of(String text) {
		return new IntOrString(0, text);
	}

	/**
	 * Whether this is a number.
	 * @return true for a number, false for a text
	 */
	public boolean isInt() {
		return this.text == null;
	}

	/**
	 * The number; of a text, the decimal number it spells.
	 * @return the number
	 * @throws NumberFormatException if this is a text that spells no 32 bit number
	 */
	public int intValue() {
		return (this.text != null) ? Integer.parseInt(this.text) : this.number;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		if (this == other) {
			return true;
		}
		if (!(other instanceof IntOrString that)) {
			return false;
		}
		return (this.text != null) ? this.text.equals(that.text) : (that.text == null && this.number == that.number);
	}

	@Override
	public int hashCode() {
		return (this.text != null) ? this.text.hashCode() : this.number;
	}

	/**
	 * The text, or the number in decimal.
	 * @return the value as text
	 */
	@Override
	public String toString() {
		return (this.text != null) ? this.text : Integer.toString(this.number);
	}

}
