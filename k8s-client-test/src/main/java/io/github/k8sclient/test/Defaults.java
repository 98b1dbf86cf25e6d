package io.github.k8sclient.test;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills in what the API server fills in for the kinds that applications use most: pods,
 * pod templates and all that have them, services, claims, volumes, secrets, storage
 * classes, bindings, autoscalers and a few more. Other kinds are stored as they come.
 */
final class Defaults {

	private static final Map<String, Consumer<ObjectNode>> TABLE = table();

	private Defaults() {
	}

	/**
	 * Set defaults.
	 * @param resource the resource with its group, such as {@code jobs.batch}
	 * @param object the object as a client sent it, changed in place
	 */
	static void apply(String resource, ObjectNode object) {
		Consumer<ObjectNode> defaults = TABLE.get(resource);
		if (defaults != null) {
			defaults.accept(object);
		}
	}

	private static Map<String, Consumer<ObjectNode>> table() {
		Map<String, Consumer<ObjectNode>> table = new HashMap<>();
		table.put("pods", (pod) -> Trees.ifObject(pod, "spec", Defaults::pod));
		table.put("podtemplates", Defaults::template);
		table.put("replicationcontrollers", Defaults::replicationController);
		table.put("services", (service) -> service(Trees.object(service, "spec")));
		table.put("persistentvolumeclaims", (claim) -> claim(Trees.object(claim, "spec")));
		table.put("persistentvolumes", Defaults::volume);
		table.put("secrets", Defaults::secret);
		table.put("endpoints", Defaults::endpoints);
		table.put("deployments.apps", Defaults::deployment);
		table.put("replicasets.apps", (set) -> replicas(Trees.object(set, "spec")));
		table.put("statefulsets.apps", Defaults::statefulSet);
		table.put("daemonsets.apps", Defaults::daemonSet);
		table.put("jobs.batch", (job) -> job(job, true));
		table.put("cronjobs.batch", Defaults::cronJob);
		table.put("horizontalpodautoscalers.autoscaling",
				(scaler) -> Trees.setDefault(Trees.object(scaler, "spec"), "minReplicas", 1));
		table.put("storageclasses.storage.k8s.io", Defaults::storageClass);
		table.put("rolebindings.rbac.authorization.k8s.io", Defaults::roleBinding);
		table.put("clusterrolebindings.rbac.authorization.k8s.io", Defaults::roleBinding);
		table.put("networkpolicies.networking.k8s.io", Defaults::networkPolicy);
		table.put("priorityclasses.scheduling.k8s.io",
				(priorityClass) -> Trees.setDefault(priorityClass, "preemptionPolicy", "PreemptLowerPriority"));
		table.put("customresourcedefinitions.apiextensions.k8s.io", Defaults::definition);
		return Map.copyOf(table);
	}

	private static void pod(ObjectNode spec) {
		podSpec(spec);
		Trees.setDefault(spec, "enableServiceLinks", true);
		Trees.setDefault(spec, "priority", 0);
		Trees.setDefault(spec, "preemptionPolicy", "PreemptLowerPriority");
		tolerate(spec, "node.kubernetes.io/not-ready");
		tolerate(spec, "node.kubernetes.io/unreachable");
		boolean hostNetwork = spec.path("hostNetwork").asBoolean(false);
		for (ObjectNode container : Trees.objects(spec, "containers")) {
			limitsAreRequests(container);
			if (hostNetwork) {
				for (ObjectNode port : Trees.objects(container, "ports")) {
					port.set("hostPort", port.path("containerPort"));
				}
			}
		}
	}

