package io.github.k8sclient.test;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the API server treats the objects of a built-in resource. The tables repeat those
 * that the API server has in its code.
 */
final class BuiltInRules implements KindRules {

	private static final Set<String> WITH_GENERATION = Set.of("pods", "replicationcontrollers", "deployments.apps",
			"replicasets.apps", "statefulsets.apps", "daemonsets.apps", "jobs.batch", "cronjobs.batch",
			"poddisruptionbudgets.policy", "networkpolicies.networking.k8s.io", "ingresses.networking.k8s.io",
			"ingressclasses.networking.k8s.io", "endpointslices.discovery.k8s.io", "priorityclasses.scheduling.k8s.io",
			"flowschemas.flowcontrol.apiserver.k8s.io", "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
			"mutatingwebhookconfigurations.admissionregistration.k8s.io",
			"validatingwebhookconfigurations.admissionregistration.k8s.io",
			"validatingadmissionpolicies.admissionregistration.k8s.io",
			"validatingadmissionpolicybindings.admissionregistration.k8s.io",
			"mutatingadmissionpolicies.admissionregistration.k8s.io",
			"mutatingadmissionpolicybindings.admissionregistration.k8s.io", "resourceslices.resource.k8s.io",
			"customresourcedefinitions.apiextensions.k8s.io");

	private static final Set<String> RETURNED_WHEN_DELETED = Set.of("namespaces", "persistentvolumes",
			"persistentvolumeclaims", "pods", "podtemplates", "resourcequotas", "services", "serviceaccounts",
			"csidrivers.storage.k8s.io", "csinodes.storage.k8s.io", "storageclasses.storage.k8s.io",
			"volumeattachments.storage.k8s.io", "volumeattributesclasses.storage.k8s.io");

	private static final Set<String> CONDITIONAL_UPDATE_ONLY = Set.of("runtimeclasses.node.k8s.io",
			"poddisruptionbudgets.policy", "csidrivers.storage.k8s.io", "csistoragecapacities.storage.k8s.io",
			"volumeattachments.storage.k8s.io", "csinodes.storage.k8s.io", "leases.coordination.k8s.io",
			"mutatingwebhookconfigurations.admissionregistration.k8s.io",
			"validatingwebhookconfigurations.admissionregistration.k8s.io",
			"validatingadmissionpolicies.admissionregistration.k8s.io",
			"validatingadmissionpolicybindings.admissionregistration.k8s.io",
			"customresourcedefinitions.apiextensions.k8s.io", "apiservices.apiregistration.k8s.io");

	private static final Set<String> CREATED_BY_UPDATE = Set.of("runtimeclasses.node.k8s.io",
			"rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io",
			"roles.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io", "leases.coordination.k8s.io",
			"limitranges", "events", "services", "endpoints");

	// what Go prints of an empty status
	private static final Map<String, List<String>> COUNTERS = Map.of("replicationcontrollers", List.of("replicas"),
			"replicasets.apps", List.of("replicas"), "statefulsets.apps", List.of("replicas"), "daemonsets.apps",
			List.of("currentNumberScheduled", "numberMisscheduled", "desiredNumberScheduled", "numberReady"),
			"horizontalpodautoscalers.autoscaling", List.of("currentReplicas", "desiredReplicas"),
			"poddisruptionbudgets.policy",
			List.of("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"));

	// the members that are neither specification nor identity: a change of anything else
	// counts as a new generation
	private static final Set<String> NOT_SPECIFICATION = Set.of("metadata", "status", "kind", "apiVersion");

	private final String resource;

	private final boolean hasStatus;

	BuiltInRules(String resource, boolean hasStatus) {
		this.resource = resource;
		this.hasStatus = hasStatus;
	}

	@Override
	public boolean returnedWhenDeleted() {
		return this.resource.equals("pods") || RETURNED_WHEN_DELETED.contains(this.resource);
	}

	@Override
	public boolean unconditionalUpdate() {
		return !CONDITIONAL_UPDATE_ONLY.contains(this.resource);
	}

	@Override
	public boolean createdByUpdate() {
		return CREATED_BY_UPDATE.contains(this.resource);
	}

	@Override
	public void applyDefaults(ObjectNode object) {
		Defaults.apply(this.resource, object);
	}

	@Override
	public List<FieldError> validate(@Nullable ObjectNode existing, ObjectNode object, boolean statusOnly) {
		return statusOnly ? List.of() : Validation.check(this.resource, existing, object);
	}

	@Override
	public List<String> checkName(String name) {
		if (this.resource.endsWith("rbac.authorization.k8s.io")) {
			return NameRules.pathSegment(name);
		}
		return this.resource.equals("namespaces") ? NameRules.label(name) : NameRules.subdomain(name);
	}

