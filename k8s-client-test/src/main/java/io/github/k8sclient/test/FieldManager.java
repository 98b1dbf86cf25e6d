package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.github.k8sclient.meta.GroupVersionKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps track of who owns which fields of an object, and applies configurations: what
 * server-side apply (KEP-555) asks of the API server.
 */
final class FieldManager {

	private static final FieldSet NOT_OWNED = FieldSet.of("apiVersion", "kind", "metadata", "metadata.name",
			"metadata.namespace", "metadata.creationTimestamp", "metadata.selfLink", "metadata.uid",
			"metadata.clusterName", "metadata.generation", "metadata.managedFields", "metadata.resourceVersion");

	static final GroupVersionKind SCALE = GroupVersionKind.of("autoscaling", "v1", "Scale");

	private static final String FIRST_MANAGER = "before-first-apply";

	private final Supplier<String> clock;

	/**
	 * Make a field manager.
	 * @param clock tells the time as it is written into objects
	 */
	FieldManager(Supplier<String> clock) {
		this.clock = clock;
	}

	/**
	 * Note who changed an object.
	 * @param resource the resource in the version of the objects
	 * @param live the object as it was, null if it is new; left as it is
	 * @param object the changed object, whose {@code managedFields} are set
	 * @param manager the name of the program that changed it
	 * @param subresource the subresource by which it did, null for the object itself
	 */
	void update(ServedResource resource, @Nullable ObjectNode live, ObjectNode object, String manager,
			@Nullable String subresource) {
		ManagedFields owners = owners(live, object, subresource);
		Trees.object(object, "metadata").remove("managedFields");
		// an object whose owners were never known or forgotten stays so
		if (live == null || !owners.isEmpty()) {
			own(resource, live, object, owners, new FieldOwner(manager, false, apiVersion(resource), subresource));
			owners.joinOldUpdaters();
		}
		owners.write(object);
	}

	private static ManagedFields owners(@Nullable ObjectNode live, ObjectNode object, @Nullable String subresource) {
		ManagedFields former = ManagedFields.read((live != null) ? live.path("metadata") : object.objectNode());
		if (subresource != null) {
			return former;
		}
		if (ManagedFields.isReset(object.path("metadata"))) {
			return new ManagedFields();
		}
		ManagedFields sent = ManagedFields.read(object.path("metadata"));
		return sent.isEmpty() ? former : sent;
	}

	private void own(ServedResource resource, @Nullable ObjectNode live, ObjectNode object, ManagedFields owners,
			FieldOwner owner) {
		FieldType type = resource.fieldType();
		FieldComparison comparison = FieldComparison.of(unmanaged(live), object, type);
		FieldSet ignored = resource.resetFields(owner.subresource());
		FieldSet changed = comparison.addedOrModified().without(ignored);
		FieldSet removed = comparison.removed().without(ignored);
		owners.take(changed.union(removed));
		if (!changed.isEmpty()) {
			FieldSet own = owners.of(owner);
			FieldSet fields = (own != null) ? own.union(changed) : changed;
			owners.set(owner, fields.difference(NOT_OWNED), this.clock.get());
		}
	}

	/**
	 * Apply a configuration.
	 * @param resource the resource in the version of the configuration
	 * @param live the object as it is, null if there is none; left as it is
	 * @param applied the configuration
	 * @param manager the name of the program that applies it
	 * @param force whether to take fields that others own
	 * @param subresource the subresource, null for the object itself
	 * @return the new object
	 * @throws StatusException 409 if others own fields with other values
	 */
	ObjectNode apply(ServedResource resource, @Nullable ObjectNode live, ObjectNode applied, String manager,
			boolean force, @Nullable String subresource) {
		FieldType type = resource.fieldType();
		check(applied, resource.kind(), type);
		ObjectNode present = unmanaged(live);
		ManagedFields owners = ManagedFields
			.read((live != null) ? live.path("metadata") : ModelCodec.MAPPER.createObjectNode());
		if (live != null && owners.isEmpty()) {
			own(resource, null, present, owners, new FieldOwner(FIRST_MANAGER, false, apiVersion(resource), null));
		}
		FieldOwner owner = new FieldOwner(manager, true, apiVersion(resource), subresource);
		FieldSet ignored = resource.resetFields(subresource);
		FieldSet fields = AppliedConfiguration.fields(applied, type).without(ignored);
		List<ManagedFields.Entry> others = owners.others(owner);
		FieldSet last = owners.of(owner);
		ObjectNode merged = (ObjectNode) AppliedConfiguration.merge(present, applied, type);
		ObjectNode result = (last != null) ? withoutDropped(merged, last, union(others, fields), type) : merged;
		FieldComparison comparison = FieldComparison.of(present, result, type);
		FieldSet changed = comparison.addedOrModified().without(ignored);
		if (!force) {
			checkConflicts(others, changed, subresource);
		}
		owners.take(changed.union(comparison.removed().without(ignored)));
		owners.set(owner, fields.difference(NOT_OWNED), this.clock.get());
		ObjectNode object = result.deepCopy();
		owners.write(object);
		return object;
	}

