package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The owners of the fields of an object, as its {@code managedFields} name them.
 */
final class ManagedFields {

	private static final int UPDATERS_LIMIT = 10;

	private static final Comparator<Entry> ORDER = Comparator
		.comparing((Entry entry) -> entry.owner().applied() ? 0 : 1)
		.thenComparing((entry) -> (entry.time() != null) ? entry.time() : "")
		.thenComparing((entry) -> entry.owner().manager())
		.thenComparing((entry) -> entry.owner().apiVersion())
		.thenComparing((entry) -> (entry.owner().subresource() != null) ? entry.owner().subresource() : "");

	private final List<Entry> entries = new ArrayList<>();

	/**
	 * Read the owners.
	 * @param metadata the metadata of an object
	 * @return the owners; none if the field cannot be read
	 */
	static ManagedFields read(JsonNode metadata) {
		ManagedFields fields = new ManagedFields();
		try {
			for (ObjectNode entry : Trees.objects(metadata, "managedFields")) {
				fields.entries.add(new Entry(FieldOwner.read(entry), Trees.text(entry, "time"),
						FieldSet.read(entry.path("fieldsV1"))));
			}
		}
		catch (IllegalArgumentException ex) {
			fields.entries.clear();
		}
		return fields;
	}

	/**
	 * Whether metadata ask to forget the owners: by a list of one empty entry.
	 * @param metadata the metadata of an object
	 * @return whether they do
	 */
	static boolean isReset(JsonNode metadata) {
		JsonNode entries = metadata.path("managedFields");
		return entries.isArray() && entries.size() == 1 && entries.get(0).isEmpty();
	}

	/**
	 * Undo a change that is one of times only.
	 * @param existing an object
	 * @param object its new state, changed in place
	 */
	static void keepTimes(ObjectNode existing, ObjectNode object) {
		JsonNode before = existing.path("metadata").path("managedFields");
		JsonNode after = object.path("metadata").path("managedFields");
		if (!before.equals(after) && timeless(before).equals(timeless(after))) {
			Trees.object(object, "metadata").set("managedFields", before);
		}
	}

	private static List<JsonNode> timeless(JsonNode entries) {
		return entries.valueStream()
			.map((entry) -> (JsonNode) ((ObjectNode) entry.deepCopy()).without("time"))
			.toList();
	}

	/**
	 * Write the owners into an object.
	 * @param object the object, changed in place
	 */
	void write(ObjectNode object) {
		ObjectNode metadata = Trees.object(object, "metadata");
		metadata.remove("managedFields");
		this.entries.removeIf((entry) -> entry.fields().isEmpty());
		if (this.entries.isEmpty()) {
			return;
		}
		ArrayNode array = metadata.putArray("managedFields");
		this.entries.stream()
			.sorted(ORDER)
			.forEach((entry) -> array.add(entry.owner().write(entry.time(), entry.fields())));
	}

	boolean isEmpty() {
		return this.entries.isEmpty();
	}

	/**
	 * The fields of an owner.
	 * @param owner the owner
	 * @return the fields, null if it has none
	 */
	@Nullable FieldSet of(FieldOwner owner) {
		Entry entry = find(owner);
		return (entry != null) ? entry.fields() : null;
	}

	List<Entry> others(FieldOwner owner) {
		return this.entries.stream().filter((entry) -> !entry.owner().isSame(owner)).toList();
	}

	/**
	 * Give an owner other fields.
	 * @param owner the owner
	 * @param fields the fields
	 * @param time the time
	 */
	void set(FieldOwner owner, FieldSet fields, String time) {
		this.entries.removeIf((entry) -> entry.owner().isSame(owner));
		this.entries.add(new Entry(owner, time, fields));
	}

	/**
	 * Take fields from all owners.
	 * @param fields the fields
	 */
	void take(FieldSet fields) {
		this.entries.replaceAll((entry) -> new Entry(entry.owner(), entry.time(), entry.fields().difference(fields)));
	}

	/**
	 * Join the oldest of those that have written fields if there are too many.
	 */
	void joinOldUpdaters() {
		List<Entry> updaters = new ArrayList<>(
				this.entries.stream().filter((entry) -> !entry.owner().applied()).sorted(ORDER).toList());
		while (updaters.size() > UPDATERS_LIMIT) {
			Entry oldest = updaters.remove(0);
			Entry next = updaters.remove(0);
			Entry joined = new Entry(new FieldOwner("ancient-changes", false, next.owner().apiVersion(), null),
					next.time(), oldest.fields().union(next.fields()));
			this.entries.removeAll(List.of(oldest, next));
			this.entries.add(joined);
			updaters.add(0, joined);
		}
	}

	private @Nullable Entry find(FieldOwner owner) {
		return this.entries.stream().filter((entry) -> entry.owner().isSame(owner)).findFirst().orElse(null);
	}

	/**
	 * An owner and its fields.
	 *
	 * @param owner the owner
	 * @param time when they were written, null if that is not known
	 * @param fields the fields
	 */
	record Entry(FieldOwner owner, @Nullable String time, FieldSet fields) {

	}

}
