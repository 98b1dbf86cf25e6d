package io.github.k8sclient.test;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays the controllers of the API server for definitions of custom resources: accepts
 * their names, establishes them and serves what they define.
 */
final class CustomResourceDefinitions {

	/**
	 * The table of the definitions, which is also the name of their resource.
	 */
	static final String TABLE = "customresourcedefinitions.apiextensions.k8s.io";

	/**
	 * What holds a definition until its objects are gone.
	 */
	static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

	private static final Set<String> VERBS = Set.of("create", "delete", "deletecollection", "get", "list", "patch",
			"update", "watch");

	private static final Set<String> VERBS_WHILE_TERMINATING = Set.of("delete", "deletecollection", "get", "list",
			"watch");

	private final ResourceCatalog catalog;

	private final Clock clock;

	// what is served of each definition; guarded by the transactions of the store
	private final Map<String, JsonNode> served = new HashMap<>();

	CustomResourceDefinitions(ResourceCatalog catalog, Clock clock) {
		this.catalog = catalog;
		this.clock = clock;
	}

	/**
	 * Whether a condition of a definition holds.
	 * @param definition the definition
	 * @param type the type of the condition
	 * @return whether its status is {@code True}
	 */
	static boolean isTrue(JsonNode definition, String type) {
		return Trees.objects(definition.path("status"), "conditions")
			.stream()
			.filter((condition) -> condition.path("type").asString("").equals(type))
			.anyMatch((condition) -> condition.path("status").asString("").equals("True"));
	}

	/**
	 * Act on a new or changed definition.
	 * @param transaction the transaction
	 * @param stored the definition as it is stored
	 */
	void settle(ObjectStore.Transaction transaction, StoredObject stored) {
		ObjectNode definition = stored.copy();
		ObjectNode status = Trees.object(definition, "status");
		acceptNames(transaction, stored, definition.path("spec").path("names"), status);
		rememberStorageVersion(definition, status);
		if (!definition.equals(stored.tree())) {
			transaction.put(TABLE, stored.key(), definition);
		}
		if (isTrue(definition, "Established")) {
			serve(transaction, stored.key(), definition);
		}
	}

	/**
	 * Cease to serve what a definition defined.
	 * @param transaction the transaction
	 * @param name the name of the definition
	 */
	void remove(ObjectStore.Transaction transaction, String name) {
		this.served.remove(name);
		this.catalog.undefine(name);
		transaction.closeWatches(name);
	}

	/**
	 * Set a condition.
	 * @param definition the definition, changed in place
	 * @param type the type of the condition
	 * @param holds whether it holds
	 * @param reason the reason
	 * @param message the message
	 */
	void setCondition(ObjectNode definition, String type, boolean holds, String reason, String message) {
		ArrayNode conditions = Trees.object(definition, "status").withArray("conditions");
		ObjectNode condition = null;
		for (JsonNode existing : conditions) {
			if (existing.path("type").asString("").equals(type)) {
				condition = (ObjectNode) existing;
			}
		}
		String status = holds ? "True" : "False";
		if (condition == null) {
			condition = conditions.addObject();
			condition.put("type", type);
		}
		if (!condition.path("status").asString("").equals(status)) {
			condition.put("status", status);
			condition.put("lastTransitionTime", Instant.now(this.clock).truncatedTo(ChronoUnit.SECONDS).toString());
		}
		condition.put("reason", reason);
		condition.put("message", message);
	}

