package io.github.k8sclient.codec;

import java.math.BigInteger;
import java.time.Duration;

/**
 * Durations as Go's {@code time.Duration} prints and parses them: {@code 1h0m0s},
 * {@code 1.5s}, {@code 250ms}. They are a whole number of nanoseconds in 64 bits.
 */
final class GoDuration {

	private static final long[] UNITS = { 1, 1_000, 1_000_000, 1_000_000_000L, 60_000_000_000L, 3_600_000_000_000L };

	private static final BigInteger MAX_FRACTION_SCALE = BigInteger.TEN.pow(18);

	private final String text;

	private int position;

	private GoDuration(String text) {
		this.text = text;
	}

	static Duration parse(String text) {
		return Duration.ofNanos(new GoDuration(text).parse());
	}

	private long parse() {
		boolean negative = this.text.startsWith("-");
		if (negative || this.text.startsWith("+")) {
			this.position++;
		}
		if (this.text.length() - this.position == 1 && this.text.charAt(this.position) == '0') {
			return 0;
		}
		if (this.position == this.text.length()) {
			throw invalid();
		}
		// negative numbers reach one further than positive ones
		long sum = 0;
		while (this.position < this.text.length()) {
			sum = Math.subtractExact(sum, component());
		}
		return negative ? sum : Math.negateExact(sum);
	}

	private long component() {
		int start = this.position;
		String whole = digits();
		String fraction = "";
		if (this.position < this.text.length() && this.text.charAt(this.position) == '.') {
			this.position++;
			fraction = digits();
		}
		if (whole.isEmpty() && fraction.isEmpty()) {
			throw invalid();
		}
		long unit = unit();
		long nanos = whole.isEmpty() ? 0 : Math.multiplyExact(Long.parseLong(whole), unit);
		if (!fraction.isEmpty()) {
			String leading = fraction.substring(0, Math.min(18, fraction.length()));
			BigInteger scaled = new BigInteger(leading).multiply(BigInteger.valueOf(unit));
			BigInteger scale = (leading.length() == 18) ? MAX_FRACTION_SCALE : BigInteger.TEN.pow(leading.length());
			nanos = Math.addExact(nanos, scaled.divide(scale).longValueExact());
		}
		if (this.position == start) {
			throw invalid();
		}
		return nanos;
	}

	private String digits() {
		int start = this.position;
		while (this.position < this.text.length() && this.text.charAt(this.position) >= '0'
				&& this.text.charAt(this.position) <= '9') {
			this.position++;
		}
		return this.text.substring(start, this.position);
	}

	private long unit() {
		int start = this.position;
		while (this.position < this.text.length() && this.text.charAt(this.position) != '.'
				&& (this.text.charAt(this.position) < '0' || this.text.charAt(this.position) > '9')) {
			this.position++;
		}
		return switch (this.text.substring(start, this.position)) {
			case "ns" -> UNITS[0];
			case "us", "\u00b5s", "\u03bcs" -> UNITS[1];
			case "ms" -> UNITS[2];
			case "s" -> UNITS[3];
			case "m" -> UNITS[4];
			case "h" -> UNITS[5];
			default -> throw invalid();
		};
	}

	private IllegalArgumentException invalid() {
		return new IllegalArgumentException("Not a duration");
	}

	static String format(Duration duration) {
		long nanos = duration.toNanos();
		if (nanos == 0) {
			return "0s";
		}
		StringBuilder text = new StringBuilder((nanos < 0) ? "-" : "");
		BigInteger size = BigInteger.valueOf(nanos).abs();
		if (size.compareTo(BigInteger.valueOf(UNITS[3])) < 0) {
			appendSubsecond(text, size.longValue());
			return text.toString();
		}
		BigInteger[] parts = size.divideAndRemainder(BigInteger.valueOf(UNITS[3]));
		long seconds = parts[0].longValue();
		if (seconds >= 3600) {
			text.append(seconds / 3600).append('h');
		}
		if (seconds >= 60) {
			text.append(seconds / 60 % 60).append('m');
		}
		text.append(seconds % 60);
		appendFraction(text, parts[1].longValue(), UNITS[3]);
		return text.append('s').toString();
	}

	private static void appendSubsecond(StringBuilder text, long nanos) {
		int unit = (nanos < UNITS[1]) ? 0 : (nanos < UNITS[2]) ? 1 : 2;
		text.append(nanos / UNITS[unit]);
		appendFraction(text, nanos % UNITS[unit], UNITS[unit]);
		text.append((unit == 0) ? "ns" : (unit == 1) ? "\u00b5s" : "ms");
	}

	private static void appendFraction(StringBuilder text, long rest, long unit) {
		if (rest == 0) {
			return;
		}
		String digits = Long.toString(unit + rest).substring(1);
		text.append('.').append(digits.replaceAll("0+$", ""));
	}

}
