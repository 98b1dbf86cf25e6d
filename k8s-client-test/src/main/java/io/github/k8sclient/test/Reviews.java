package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.k8sclient.meta.GroupVersion;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers the kinds that are questions and not objects: who somebody is, and what
 * somebody may do.
 */
final class Reviews {

	private static final List<String> OPEN_PATHS = List.of("/api", "/apis", "/openapi", "/healthz", "/livez", "/readyz",
			"/version");

	private final ApiUsers users;

	private final ApiRights rights;

	private final ResourceCatalog catalog;

	Reviews(ApiUsers users, ApiRights rights, ResourceCatalog catalog) {
		this.users = users;
		this.rights = rights;
		this.catalog = catalog;
	}

	/**
	 * Answer a question.
	 * @param resource the resource that the question is one of
	 * @param review the question
	 * @param user who asks
	 * @return the question with its answer
	 * @throws StatusException 400 if something is missing
	 */
	StoredObject answer(ServedResource resource, ObjectNode review, ApiUser user) {
		review.remove("status");
		ObjectNode status = review.putObject("status");
		JsonNode spec = review.path("spec");
		switch (resource.name()) {
			case "selfsubjectaccessreviews" -> status.put("allowed", isAllowed(user, spec));
			case "subjectaccessreviews", "localsubjectaccessreviews" ->
				status.put("allowed", isAllowed(subject(spec), spec));
			case "selfsubjectrulesreviews" -> rules(user, status);
			case "selfsubjectreviews" -> user.describe(status.putObject("userInfo"));
			case "tokenreviews" -> token(spec, status);
			default -> throw new IllegalStateException("No answer to " + resource.qualifiedName());
		}
		return new StoredObject("", 0, review);
	}

	private static ApiUser subject(JsonNode spec) {
		return new ApiUser(spec.path("user").asString(""), Trees.text(spec, "uid"), Trees.texts(spec, "groups"),
				Map.of());
	}

	private boolean isAllowed(ApiUser user, JsonNode spec) {
		JsonNode wanted = spec.path("resourceAttributes");
		if (wanted.isObject()) {
			ApiAction action = new ApiAction(wanted.path("verb").asString(""), wanted.path("group").asString(""),
					wanted.path("resource").asString(""), Trees.text(wanted, "subresource"),
					Trees.text(wanted, "namespace"), Trees.text(wanted, "name"));
			return this.rights.allow(user, action.line());
		}
		String path = spec.path("nonResourceAttributes").path("path").asString("");
		boolean open = spec.path("nonResourceAttributes").path("verb").asString("").equals("get")
				&& OPEN_PATHS.stream().anyMatch((prefix) -> path.equals(prefix) || path.startsWith(prefix + "/"));
		return open || this.rights.unlimited(user);
	}

	private void token(JsonNode spec, ObjectNode status) {
		String token = Trees.text(spec, "token");
		if (token == null) {
			throw Statuses.badRequest("token is required for TokenReview in authentication");
		}
		List<String> wanted = Trees.texts(spec, "audiences");
		List<String> audiences = wanted.isEmpty() ? ApiUsers.AUDIENCES : wanted;
		ApiUser user = this.users.findByToken(token, audiences);
		status.put("authenticated", user != null);
		if (user == null) {
			status.put("error", "invalid bearer token");
			return;
		}
		user.describe(status.putObject("user"));
		List<String> granted = new ArrayList<>(this.users.audiences(token));
		granted.retainAll(audiences);
		granted.forEach(status.putArray("audiences")::add);
	}

	private void rules(ApiUser user, ObjectNode status) {
		status.put("incomplete", false);
		ArrayNode rules = status.putArray("resourceRules");
		ObjectNode others = status.putArray("nonResourceRules").addObject();
		if (this.rights.unlimited(user)) {
			rule(rules, List.of("*"), "*", "*");
			others.putArray("verbs").add("*");
			others.putArray("nonResourceURLs").add("*");
			return;
		}
		Set<String> seen = new HashSet<>();
		for (GroupVersion version : this.catalog.versions()) {
			for (ServedResource resource : this.catalog.resources(version)) {
				if (seen.add(resource.qualifiedName())) {
					grants(rules, user, resource, null, resource.verbs());
					ServedSubresource.of(resource)
						.forEach((part) -> grants(rules, user, resource, part.name(), part.verbs()));
				}
			}
		}
		others.putArray("verbs").add("get");
		ArrayNode paths = others.putArray("nonResourceURLs");
		OPEN_PATHS.forEach((path) -> paths.add(path).add(path + "/*"));
	}

	private void grants(ArrayNode rules, ApiUser user, ServedResource resource, @Nullable String subresource,
			Collection<String> verbs) {
		String group = resource.kind().group();
		List<String> granted = verbs.stream()
			.filter((verb) -> this.rights.allow(user,
					new ApiAction(verb, group, resource.name(), subresource, null, null).line()))
			.sorted()
			.toList();
		if (!granted.isEmpty()) {
			rule(rules, granted, group, (subresource != null) ? resource.name() + "/" + subresource : resource.name());
		}
	}

	private static void rule(ArrayNode rules, List<String> verbs, String group, String resource) {
		ObjectNode rule = rules.addObject();
		verbs.forEach(rule.putArray("verbs")::add);
		rule.putArray("apiGroups").add(group);
		rule.putArray("resources").add(resource);
	}

}
