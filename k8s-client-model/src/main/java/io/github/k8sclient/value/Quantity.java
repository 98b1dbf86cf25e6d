package io.github.k8sclient.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

import org.jspecify.annotations.Nullable;

/**
 * An exact amount of a resource, such as {@code 500m} CPUs or {@code 512Mi} bytes: Go's
 * {@code resource.Quantity}, whose rules decide here.
 * <ul>
 * <li>A text is a decimal number with a suffix: a binary one ({@code Ki Mi Gi Ti Pi Ei}),
 * a decimal one ({@code n u m}, none, {@code k M G T P E}) or an exponent ({@code e3},
 * {@code E-3}).</li>
 * <li>Amounts finer than one nano are rounded away from zero to a nano; amounts written
 * with a binary suffix are capped at 2<sup>63</sup>-1.</li>
 * <li>{@link #toString()} is the canonical form: the greatest suffix that leaves no
 * fraction, in the {@link Format} the quantity was written in. As in Go, a text that
 * needed no such work when it was parsed is kept as it was ({@code +5} stays
 * {@code +5}).</li>
 * <li>A quantity of zero has no opinion about the format: {@link #add} and
 * {@link #subtract} on it take the operand's.</li>
 * </ul>
 * Where Go is wrong by accident, this class is not: {@code 1000E} stays that number
 * although there is no greater suffix, a number that does not fit is an
 * {@link ArithmeticException}, and a text without any digit is not a quantity.
 * <p>
 * Two quantities are equal when they are the same amount: {@code 1} equals {@code 1000m}.
 * Instances are immutable.
 *
 * @since 0.1.0
 */
public final class Quantity implements Comparable<Quantity> {

	/**
	 * The longest text that {@link #parse} takes.
	 */
	public static final int MAX_LENGTH = 4096;

