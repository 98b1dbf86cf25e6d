package io.github.k8sclient.codec;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * How objects are decoded. Instances are immutable, but an {@link Interner} they refer to
 * is not thread-safe: use one instance with an interner for one stream of objects only.
 *
 * @since 0.1.0
 */
public final class DecodingOptions {

	/**
	 * Nesting that is allowed unless {@link #withMaxDepth} says otherwise. Every object
	 * and array in JSON counts, and every message in protobuf.
	 */
	public static final int DEFAULT_MAX_DEPTH = 512;

	/**
	 * Bytes that one object may have unless {@link #withMaxObjectSize} says otherwise: 64
	 * MiB. API servers refuse objects of more than some megabytes.
	 */
	public static final int DEFAULT_MAX_OBJECT_SIZE = 64 << 20;

	private static final DecodingOptions DEFAULTS = new DecodingOptions(null, false, DEFAULT_MAX_DEPTH,
			DEFAULT_MAX_OBJECT_SIZE, null);

	private final @Nullable Interner interner;

	private final boolean dropManagedFields;

	private final int maxDepth;

	private final int maxObjectSize;

	private final @Nullable Consumer<? super DecodingException> unreadableItems;

	private DecodingOptions(@Nullable Interner interner, boolean dropManagedFields, int maxDepth, int maxObjectSize,
			@Nullable Consumer<? super DecodingException> unreadableItems) {
		this.interner = interner;
		this.dropManagedFields = dropManagedFields;
		this.maxDepth = maxDepth;
		this.maxObjectSize = maxObjectSize;
		this.unreadableItems = unreadableItems;
	}

	/**
	 * Everything is kept, nothing is shared.
	 * @return the default options
	 */
	public static DecodingOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Lets equal values share one instance. Worth it for objects that are kept.
	 * @param interner what finds equal values, used by one thread at a time; null to
	 * share nothing
	 * @return changed options
	 */
	public DecodingOptions withInterner(@Nullable Interner interner) {
		return new DecodingOptions(interner, this.dropManagedFields, this.maxDepth, this.maxObjectSize,
				this.unreadableItems);
	}

	/**
	 * Leaves out {@code metadata.managedFields}, which nothing but server-side apply
	 * needs. An object read so must not be written back by an update that is meant to
	 * keep them.
	 * @param dropManagedFields true to leave them out
	 * @return changed options
	 */
	public DecodingOptions withDropManagedFields(boolean dropManagedFields) {
		return new DecodingOptions(this.interner, dropManagedFields, this.maxDepth, this.maxObjectSize,
				this.unreadableItems);
	}

	/**
	 * Sets how deeply values may be nested.
	 * @param maxDepth the limit, at least 1
	 * @return changed options
	 */
	public DecodingOptions withMaxDepth(int maxDepth) {
		if (maxDepth < 1) {
			throw new IllegalArgumentException("'maxDepth' must be positive");
		}
		return new DecodingOptions(this.interner, this.dropManagedFields, maxDepth, this.maxObjectSize,
				this.unreadableItems);
	}

	/**
	 * Sets how many bytes one object of a list or one frame of a watch may have.
	 * @param maxObjectSize the limit in bytes, at least 1
	 * @return changed options
	 */
	public DecodingOptions withMaxObjectSize(int maxObjectSize) {
		if (maxObjectSize < 1) {
			throw new IllegalArgumentException("'maxObjectSize' must be positive");
		}
		return new DecodingOptions(this.interner, this.dropManagedFields, this.maxDepth, maxObjectSize,
				this.unreadableItems);
	}

	/**
	 * Lets items of a list that cannot be read be left out. By default, one such item
	 * makes the whole list fail.
	 * @param unreadableItems told why an item is left out, by the thread that decodes;
	 * null to leave out none
	 * @return changed options
	 */
	public DecodingOptions withUnreadableItems(@Nullable Consumer<? super DecodingException> unreadableItems) {
		return new DecodingOptions(this.interner, this.dropManagedFields, this.maxDepth, this.maxObjectSize,
				unreadableItems);
	}

	/**
	 * What finds equal values.
	 * @return the interner, null if nothing is shared
	 */
	public @Nullable Interner interner() {
		return this.interner;
	}

	/**
	 * Whether {@code metadata.managedFields} are left out.
	 * @return true if so
	 */
	public boolean dropManagedFields() {
		return this.dropManagedFields;
	}

	/**
	 * How deeply values may be nested.
	 * @return the limit
	 */
	public int maxDepth() {
		return this.maxDepth;
	}

	/**
	 * How many bytes one object of a list or one frame of a watch may have.
	 * @return the limit in bytes
	 */
	public int maxObjectSize() {
		return this.maxObjectSize;
	}

	/**
	 * Who is told of the items of a list that are left out because they cannot be read.
	 * @return told why, null if such an item makes the list fail
	 */
	public @Nullable Consumer<? super DecodingException> unreadableItems() {
		return this.unreadableItems;
	}

}
