package io.github.k8sclient.test;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change of one object by {@code PUT} or {@code PATCH}, of the object itself or of one
 * of its subresources.
 *
 * @param isPatch whether it is a patch
 * @param statusOnly whether the specification stays as it is
 * @param mayCreate whether it may create the object
 * @param change makes the new object from the existing one, which it may change; null if
 * there is none
 * @param preparation undoes what must not be changed
 */
record Update(boolean isPatch, boolean statusOnly, boolean mayCreate, Function<@Nullable ObjectNode, ObjectNode> change,
		Preparation preparation) {

	static Update whole(ServedResource resource, boolean patch, Function<@Nullable ObjectNode, ObjectNode> change) {
		return new Update(patch, false, !patch, change, resource.rules()::prepareUpdate);
	}

	static Update status(ServedResource resource, boolean patch, Function<@Nullable ObjectNode, ObjectNode> change) {
		return new Update(patch, true, false, change, resource.rules()::prepareStatusUpdate);
	}

	/**
	 * A change that is right by construction.
	 * @param change makes the new object
	 * @return the update
	 */
	static Update internal(ServedResource resource, Function<ObjectNode, ObjectNode> change) {
		return new Update(true, true, false, (existing) -> {
			if (existing == null) {
				throw new IllegalStateException("Nothing to change");
			}
			return change.apply(existing);
		}, resource.rules()::countGeneration);
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
