package io.github.k8sclient.codec;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * An immutable list over an array that it owns. As with {@code List.of}, asking it for
 * null is an error.
 */
final class CompactList<T> extends AbstractList<T> implements RandomAccess {

	private final Object[] elements;

	CompactList(Object[] elements) {
		this.elements = elements;
	}

	@Override
	public int size() {
		return this.elements.length;
	}

	@Override
	@SuppressWarnings("unchecked")
	public T get(int index) {
		return (T) this.elements[index];
	}

	@Override
	public boolean contains(@Nullable Object element) {
		return indexOf(element) >= 0;
	}

	@Override
	public int indexOf(@Nullable Object element) {
		Objects.requireNonNull(element);
		return super.indexOf(element);
	}

	@Override
	public int lastIndexOf(@Nullable Object element) {
		Objects.requireNonNull(element);
		return super.lastIndexOf(element);
	}

	@Override
	@SuppressWarnings("unchecked")
	public void forEach(Consumer<? super T> action) {
		for (Object element : this.elements) {
			action.accept((T) element);
		}
	}

	@Override
	public Object[] toArray() {
		return Arrays.copyOf(this.elements, this.elements.length, Object[].class);
	}

}
