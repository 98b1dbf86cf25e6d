package io.github.k8sclient.test;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the API server treats the objects of one resource.
 */
interface KindRules {

	boolean returnedWhenDeleted();

	/**
	 * Whether an update may leave out the resource version.
	 * @return true if it may
	 */
	boolean unconditionalUpdate();

	boolean createdByUpdate();

	/**
	 * Fill in what the server fills in.
	 * @param object the object as a client sent it, changed in place
	 */
	void applyDefaults(ObjectNode object);

	/**
	 * The complaints about a name.
	 * @param name the name
	 * @return the complaints, empty if the name is good
	 */
	List<String> checkName(String name);

	/**
	 * Find what the server refuses, apart from metadata.
	 * @param existing the object as it is stored, null if it is new
	 * @param object the object to be stored
	 * @param statusOnly whether only the status is updated
	 * @return the complaints, empty if the object is good
	 */
	List<FieldError> validate(@Nullable ObjectNode existing, ObjectNode object, boolean statusOnly);

	/**
	 * Bring a new object into its first state: no status but the one the server sets, and
	 * the first generation.
	 * @param object the object
	 */
	void prepareCreate(ObjectNode object);

	/**
	 * Undo what an update of the main resource must not change and count the generation.
	 * @param existing the object as it is stored
	 * @param object the new object, changed in place
	 */
	void prepareUpdate(ObjectNode existing, ObjectNode object);

	/**
	 * Undo what an update of the status must not change.
	 * @param existing the object as it is stored
	 * @param object the new object, changed in place
	 */
	void prepareStatusUpdate(ObjectNode existing, ObjectNode object);

	/**
	 * Count a change of the specification.
	 * @param existing the object as it is stored
	 * @param object the new object, changed in place
	 */
	void countGeneration(ObjectNode existing, ObjectNode object);

	/**
	 * Count a marked deletion as a generation, as the API server does.
	 * @param object the object, changed in place
	 */
	static void bumpGeneration(ObjectNode object) {
		ObjectNode metadata = Trees.object(object, "metadata");
		if (metadata.path("generation").asLong(0) > 0) {
			metadata.put("generation", metadata.get("generation").asLong() + 1);
		}
	}

}
