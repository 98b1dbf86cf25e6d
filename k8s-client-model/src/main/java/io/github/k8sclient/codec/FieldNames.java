package io.github.k8sclient.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * For generated code: it may change in any release.
 * <p>
 * The member names of a JSON object, each known by its index in the order given. A reader
 * finds the index of a name it meets without making a text of it; a writer takes the name
 * by its index.
 *
 * @since 0.1.0
 */
public final class FieldNames {

	private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

	private final String[] names;

	private final byte[][] encoded;

	private final long[] firstWords;

	private final long[] lastWords;

	private final byte[] slots;

	private final int shift;

	private FieldNames(String[] names) {
		this.names = names;
		this.encoded = new byte[names.length][];
		this.firstWords = new long[names.length];
		this.lastWords = new long[names.length];
		int bits = Math.max(2, 34 - Integer.numberOfLeadingZeros(names.length));
		this.slots = new byte[1 << bits];
		this.shift = 64 - bits;
		for (int index = 0; index < names.length; index++) {
			add(index, names[index].getBytes(StandardCharsets.UTF_8));
		}
	}

	private void add(int index, byte[] name) {
		byte[] padded = Arrays.copyOf(name, name.length + 8);
		this.firstWords[index] = firstWord(padded, 0, name.length);
		this.lastWords[index] = lastWord(padded, 0, name.length);
		int slot = slot(this.firstWords[index], this.lastWords[index], name.length);
		while (this.slots[slot] != 0) {
			slot = (slot + 1) & (this.slots.length - 1);
		}
		this.slots[slot] = (byte) (index + 1);
		byte[] member = new byte[name.length + 3];
		member[0] = '"';
		System.arraycopy(name, 0, member, 1, name.length);
		member[name.length + 1] = '"';
		member[name.length + 2] = ':';
		this.encoded[index] = member;
	}

	/**
	 * Makes the set of an object's names.
	 * @param names the names, all different, at most 127, none of which needs an escape
	 * in JSON
	 * @return the names
	 */
	public static FieldNames of(String... names) {
		if (names.length > Byte.MAX_VALUE) {
			throw new IllegalArgumentException("More than " + Byte.MAX_VALUE + " names");
		}
		return new FieldNames(names.clone());
	}

	/**
	 * The names in their order.
	 * @return the names, immutable
	 */
	public List<String> names() {
		return List.of(this.names);
	}

	/**
	 * The index of a name.
	 * @param name the name
	 * @return its index, or {@link JsonReader#UNKNOWN}
	 */
	public int indexOf(String name) {
		for (int index = 0; index < this.names.length; index++) {
			if (this.names[index].equals(name)) {
				return index;
			}
		}
		return JsonReader.UNKNOWN;
	}

	/**
	 * The index of an encoded name. Eight bytes from {@code from} on must be readable.
	 */
	int indexOf(byte[] bytes, int from, int length) {
		long first = firstWord(bytes, from, length);
		long last = lastWord(bytes, from, length);
		int slot = slot(first, last, length);
		while (true) {
			int index = this.slots[slot] - 1;
			if (index < 0) {
				return JsonReader.UNKNOWN;
			}
			if (this.firstWords[index] == first && this.lastWords[index] == last
					&& this.encoded[index].length == length + 3
					&& (length <= 16 || isMiddleEqual(this.encoded[index], bytes, from, length))) {
				return index;
			}
			slot = (slot + 1) & (this.slots.length - 1);
		}
	}

	private static boolean isMiddleEqual(byte[] encoded, byte[] bytes, int from, int length) {
		return Arrays.equals(encoded, 9, length - 7, bytes, from + 8, from + length - 8);
	}

	/**
	 * The name with its quotes and the colon.
	 */
	byte[] encoded(int index) {
		return this.encoded[index];
	}

	private int slot(long first, long last, int length) {
		return (int) (((first ^ Long.rotateLeft(last, 23)) + length) * MULTIPLIER >>> this.shift);
	}

	private static long firstWord(byte[] bytes, int from, int length) {
		long word = Bits.word(bytes, from);
		return (length < 8) ? word & ((1L << (length << 3)) - 1) : word;
	}

	private static long lastWord(byte[] bytes, int from, int length) {
		return (length <= 8) ? 0 : Bits.word(bytes, from + length - 8);
	}

}
