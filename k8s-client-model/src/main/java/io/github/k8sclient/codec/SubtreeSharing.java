package io.github.k8sclient.codec;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * What a reader does with a {@link SubtreeTable}: it asks for each value that may be
 * known, and of one that is not, it remembers where it began until it has been read.
 */
final class SubtreeSharing {

	/**
	 * As the beginning of a value: it is not to be remembered.
	 */
	private static final int NOT_SHARED = -1;

	/**
	 * For each open value its beginning, its expected end, and the hash of its bytes.
	 */
	private static final int FRAME = 3;

	private final SubtreeTable table;

	private final boolean json;

	private int[] open = new int[8 * FRAME];

	private int size;

	SubtreeSharing(SubtreeTable table, boolean json) {
		this.table = table;
		this.json = json;
	}

	/**
	 * Forgets the open values, which were not read to their end.
	 */
	void reset() {
		this.size = 0;
	}

	/**
	 * Whether to look for the next value of a place.
	 * @return false if not; the value is open then
	 */
	boolean begin(Subtree<?> place, boolean shareable) {
		if (shareable && this.table.isPromising(place)) {
			return true;
		}
		open(NOT_SHARED, NOT_SHARED, 0);
		return false;
	}

	/**
	 * Guesses the value that begins at an index.
	 * @return the value and its bytes, null if the guess is wrong
	 */
	SubtreeTable.@Nullable Entry expected(Subtree<?> place, byte[] bytes, int from, int limit) {
		return this.table.expected(place, this.json, bytes, from, limit);
	}

	/**
	 * Looks up the value between two indexes.
	 * @return the value and its bytes, null if it is not known; it is open then
	 */
	SubtreeTable.@Nullable Entry find(Subtree<?> place, byte[] bytes, int from, int to) {
		int hash = 0;
		if (to - from <= SubtreeTable.MAX_SIZE) {
			hash = SubtreeTable.hash(place, bytes, from, to);
			SubtreeTable.Entry entry = this.table.find(place, this.json, hash, bytes, from, to);
			if (entry != null) {
				return entry;
			}
		}
		open(from, to, hash);
		return null;
	}

	/**
	 * Opens a value whose end is not known.
	 */
	void open(int from) {
		open(from, NOT_SHARED, 0);
	}

	private void open(int from, int to, int hash) {
		if (this.size == this.open.length) {
			this.open = Arrays.copyOf(this.open, this.size * 2);
		}
		this.open[this.size] = from;
		this.open[this.size + 1] = to;
		this.open[this.size + 2] = hash;
		this.size += FRAME;
	}

	/**
	 * Remembers the value that was opened last.
	 * @param to where it ended
	 */
	void close(Subtree<?> place, byte[] bytes, int to, Object value) {
		this.size -= FRAME;
		int from = this.open[this.size];
		if (from != NOT_SHARED) {
			int hash = (this.open[this.size + 1] == to) ? this.open[this.size + 2]
					: SubtreeTable.hash(place, bytes, from, to);
			this.table.remember(place, this.json, hash, bytes, from, to, value);
		}
	}

	/**
	 * Leaves the value that was opened last without remembering it.
	 */
	void drop() {
		this.size -= FRAME;
	}

}
