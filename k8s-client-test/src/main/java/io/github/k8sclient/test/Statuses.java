package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes {@code Status} objects with the reasons, messages and details of the API server.
 */
final class Statuses {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private static final String NO_RESOURCE = "the server could not find the requested resource";

	private static final String NO_METHOD = "the server does not allow this method on the requested resource";

	private Statuses() {
	}

	static StatusException notFound(ServedResource resource, String name) {
		return failure(404, "NotFound", "%s \"%s\" not found".formatted(resource.qualifiedName(), name),
				details(resource, name));
	}

	static StatusException noSuchResource() {
		return failure(404, "NotFound", NO_RESOURCE, NODES.objectNode());
	}

	static StatusException methodNotAllowed() {
		return failure(405, "MethodNotAllowed", NO_METHOD, NODES.objectNode());
	}

	static StatusException terminatingDefinition(ServedResource resource, String name) {
		return forbidden(resource, name, "create not allowed while custom resource definition is terminating");
	}

	static StatusException notAcceptable(List<String> mediaTypes) {
		return failure(406, "NotAcceptable",
				"406: Not Acceptable\n\nAvailable representations: " + String.join(", ", mediaTypes),
				NODES.objectNode());
	}

	static StatusException notAcceptable(String message) {
		return failure(406, "NotAcceptable", message, null);
	}

	static StatusException unsupportedBody(List<String> supported) {
		return failure(415, "UnsupportedMediaType",
				"the body of the request was in an unknown format - accepted media types include: "
						+ String.join(", ", supported),
				null);
	}

	static StatusException unsupportedPatch() {
		return failure(415, "UnsupportedMediaType", "415: Unsupported Media Type", NODES.objectNode());
	}

	static StatusException alreadyExists(ServedResource resource, String name) {
		return failure(409, "AlreadyExists", "%s \"%s\" already exists".formatted(resource.qualifiedName(), name),
				details(resource, name));
	}

	static StatusException conflict(ServedResource resource, String name, String reason) {
		return failure(409, "Conflict",
				"Operation cannot be fulfilled on %s \"%s\": %s".formatted(resource.qualifiedName(), name, reason),
				details(resource, name));
	}

	/**
	 * A refusal to bind a token to an object that has taken the place of another one.
	 * @param kind the kind of the object
	 * @param name the name of the object
	 * @param uid the uid of the other one
	 * @return the refusal
	 */
	static StatusException boundToAnother(String kind, String name, String uid) {
		ObjectNode details = NODES.objectNode();
		details.put("name", name);
		details.put("kind", kind);
		return failure(409, "Conflict", ("Operation cannot be fulfilled on %s \"%s\": the UID in the bound object "
				+ "reference (%s) does not match the UID in record. The object might have been deleted and then "
				+ "recreated")
			.formatted(kind, name, uid), details);
	}

	static StatusException unauthorized() {
		return failure(401, "Unauthorized", "Unauthorized", null);
	}

	static StatusException modified(ServedResource resource, String name) {
		return conflict(resource, name,
				"the object has been modified; please apply your changes to the latest version and try again");
	}

	/**
	 * A refusal to apply over the fields of others.
	 * @param conflicts the fields and who owns them
	 * @return the refusal
	 */
	static StatusException applyConflict(List<FieldManager.Conflict> conflicts) {
		ObjectNode details = NODES.objectNode();
		ArrayNode causes = details.putArray("causes");
		Map<String, List<String>> paths = new TreeMap<>();
		for (FieldManager.Conflict conflict : conflicts) {
			ObjectNode cause = causes.addObject();
			cause.put("reason", "FieldManagerConflict");
			cause.put("message", "conflict with " + conflict.owner());
			cause.put("field", conflict.path());
			paths.computeIfAbsent(conflict.owner().toString(), (owner) -> new ArrayList<>()).add(conflict.path());
		}
		if (conflicts.size() == 1) {
			return failure(409, "Conflict", "Apply failed with 1 conflict: conflict with %s: %s"
				.formatted(conflicts.get(0).owner(), conflicts.get(0).path()), details);
		}
		List<String> lines = new ArrayList<>();
		paths.forEach((owner, fields) -> {
			lines.add("conflicts with " + owner + ":");
			fields.forEach((field) -> lines.add("- " + field));
		});
		return failure(409, "Conflict",
				"Apply failed with %d conflicts: %s".formatted(conflicts.size(), String.join("\n", lines)), details);
	}

	static StatusException badRequest(String message) {
		return failure(400, "BadRequest", message, null);
	}

	static StatusException internalError(String message) {
		return failure(500, null, message, null);
	}

	static StatusException unavailable(String message) {
		return failure(503, "ServiceUnavailable", message, null);
	}

	static StatusException forbidden(ServedResource resource, String name, String reason) {
		return failure(403, "Forbidden", "%s \"%s\" is forbidden: %s".formatted(resource.qualifiedName(), name, reason),
				details(resource, name));
	}

	static StatusException namespaceTerminating(ServedResource resource, String name, String namespace) {
		ObjectNode details = details(resource, name);
		ObjectNode cause = details.putArray("causes").addObject();
		cause.put("reason", "NamespaceTerminating");
		cause.put("message", "namespace %s is being terminated".formatted(namespace));
		cause.put("field", "metadata.namespace");
		return failure(403, "Forbidden",
				("%s \"%s\" is forbidden: unable to create new content in namespace %s because "
						+ "it is being terminated")
					.formatted(resource.qualifiedName(), name, namespace),
				details);
	}

