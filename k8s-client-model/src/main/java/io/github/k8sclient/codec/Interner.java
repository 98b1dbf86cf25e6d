package io.github.k8sclient.codec;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import io.github.k8sclient.value.IntOrString;
import io.github.k8sclient.value.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * For generated code: it may change in any release.
 * <p>
 * Gives equal values one instance: texts, numbers, times, quantities, and whole
 * {@linkplain Subtree subtrees} whose encoded bytes are equal. What repeats across a
 * cache of objects is then held once.
 * <p>
 * It forgets. Its tables begin small and grow up to a limit, a new value then replaces an
 * old one, and long values are not looked at, so that its memory is bounded (about 35 MiB
 * at worst, 15 KiB when it is new) whatever it is fed with; only sharing is lost. It is
 * not thread-safe: have one for each stream of objects.
 *
 * @since 0.1.0
 */
public final class Interner {

	private static final int SCALARS = 1 << 9;

	private static final int INSTANTS = 1 << 10;

	private static final int HASH = 0x9E3779B9;

	private final TextTable texts = new TextTable();

	private final SubtreeTable subtrees = new SubtreeTable();

	private final @Nullable Integer[] integers = new Integer[SCALARS];

	private final @Nullable Long[] longs = new Long[SCALARS];

	private final @Nullable Instant[] instants = new Instant[INSTANTS];

	private final @Nullable Quantity[] quantities = new Quantity[SCALARS];

	private final @Nullable IntOrString[] intOrStrings = new IntOrString[SCALARS];

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
	 * Finds the text of bytes.
	 * @return the text, null if it is not known, and always if the bytes are not ASCII
	 */
	@Nullable String knownText(byte[] bytes, int from, int to) {
		return (to - from <= TextTable.MAX_LENGTH) ? this.texts.find(bytes, from, to) : null;
	}

	/**
	 * Finds or makes the text of ASCII bytes.
	 */
	String text(byte[] bytes, int from, int to) {
		int length = to - from;
		if (length == 0) {
			return "";
		}
		if (length > TextTable.MAX_LENGTH) {
			return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
		}
		return this.texts.get(bytes, from, to);
	}

	SubtreeTable subtrees() {
		return this.subtrees;
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
			if (text.length() <= TextTable.MAX_LENGTH) {
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
			if (text.length() <= TextTable.MAX_LENGTH) {
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

}
