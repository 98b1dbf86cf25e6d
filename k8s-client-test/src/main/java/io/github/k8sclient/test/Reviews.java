package io.github.k8sclient.test;

import tools.jackson.databind.node.ObjectNode;

/**
 * Answers the kinds that are questions and not objects. This server knows one user, who
 * may do everything.
 */
final class Reviews {

	private static final String USER = "system:admin";

	StoredObject answer(ServedResource resource, ObjectNode review) {
		review.remove("status");
		ObjectNode status = review.putObject("status");
		switch (resource.name()) {
			case "subjectaccessreviews", "selfsubjectaccessreviews", "localsubjectaccessreviews" ->
				status.put("allowed", true);
			case "selfsubjectrulesreviews" -> allRules(status);
			case "selfsubjectreviews" -> user(status.putObject("userInfo"));
			default -> status.put("authenticated", false);
		}
		return new StoredObject("", 0, review);
	}

	private static void allRules(ObjectNode status) {
		status.put("incomplete", false);
		ObjectNode resources = status.putArray("resourceRules").addObject();
		for (String member : new String[] { "verbs", "apiGroups", "resources" }) {
			resources.putArray(member).add("*");
		}
		ObjectNode others = status.putArray("nonResourceRules").addObject();
		others.putArray("verbs").add("*");
		others.putArray("nonResourceURLs").add("*");
	}

	private static void user(ObjectNode user) {
		user.put("username", USER);
		user.putArray("groups").add("system:masters").add("system:authenticated");
	}

}
