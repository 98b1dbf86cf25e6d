package io.github.k8sclient.codec;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Values of {@linkplain Subtree places} by their encoded bytes. A value has one of four
 * slots, and drives out the oldest of them; the table grows with what is in it, up to a
 * limit, and so do all bytes in it.
 * <p>
 * At each place it also knows what came after what the last time: objects of one owner
 * come with the same values in the same order, and a right guess spares looking for the
 * end of the bytes. And it knows the places where values do not repeat: remembering them
 * would cost more than decoding them, and drive out others.
 */
final class SubtreeTable {

	/**
	 * Longer values are not remembered.
	 */
	static final int MAX_SIZE = 1 << 14;

	/**
	 * Bytes that all remembered values may have together.
	 */
	static final int BUDGET = 8 << 20;

	/**
	 * A place where so many values in a row are new is taken for one where they do not
	 * repeat. It is more than the number of values that may well repeat later, as a list
	 * comes in the order of names.
	 */
	static final int MAX_MISSES = 1 << 12;

	/**
	 * Even there, one of so many values is remembered: what comes may be different.
	 */
	static final int MISSES_PER_PROBE = 32;

	/**
	 * What a known value makes up for.
	 */
	private static final int MISSES_PER_HIT = 64;

	private static final int WAYS = 4;

	private static final int SLOTS = 1 << 6;

	private static final int MAX_SLOTS = 1 << 14;

	private static final int MAX_PLACES = 1 << 12;

	private static final int HASH = 0x9E3779B9;

	private @Nullable Entry[] entries = new Entry[SLOTS];

	/**
	 * The hash of the entry in each slot, so that only the right one is fetched.
	 */
	private int[] hashes = new int[SLOTS];

	private int count;

	private int size;

	/**
	 * The next slot to be emptied when all values together become too large.
	 */
	private int hand;

	private Place[] places = {};

	/**
	 * Whether it is worth looking for the next value of a place.
	 */
	boolean isPromising(Subtree<?> subtree) {
		return place(subtree).isPromising();
	}

	/**
	 * Guesses that the bytes from an index on begin with the value that followed the last
	 * one of this place before.
	 * @return the value and its bytes, null if the guess is wrong
	 */
	@Nullable Entry expected(Subtree<?> subtree, boolean json, byte[] bytes, int from, int to) {
		Place place = place(subtree);
		Entry entry = (place.last != null) ? place.last.next : null;
		if (entry == null || entry.subtree != subtree || entry.json != json || !entry.isPrefixOf(bytes, from, to)) {
			return null;
		}
		place.known(entry);
		return entry;
	}

	/**
	 * Looks up the value whose bytes lie between two indexes.
	 * @param hash their {@link #hash}
	 */
	@Nullable Entry find(Subtree<?> subtree, boolean json, int hash, byte[] bytes, int from, int to) {
		int first = first(hash);
		for (int slot = first; slot < first + WAYS; slot++) {
			Entry entry = (this.hashes[slot] == hash) ? this.entries[slot] : null;
			if (entry != null && entry.subtree == subtree && entry.json == json && entry.bytes.length == to - from
					&& entry.isPrefixOf(bytes, from, to)) {
				place(subtree).known(entry);
				return entry;
			}
		}
		return null;
	}

	/**
	 * Remembers a value and its bytes.
	 * @param hash their {@link #hash}
	 */
	void remember(Subtree<?> subtree, boolean json, int hash, byte[] bytes, int from, int to, Object value) {
		Place place = place(subtree);
		if (to - from > MAX_SIZE) {
			place.missed(null);
			return;
		}
		if (this.count > this.entries.length / 4 && this.entries.length < MAX_SLOTS) {
			grow();
		}
		// first, as the new value itself must not be what makes room for it
		while (this.size + to - from > BUDGET) {
			this.hand = (this.hand + 1) & (this.entries.length - 1);
			forget(this.hand);
		}
		Entry entry = new Entry(subtree, json, Arrays.copyOfRange(bytes, from, to), value);
		put(hash, entry);
		place.missed(entry);
	}

	int size() {
		return this.size;
	}

	private Place place(Subtree<?> subtree) {
		// beyond the limit places share what is known of them, which makes guesses worse
		int id = subtree.id() & (MAX_PLACES - 1);
		if (id >= this.places.length) {
			int length = this.places.length;
			this.places = Arrays.copyOf(this.places, Math.max(id + 1, Math.min(length * 2, MAX_PLACES)));
			for (int index = length; index < this.places.length; index++) {
				this.places[index] = new Place();
			}
		}
		return this.places[id];
	}

	/**
	 * Hashes the bytes of a value.
	 */
	static int hash(Subtree<?> subtree, byte[] bytes, int from, int to) {
		return (int) Bits.hash(bytes, from, to) ^ subtree.id() * HASH;
	}

	private int first(int hash) {
		return hash & (this.entries.length - 1) & -WAYS;
	}

	private void put(int hash, Entry entry) {
		int first = first(hash);
		forget(first + WAYS - 1);
		System.arraycopy(this.entries, first, this.entries, first + 1, WAYS - 1);
		System.arraycopy(this.hashes, first, this.hashes, first + 1, WAYS - 1);
		this.entries[first] = entry;
		this.hashes[first] = hash;
		this.count++;
		this.size += entry.bytes.length;
	}

	private void forget(int slot) {
		Entry entry = this.entries[slot];
		if (entry != null) {
			this.entries[slot] = null;
			this.count--;
			this.size -= entry.bytes.length;
			entry.forgotten = true;
			entry.next = null;
		}
	}

	private void grow() {
		@Nullable Entry[] old = this.entries;
		int[] oldHashes = this.hashes;
		this.entries = new Entry[old.length * 4];
		this.hashes = new int[old.length * 4];
		this.count = 0;
		this.size = 0;
		for (int slot = old.length - 1; slot >= 0; slot--) {
			Entry entry = old[slot];
			if (entry != null) {
				put(oldHashes[slot], entry);
			}
		}
	}

	/**
	 * A remembered value.
	 */
	static final class Entry {

		private final Subtree<?> subtree;

		private final boolean json;

		private final byte[] bytes;

		final Object value;

		/**
		 * What came next at the same place the last time. Null once this is forgotten, so
		 * that what is forgotten does not hold what is forgotten.
		 */
		private @Nullable Entry next;

		private boolean forgotten;

		private Entry(Subtree<?> subtree, boolean json, byte[] bytes, Object value) {
			this.subtree = subtree;
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

	/**
	 * What is known of a place.
	 */
	private static final class Place {

		private @Nullable Entry last;

		/**
		 * Values in a row that were new; beyond the limit, values that were not looked
		 * at.
		 */
		private int misses;

		boolean isPromising() {
			if (this.misses < MAX_MISSES) {
				return true;
			}
			this.misses++;
			if (this.misses <= MAX_MISSES + MISSES_PER_PROBE) {
				this.last = null;
				return false;
			}
			this.misses = MAX_MISSES;
			return true;
		}

		void known(Entry entry) {
			this.misses = Math.max(0, Math.min(this.misses, MAX_MISSES) - MISSES_PER_HIT);
			follow(entry);
		}

		void missed(@Nullable Entry entry) {
			this.misses = Math.min(this.misses + 1, MAX_MISSES);
			follow(entry);
		}

		private void follow(@Nullable Entry entry) {
			if (this.last != null && !this.last.forgotten) {
				this.last.next = entry;
			}
			this.last = entry;
		}

	}

}
