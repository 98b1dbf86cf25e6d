package io.github.k8sclient.codec;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * For generated code: it may change in any release.
 * <p>
 * A place in a type where equal values are common across objects, such as the tolerations
 * of a pod. Decoders that have an {@link Interner} remember values of such places by
 * their encoded bytes, and give the same instance again without decoding it.
 * <p>
 * An instance is an identity: make one constant for each place, and use it for values of
 * one type only.
 *
 * @param <T> type of the values, which must be immutable
 * @since 0.1.0
 */
public final class Subtree<T> {

	private static final AtomicInteger count = new AtomicInteger();

	private final int id = count.getAndIncrement();

	private final String name;

	private Subtree(String name) {
		this.name = name;
	}

	/**
	 * Makes a new place, different from every other.
	 * @param <T> type of the values
	 * @param name name for debugging, such as {@code PodSpec.tolerations}
	 * @return the place
	 */
	public static <T> Subtree<T> of(String name) {
		return new Subtree<>(name);
	}

	/**
	 * Number of the place: the first that was made has 0, the next 1, and so on.
	 */
	int id() {
		return this.id;
	}

	/**
	 * The place's name.
	 * @return the name
	 */
	@Override
	public String toString() {
		return this.name;
	}

}