	private void acceptNames(ObjectStore.Transaction transaction, StoredObject stored, JsonNode wanted,
			ObjectNode status) {
		Taken taken = Taken.by(transaction, stored);
		ObjectNode accepted = Trees.object(status, "acceptedNames");
		String reason = null;
		String message = null;
		for (String member : List.of("plural", "singular", "shortNames", "kind", "listKind")) {
			String conflict = taken.conflict(member, wanted.path(member));
			if (conflict == null) {
				Trees.copy(accepted, member, wanted);
			}
			else {
				reason = Character.toUpperCase(member.charAt(0)) + member.substring(1) + "Conflict";
				message = FieldError.quote(conflict) + " is already in use";
			}
		}
		Trees.copy(accepted, "categories", wanted);
		ObjectNode definition = status.objectNode();
		definition.set("status", status);
		if (reason == null || message == null) {
			setCondition(definition, "NamesAccepted", true, "NoConflicts", "no conflicts found");
			if (!isTrue(definition, "Established")) {
				setCondition(definition, "Established", true, "InitialNamesAccepted",
						"the initial names have been accepted");
			}
		}
		else {
			setCondition(definition, "NamesAccepted", false, reason, message);
			if (!isTrue(definition, "Established")) {
				setCondition(definition, "Established", false, "NotAccepted", "not all names are accepted");
			}
		}
	}

	private static void rememberStorageVersion(ObjectNode definition, ObjectNode status) {
		String version = storageVersion(definition).path("name").asString("");
		ArrayNode stored = status.withArray("storedVersions");
		if (stored.valueStream().noneMatch((name) -> name.asString("").equals(version))) {
			stored.add(version);
		}
	}

	private void serve(ObjectStore.Transaction transaction, String name, ObjectNode definition) {
		Set<String> verbs = isTrue(definition, "Terminating") ? VERBS_WHILE_TERMINATING : VERBS;
		ArrayNode what = definition.arrayNode()
			.add(definition.path("spec"))
			.add(definition.path("status").path("acceptedNames"))
			.add(verbs.size());
		if (what.equals(this.served.put(name, what))) {
			return;
		}
		ResourceNames names = ResourceNames.custom(definition.path("status").path("acceptedNames"));
		ObjectNode storage = storageVersion(definition);
		VersionConversion conversion = VersionConversion.sameShape(name,
				definition.path("spec").path("group").asString("") + "/" + storage.path("name").asString(""));
		List<ServedResource> served = new ArrayList<>();
		ServedResource stored = null;
		for (ObjectNode version : Trees.objects(definition.path("spec"), "versions")) {
			ServedResource resource = new ServedResource(definition, names, version, conversion, verbs);
			if (version.path("served").asBoolean(false)) {
				served.add(resource);
			}
			if (version == storage) {
				stored = resource;
			}
		}
		if (stored != null) {
			this.catalog.define(name, served, stored);
			// a watch speaks the language of the definition with which it began
			transaction.closeWatches(name);
		}
	}

	private static ObjectNode storageVersion(ObjectNode definition) {
		return Trees.objects(definition.path("spec"), "versions")
			.stream()
			.filter((version) -> version.path("storage").asBoolean(false))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * The names that other definitions of a group have taken.
	 *
	 * @param resources plurals, singulars and short names
	 * @param kinds kinds and kinds of lists
	 */
	private record Taken(Set<String> resources, Set<String> kinds) {

		static Taken by(ObjectStore.Transaction transaction, StoredObject definition) {
			Taken taken = new Taken(new HashSet<>(), new HashSet<>());
			for (StoredObject other : transaction.all(TABLE)) {
				boolean sameGroup = group(other).equals(group(definition));
				if (sameGroup && !other.key().equals(definition.key())) {
					taken.add(other.tree().path("status").path("acceptedNames"));
				}
			}
			return taken;
		}

		private static String group(StoredObject definition) {
			return definition.tree().path("spec").path("group").asString("");
		}

		private void add(JsonNode names) {
			this.resources.add(names.path("plural").asString(""));
			this.resources.add(names.path("singular").asString(""));
			this.resources.addAll(Trees.texts(names, "shortNames"));
			this.kinds.add(names.path("kind").asString(""));
			this.kinds.add(names.path("listKind").asString(""));
		}

		@Nullable String conflict(String member, JsonNode wanted) {
			Set<String> taken = member.endsWith("ind") ? this.kinds : this.resources;
			List<String> names = wanted.isArray() ? wanted.valueStream().map((name) -> name.asString("")).toList()
					: List.of(wanted.asString(""));
			return names.stream().filter((name) -> !name.isEmpty() && taken.contains(name)).findFirst().orElse(null);
		}

	}

}