	static StatusException namespaceNotFound(String namespace) {
		ObjectNode details = NODES.objectNode();
		details.put("name", namespace);
		details.put("kind", "namespaces");
		return failure(404, "NotFound", "namespaces \"%s\" not found".formatted(namespace), details);
	}

	static StatusException invalid(ServedResource resource, String name, List<FieldError> errors) {
		return invalid(resource.kind().group(), resource.kind().kind(), name, errors);
	}

	/**
	 * A refusal that comes from the storage, where the API server writes the resource in
	 * place of the kind.
	 * @param resource the resource
	 * @param name the name of the object
	 * @param errors the complaints
	 * @return the refusal
	 */
	static StatusException invalidResource(ServedResource resource, String name, List<FieldError> errors) {
		return invalid(resource.kind().group(), resource.name(), name, errors);
	}

	static StatusException invalidOptions(String kind, FieldError error) {
		return invalid("meta.k8s.io", kind, "", List.of(error));
	}

	static StatusException invalidPatch(FieldError error) {
		return invalid("", "", "", List.of(error));
	}

	static StatusException unprocessable() {
		return failure(422, "Invalid", "the server rejected our request due to an error in our request",
				NODES.objectNode());
	}

	static StatusException expired(String message) {
		return failure(410, "Expired", message, null);
	}

	static StatusException expiredContinue(String message, String inconsistentToken) {
		StatusException expired = expired(message);
		((ObjectNode) expired.status().get("metadata")).put("continue", inconsistentToken);
		return expired;
	}

	static StatusException tooLargeResourceVersion(long requested, long current) {
		ObjectNode details = NODES.objectNode();
		ObjectNode cause = details.putArray("causes").addObject();
		cause.put("reason", "ResourceVersionTooLarge");
		cause.put("message", "Too large resource version");
		details.put("retryAfterSeconds", 1);
		return failure(504, "Timeout",
				"Timeout: Too large resource version: %d, current: %d".formatted(requested, current), details);
	}

	static StatusException failure(int code, @Nullable String reason, String message, @Nullable ObjectNode details) {
		ObjectNode status = status("Failure");
		status.put("message", message);
		if (reason != null) {
			status.put("reason", reason);
		}
		if (details != null) {
			status.set("details", details);
		}
		status.put("code", code);
		return new StatusException(code, status);
	}

	/**
	 * The answer to a deletion that left nothing behind.
	 * @param resource the resource
	 * @param name the name of the object
	 * @param uid the uid of the object
	 * @return the status
	 */
	static ObjectNode deleted(ServedResource resource, String name, String uid) {
		ObjectNode status = status("Success");
		ObjectNode details = details(resource, name);
		details.put("uid", uid);
		status.set("details", details);
		return status;
	}

	static ObjectNode created() {
		ObjectNode status = status("Success");
		status.put("code", 201);
		return status;
	}

	/**
	 * How a command ended, in the words of kubelets, which leave out kind and version.
	 * @param code the exit code
	 * @return the status
	 */
	static ObjectNode exit(int code) {
		ObjectNode status = status((code == 0) ? "Success" : "Failure").without(List.of("kind", "apiVersion"));
		if (code != 0) {
			status.put("message",
					"command terminated with non-zero exit code: command terminated with exit code " + code);
			status.put("reason", "NonZeroExitCode");
			ObjectNode cause = status.putObject("details").putArray("causes").addObject();
			cause.put("reason", "ExitCode");
			cause.put("message", Integer.toString(code));
		}
		return status;
	}

	static StatusException invalid(String group, String kind, String name, List<FieldError> errors) {
		ObjectNode details = NODES.objectNode();
		put(details, "name", name);
		put(details, "group", group);
		put(details, "kind", kind);
		ArrayNode causes = details.putArray("causes");
		for (FieldError error : errors) {
			ObjectNode cause = causes.addObject();
			cause.put("reason", error.reason());
			cause.put("message", error.detail());
			cause.put("field", error.field());
		}
		List<String> messages = errors.stream().map(FieldError::message).distinct().toList();
		String text = (messages.size() == 1) ? messages.get(0) : messages.toString();
		String qualifiedKind = group.isEmpty() ? kind : kind + "." + group;
		return failure(422, "Invalid", "%s \"%s\" is invalid: %s".formatted(qualifiedKind, name, text), details);
	}

	private static ObjectNode status(String outcome) {
		ObjectNode status = NODES.objectNode();
		status.put("kind", "Status");
		status.put("apiVersion", "v1");
		status.set("metadata", NODES.objectNode());
		status.put("status", outcome);
		return status;
	}

	private static ObjectNode details(ServedResource resource, String name) {
		ObjectNode details = NODES.objectNode();
		put(details, "name", name);
		put(details, "group", resource.kind().group());
		details.put("kind", resource.name());
		return details;
	}

	private static void put(ObjectNode node, String field, String value) {
		if (!value.isEmpty()) {
			node.put(field, value);
		}
	}

}