	// what the admission plugin DefaultTolerationSeconds adds
	private static void tolerate(ObjectNode spec, String taint) {
		boolean tolerated = Trees.objects(spec, "tolerations")
			.stream()
			.anyMatch((toleration) -> toleration.path("key").asString(taint).equals(taint)
					&& toleration.path("effect").asString("NoExecute").equals("NoExecute"));
		if (!tolerated) {
			ObjectNode toleration = spec.withArray("tolerations").addObject();
			toleration.put("key", taint);
			toleration.put("operator", "Exists");
			toleration.put("effect", "NoExecute");
			toleration.put("tolerationSeconds", 300);
		}
	}

	private static void limitsAreRequests(ObjectNode container) {
		Trees.ifObject(container, "resources", (resources) -> {
			if (resources.get("limits") instanceof ObjectNode limits) {
				ObjectNode requests = Trees.object(resources, "requests");
				limits.propertyStream()
					.filter((limit) -> !requests.has(limit.getKey()))
					.toList()
					.forEach((limit) -> requests.set(limit.getKey(), limit.getValue()));
			}
		});
	}

	private static void podSpec(ObjectNode spec) {
		Trees.objects(spec, "volumes").forEach(Defaults::podVolume);
		for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
			Trees.objects(spec, list).forEach(Defaults::container);
		}
		Trees.setDefault(spec, "restartPolicy", "Always");
		Trees.setDefault(spec, "terminationGracePeriodSeconds", 30);
		Trees.setDefault(spec, "dnsPolicy", "ClusterFirst");
		if (spec.hasNonNull("serviceAccountName")) {
			spec.set("serviceAccount", spec.get("serviceAccountName"));
		}
		Trees.object(spec, "securityContext");
		Trees.setDefault(spec, "schedulerName", "default-scheduler");
	}

	private static void podVolume(ObjectNode volume) {
		if (volume.size() == 1) {
			volume.putObject("emptyDir");
		}
		Trees.ifObject(volume, "secret", (source) -> Trees.setDefault(source, "defaultMode", 420));
		Trees.ifObject(volume, "configMap", (source) -> Trees.setDefault(source, "defaultMode", 420));
		Trees.ifObject(volume, "downwardAPI", (source) -> Trees.setDefault(source, "defaultMode", 420));
		Trees.ifObject(volume, "projected", (source) -> Trees.setDefault(source, "defaultMode", 420));
		Trees.ifObject(volume, "hostPath", (source) -> Trees.setDefault(source, "type", ""));
	}

	private static void container(ObjectNode container) {
		Trees.objects(container, "ports").forEach((port) -> Trees.setDefault(port, "protocol", "TCP"));
		Trees.object(container, "resources");
		for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
			Trees.ifObject(container, probe, Defaults::probe);
		}
		Trees.setDefault(container, "terminationMessagePath", "/dev/termination-log");
		Trees.setDefault(container, "terminationMessagePolicy", "File");
		String image = container.path("image").asString("");
		Trees.setDefault(container, "imagePullPolicy", isLatest(image) ? "Always" : "IfNotPresent");
	}

	private static boolean isLatest(String image) {
		if (image.contains("@")) {
			return false;
		}
		String name = image.substring(image.lastIndexOf('/') + 1);
		return !name.contains(":") || name.endsWith(":latest");
	}

	private static void probe(ObjectNode probe) {
		Trees.setDefault(probe, "timeoutSeconds", 1);
		Trees.setDefault(probe, "periodSeconds", 10);
		Trees.setDefault(probe, "successThreshold", 1);
		Trees.setDefault(probe, "failureThreshold", 3);
		Trees.ifObject(probe, "httpGet", (action) -> {
			Trees.setDefault(action, "path", "/");
			Trees.setDefault(action, "scheme", "HTTP");
		});
	}

	private static void template(ObjectNode owner) {
		ObjectNode template = Trees.object(owner, "template");
		Trees.object(template, "metadata");
		podSpec(Trees.object(template, "spec"));
	}

	private static void replicas(ObjectNode spec) {
		Trees.setDefault(spec, "replicas", 1);
		template(spec);
	}

	private static void replicationController(ObjectNode controller) {
		ObjectNode spec = Trees.object(controller, "spec");
		replicas(spec);
		JsonNode labels = spec.path("template").path("metadata").path("labels");
		if (labels.isObject() && !spec.has("selector")) {
			spec.set("selector", labels.deepCopy());
		}
		if (labels.isObject() && !controller.path("metadata").has("labels")) {
			Trees.object(controller, "metadata").set("labels", labels.deepCopy());
		}
	}

	private static void deployment(ObjectNode deployment) {
		ObjectNode spec = Trees.object(deployment, "spec");
		replicas(spec);
		ObjectNode strategy = Trees.object(spec, "strategy");
		Trees.setDefault(strategy, "type", "RollingUpdate");
		if (strategy.path("type").asString().equals("RollingUpdate")) {
			ObjectNode rollingUpdate = Trees.object(strategy, "rollingUpdate");
			Trees.setDefault(rollingUpdate, "maxUnavailable", "25%");
			Trees.setDefault(rollingUpdate, "maxSurge", "25%");
		}
		Trees.setDefault(spec, "revisionHistoryLimit", 10);
		Trees.setDefault(spec, "progressDeadlineSeconds", 600);
	}

	private static void statefulSet(ObjectNode set) {
		ObjectNode spec = Trees.object(set, "spec");
		replicas(spec);
		Trees.setDefault(spec, "podManagementPolicy", "OrderedReady");
		ObjectNode strategy = Trees.object(spec, "updateStrategy");
		Trees.setDefault(strategy, "type", "RollingUpdate");
		if (strategy.path("type").asString().equals("RollingUpdate")) {
			Trees.setDefault(Trees.object(strategy, "rollingUpdate"), "partition", 0);
		}
		Trees.setDefault(spec, "revisionHistoryLimit", 10);
		for (ObjectNode claim : Trees.objects(spec, "volumeClaimTemplates")) {
			Trees.setDefault(claim, "kind", "PersistentVolumeClaim");
			Trees.setDefault(claim, "apiVersion", "v1");
			claim(Trees.object(claim, "spec"));
			Trees.setDefault(Trees.object(claim, "status"), "phase", "Pending");
		}
	}

	private static void daemonSet(ObjectNode set) {
		ObjectNode spec = Trees.object(set, "spec");
		template(spec);
		ObjectNode strategy = Trees.object(spec, "updateStrategy");
		Trees.setDefault(strategy, "type", "RollingUpdate");
		if (strategy.path("type").asString().equals("RollingUpdate")) {
			Trees.setDefault(Trees.object(strategy, "rollingUpdate"), "maxUnavailable", 1);
			Trees.setDefault(Trees.object(strategy, "rollingUpdate"), "maxSurge", 0);
		}
		Trees.setDefault(spec, "revisionHistoryLimit", 10);
	}

	private static void job(ObjectNode job, boolean selected) {
		ObjectNode spec = Trees.object(job, "spec");
		if (!spec.has("completions") && !spec.has("parallelism")) {
			spec.put("completions", 1);
			spec.put("parallelism", 1);
		}
		Trees.setDefault(spec, "parallelism", 1);
		Trees.setDefault(spec, "backoffLimit", 6);
		if (selected) {
			Trees.setDefault(spec, "completionMode", "NonIndexed");
			Trees.setDefault(spec, "suspend", false);
		}
		template(spec);
	}

	private static void cronJob(ObjectNode cronJob) {
		ObjectNode spec = Trees.object(cronJob, "spec");
		Trees.setDefault(spec, "concurrencyPolicy", "Allow");
		Trees.setDefault(spec, "suspend", false);
		Trees.setDefault(spec, "successfulJobsHistoryLimit", 3);
		Trees.setDefault(spec, "failedJobsHistoryLimit", 1);
		Trees.ifObject(spec, "jobTemplate", (template) -> Trees.ifObject(template, "spec",
				(job) -> Trees.ifObject(job, "template", (pod) -> podSpec(Trees.object(pod, "spec")))));
	}

	private static void service(ObjectNode spec) {
		Trees.setDefault(spec, "sessionAffinity", "None");
		Trees.setDefault(spec, "type", "ClusterIP");
		for (ObjectNode port : Trees.objects(spec, "ports")) {
			Trees.setDefault(port, "protocol", "TCP");
			if (!port.hasNonNull("targetPort")) {
				port.set("targetPort", port.path("port"));
			}
		}
		String type = spec.path("type").asString();
		if (type.equals("NodePort") || type.equals("LoadBalancer")) {
			Trees.setDefault(spec, "externalTrafficPolicy", "Cluster");
		}
		if (!type.equals("ExternalName")) {
			Trees.setDefault(spec, "internalTrafficPolicy", "Cluster");
		}
	}

	private static void claim(ObjectNode spec) {
		Trees.setDefault(spec, "volumeMode", "Filesystem");
	}

	private static void volume(ObjectNode volume) {
		ObjectNode spec = Trees.object(volume, "spec");
		Trees.setDefault(spec, "persistentVolumeReclaimPolicy", "Retain");
		Trees.setDefault(spec, "volumeMode", "Filesystem");
		Trees.ifObject(spec, "hostPath", (source) -> Trees.setDefault(source, "type", ""));
	}

	private static void secret(ObjectNode secret) {
		Trees.setDefault(secret, "type", "Opaque");
		if (secret.remove("stringData") instanceof ObjectNode texts) {
			ObjectNode data = Trees.object(secret, "data");
			texts.propertyStream()
				.forEach((text) -> data.put(text.getKey(), Base64.getEncoder()
					.encodeToString(text.getValue().asString("").getBytes(StandardCharsets.UTF_8))));
		}
	}

	private static void endpoints(ObjectNode endpoints) {
		for (ObjectNode subset : Trees.objects(endpoints, "subsets")) {
			Trees.objects(subset, "ports").forEach((port) -> Trees.setDefault(port, "protocol", "TCP"));
		}
	}

	private static void storageClass(ObjectNode storageClass) {
		Trees.setDefault(storageClass, "reclaimPolicy", "Delete");
		Trees.setDefault(storageClass, "volumeBindingMode", "Immediate");
	}

	private static void roleBinding(ObjectNode binding) {
		Trees.ifObject(binding, "roleRef", (role) -> Trees.setDefault(role, "apiGroup", "rbac.authorization.k8s.io"));
		for (ObjectNode subject : Trees.objects(binding, "subjects")) {
			if (!subject.path("kind").asString("").equals("ServiceAccount")) {
				Trees.setDefault(subject, "apiGroup", "rbac.authorization.k8s.io");
			}
		}
	}

	private static void networkPolicy(ObjectNode policy) {
		ObjectNode spec = Trees.object(policy, "spec");
		if (!spec.has("policyTypes")) {
			spec.putArray("policyTypes").add("Ingress");
			if (spec.has("egress")) {
				spec.withArray("policyTypes").add("Egress");
			}
		}
		for (String direction : List.of("ingress", "egress")) {
			for (ObjectNode rule : Trees.objects(spec, direction)) {
				Trees.objects(rule, "ports").forEach((port) -> Trees.setDefault(port, "protocol", "TCP"));
			}
		}
	}

	private static void definition(ObjectNode definition) {
		ObjectNode spec = Trees.object(definition, "spec");
		ObjectNode names = Trees.object(spec, "names");
		String kind = names.path("kind").asString("");
		if (!kind.isEmpty()) {
			Trees.setDefault(names, "singular", kind.toLowerCase(Locale.ROOT));
			Trees.setDefault(names, "listKind", kind + "List");
		}
		Trees.setDefault(Trees.object(spec, "conversion"), "strategy", "None");
	}

}
