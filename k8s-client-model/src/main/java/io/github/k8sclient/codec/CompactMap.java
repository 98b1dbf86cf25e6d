package io.github.k8sclient.codec;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * An immutable map from texts that keeps its order, in one array: key, value, key, value.
 * Larger ones have ascending keys, and are searched by halving. As with {@code Map.of},
 * asking it for null is an error.
 */
final class CompactMap<V> extends AbstractMap<String, V> {

	/**
	 * Up to this many entries, keys may have any order.
	 */
	static final int MAX_UNSORTED = 12;

	private final Object[] entries;

	CompactMap(Object[] entries) {
		this.entries = entries;
	}

	@Override
	public int size() {
		return this.entries.length >> 1;
	}

	@Override
	public boolean containsKey(@Nullable Object key) {
		return indexOf(key) >= 0;
	}

	@Override
	public @Nullable V get(@Nullable Object key) {
		int index = indexOf(key);
		return (index >= 0) ? value(index) : null;
	}

	@Override
	public boolean containsValue(@Nullable Object value) {
		Objects.requireNonNull(value);
		return super.containsValue(value);
	}

	private int indexOf(@Nullable Object key) {
		Objects.requireNonNull(key);
		Object[] entries = this.entries;
		if (size() > MAX_UNSORTED) {
			return (key instanceof String text) ? search(text) : -1;
		}
		for (int index = 0; index < entries.length; index += 2) {
			if (key.equals(entries[index])) {
				return index;
			}
		}
		return -1;
	}

	private int search(String key) {
		int low = 0;
		int high = size() - 1;
		while (low <= high) {
			int middle = (low + high) >>> 1;
			int order = key.compareTo(key(middle << 1));
			if (order == 0) {
				return middle << 1;
			}
			if (order < 0) {
				high = middle - 1;
			}
			else {
				low = middle + 1;
			}
		}
		return -1;
	}

	private String key(int index) {
		return (String) this.entries[index];
	}

	@SuppressWarnings("unchecked")
	private V value(int index) {
		return (V) this.entries[index + 1];
	}

	@Override
	public void forEach(BiConsumer<? super String, ? super V> action) {
		for (int index = 0; index < this.entries.length; index += 2) {
			action.accept(key(index), value(index));
		}
	}

	@Override
	public Set<Map.Entry<String, V>> entrySet() {
		return new Entries();
	}

	private final class Entries extends AbstractSet<Map.Entry<String, V>> {

		@Override
		public int size() {
			return CompactMap.this.size();
		}

		@Override
		public Iterator<Map.Entry<String, V>> iterator() {
			return new EntryIterator();
		}

	}

	private final class EntryIterator implements Iterator<Map.Entry<String, V>> {

		private int next;

		@Override
		public boolean hasNext() {
			return this.next < CompactMap.this.entries.length;
		}

		@Override
		public Map.Entry<String, V> next() {
			if (!hasNext()) {
				throw new NoSuchElementException();
			}
			int index = this.next;
			this.next += 2;
			return Map.entry(key(index), value(index));
		}

	}

}
