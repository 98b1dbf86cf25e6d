package io.github.k8sclient.test;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change of one object by {@code PUT} or {@code PATCH}, of the object itself or of one
 * of its subresources.
 *
 * @param isPatch whether it is a patch
 * @param isApply whether it applies a configuration and so has found the owners of fields
 * @param subresource the subresource, null for the object itself
 * @param change makes the new object from the existing one, which it may change; null if
 * there is none
 * @param preparation undoes what must not be changed
 */
record Update(boolean isPatch, boolean isApply, @Nullable String subresource,
		Function<@Nullable ObjectNode, ObjectNode> change, Preparation preparation) {

	static Update put(ServedResource resource, @Nullable String subresource,
			Function<@Nullable ObjectNode, ObjectNode> change) {
		return new Update(false, false, subresource, change, preparation(resource, subresource));
	}

	static Update patch(ServedResource resource, @Nullable String subresource,
			Function<@Nullable ObjectNode, ObjectNode> change) {
		return new Update(true, false, subresource, change, preparation(resource, subresource));
	}

	static Update apply(ServedResource resource, @Nullable String subresource,
			Function<@Nullable ObjectNode, ObjectNode> change) {
		return new Update(true, true, subresource, change, preparation(resource, subresource));
	}

	/**
	 * A change that is right by construction.
	 * @param resource the resource
	 * @param subresource the subresource that asks for it
	 * @param change makes the new object
	 * @return the update
	 */
	static Update internal(ServedResource resource, String subresource, Function<ObjectNode, ObjectNode> change) {
		return internal(resource, false, subresource, change);
	}

	/**
	 * A configuration of a subresource that is right by construction.
	 * @param resource the resource
	 * @param subresource the subresource that it is applied to
	 * @param change makes the new object with the owners of its fields
	 * @return the update
	 */
	static Update internalApply(ServedResource resource, String subresource, Function<ObjectNode, ObjectNode> change) {
		return internal(resource, true, subresource, change);
	}

	private static Update internal(ServedResource resource, boolean isApply, String subresource,
			Function<ObjectNode, ObjectNode> change) {
		return new Update(true, isApply, subresource, (existing) -> {
			if (existing == null) {
				throw new IllegalStateException("Nothing to change");
			}
			return change.apply(existing);
		}, resource.rules()::countGeneration);
	}

	private static Preparation preparation(ServedResource resource, @Nullable String subresource) {
		return (subresource != null) ? resource.rules()::prepareStatusUpdate : resource.rules()::prepareUpdate;
	}

	/**
	 * Whether it makes an object that does not exist.
	 * @param resource the resource
	 * @return whether it does
	 */
	boolean creates(ServedResource resource) {
		return this.subresource == null && (this.isApply || (!this.isPatch && resource.rules().createdByUpdate()));
	}

	/**
	 * Whether the specification stays as it is, or is right.
	 * @return true for subresources
	 */
	boolean statusOnly() {
		return this.subresource != null;
	}

	ObjectNode apply(@Nullable ObjectNode existing) {
		return this.change.apply(existing);
	}

	void prepare(ObjectNode existing, ObjectNode object) {
		this.preparation.prepare(existing, object);
	}

	/**
	 * Brings a new state into line with the existing one.
	 */
	interface Preparation {

		void prepare(ObjectNode existing, ObjectNode object);

	}

}
