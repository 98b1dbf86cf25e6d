package io.github.k8sclient.meta;

/**
 * What becomes of the dependents of an object that is deleted: the objects that name it
 * as their owner.
 *
 * @since 0.1.0
 * @see DeleteOptions.Builder#propagationPolicy(DeletionPropagation)
 */
public enum DeletionPropagation {

	/**
	 * They stay. The object waits, with the finalizer {@code orphan}, until none of them
	 * names it any more.
	 */
	ORPHAN("Orphan"),

	/**
	 * The object goes at once, they are deleted afterwards.
	 */
	BACKGROUND("Background"),

	/**
	 * They are deleted first. The object waits, with a deletion timestamp and the
	 * finalizer {@code foregroundDeletion}, until those are gone that block the deletion
	 * of their owner.
	 */
	FOREGROUND("Foreground");

	private final String value;

	DeletionPropagation(String value) {
		this.value = value;
	}

	/**
	 * Return the value as it is sent.
	 * @return for example {@code Foreground}
	 */
	public String value() {
		return this.value;
	}

	@Override
	public String toString() {
		return this.value;
	}

}
