package io.github.k8sclient.codegen;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A property of a generated class: a field of the Go struct, or of a struct embedded in
 * it.
 *
 * @param field the schema's field
 * @param owner the struct that declares the field
 * @param jsonName the name in JSON
 * @param name the name in Java
 * @param shape whether it is one value, a list or a map
 * @param kind the form of a value
 * @param reference the class of a value of kind {@link ValueKind#OBJECT}
 * @param embedding the embedded structs that lead to the field, outermost first
 * @param wrapped whether a list is a message of its own in protobuf
 */
record Property(Schema.Field field, TypeName owner, String jsonName, String name, Shape shape, ValueKind kind,
		@Nullable TypeName reference, List<Embedded> embedding, boolean wrapped) {

	/**
	 * How many values a property holds.
	 */
	enum Shape {

		SINGLE, LIST, MAP

	}

	/**
	 * An embedded struct: in protobuf a message of its own.
	 *
	 * @param name the Go name in lower camel case
	 * @param number the protobuf number
	 */
	record Embedded(String name, int number) {
	}

	boolean single() {
		return this.shape == Shape.SINGLE;
	}

	boolean list() {
		return this.shape == Shape.LIST;
	}

	boolean map() {
		return this.shape == Shape.MAP;
	}

	boolean object() {
		return this.kind == ValueKind.OBJECT;
	}

	/**
	 * The property that tells the objects of a list apart, by which the API server merges
	 * the list.
	 * @return its name in JSON, {@code null} if there is none, or more than one
	 */
	@Nullable String elementKey() {
		List<String> keys = this.field.listMapKeys();
		return (list() && object() && keys != null && keys.size() == 1) ? keys.get(0) : null;
	}

	int number() {
		return this.field.proto();
	}

	TypeName objectType() {
		if (this.reference == null) {
			throw new IllegalStateException(this.owner + "." + this.jsonName + " is no object");
		}
		return this.reference;
	}

	/**
	 * Whether decoders look for an equal value that they have seen before.
	 * @return {@code true} for objects, lists and maps that repeat
	 */
	boolean shared() {
		return SchemaNotes.shared(this.owner, this.field);
	}

	/**
	 * The constant that names the place of a shared value.
	 * @return for example {@code LIVENESS_PROBE}
	 */
	String sharedPlace() {
		return this.name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
	}

	/**
	 * Whether options can ask decoders to leave the property out.
	 * @return {@code true} for the managed fields
	 */
	boolean droppable() {
		return this.owner.toString().equals("meta/v1.ObjectMeta") && this.jsonName.equals("managedFields");
	}

	/**
	 * Whether these are the annotations of an object.
	 * @return {@code true} for the annotations
	 */
	boolean annotations() {
		return this.owner.toString().equals("meta/v1.ObjectMeta") && this.jsonName.equals("annotations");
	}

	/**
	 * Whether Go always writes the field: then an empty list is written too.
	 * @return {@code true} when the field has neither {@code omitempty} nor the marker
	 * {@code +optional}
	 */
	boolean required() {
		return !this.field.omitEmpty() && !this.field.optional() && !this.field.pointer();
	}

	/**
	 * Whether a zero value that arrives in protobuf means "absent": Go writes such fields
	 * always, and leaves them out in JSON.
	 * @return {@code true} for an {@code omitempty} number, boolean, string or byte
	 * string that is no pointer
	 */
	boolean zeroMeansAbsent() {
		return single() && this.kind.hasZeroValue() && this.field.omitEmpty() && !this.field.pointer();
	}

}