	/**
	 * Zero, in {@link Format#DECIMAL_SI}.
	 */
	public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL_SI, "0");

	private static final int NANO_SCALE = 9;

	/**
	 * Sums of amounts whose exponents are further apart than this are refused: they would
	 * need as many digits.
	 */
	private static final int MAX_EXPONENT_GAP = 10_000;

	private static final int MAX_EXPONENT = 999_999_999;

	private static final int MAX_FAST_DIGITS = 18;

	private static final BigDecimal NANO = BigDecimal.valueOf(1, NANO_SCALE);

	private static final BigDecimal MAX_BINARY = BigDecimal.valueOf(Long.MAX_VALUE);

	private static final BigDecimal BINARY_THRESHOLD = BigDecimal.valueOf(1024);

	private static final String DECIMAL_SUFFIXES = "num kMGTPE";

	private static final String BINARY_SUFFIXES = " KMGTPE";

	private final BigDecimal amount;

	private final Format format;

	private final String text;

	private Quantity(BigDecimal amount, Format format, @Nullable String text) {
		this.amount = amount;
		this.format = format;
		this.text = (text != null) ? text : canonical(amount, format);
	}

	/**
	 * Parses a quantity.
	 * @param text the text, not null
	 * @return the quantity
	 * @throws IllegalArgumentException if the text is not a quantity or longer than
	 * {@link #MAX_LENGTH}
	 */
	public static Quantity parse(String text) {
		return text.equals("0") ? ZERO : new Parser(text).parse();
	}

	/**
	 * Makes a whole number.
	 * @param value the number
	 * @param format the form it is written in
	 * @return the quantity
	 */
	public static Quantity of(long value, Format format) {
		return new Quantity(BigDecimal.valueOf(value), format, null);
	}

	/**
	 * Makes a number of thousandths.
	 * @param value the thousandths
	 * @param format the form it is written in
	 * @return the quantity
	 */
	public static Quantity ofMilli(long value, Format format) {
		return new Quantity(BigDecimal.valueOf(value, 3), format, null);
	}

	/**
	 * Makes an exact amount. What is finer than a nano is rounded away from zero.
	 * @param amount the amount, not null
	 * @param format the form it is written in
	 * @return the quantity
	 */
	public static Quantity of(BigDecimal amount, Format format) {
		return new Quantity(roundUpToNano(amount), format, null);
	}

	/**
	 * The exact amount.
	 * @return the amount, with at most nine digits after the point
	 */
	public BigDecimal toBigDecimal() {
		return this.amount;
	}

	/**
	 * The amount as a whole number, rounded away from zero: {@code 1500m} gives 2.
	 * @return the rounded amount
	 * @throws ArithmeticException if it does not fit a {@code long}
	 */
	public long value() {
		return scaled(0);
	}

	/**
	 * The amount in thousandths, rounded away from zero.
	 * @return the rounded thousandths
	 * @throws ArithmeticException if they do not fit a {@code long}
	 */
	public long milliValue() {
		return scaled(3);
	}

	private long scaled(int digits) {
		BigDecimal shifted = this.amount.scaleByPowerOfTen(digits);
		return ((shifted.scale() > 0) ? shifted.setScale(0, RoundingMode.UP) : shifted).longValueExact();
	}

	/**
	 * The form the quantity is written in.
	 * @return the format
	 */
	public Format format() {
		return this.format;
	}

	/**
	 * Sign of the amount.
	 * @return -1, 0 or 1
	 */
	public int signum() {
		return this.amount.signum();
	}

	/**
	 * Whether the amount is zero.
	 * @return true for zero
	 */
	public boolean isZero() {
		return this.amount.signum() == 0;
	}

	/**
	 * The sum. It has this quantity's format, or the other's if this one is zero.
	 * @param other what to add, not null
	 * @return the sum
	 * @throws ArithmeticException if the exponents are more than 10,000 apart
	 */
	public Quantity add(Quantity other) {
		checkGap(other);
		return new Quantity(this.amount.add(other.amount), isZero() ? other.format : this.format, null);
	}

	/**
	 * The difference. It has this quantity's format, or the other's if this one is zero.
	 * @param other what to take away, not null
	 * @return the difference
	 * @throws ArithmeticException if the exponents are more than 10,000 apart
	 */
	public Quantity subtract(Quantity other) {
		checkGap(other);
		return new Quantity(this.amount.subtract(other.amount), isZero() ? other.format : this.format, null);
	}

	/**
	 * The same amount with the opposite sign.
	 * @return the negated quantity
	 */
	public Quantity negate() {
		return new Quantity(this.amount.negate(), this.format, null);
	}

	private void checkGap(Quantity other) {
		if (Math.abs((long) this.amount.scale() - other.amount.scale()) > MAX_EXPONENT_GAP) {
			throw new ArithmeticException("Exponents of " + this + " and " + other + " are too far apart to add");
		}
	}

	/**
	 * Compares amounts, whatever their format.
	 */
	@Override
	public int compareTo(Quantity other) {
		return this.amount.compareTo(other.amount);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof Quantity that && this.amount.compareTo(that.amount) == 0);
	}

	@Override
	public int hashCode() {
		return this.amount.stripTrailingZeros().hashCode();
	}

	/**
	 * The quantity as it is written in JSON.
	 * @return the canonical text, or the parsed one where Go keeps it
	 */
	@Override
	public String toString() {
		return this.text;
	}

	private static BigDecimal roundUpToNano(BigDecimal amount) {
		if (amount.signum() == 0) {
			return BigDecimal.ZERO;
		}
		if (amount.scale() <= NANO_SCALE) {
			return amount;
		}
		// without this, a tiny amount would first be written out digit by digit
		if ((long) amount.precision() - amount.scale() <= -NANO_SCALE) {
			return (amount.signum() > 0) ? NANO : NANO.negate();
		}
		return amount.setScale(NANO_SCALE, RoundingMode.UP);
	}

	private static String canonical(BigDecimal amount, Format format) {
		if (amount.signum() == 0) {
			return "0";
		}
		if (format == Format.BINARY_SI && amount.abs().compareTo(BINARY_THRESHOLD) >= 0) {
			BigDecimal whole = (amount.scale() == 0) ? amount : amount.stripTrailingZeros();
			if (whole.scale() <= 0) {
				return canonicalBinary(whole.toBigIntegerExact());
			}
		}
		return canonicalDecimal(amount.stripTrailingZeros(), format == Format.DECIMAL_EXPONENT);
	}

	private static String canonicalBinary(BigInteger number) {
		int power = Math.min(number.getLowestSetBit() / 10, BINARY_SUFFIXES.length() - 1);
		BigInteger mantissa = number.shiftRight(10 * power);
		return (power == 0) ? mantissa.toString() : mantissa.toString() + BINARY_SUFFIXES.charAt(power) + 'i';
	}

	private static String canonicalDecimal(BigDecimal stripped, boolean exponentForm) {
		int thousands = Math.floorDiv(-stripped.scale(), 3);
		if (!exponentForm) {
			thousands = Math.min(thousands, 6);
		}
		BigInteger mantissa = stripped.scaleByPowerOfTen(-3 * thousands).toBigIntegerExact();
		if (thousands == 0) {
			return mantissa.toString();
		}
		return exponentForm ? mantissa.toString() + 'e' + (3 * thousands)
				: mantissa.toString() + DECIMAL_SUFFIXES.charAt(thousands + 3);
	}

	/**
	 * How a quantity is written.
	 */
	public enum Format {

		/**
		 * With an exponent: {@code 12e6}.
		 */
		DECIMAL_EXPONENT,

		/**
		 * With a suffix that is a power of 1024: {@code 12Mi}. Amounts below 1024 and
		 * those with a fraction are written as {@link #DECIMAL_SI}.
		 */
		BINARY_SI,

		/**
		 * With a suffix that is a power of 1000: {@code 12M}.
		 */
		DECIMAL_SI

	}

	/**
	 * Scans a quantity as Go does.
	 */
	private static final class Parser {

		private final String text;

		private int position;

		private Format format = Format.DECIMAL_SI;

		private int exponent;

		Parser(String text) {
			this.text = text;
		}

		Quantity parse() {
			int length = this.text.length();
			if (length == 0 || length > MAX_LENGTH) {
				throw invalid();
			}
			boolean negative = this.text.charAt(0) == '-';
			if (negative || this.text.charAt(0) == '+') {
				this.position++;
			}
			int digitsStart = this.position;
			int wholeStart = this.position;
			while (this.position < length && this.text.charAt(this.position) == '0') {
				wholeStart = ++this.position;
			}
			skipDigits();
			String whole = this.text.substring(wholeStart, this.position);
			String fraction = "";
			if (this.position < length && this.text.charAt(this.position) == '.') {
				digitsStart++;
				int fractionStart = ++this.position;
				skipDigits();
				fraction = this.text.substring(fractionStart, this.position);
			}
			if (this.position == digitsStart) {
				throw invalid();
			}
			parseSuffix(this.text.substring(this.position));
			return quantity(negative, whole, fraction);
		}

		private void skipDigits() {
			while (this.position < this.text.length() && isDigit(this.text.charAt(this.position))) {
				this.position++;
			}
		}

		private void parseSuffix(String suffix) {
			int length = suffix.length();
			if (length == 0) {
				return;
			}
			char first = suffix.charAt(0);
			if (length == 1 && first != ' ' && DECIMAL_SUFFIXES.indexOf(first) >= 0) {
				this.exponent = (DECIMAL_SUFFIXES.indexOf(first) - 3) * 3;
			}
			else if (length == 2 && suffix.charAt(1) == 'i' && BINARY_SUFFIXES.indexOf(first) > 0) {
				this.format = Format.BINARY_SI;
				this.exponent = BINARY_SUFFIXES.indexOf(first) * 10;
			}
			else if (first == 'e' || first == 'E') {
				this.format = Format.DECIMAL_EXPONENT;
				this.exponent = parseExponent(suffix.substring(1));
			}
			else {
				throw invalid();
			}
		}

		private int parseExponent(String digits) {
			for (int i = 0; i < digits.length(); i++) {
				char digit = digits.charAt(i);
				if (!isDigit(digit) && (i > 0 || (digit != '+' && digit != '-'))) {
					throw invalid();
				}
			}
			try {
				return (int) Math.max(-MAX_EXPONENT, Math.min(MAX_EXPONENT, Long.parseLong(digits)));
			}
			catch (NumberFormatException ex) {
				throw invalid();
			}
		}

		private Quantity quantity(boolean negative, String whole, String fraction) {
			BigDecimal amount = decimal(whole + fraction, fraction.length());
			if (amount.signum() == 0) {
				return new Quantity(BigDecimal.ZERO, this.format, null);
			}
			boolean keepsText = keepsText(whole, fraction, amount.unscaledValue().intValue());
			amount = negative ? amount.negate() : amount;
			boolean binary = this.format == Format.BINARY_SI;
			amount = binary ? amount.multiply(BigDecimal.valueOf(1L << this.exponent))
					: amount.scaleByPowerOfTen(this.exponent);
			amount = roundUpToNano(amount);
			if (binary) {
				amount = amount.min(MAX_BINARY).max(MAX_BINARY.negate());
				if (amount.abs().compareTo(BigDecimal.ONE) < 0) {
					return new Quantity(amount, Format.DECIMAL_SI, null);
				}
			}
			return new Quantity(amount, this.format, keepsText ? this.text : null);
		}

		private static BigDecimal decimal(String digits, int scale) {
			if (digits.length() > MAX_FAST_DIGITS) {
				return new BigDecimal(new BigInteger(digits), scale);
			}
			return digits.isEmpty() ? BigDecimal.ZERO : BigDecimal.valueOf(Long.parseLong(digits), scale);
		}

		/**
		 * When Go takes its short way with 64 bit numbers, and keeps the text without
		 * making it canonical.
		 */
		private boolean keepsText(String whole, String fraction, int unscaled) {
			int digits = Math.max(whole.length(), 1) + fraction.length();
			if (this.format == Format.BINARY_SI) {
				return fraction.isEmpty() && digits + this.exponent * 3 / 10 <= 14 && (unscaled & 7) != 0;
			}
			int scale = this.exponent - fraction.length();
			return digits <= MAX_FAST_DIGITS && scale >= -NANO_SCALE && scale % 3 == 0 && !whole.isEmpty()
					&& !(whole + fraction).endsWith("000");
		}

		private static boolean isDigit(char character) {
			return character >= '0' && character <= '9';
		}

		private IllegalArgumentException invalid() {
			String shown = (this.text.length() > 64) ? this.text.substring(0, 64) + "..." : this.text;
			return new IllegalArgumentException("'" + shown + "' is not a quantity, such as 500m, 2 or 1.5Gi");
		}

	}

}
