package io.github.k8sclient.test;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How objects go: at once, or first marked while finalizers or a grace period hold them.
 * <p>
 * This class also does what the controllers of a cluster would do next, within the same
 * transaction: it empties a namespace that is deleted and then removes it, and, unless
 * switched off, it collects the dependents of what is gone. It does not play the kubelet:
 * a pod that is bound to a node stays, marked, until it is deleted with a grace period of
 * zero.
 */
final class Deletion {

	private static final String FOREGROUND = "foregroundDeletion";

	private static final String ORPHAN = "orphan";

	private final ResourceCatalog catalog;

	private final CustomResourceDefinitions definitions;

	private final Clock clock;

	private final boolean garbageCollection;

	Deletion(ResourceCatalog catalog, CustomResourceDefinitions definitions, Clock clock, boolean garbageCollection) {
		this.catalog = catalog;
		this.definitions = definitions;
		this.clock = clock;
		this.garbageCollection = garbageCollection;
	}

	/**
	 * Delete an object.
	 * @param transaction the transaction
	 * @param resource the resource
	 * @param object the object as it is stored
	 * @param request the options
	 * @return what became of the object
	 */
	Outcome delete(ObjectStore.Transaction transaction, ServedResource resource, StoredObject object,
			DeleteRequest request) {
		request.checkPreconditions(resource, object);
		if (resource.qualifiedName().equals("namespaces")) {
			return deleteNamespace(transaction, resource, object, request);
		}
		if (resource.table().equals(CustomResourceDefinitions.TABLE)) {
			return deleteDefinition(transaction, resource, object, request);
		}
		long grace = resource.qualifiedName().equals("pods") ? gracePeriod(object, request) : 0;
		ObjectNode marked = mark(object, request, grace);
		boolean gone = grace == 0 && marked.path("metadata").path("finalizers").isEmpty();
		if (request.dryRun()) {
			return new Outcome(new StoredObject(object.key(), object.resourceVersion(), marked), gone);
		}
		if (gone) {
			// only what goes gracefully shows when it was asked to go
			boolean graceful = resource.qualifiedName().equals("pods") || object.terminating();
			return new Outcome(remove(transaction, resource, object, graceful ? marked : object.copy()), true);
		}
		if (marked.equals(object.tree())) {
			return new Outcome(object, false);
		}
		StoredObject stored = transaction.put(resource.table(), object.key(), marked);
		finishDependents(transaction, resource, stored);
		return new Outcome(stored, false);
	}

	/**
	 * Whether an update took away what held an object that was marked.
	 * @param existing the object as it is stored
	 * @param updated the new state
	 * @return whether the object shall go
	 */
	static boolean isComplete(StoredObject existing, ObjectNode updated) {
		JsonNode metadata = updated.path("metadata");
		return existing.terminating() && metadata.path("finalizers").isEmpty()
				&& metadata.path("deletionGracePeriodSeconds").asLong(0) == 0
				&& !existing.metadata().path("finalizers").isEmpty()
				|| existing.terminating() && namespaceFinalized(existing, updated);
	}

	/**
	 * Remove an object that {@link #isComplete} said shall go.
	 * @param transaction the transaction
	 * @param resource the resource
	 * @param existing the object as it is stored
	 * @param last its last state
	 */
	void complete(ObjectStore.Transaction transaction, ServedResource resource, StoredObject existing,
			ObjectNode last) {
		remove(transaction, resource, existing, last.deepCopy());
	}

	/**
	 * Remove all objects, whatever holds them, and cease to serve custom resources.
	 * @param transaction the transaction
	 */
	void deleteAll(ObjectStore.Transaction transaction) {
		for (ServedResource resource : tables()) {
			for (StoredObject object : transaction.all(resource.table())) {
				transaction.remove(resource.table(), object, object.copy());
				if (resource.table().equals(CustomResourceDefinitions.TABLE)) {
					this.definitions.remove(transaction, object.key());
				}
			}
		}
	}

