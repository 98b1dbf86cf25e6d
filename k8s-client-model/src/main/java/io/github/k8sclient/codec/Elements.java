package io.github.k8sclient.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * For generated code: it may change in any release.
 * <p>
 * Collects the values of one repeated protobuf field while its message is read: the
 * elements of a list, or the keys and values of a map in turn. Get one from
 * {@link ProtobufReader#elements}, and give it back to {@link ProtobufReader#toList} or
 * {@link ProtobufReader#toMap}, after which it must not be used.
 *
 * @since 0.1.0
 */
public final class Elements {

	private static final int MAX_RETAINED = 1024;

	private Object[] values = new Object[8];

	private int size;

	/**
	 * What {@link #values} hold as a list or map, or would hold: it is written out only
	 * when more is added.
	 */
	private @Nullable Object whole;

	Elements() {
	}

	/**
	 * Adds an element.
	 * @param element the element, not null
	 */
	public void add(Object element) {
		if (this.whole != null) {
			unfold(this.whole);
		}
		if (this.size == this.values.length) {
			this.values = Arrays.copyOf(this.values, this.size * 2);
		}
		this.values[this.size++] = element;
	}

	/**
	 * Adds a map's entry.
	 * @param key the key, not null
	 * @param value the value, not null
	 */
	public void put(String key, Object value) {
		add(key);
		add(value);
	}

	private void unfold(Object whole) {
		this.whole = null;
		if (this.size > 0) {
			return;
		}
		if (whole instanceof List<?> list) {
			list.forEach(this::add);
		}
		else if (whole instanceof Map<?, ?> map) {
			map.forEach((key, value) -> put((String) key, value));
		}
	}

	boolean isEmpty() {
		return this.size == 0 && this.whole == null;
	}

	void hold(Object whole) {
		this.whole = whole;
	}

	<T> List<T> toList() {
		return (this.whole != null) ? cast(this.whole) : Immutables.listOf(this.values, 0, this.size);
	}

	<V> Map<String, V> toMap() {
		return (this.whole != null) ? cast(this.whole) : Immutables.mapOf(this.values, 0, this.size);
	}

	void clear() {
		this.whole = null;
		if (this.values.length > MAX_RETAINED) {
			this.values = new Object[8];
		}
		else {
			Arrays.fill(this.values, 0, this.size, null);
		}
		this.size = 0;
	}

	@SuppressWarnings("unchecked")
	private static <T> T cast(Object value) {
		return (T) value;
	}

}
