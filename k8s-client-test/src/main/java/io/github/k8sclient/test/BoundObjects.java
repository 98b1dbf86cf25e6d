package io.github.k8sclient.test;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects that tokens of service accounts depend on: the service account itself, and
 * a pod, a secret or a node.
 */
final class BoundObjects {

	private static final Map<String, String> RESOURCES = Map.of("serviceaccount", "serviceaccounts", "pod", "pods",
			"secret", "secrets", "node", "nodes");

	private static final Map<String, String> MEMBERS = Map.of("Pod", "pod", "Secret", "secret", "Node", "node");

	private final ResourceOperations operations;

	private final ResourceCatalog catalog;

	BoundObjects(ResourceOperations operations, ResourceCatalog catalog) {
		this.operations = operations;
		this.catalog = catalog;
	}

	/**
	 * Bind a token to an object.
	 * @param account the metadata of the service account
	 * @param reference names the object, absent for none
	 * @param claims takes its name and uid
	 * @throws StatusException 400, 404 or 409 if the token cannot be bound
	 */
	void bind(JsonNode account, JsonNode reference, ObjectNode claims) {
		if (!reference.isObject()) {
			return;
		}
		String apiVersion = reference.path("apiVersion").asString("");
		String kind = reference.path("kind").asString("");
		String member = apiVersion.contains("/") ? null : MEMBERS.get(kind);
		if (member == null) {
			throw Statuses.badRequest("cannot bind token to object of type %s, Kind=%s"
				.formatted(apiVersion.contains("/") ? apiVersion : "/" + apiVersion, kind));
		}
		String name = reference.path("name").asString("");
		StoredObject object = get(member, account.path("namespace").asString(""), name);
		String accountName = account.path("name").asString("");
		if (member.equals("pod") && !accountName.equals(at(object, "spec", "serviceAccountName"))) {
			throw Statuses
				.badRequest("cannot bind token for serviceaccount %s to pod running with different serviceaccount name."
					.formatted(FieldError.quote(accountName)));
		}
		String uid = Trees.text(reference, "uid");
		if (uid != null && !uid.equals(object.uid())) {
			throw Statuses.boundToAnother(kind, name, uid);
		}
		claim(claims, member, name, object.uid());
		String node = at(object, "spec", "nodeName");
		if (member.equals("pod") && !node.isEmpty()) {
			StoredObject found = find("node", "", node);
			claim(claims, "node", node, (found != null) ? found.uid() : "");
		}
	}

	private static void claim(ObjectNode claims, String member, String name, String uid) {
		ObjectNode claim = claims.putObject(member);
		claim.put("name", name);
		if (!uid.isEmpty()) {
			claim.put("uid", uid);
		}
	}

	/**
	 * Whether the objects of a token are still the ones for which it was made.
	 * @param claims the objects
	 * @param deletedBefore an object that is being deleted since before does not count
	 * @return whether all of them are there
	 */
	boolean exist(JsonNode claims, Instant deletedBefore) {
		String namespace = claims.path("namespace").asString("");
		return claims.propertyStream()
			.filter((claim) -> RESOURCES.containsKey(claim.getKey()))
			// the node of a pod is there for information
			.filter((claim) -> !(claim.getKey().equals("node") && claims.has("pod")))
			.allMatch((claim) -> exists(claim.getKey(), namespace, claim.getValue(), deletedBefore));
	}

	private boolean exists(String member, String namespace, JsonNode claim, Instant deletedBefore) {
		StoredObject object = find(member, namespace, claim.path("name").asString(""));
		if (object == null || !object.uid().equals(claim.path("uid").asString(""))) {
			return false;
		}
		String deleted = Trees.text(object.metadata(), "deletionTimestamp");
		return deleted == null || !Instant.parse(deleted).isBefore(deletedBefore);
	}

	private @Nullable StoredObject find(String member, String namespace, String name) {
		try {
			return get(member, namespace, name);
		}
		catch (StatusException ex) {
			return null;
		}
	}

	private StoredObject get(String member, String namespace, String name) {
		ServedResource resource = this.catalog.get("", "v1", RESOURCES.getOrDefault(member, ""));
		return this.operations.get(resource, resource.namespaced() ? namespace : null, name, null);
	}

	private static String at(StoredObject object, String parent, String member) {
		return object.tree().path(parent).path(member).asString("");
	}

}