	private static FieldSet union(List<ManagedFields.Entry> others, FieldSet own) {
		return others.stream().map(ManagedFields.Entry::fields).reduce(own, FieldSet::union);
	}

	// what was applied before, is not any more and has no other owner
	private static ObjectNode withoutDropped(ObjectNode merged, FieldSet last, FieldSet owned, FieldType type) {
		FieldSet lastSet = last.withDeclaredParents(type);
		JsonNode pruned = AppliedConfiguration.remove(merged, lastSet, type);
		FieldSet all = AppliedConfiguration.fields(merged, type).withDeclaredParents(type);
		FieldSet kept = AppliedConfiguration.fields((ObjectNode) pruned, type).withDeclaredParents(type);
		FieldSet dropped = all.difference(kept.union(owned.withDeclaredParents(type))).intersection(lastSet);
		return (ObjectNode) AppliedConfiguration.remove(merged, dropped, type);
	}

	/**
	 * Check a configuration.
	 * @param applied the configuration
	 * @param wanted the kind that it must be of
	 * @param type the type of the kind
	 * @throws StatusException if it is none that can be applied
	 */
	static void check(ObjectNode applied, GroupVersionKind wanted, FieldType type) {
		String apiVersion = applied.path("apiVersion").asString("");
		String kind = applied.path("kind").asString("");
		if (!apiVersion.equals(wanted.apiVersion()) || !kind.equals(wanted.kind())) {
			String version = apiVersion.contains("/") ? apiVersion : "/" + apiVersion;
			throw Statuses.badRequest("invalid object type: %s, Kind=%s".formatted(version, kind));
		}
		if (applied.path("metadata").hasNonNull("managedFields")) {
			throw Statuses.badRequest("metadata.managedFields must be nil");
		}
		List<String> problems = new ArrayList<>();
		AppliedConfiguration.check("", applied, type, problems);
		if (!problems.isEmpty()) {
			JsonNode metadata = applied.path("metadata");
			throw Statuses.internalError("failed to create typed patch object (%s/%s; %s, Kind=%s): %s".formatted(
					metadata.path("namespace").asString(""), metadata.path("name").asString(""), apiVersion, kind,
					String.join("\n", problems)));
		}
	}

	private static void checkConflicts(List<ManagedFields.Entry> others, FieldSet changed,
			@Nullable String subresource) {
		List<Conflict> conflicts = new ArrayList<>();
		for (ManagedFields.Entry other : others) {
			// seen through a scale, its owners are those of a scale
			FieldOwner owner = "scale".equals(subresource) ? other.owner().inVersion(SCALE.apiVersion())
					: other.owner();
			other.fields().intersection(changed).paths().forEach((path) -> conflicts.add(new Conflict(owner, path)));
		}
		if (!conflicts.isEmpty()) {
			throw Statuses.applyConflict(conflicts);
		}
	}

	// the owners of the fields are no fields themselves
	private static ObjectNode unmanaged(@Nullable ObjectNode live) {
		if (live == null) {
			return ModelCodec.MAPPER.createObjectNode();
		}
		ObjectNode copy = live.objectNode();
		copy.setAll(live);
		if (live.get("metadata") instanceof ObjectNode metadata) {
			ObjectNode own = metadata.objectNode();
			own.setAll(metadata);
			own.remove("managedFields");
			copy.set("metadata", own);
		}
		return copy;
	}

	private static String apiVersion(ServedResource resource) {
		return resource.kind().apiVersion();
	}

	/**
	 * A field that somebody else owns.
	 *
	 * @param owner the owner
	 * @param path the path of the field
	 */
	record Conflict(FieldOwner owner, String path) {

	}

}
