package io.github.k8sclient.test;

import java.util.List;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps evictions within the disruption budgets of a namespace. How many pods a budget
 * can spare is what its status says; no controller counts them.
 */
final class DisruptionBudgets {

	private static final String TABLE = "poddisruptionbudgets.policy";

	private static final Set<String> UNPROTECTED_PHASES = Set.of("Pending", "Succeeded", "Failed");

	private DisruptionBudgets() {
	}

	/**
	 * Take one disruption from the budget of a pod.
	 * @param transaction the transaction
	 * @param namespace the namespace of the pod
	 * @param pod the pod
	 * @param dryRun whether nothing shall be stored
	 * @throws StatusException 429 if the budget is spent
	 */
	static void spend(ObjectStore.Transaction transaction, String namespace, StoredObject pod, boolean dryRun) {
		String phase = pod.tree().path("status").path("phase").asString("");
		if (pod.terminating() || UNPROTECTED_PHASES.contains(phase)) {
			return;
		}
		List<StoredObject> budgets = transaction.all(TABLE)
			.stream()
			.filter((budget) -> budget.key().startsWith(namespace + "/"))
			.filter((budget) -> selects(budget.tree().path("spec").path("selector"), pod.metadata().path("labels")))
			.toList();
		if (budgets.size() > 1) {
			throw Statuses.failure(500, "InternalError", "This pod has more than one PodDisruptionBudget, which the "
					+ "eviction subresource does not support.", null);
		}
		for (StoredObject budget : budgets) {
			spend(transaction, budget, dryRun);
		}
	}

	private static void spend(ObjectStore.Transaction transaction, StoredObject budget, boolean dryRun) {
		ObjectNode changed = budget.copy();
		ObjectNode status = Trees.object(changed, "status");
		int allowed = status.path("disruptionsAllowed").asInt(0);
		if (allowed <= 0) {
			throw exhausted(budget, status);
		}
		if (!dryRun) {
			status.put("disruptionsAllowed", allowed - 1);
			transaction.put(TABLE, budget.key(), changed);
		}
	}

	private static StatusException exhausted(StoredObject budget, JsonNode status) {
		ObjectNode details = ModelCodec.MAPPER.createObjectNode();
		ObjectNode cause = details.putArray("causes").addObject();
		cause.put("reason", "DisruptionBudget");
		cause.put("message",
				"The disruption budget %s needs %d healthy pods and has %d currently".formatted(
						budget.metadata().path("name").asString(""), status.path("desiredHealthy").asInt(0),
						status.path("currentHealthy").asInt(0)));
		return Statuses.failure(429, "TooManyRequests",
				"Cannot evict pod as it would violate the pod's disruption budget.", details);
	}

	private static boolean selects(JsonNode selector, JsonNode labels) {
		return selector.isObject() && Validation.selects(selector, labels);
	}

}
