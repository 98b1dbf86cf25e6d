package io.github.k8sclient.codec;

/**
 * For generated code: it may change in any release.
 * <p>
 * Finds where a JSON value ends, in bytes that may arrive in pieces. It goes by quotes
 * and brackets only: whether the value is well-formed is for a {@link JsonReader} to say,
 * which never reads beyond the end that is found here.
 * <p>
 * Not thread-safe. One instance can find the ends of any number of values, one after the
 * other.
 *
 * @since 0.1.0
 */
public final class JsonBoundary {

	/**
	 * The bit in which curly brackets differ from square ones.
	 */
	private static final int CASE = 0x20;

	private int depth;

	private boolean begun;

	private boolean inString;

	private boolean afterBackslash;

	private boolean inScalar;

	/**
	 * Makes an instance for a value that has not begun.
	 */
	public JsonBoundary() {
	}

	/**
	 * Looks for the end of the value in its next bytes, of which the first piece begins
	 * with the value's first byte.
	 * @param bytes array that holds the bytes
	 * @param from index of the first byte
	 * @param to index after the last byte
	 * @return index after the value's last byte, or -1 if the value goes on. A number or
	 * literal ends before the next white space, comma or closing bracket
	 */
	public int scan(byte[] bytes, int from, int to) {
		int end = scanOn(bytes, from, to);
		if (end >= 0) {
			this.begun = false;
			this.inScalar = false;
		}
		return end;
	}

	private int scanOn(byte[] bytes, int from, int to) {
		if (from == to) {
			return -1;
		}
		if (!this.begun) {
			this.begun = true;
			this.inScalar = bytes[from] != '{' && bytes[from] != '[' && bytes[from] != '"';
		}
		return this.inScalar ? endOfScalar(bytes, from, to) : endOfStructure(bytes, from, to);
	}

	private int endOfStructure(byte[] bytes, int from, int to) {
		int depth = this.depth;
		int index = from;
		boolean inString = this.inString;
		while (inString || index < to) {
			byte next = inString ? (byte) '"' : bytes[index++];
			if (next == '"') {
				index = endOfString(bytes, index, to);
				if (index < 0) {
					break;
				}
				inString = false;
			}
			else if ((next | CASE) == '{') {
				depth++;
			}
			else if ((next | CASE) == '}') {
				depth--;
			}
			else {
				continue;
			}
			if (depth == 0) {
				this.depth = 0;
				return index;
			}
		}
		this.depth = depth;
		return -1;
	}

	/**
	 * Finds the end of a string, or notes that it goes on.
	 * @return index after the closing quote, or -1
	 */
	private int endOfString(byte[] bytes, int from, int to) {
		int index = this.afterBackslash ? from + 1 : from;
		this.afterBackslash = false;
		this.inString = false;
		while (index + 8 <= to) {
			long stops = Bits.stringStops(Bits.word(bytes, index));
			if (stops == 0) {
				index += 8;
				continue;
			}
			index += Long.numberOfTrailingZeros(stops) >>> 3;
			byte stop = bytes[index++];
			if (stop == '"') {
				return index;
			}
			index += (stop == '\\') ? 1 : 0;
		}
		return endOfShortString(bytes, index, to);
	}

	private int endOfShortString(byte[] bytes, int from, int to) {
		int index = from;
		while (index < to) {
			byte next = bytes[index++];
			if (next == '"') {
				return index;
			}
			index += (next == '\\') ? 1 : 0;
		}
		this.inString = true;
		this.afterBackslash = index > to;
		return -1;
	}

	private static int endOfScalar(byte[] bytes, int from, int to) {
		for (int index = from; index < to; index++) {
			switch (bytes[index]) {
				case ',', ']', '}', ' ', '\t', '\n', '\r' -> {
					return index;
				}
				default -> {
				}
			}
		}
		return -1;
	}

}
