package io.github.k8sclient.test;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who owns fields of an object.
 *
 * @param manager the name of the program
 * @param applied whether it applies the fields, or else has written them
 * @param apiVersion the API version in which the fields are named
 * @param subresource the subresource through which it came, null for the object itself
 */
record FieldOwner(String manager, boolean applied, String apiVersion, @Nullable String subresource) {

	private static final int MANAGER_LIMIT = 128;

	/**
	 * The name of a program that does not give one.
	 * @param userAgent the header {@code User-Agent}, null if absent
	 * @return the name
	 */
	static String managerOf(@Nullable String userAgent) {
		String name = (userAgent != null) ? userAgent.split("/", 2)[0].replaceAll("\\p{Cntrl}", "") : "";
		if (name.isEmpty()) {
			return "unknown";
		}
		return name.substring(0, Math.min(name.length(), MANAGER_LIMIT));
	}

	static FieldOwner read(JsonNode entry) {
		return new FieldOwner(entry.path("manager").asString(""), entry.path("operation").asString("").equals("Apply"),
				entry.path("apiVersion").asString(""), Trees.text(entry, "subresource"));
	}

	/**
	 * Write an entry of {@code managedFields}.
	 * @param time when the fields were written, null if that is not known
	 * @param fields the fields
	 * @return the entry
	 */
	ObjectNode write(@Nullable String time, FieldSet fields) {
		ObjectNode entry = ModelCodec.MAPPER.createObjectNode();
		entry.put("manager", this.manager);
		entry.put("operation", this.applied ? "Apply" : "Update");
		entry.put("apiVersion", this.apiVersion);
		if (time != null) {
			entry.put("time", time);
		}
		entry.put("fieldsType", "FieldsV1");
		entry.set("fieldsV1", fields.write());
		if (this.subresource != null) {
			entry.put("subresource", this.subresource);
		}
		return entry;
	}

	/**
	 * Whether this is the same owner. One who applies stays the same when it moves to
	 * another version.
	 * @param other another owner
	 * @return whether it is the same
	 */
	boolean isSame(FieldOwner other) {
		return this.equals(this.applied ? other.inVersion(this.apiVersion) : other);
	}

	FieldOwner inVersion(String apiVersion) {
		return new FieldOwner(this.manager, this.applied, apiVersion, this.subresource);
	}

	/**
	 * The owner as it is printed in messages.
	 * @return for example {@code "kubectl" using v1}
	 */
	@Override
	public String toString() {
		String text = FieldError.quote(this.manager);
		if (this.subresource != null) {
			text += " with subresource %s".formatted(FieldError.quote(this.subresource));
		}
		return this.applied ? text : text + " using " + this.apiVersion;
	}

}
