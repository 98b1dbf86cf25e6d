package io.github.k8sclient.codec;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

import io.github.k8sclient.value.IntOrString;
import io.github.k8sclient.value.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * Gives equal values one instance: texts, numbers, times, quantities, and whole
 * {@linkplain Subtree subtrees} whose encoded bytes are equal. What repeats across a
 * cache of objects is then held once.
 * <p>
 * It forgets. Its tables have a fixed size, a new value replaces an old one in its place,
 * and long values are not looked at, so that its memory is bounded (about 30 MiB at
 * worst) whatever it is fed with; only sharing is lost. It is not thread-safe: have one
 * for each stream of objects.
 *
 * @since 0.1.0
 */
public final class Interner {

	private static final int TEXTS = 1 << 14;

	private static final int MAX_TEXT_LENGTH = 128;

	private static final int SCALARS = 1 << 10;

	private static final int INSTANTS = 1 << 12;

	private static final int SUBTREES = 1 << 13;

	private static final int MAX_CURSORS = 1 << 12;

	/**
	 * Longer subtrees are not shared.
	 */
	static final int MAX_SUBTREE_SIZE = 1 << 14;

	/**
	 * Bytes that all remembered subtrees may have together.
	 */
	static final int SUBTREE_BUDGET = 8 << 20;

	private static final int HASH = 0x9E3779B9;

	private final @Nullable String[] texts = new String[TEXTS];

	private final byte[] @Nullable [] textBytes = new byte[TEXTS][];

	private final @Nullable Integer[] integers = new Integer[SCALARS];

	private final @Nullable Long[] longs = new Long[SCALARS];

	private final @Nullable Instant[] instants = new Instant[INSTANTS];

	private final @Nullable Quantity[] quantities = new Quantity[SCALARS];

	private final @Nullable IntOrString[] intOrStrings = new IntOrString[SCALARS];

	private final @Nullable Entry[] subtrees = new Entry[SUBTREES];

	/**
	 * For each slot of {@link #subtrees}, the slot of what came next at the same place
	 * the last time: objects of one owner come with the same values in the same order.
	 */
	private final short[] successors = new short[SUBTREES];

	/**
	 * For each place, by its id, the slot of the last value.
	 */
	private int[] cursors = new int[64];

	private int subtreeBytes;

	private Interner() {
	}

	/**
	 * Makes an empty interner.
	 * @return the interner, for use by one thread at a time
	 */
	public static Interner create() {
		return new Interner();
	}

	/**
	 * Finds or makes the text of ASCII bytes.
	 */
	String text(byte[] bytes, int from, int to) {
		int length = to - from;
		if (length == 0) {
			return "";
		}
		if (length > MAX_TEXT_LENGTH) {
			return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
		}
		int slot = (int) Bits.hash(bytes, from, to) & (TEXTS - 1);
		String text = textAt(slot, bytes, from, to);
		if (text != null) {
			return text;
		}
		int neighbour = slot ^ 1;
		text = textAt(neighbour, bytes, from, to);
		if (text != null) {
			return text;
		}
		text = new String(bytes, from, length, StandardCharsets.ISO_8859_1);
		this.texts[neighbour] = this.texts[slot];
		this.textBytes[neighbour] = this.textBytes[slot];
		this.texts[slot] = text;
		this.textBytes[slot] = Arrays.copyOfRange(bytes, from, to);
		return text;
	}

	private @Nullable String textAt(int slot, byte[] bytes, int from, int to) {
		byte[] known = this.textBytes[slot];
		return (known != null && Arrays.equals(known, 0, known.length, bytes, from, to)) ? this.texts[slot] : null;
	}

	Integer integer(int value) {
		if (value >= -128 && value <= 127) {
			return value;
		}
		int slot = slot(value, SCALARS);
		Integer known = this.integers[slot];
		if (known == null || known != value) {
			known = value;
			this.integers[slot] = known;
		}
		return known;
	}

	Long number(long value) {
		if (value >= -128 && value <= 127) {
			return value;
		}
		int slot = slot(Long.hashCode(value), SCALARS);
		Long known = this.longs[slot];
		if (known == null || known != value) {
			known = value;
			this.longs[slot] = known;
		}
		return known;
	}

	Instant instant(long seconds, int nanos) {
		int slot = slot(Long.hashCode(seconds) + nanos, INSTANTS);
		Instant known = this.instants[slot];
		if (known == null || known.getEpochSecond() != seconds || known.getNano() != nanos) {
			known = Instant.ofEpochSecond(seconds, nanos);
			this.instants[slot] = known;
		}
		return known;
	}

