package io.github.k8sclient.test;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How the parts of a value are owned and merged: as one, by the members of an object, or
 * by the elements of a list.
 */
interface FieldType {

	/**
	 * The type of a value of which nothing is known: objects have members, lists are one.
	 */
	FieldType UNKNOWN = new FieldType() {
	};

	/**
	 * Whether an object is owned as one.
	 * @return true if its members have no owners of their own
	 */
	default boolean isAtomicObject() {
		return false;
	}

	/**
	 * How the elements of a list are told apart.
	 * @return the names of the members that tell them apart, empty if the elements are
	 * their own identity, null if the list is owned as one
	 */
	default @Nullable List<String> listKeys() {
		return null;
	}

	/**
	 * Whether an object has no members but those that are declared.
	 * @return whether others are refused
	 */
	default boolean isClosed() {
		return false;
	}

	/**
	 * What JSON a value must be.
	 * @return {@code map}, {@code list}, {@code string}, {@code numeric} or
	 * {@code boolean}; null for any
	 */
	default @Nullable String shape() {
		return null;
	}

	/**
	 * Whether a member of an object is declared, as that of a structure, not one of a
	 * map.
	 * @param name the name of the member
	 * @return whether it is
	 */
	default boolean declares(String name) {
		return false;
	}

	/**
	 * The type of a member of an object.
	 * @param name the name of the member
	 * @return the type
	 */
	default FieldType member(String name) {
		return UNKNOWN;
	}

	/**
	 * The type of the elements of a list.
	 * @return the type
	 */
	default FieldType element() {
		return UNKNOWN;
	}

	/**
	 * The value that a member has when it is left out of an element of a list, if it
	 * tells the elements apart.
	 * @param name the name of the member
	 * @return the value, null if there is none
	 */
	default @Nullable JsonNode keyDefault(String name) {
		return null;
	}

	/**
	 * What Go has in place of a member that is absent.
	 * @param name the name of the member
	 * @return the value, null if Go leaves the member out, too
	 */
	default @Nullable JsonNode zero(String name) {
		return null;
	}

}
