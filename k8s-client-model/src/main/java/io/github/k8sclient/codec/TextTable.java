package io.github.k8sclient.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Texts by their ASCII bytes. A text has one of four slots, and drives out the oldest of
 * them; the table grows with what is in it, up to a limit.
 * <p>
 * The bytes of all texts lie one after the other in the order in which they first came,
 * which is the order in which they come again. So looking up the texts of one object
 * reads memory in one direction, and never the texts themselves.
 */
final class TextTable {

	static final int MAX_LENGTH = 128;

	private static final int WAYS = 4;

	private static final int SLOTS = 1 << 7;

	private static final int MAX_SLOTS = 1 << 15;

	private static final int EMPTY = -1;

	private static final int MIN_BYTES = 1 << 12;

	/**
	 * For each slot the hash of its text, and in the lower half where its bytes are.
	 */
	private long[] keys = emptyKeys(SLOTS);

	private @Nullable String[] texts = new String[SLOTS];

	private int count;

	/**
	 * For each text its length less one, and its bytes.
	 */
	private byte[] bytes = new byte[MIN_BYTES];

	private int end;

	/**
	 * Bytes of texts that are still in the table.
	 */
	private int live;

	/**
	 * Finds the text of bytes, at least one and no more than {@link #MAX_LENGTH} of them.
	 * @return the text, null if there is none, and always if the bytes are not ASCII
	 */
	@Nullable String find(byte[] source, int from, int to) {
		return find(hash(source, from, to), source, from, to);
	}

	/**
	 * Finds or makes the text of ASCII bytes, at least one and no more than
	 * {@link #MAX_LENGTH} of them.
	 */
	String get(byte[] source, int from, int to) {
		int hash = hash(source, from, to);
		String known = find(hash, source, from, to);
		if (known != null) {
			return known;
		}
		String text = new String(source, from, to - from, StandardCharsets.ISO_8859_1);
		add(hash, source, from, to, text);
		return text;
	}

	/**
	 * Bytes that the texts occupy here, with those of texts that were driven out.
	 */
	int capacity() {
		return this.bytes.length;
	}

	private static int hash(byte[] source, int from, int to) {
		return (int) Bits.hash(source, from, to);
	}

	private @Nullable String find(int hash, byte[] source, int from, int to) {
		int first = first(hash);
		for (int slot = first; slot < first + WAYS; slot++) {
			long key = this.keys[slot];
			if ((int) (key >>> 32) == hash && isAt((int) key, source, from, to)) {
				return this.texts[slot];
			}
		}
		return null;
	}

	private boolean isAt(int offset, byte[] source, int from, int to) {
		if (offset == EMPTY || this.bytes[offset] != to - from - 1) {
			return false;
		}
		return Arrays.equals(this.bytes, offset + 1, offset + 1 + to - from, source, from, to);
	}

	private int first(int hash) {
		return hash & (this.keys.length - 1) & -WAYS;
	}

	private void add(int hash, byte[] source, int from, int to, String text) {
		if (this.count > this.keys.length / 4 && this.keys.length < MAX_SLOTS) {
			grow();
		}
		int length = to - from;
		if (this.end + 1 + length > this.bytes.length) {
			compact(1 + length);
		}
		int offset = this.end;
		this.bytes[offset] = (byte) (length - 1);
		System.arraycopy(source, from, this.bytes, offset + 1, length);
		this.end += 1 + length;
		put(key(hash, offset), text);
	}

	private static long key(int hash, int offset) {
		return (long) hash << 32 | offset & 0xffffffffL;
	}

	private void put(long key, String text) {
		int first = first((int) (key >>> 32));
		int last = first + WAYS - 1;
		if (this.texts[last] == null) {
			this.count++;
		}
		else {
			this.live -= size((int) this.keys[last]);
		}
		System.arraycopy(this.keys, first, this.keys, first + 1, WAYS - 1);
		System.arraycopy(this.texts, first, this.texts, first + 1, WAYS - 1);
		this.keys[first] = key;
		this.texts[first] = text;
		this.live += size((int) key);
	}

	private int size(int offset) {
		return 2 + this.bytes[offset];
	}

	private void grow() {
		long[] oldKeys = this.keys;
		@Nullable String[] oldTexts = this.texts;
		this.keys = emptyKeys(oldKeys.length * 4);
		this.texts = new String[oldTexts.length * 4];
		this.count = 0;
		this.live = 0;
		for (int slot = oldTexts.length - 1; slot >= 0; slot--) {
			String text = oldTexts[slot];
			if (text != null) {
				put(oldKeys[slot], text);
			}
		}
	}

	/**
	 * Moves what is still in the table, in its order, to where as much again has room.
	 */
	private void compact(int needed) {
		byte[] moved = new byte[Math.max(MIN_BYTES, 2 * (this.live + needed))];
		int to = 0;
		int size;
		for (int from = 0; from < this.end; from += size) {
			size = size(from);
			int slot = slotOf(from, size);
			if (slot != EMPTY) {
				System.arraycopy(this.bytes, from, moved, to, size);
				this.keys[slot] = key((int) (this.keys[slot] >>> 32), to);
				to += size;
			}
		}
		this.bytes = moved;
		this.end = to;
	}

	private int slotOf(int offset, int size) {
		long key = key(hash(this.bytes, offset + 1, offset + size), offset);
		int first = first((int) (key >>> 32));
		for (int slot = first; slot < first + WAYS; slot++) {
			if (this.keys[slot] == key) {
				return slot;
			}
		}
		return EMPTY;
	}

	private static long[] emptyKeys(int length) {
		long[] keys = new long[length];
		Arrays.fill(keys, key(0, EMPTY));
		return keys;
	}

}