	private static boolean namespaceFinalized(StoredObject existing, ObjectNode updated) {
		return updated.path("kind").asString("").equals("Namespace")
				&& !existing.tree().path("spec").path("finalizers").isEmpty()
				&& updated.path("spec").path("finalizers").isEmpty()
				&& updated.path("metadata").path("finalizers").isEmpty();
	}

	private ObjectNode mark(StoredObject object, DeleteRequest request, long grace) {
		ObjectNode marked = object.copy();
		ObjectNode metadata = Trees.object(marked, "metadata");
		finalizers(metadata, request.propagationPolicy());
		boolean held = grace > 0 || !metadata.path("finalizers").isEmpty();
		if (!object.terminating()) {
			metadata.put("deletionTimestamp", now().plusSeconds(grace).toString());
			metadata.put("deletionGracePeriodSeconds", grace);
			if (held) {
				KindRules.bumpGeneration(marked);
			}
		}
		else {
			shorten(metadata, grace);
		}
		return marked;
	}

	// a grace period that has begun can be cut, not prolonged
	private static void shorten(ObjectNode metadata, long grace) {
		long current = metadata.path("deletionGracePeriodSeconds").asLong(0);
		if (grace < current) {
			Instant deadline = Instant.parse(metadata.path("deletionTimestamp").asString());
			metadata.put("deletionTimestamp", deadline.minusSeconds(current - grace).toString());
			metadata.put("deletionGracePeriodSeconds", grace);
		}
	}

	private static void finalizers(ObjectNode metadata, @Nullable String policy) {
		List<String> before = Trees.texts(metadata, "finalizers");
		List<String> after = new ArrayList<>(before);
		if (policy != null) {
			after.removeAll(List.of(FOREGROUND, ORPHAN));
			switch (policy) {
				case "Foreground" -> after.add(FOREGROUND);
				case "Orphan" -> after.add(ORPHAN);
				default -> {
				}
			}
		}
		setFinalizers(metadata, before, after);
	}

	private static void setFinalizers(ObjectNode metadata, List<String> before, List<String> after) {
		if (after.equals(before)) {
			return;
		}
		metadata.remove("finalizers");
		if (!after.isEmpty()) {
			ArrayNode finalizers = metadata.putArray("finalizers");
			after.forEach(finalizers::add);
		}
	}

	private static long gracePeriod(StoredObject pod, DeleteRequest request) {
		JsonNode spec = pod.tree().path("spec");
		String phase = pod.tree().path("status").path("phase").asString("");
		if (Trees.text(spec, "nodeName") == null || phase.equals("Failed") || phase.equals("Succeeded")) {
			return 0;
		}
		Long asked = request.gracePeriodSeconds();
		long grace = (asked != null) ? asked : spec.path("terminationGracePeriodSeconds").asLong(30);
		return Math.max(grace, 0);
	}

	private StoredObject remove(ObjectStore.Transaction transaction, ServedResource resource, StoredObject object,
			ObjectNode last) {
		StoredObject removed = transaction.remove(resource.table(), object, last);
		if (this.garbageCollection) {
			collect(transaction, removed);
		}
		int slash = removed.key().indexOf('/');
		if (slash > 0) {
			finishNamespace(transaction, removed.key().substring(0, slash));
		}
		if (resource.isCustom()) {
			finishDefinition(transaction, resource.table());
		}
		return removed;
	}

	// --- definitions of custom resources

	private Outcome deleteDefinition(ObjectStore.Transaction transaction, ServedResource definitions,
			StoredObject definition, DeleteRequest request) {
		ObjectNode marked = definition.copy();
		ObjectNode metadata = Trees.object(marked, "metadata");
		if (!definition.terminating()) {
			metadata.put("deletionTimestamp", now().toString());
			List<String> before = Trees.texts(metadata, "finalizers");
			List<String> after = new ArrayList<>(before);
			after.add(CustomResourceDefinitions.FINALIZER);
			setFinalizers(metadata, before, after);
			this.definitions.setCondition(marked, "Terminating", true, "InstanceDeletionPending",
					"CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon");
		}
		if (request.dryRun()) {
			return new Outcome(new StoredObject(definition.key(), definition.resourceVersion(), marked), false);
		}
		if (definition.terminating()) {
			return new Outcome(definition, false);
		}
		StoredObject terminating = transaction.put(definitions.table(), definition.key(), marked);
		this.definitions.settle(transaction, terminating);
		ServedResource resource = this.catalog.findStorage(definition.key());
		if (resource != null) {
			for (StoredObject object : transaction.all(resource.table())) {
				if (transaction.get(resource.table(), object.key()) == object) {
					delete(transaction, resource, object, DeleteRequest.atOnce());
				}
			}
		}
		finishDefinition(transaction, definition.key());
		return new Outcome(terminating, false);
	}

