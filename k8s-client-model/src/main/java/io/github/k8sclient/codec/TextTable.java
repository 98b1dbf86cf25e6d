package io.github.k8sclient.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Texts by their ASCII bytes. A text has one of four slots, and drives out the oldest of
 * them; the table grows with what is in it, up to a limit.
 */
final class TextTable {

	static final int MAX_LENGTH = 128;

	private static final int WAYS = 4;

	private static final int SLOTS = 1 << 7;

	private static final int MAX_SLOTS = 1 << 15;

	private int[] hashes = new int[SLOTS];

	private byte[] @Nullable [] bytes = new byte[SLOTS][];

	private @Nullable String[] texts = new String[SLOTS];

	private int count;

	/**
	 * Finds or makes the text of ASCII bytes, no more than {@link #MAX_LENGTH} of them.
	 */
	String get(byte[] source, int from, int to) {
		int hash = (int) Bits.hash(source, from, to);
		int first = first(hash);
		for (int slot = first; slot < first + WAYS; slot++) {
			if (this.hashes[slot] == hash) {
				byte[] known = this.bytes[slot];
				String text = this.texts[slot];
				if (known != null && text != null && Arrays.equals(known, 0, known.length, source, from, to)) {
					return text;
				}
			}
		}
		String text = new String(source, from, to - from, StandardCharsets.ISO_8859_1);
		add(hash, Arrays.copyOfRange(source, from, to), text);
		return text;
	}

	private int first(int hash) {
		return hash & (this.texts.length - 1) & -WAYS;
	}

	private void add(int hash, byte[] source, String text) {
		if (this.count > this.texts.length / 4 && this.texts.length < MAX_SLOTS) {
			grow();
		}
		put(hash, source, text);
	}

	private void put(int hash, byte[] source, String text) {
		int first = first(hash);
		int last = first + WAYS - 1;
		this.count += (this.texts[last] == null) ? 1 : 0;
		System.arraycopy(this.hashes, first, this.hashes, first + 1, WAYS - 1);
		System.arraycopy(this.bytes, first, this.bytes, first + 1, WAYS - 1);
		System.arraycopy(this.texts, first, this.texts, first + 1, WAYS - 1);
		this.hashes[first] = hash;
		this.bytes[first] = source;
		this.texts[first] = text;
	}

	private void grow() {
		int[] oldHashes = this.hashes;
		byte[] @Nullable [] oldBytes = this.bytes;
		@Nullable String[] oldTexts = this.texts;
		this.hashes = new int[oldTexts.length * 4];
		this.bytes = new byte[oldTexts.length * 4][];
		this.texts = new String[oldTexts.length * 4];
		this.count = 0;
		for (int slot = oldTexts.length - 1; slot >= 0; slot--) {
			byte[] known = oldBytes[slot];
			String text = oldTexts[slot];
			if (known != null && text != null) {
				put(oldHashes[slot], known, text);
			}
		}
	}

}
