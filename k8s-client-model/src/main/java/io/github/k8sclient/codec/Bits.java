package io.github.k8sclient.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes at a time.
 */
final class Bits {

	/**
	 * The high bit of each byte: set where a byte is not ASCII.
	 */
	static final long HIGH = 0x8080808080808080L;

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long ONES = 0x0101010101010101L;

	private static final long QUOTES = ONES * '"';

	private static final long BACKSLASHES = ONES * '\\';

	private static final long SPACES = ONES * ' ';

	private static final long SEED = 0x9E3779B97F4A7C15L;

	private static final long MULTIPLIER = 0xff51afd7ed558ccdL;

	private Bits() {
	}

	static long word(byte[] bytes, int index) {
		return (long) LONG.get(bytes, index);
	}

	static void putWord(byte[] bytes, int index, long word) {
		LONG.set(bytes, index, word);
	}

	/**
	 * Marks bytes that end the plain run of a JSON string: a quote, a backslash, or a
	 * control character. Only the lowest mark is exact: a borrow may mark bytes above it.
	 */
	static long stringStops(long word) {
		long quotes = word ^ QUOTES;
		long backslashes = word ^ BACKSLASHES;
		return ((quotes - ONES) & ~quotes | (backslashes - ONES) & ~backslashes | (word - SPACES) & ~word) & HIGH;
	}

	static boolean isAscii(byte[] bytes, int from, int to) {
		int index = from;
		long seen = 0;
		for (; index + 8 <= to; index += 8) {
			seen |= word(bytes, index);
		}
		for (; index < to; index++) {
			seen |= bytes[index];
		}
		return (seen & HIGH) == 0;
	}

	/**
	 * Hashes bytes, in two lanes so that one multiplication need not wait for the other.
	 */
	static long hash(byte[] bytes, int from, int to) {
		long even = (to - from) * SEED;
		long odd = SEED;
		int index = from;
		for (; index + 16 <= to; index += 16) {
			even = mix(even, word(bytes, index));
			odd = mix(odd, word(bytes, index + 8));
		}
		if (index + 8 <= to) {
			even = mix(even, word(bytes, index));
			index += 8;
		}
		if (index < to) {
			odd = mix(odd, tail(bytes, index, to));
		}
		return mix(even, odd);
	}

	private static long tail(byte[] bytes, int from, int to) {
		if (from + 8 <= bytes.length) {
			return word(bytes, from) & ((1L << ((to - from) << 3)) - 1);
		}
		long word = 0;
		for (int index = to - 1; index >= from; index--) {
			word = word << 8 | (bytes[index] & 0xff);
		}
		return word;
	}

	private static long mix(long hash, long word) {
		long mixed = (hash ^ word) * MULTIPLIER;
		return mixed ^ mixed >>> 32;
	}

}
