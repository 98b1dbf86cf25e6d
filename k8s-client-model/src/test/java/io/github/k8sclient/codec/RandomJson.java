package io.github.k8sclient.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Makes documents, and breaks them.
 */
final class RandomJson {

	private static final String[] SCALARS = { "null", "true", "false", "0", "-0", "1", "-1", "12345678901234567890",
			"9223372036854775807", "-9223372036854775808", "0.5", "-1.25e-3", "1E400", "2e+5", "\"\"", "\"plain text\"",
			"\"\\u0041\\n\\t\\\\\\\"\\/\\b\\f\\r\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\\ude00x\"",
			"\"\u00e4\u00f6\u20ac \ud83d\ude00\"", "\"0123456789abcdef0123456789abcdef\"" };

	private static final String[] SPACES = { "", "", "", "", " ", "\n", "\t", "\r\n  " };

	private static final byte[] INTERESTING = "{}[]:,\"\\ \n\t0123456789-+.eEutrfalsn/bx"
		.getBytes(StandardCharsets.UTF_8);

	private final Random random;

	RandomJson(long seed) {
		this.random = new Random(seed);
	}

	byte[] document() {
		StringBuilder text = new StringBuilder();
		value(text, 0);
		return text.toString().getBytes(StandardCharsets.UTF_8);
	}

	private void value(StringBuilder text, int depth) {
		space(text);
		int kind = this.random.nextInt(10);
		if (depth < 6 && kind < 4) {
			object(text, depth);
		}
		else if (depth < 6 && kind < 6) {
			array(text, depth);
		}
		else {
			text.append(SCALARS[this.random.nextInt(SCALARS.length)]);
		}
		space(text);
	}

	private void object(StringBuilder text, int depth) {
		text.append('{');
		int size = this.random.nextInt(5);
		for (int index = 0; index < size; index++) {
			text.append((index > 0) ? "," : "");
			space(text);
			text.append('"');
			text.append((this.random.nextInt(8) == 0) ? "na\\u006de\u00e9" : "name" + this.random.nextInt(12));
			text.append('"');
			space(text);
			text.append(':');
			value(text, depth + 1);
		}
		space(text);
		text.append('}');
	}

	private void array(StringBuilder text, int depth) {
		text.append('[');
		int size = this.random.nextInt(4);
		for (int index = 0; index < size; index++) {
			text.append((index > 0) ? "," : "");
			value(text, depth + 1);
		}
		space(text);
		text.append(']');
	}

	private void space(StringBuilder text) {
		text.append(SPACES[this.random.nextInt(SPACES.length)]);
	}

	/**
	 * Changes, adds, removes or cuts off some bytes.
	 */
	byte[] broken(byte[] source) {
		byte[] result = source;
		for (int count = this.random.nextInt(3); count >= 0 && result.length > 0; count--) {
			result = brokenOnce(result);
		}
		return result;
	}

	private byte[] brokenOnce(byte[] source) {
		int at = this.random.nextInt(source.length);
		ByteArrayOutputStream result = new ByteArrayOutputStream();
		result.write(source, 0, at);
		switch (this.random.nextInt(6)) {
			case 0 -> result.write(source, at + 1, source.length - at - 1);
			case 1, 2 -> {
				result.write(INTERESTING[this.random.nextInt(INTERESTING.length)]);
				result.write(source, at, source.length - at);
			}
			case 3 -> {
				result.write(INTERESTING[this.random.nextInt(INTERESTING.length)]);
				result.write(source, at + 1, source.length - at - 1);
			}
			case 4 -> {
				result.write(this.random.nextInt(256));
				result.write(source, at + 1, source.length - at - 1);
			}
			default -> {
				// cut off
			}
		}
		return result.toByteArray();
	}

}