	private void finishDefinition(ObjectStore.Transaction transaction, String name) {
		StoredObject definition = transaction.get(CustomResourceDefinitions.TABLE, name);
		if (definition == null || !definition.terminating() || !transaction.all(name).isEmpty()) {
			return;
		}
		this.definitions.remove(transaction, name);
		release(transaction, this.catalog.storage(CustomResourceDefinitions.TABLE), definition,
				CustomResourceDefinitions.FINALIZER);
	}

	// --- namespaces

	private Outcome deleteNamespace(ObjectStore.Transaction transaction, ServedResource namespaces,
			StoredObject namespace, DeleteRequest request) {
		String name = namespace.key();
		if (name.equals("default") || name.equals("kube-system") || name.equals("kube-public")) {
			throw Statuses.forbidden(namespaces, name, "this namespace may not be deleted");
		}
		ObjectNode marked = namespace.copy();
		if (!namespace.terminating()) {
			Trees.object(marked, "metadata").put("deletionTimestamp", now().toString());
			Trees.object(marked, "status").put("phase", "Terminating");
		}
		if (request.dryRun()) {
			return new Outcome(new StoredObject(name, namespace.resourceVersion(), marked), false);
		}
		if (namespace.terminating()) {
			return new Outcome(namespace, false);
		}
		StoredObject terminating = transaction.put(namespaces.table(), name, marked);
		empty(transaction, name);
		finishNamespace(transaction, name);
		return new Outcome(terminating, false);
	}

	private void empty(ObjectStore.Transaction transaction, String namespace) {
		for (ServedResource resource : tables()) {
			for (StoredObject object : transaction.all(resource.table())) {
				boolean there = transaction.get(resource.table(), object.key()) == object;
				if (there && object.key().startsWith(namespace + "/")) {
					delete(transaction, resource, object, DeleteRequest.atOnce());
				}
			}
		}
	}

	private void finishNamespace(ObjectStore.Transaction transaction, String name) {
		StoredObject namespace = transaction.get("namespaces", name);
		if (namespace == null || !namespace.terminating() || !namespace.metadata().path("finalizers").isEmpty()) {
			return;
		}
		boolean empty = tables().stream()
			.flatMap((resource) -> transaction.all(resource.table()).stream())
			.noneMatch((object) -> object.key().startsWith(name + "/"));
		List<String> finalizers = Trees.texts(namespace.tree().path("spec"), "finalizers");
		if (empty && (finalizers.isEmpty() || finalizers.equals(List.of("kubernetes")))) {
			ObjectNode last = namespace.copy();
			Trees.object(last, "spec").remove("finalizers");
			transaction.remove("namespaces", namespace, last);
		}
	}

	private List<ServedResource> tables() {
		return this.catalog.storageResources();
	}

	// --- garbage collection

	private void collect(ObjectStore.Transaction transaction, StoredObject owner) {
		for (ObjectStore.Location location : transaction.dependents(owner.uid())) {
			StoredObject dependent = transaction.get(location.table(), location.key());
			ServedResource resource = this.catalog.storage(location.table());
			if (dependent == null) {
				continue;
			}
			if (hasOtherOwner(transaction, dependent, owner.uid())) {
				transaction.put(location.table(), location.key(), withoutOwner(dependent, owner.uid()));
			}
			else if (!dependent.terminating()) {
				delete(transaction, resource, dependent, new DeleteRequest(null, null, null, "Background", false));
			}
		}
		for (String uid : ownerUids(owner)) {
			StoredObject waiting = transaction.find(uid);
			ObjectStore.Location location = transaction.locate(uid);
			if (waiting != null && location != null && waiting.terminating()) {
				finishDependents(transaction, this.catalog.storage(location.table()), waiting);
			}
		}
	}