	Quantity quantity(String text) {
		int slot = slot(text.hashCode(), SCALARS);
		Quantity known = this.quantities[slot];
		if (known == null || !known.toString().equals(text)) {
			known = Quantity.parse(text);
			if (text.length() <= MAX_TEXT_LENGTH) {
				this.quantities[slot] = known;
			}
		}
		return known;
	}

	IntOrString intOrString(String text) {
		int slot = slot(text.hashCode(), SCALARS);
		IntOrString known = this.intOrStrings[slot];
		if (known == null || known.isInt() || !known.toString().equals(text)) {
			known = IntOrString.of(text);
			if (text.length() <= MAX_TEXT_LENGTH) {
				this.intOrStrings[slot] = known;
			}
		}
		return known;
	}

	IntOrString intOrString(int number) {
		int slot = slot(number, SCALARS);
		IntOrString known = this.intOrStrings[slot];
		if (known == null || !known.isInt() || known.intValue() != number) {
			known = IntOrString.of(number);
			this.intOrStrings[slot] = known;
		}
		return known;
	}

	private static int slot(int hash, int size) {
		return (hash * HASH >>> 16) & (size - 1);
	}

	/**
	 * Guesses that the bytes from an index on begin with the value that followed the last
	 * one of this place before.
	 * @return the value and its bytes, null if the guess is wrong
	 */
	@Nullable Entry expected(Subtree<?> place, boolean json, byte[] bytes, int from, int to) {
		int id = place.id();
		if (id >= this.cursors.length) {
			return null;
		}
		int slot = this.successors[this.cursors[id]];
		Entry entry = this.subtrees[slot];
		if (entry == null || entry.place != place || entry.json != json || !entry.isPrefixOf(bytes, from, to)) {
			return null;
		}
		this.cursors[id] = slot;
		return entry;
	}

	/**
	 * Looks up the value whose bytes lie between two indexes.
	 */
	@Nullable Entry find(Subtree<?> place, boolean json, byte[] bytes, int from, int to) {
		if (to - from > MAX_SUBTREE_SIZE) {
			return null;
		}
		int slot = slot(place, bytes, from, to);
		Entry entry = this.subtrees[slot];
		if (entry == null || entry.place != place || entry.json != json || entry.bytes.length != to - from
				|| !entry.isPrefixOf(bytes, from, to)) {
			return null;
		}
		advance(place, slot);
		return entry;
	}

	/**
	 * Remembers a value and its bytes.
	 */
	void remember(Subtree<?> place, boolean json, byte[] bytes, int from, int to, Object value) {
		if (to - from > MAX_SUBTREE_SIZE) {
			return;
		}
		if (this.subtreeBytes + to - from > SUBTREE_BUDGET) {
			Arrays.fill(this.subtrees, null);
			this.subtreeBytes = 0;
		}
		int slot = slot(place, bytes, from, to);
		Entry replaced = this.subtrees[slot];
		this.subtreeBytes += to - from - ((replaced != null) ? replaced.bytes.length : 0);
		this.subtrees[slot] = new Entry(place, json, Arrays.copyOfRange(bytes, from, to), value);
		advance(place, slot);
	}

	int subtreeBytes() {
		return this.subtreeBytes;
	}

	private static int slot(Subtree<?> place, byte[] bytes, int from, int to) {
		return ((int) Bits.hash(bytes, from, to) ^ place.id() * HASH) & (SUBTREES - 1);
	}

	private void advance(Subtree<?> place, int slot) {
		int id = place.id();
		if (id >= MAX_CURSORS) {
			return;
		}
		if (id >= this.cursors.length) {
			this.cursors = Arrays.copyOf(this.cursors, Math.max(id + 1, this.cursors.length * 2));
		}
		this.successors[this.cursors[id]] = (short) slot;
		this.cursors[id] = slot;
	}

	/**
	 * A known value.
	 */
	static final class Entry {

		private final Subtree<?> place;

		private final boolean json;

		private final byte[] bytes;

		final Object value;

		Entry(Subtree<?> place, boolean json, byte[] bytes, Object value) {
			this.place = place;
			this.json = json;
			this.bytes = bytes;
			this.value = value;
		}

		int size() {
			return this.bytes.length;
		}

		private boolean isPrefixOf(byte[] source, int from, int to) {
			int length = this.bytes.length;
			return to - from >= length && Arrays.equals(this.bytes, 0, length, source, from, from + length);
		}

	}

}