	@Override
	public void prepareCreate(ObjectNode object) {
		// a kubelet registers its node together with the status
		if (this.hasStatus && !this.resource.equals("nodes")) {
			object.remove("status");
			object.putObject("status");
		}
		switch (this.resource) {
			case "pods" -> preparePod(object);
			case "persistentvolumeclaims", "persistentvolumes" ->
				Trees.object(object, "status").put("phase", "Pending");
			case "namespaces" -> prepareNamespace(object);
			case "nodes" -> Trees.ifObject(object, "status", BuiltInRules::prepareNodeStatus);
			case "jobs.batch" -> prepareJob(object);
			case "services", "ingresses.networking.k8s.io" -> Trees.object(object, "status").putObject("loadBalancer");
			default -> COUNTERS.getOrDefault(this.resource, List.of())
				.forEach((counter) -> Trees.object(object, "status").put(counter, 0));
		}
		if (WITH_GENERATION.contains(this.resource)) {
			Trees.object(object, "metadata").put("generation", 1);
		}
	}

	@Override
	public void prepareUpdate(ObjectNode existing, ObjectNode object) {
		if (this.hasStatus) {
			Trees.copy(object, "status", existing);
		}
		if (this.resource.equals("namespaces")) {
			Trees.copy(Trees.object(object, "spec"), "finalizers", existing.path("spec"));
		}
		countGeneration(existing, object);
	}

	@Override
	public void countGeneration(ObjectNode existing, ObjectNode object) {
		if (WITH_GENERATION.contains(this.resource) && !specification(existing).equals(specification(object))) {
			KindRules.bumpGeneration(object);
		}
	}

	@Override
	public void prepareStatusUpdate(ObjectNode existing, ObjectNode object) {
		for (String name : List.copyOf(object.propertyNames())) {
			if (!NOT_SPECIFICATION.contains(name)) {
				object.remove(name);
			}
		}
		existing.propertyStream()
			.filter((member) -> !NOT_SPECIFICATION.contains(member.getKey()))
			.forEach((member) -> object.set(member.getKey(), member.getValue().deepCopy()));
		if (this.resource.equals("pods")) {
			podAddresses(object);
		}
		if (this.resource.equals("deployments.apps")) {
			Trees.copy(Trees.object(object, "metadata"), "labels", existing.path("metadata"));
		}
	}

	private static ObjectNode specification(ObjectNode object) {
		return object.deepCopy().remove(NOT_SPECIFICATION);
	}

	private static void prepareNamespace(ObjectNode namespace) {
		Trees.object(Trees.object(namespace, "metadata"), "labels")
			.put("kubernetes.io/metadata.name", namespace.path("metadata").path("name").asString(""));
		ObjectNode spec = Trees.object(namespace, "spec");
		if (Trees.texts(spec, "finalizers").stream().noneMatch("kubernetes"::equals)) {
			spec.withArray("finalizers").add("kubernetes");
		}
		Trees.object(namespace, "status").put("phase", "Active");
	}

	// the old field and the first entry of the list are one thing
	private static void podAddresses(ObjectNode pod) {
		Trees.ifObject(pod, "status", (status) -> {
			String address = Trees.text(status, "podIP");
			if (address != null && !status.has("podIPs")) {
				status.putArray("podIPs").addObject().put("ip", address);
			}
		});
	}

	private static void prepareNodeStatus(ObjectNode status) {
		if (status.has("capacity") && !status.has("allocatable")) {
			status.set("allocatable", status.get("capacity").deepCopy());
		}
	}

	// a job finds its pods by labels that only it has
	private static void prepareJob(ObjectNode job) {
		ObjectNode spec = Trees.object(job, "spec");
		if (spec.path("manualSelector").asBoolean(false)) {
			return;
		}
		ObjectNode metadata = Trees.object(job, "metadata");
		String uid = metadata.path("uid").asString("");
		String name = metadata.path("name").asString("");
		ObjectNode labels = Trees.object(Trees.object(Trees.object(spec, "template"), "metadata"), "labels");
		for (String prefix : List.of("", "batch.kubernetes.io/")) {
			labels.put(prefix + "controller-uid", uid);
			labels.put(prefix + "job-name", name);
		}
		Trees.object(Trees.object(spec, "selector"), "matchLabels").put("batch.kubernetes.io/controller-uid", uid);
	}

	private static void preparePod(ObjectNode pod) {
		ObjectNode status = Trees.object(pod, "status");
		status.put("phase", "Pending");
		status.put("qosClass", qualityOfService(pod.path("spec")));
	}

	private static String qualityOfService(JsonNode spec) {
		boolean any = false;
		boolean guaranteed = true;
		for (String list : List.of("initContainers", "containers")) {
			for (ObjectNode container : Trees.objects(spec, list)) {
				JsonNode requests = container.path("resources").path("requests");
				JsonNode limits = container.path("resources").path("limits");
				any |= !requests.isEmpty() || !limits.isEmpty();
				guaranteed &= limits.has("cpu") && limits.has("memory") && limits.equals(requests);
			}
		}
		if (!any) {
			return "BestEffort";
		}
		return guaranteed ? "Guaranteed" : "Burstable";
	}

}