	// what the finalizers of the garbage collector ask for
	private void finishDependents(ObjectStore.Transaction transaction, ServedResource resource, StoredObject owner) {
		if (!this.garbageCollection) {
			return;
		}
		List<String> finalizers = Trees.texts(owner.metadata(), "finalizers");
		if (finalizers.contains(ORPHAN)) {
			for (ObjectStore.Location location : transaction.dependents(owner.uid())) {
				StoredObject dependent = transaction.get(location.table(), location.key());
				if (dependent != null) {
					transaction.put(location.table(), location.key(), withoutOwner(dependent, owner.uid()));
				}
			}
			release(transaction, resource, owner, ORPHAN);
		}
		else if (finalizers.contains(FOREGROUND)) {
			for (ObjectStore.Location location : transaction.dependents(owner.uid())) {
				StoredObject dependent = transaction.get(location.table(), location.key());
				if (dependent != null && !dependent.terminating()
						&& !hasOtherOwner(transaction, dependent, owner.uid())) {
					delete(transaction, this.catalog.storage(location.table()), dependent,
							new DeleteRequest(null, null, null, "Foreground", false));
				}
			}
			boolean blocked = transaction.dependents(owner.uid())
				.stream()
				.anyMatch((location) -> blocks(transaction.get(location.table(), location.key()), owner.uid()));
			StoredObject present = transaction.get(resource.table(), owner.key());
			if (!blocked && present != null && present.uid().equals(owner.uid())) {
				release(transaction, resource, present, FOREGROUND);
			}
		}
	}

	private void release(ObjectStore.Transaction transaction, ServedResource resource, StoredObject owner,
			String finalizer) {
		ObjectNode released = owner.copy();
		ObjectNode metadata = Trees.object(released, "metadata");
		List<String> before = Trees.texts(metadata, "finalizers");
		List<String> after = new ArrayList<>(before);
		after.remove(finalizer);
		setFinalizers(metadata, before, after);
		if (after.isEmpty() && metadata.path("deletionGracePeriodSeconds").asLong(0) == 0) {
			remove(transaction, resource, owner, released);
		}
		else if (!after.equals(before)) {
			transaction.put(resource.table(), owner.key(), released);
		}
	}

	private static boolean blocks(@Nullable StoredObject dependent, String ownerUid) {
		return dependent != null && Trees.objects(dependent.metadata(), "ownerReferences")
			.stream()
			.anyMatch((reference) -> reference.path("uid").asString("").equals(ownerUid)
					&& reference.path("blockOwnerDeletion").asBoolean(false));
	}

	private static boolean hasOtherOwner(ObjectStore.Transaction transaction, StoredObject dependent, String ownerUid) {
		return ownerUids(dependent).stream()
			.filter((uid) -> !uid.equals(ownerUid))
			.map(transaction::find)
			.anyMatch((other) -> other != null && !other.terminating());
	}

	private static List<String> ownerUids(StoredObject object) {
		return Trees.objects(object.metadata(), "ownerReferences")
			.stream()
			.map((reference) -> reference.path("uid").asString(""))
			.toList();
	}

	private static ObjectNode withoutOwner(StoredObject dependent, String ownerUid) {
		ObjectNode object = dependent.copy();
		ObjectNode metadata = Trees.object(object, "metadata");
		ArrayNode references = metadata.arrayNode();
		Trees.objects(metadata, "ownerReferences")
			.stream()
			.filter((reference) -> !reference.path("uid").asString("").equals(ownerUid))
			.forEach(references::add);
		metadata.remove("ownerReferences");
		if (!references.isEmpty()) {
			metadata.set("ownerReferences", references);
		}
		return object;
	}

	private Instant now() {
		return Instant.now(this.clock).truncatedTo(ChronoUnit.SECONDS);
	}

	/**
	 * What became of an object.
	 *
	 * @param object its last or marked state
	 * @param gone whether it is gone
	 */
	record Outcome(StoredObject object, boolean gone) {

	}

}
