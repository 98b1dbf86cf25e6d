package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds what the API server would refuse of the built-in kinds with 422. There are the
 * rules that applications meet: containers and their names and images, selectors that
 * must match and must not change, ports of services, claims, pod changes, role
 * references, keys of maps and secrets, custom resource definitions.
 */
final class Validation {

	private static final String IMMUTABLE = "field is immutable";

	private final @Nullable ObjectNode existing;

	private final ObjectNode object;

	private final List<FieldError> errors = new ArrayList<>();

	private Validation(@Nullable ObjectNode existing, ObjectNode object) {
		this.existing = existing;
		this.object = object;
	}

	/**
	 * Check an object.
	 * @param resource the resource with its group, such as {@code jobs.batch}
	 * @param existing the object as it is stored, null if it is new
	 * @param object the object to be stored
	 * @return the complaints
	 */
	static List<FieldError> check(String resource, @Nullable ObjectNode existing, ObjectNode object) {
		Validation validation = new Validation(existing, object);
		validation.kind(resource);
		return validation.errors;
	}

	private void kind(String resource) {
		JsonNode spec = this.object.path("spec");
		switch (resource) {
			case "pods" -> pod(spec);
			case "deployments.apps", "replicasets.apps", "statefulsets.apps", "daemonsets.apps" -> workload(spec);
			case "replicationcontrollers" -> podSpec(spec.path("template").path("spec"), "spec.template.spec");
			case "jobs.batch" -> podSpec(spec.path("template").path("spec"), "spec.template.spec");
			case "services" -> service(spec);
			case "persistentvolumeclaims" -> claim(spec);
			case "configmaps" -> data("data", "binaryData");
			case "secrets" -> secret();
			case "rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io" ->
				unchanged("roleRef", "cannot change roleRef");
			case "storageclasses.storage.k8s.io" -> storageClass();
			case "customresourcedefinitions.apiextensions.k8s.io" ->
				this.errors.addAll(DefinitionValidation.check(this.existing, this.object));
			default -> {
			}
		}
	}

	private void pod(JsonNode spec) {
		podSpec(spec, "spec");
		if (this.existing != null && !frozen(this.existing.path("spec")).equals(frozen(spec))) {
			this.errors.add(FieldError.forbidden("spec", "pod updates may not change fields other than "
					+ "`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
					+ "`spec.tolerations` (only additions to existing tolerations),"
					+ "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"));
		}
	}

	// what of a pod's specification nobody may change; a scheduler's binding does not
	// come this way
	private static ObjectNode frozen(JsonNode spec) {
		ObjectNode frozen = ((ObjectNode) spec).deepCopy();
		frozen.remove(List.of("activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds"));
		for (String list : List.of("containers", "initContainers")) {
			Trees.objects(frozen, list).forEach((container) -> container.remove("image"));
		}
		return frozen;
	}

	private void podSpec(JsonNode spec, String path) {
		List<ObjectNode> containers = Trees.objects(spec, "containers");
		if (containers.isEmpty()) {
			this.errors.add(FieldError.required(path + ".containers", ""));
		}
		Set<String> names = new HashSet<>();
		for (int i = 0; i < containers.size(); i++) {
			container(containers.get(i), "%s.containers[%d]".formatted(path, i), names);
		}
		List<ObjectNode> initContainers = Trees.objects(spec, "initContainers");
		for (int i = 0; i < initContainers.size(); i++) {
			container(initContainers.get(i), "%s.initContainers[%d]".formatted(path, i), names);
		}
	}

	private void container(ObjectNode container, String path, Set<String> names) {
		String name = container.path("name").asString("");
		if (name.isEmpty()) {
			this.errors.add(FieldError.required(path + ".name", ""));
		}
		else {
			NameRules.label(name).forEach((problem) -> invalid(path + ".name", FieldError.quote(name), problem));
			if (!names.add(name)) {
				this.errors.add(FieldError.duplicate(path + ".name", name));
			}
		}
		if (container.path("image").asString("").isEmpty()) {
			this.errors.add(FieldError.required(path + ".image", ""));
		}
	}

	private void workload(JsonNode spec) {
		JsonNode selector = spec.path("selector");
		JsonNode labels = spec.path("template").path("metadata").path("labels");
		if (selector.isEmpty()) {
			this.errors.add(FieldError.required("spec.selector", ""));
		}
		if (selector.isEmpty() || !selects(selector, labels)) {
			invalid("spec.template.metadata.labels", labels.isMissingNode() ? "null" : labels.toString(),
					"`selector` does not match template `labels`");
		}
		podSpec(spec.path("template").path("spec"), "spec.template.spec");
		if (this.existing != null && !this.existing.path("spec").path("selector").equals(selector)) {
			invalid("spec.selector", selector.toString(), IMMUTABLE);
		}
		if (spec.path("replicas").asInt(0) < 0) {
			invalid("spec.replicas", spec.path("replicas").asString(), "must be greater than or equal to 0");
		}
	}

	static boolean selects(JsonNode selector, JsonNode labels) {
		boolean equal = selector.path("matchLabels")
			.propertyStream()
			.allMatch((label) -> label.getValue().equals(labels.get(label.getKey())));
		return equal && Trees.objects(selector, "matchExpressions").stream().allMatch((expression) -> {
			JsonNode value = labels.get(expression.path("key").asString(""));
			List<String> values = Trees.texts(expression, "values");
			return switch (expression.path("operator").asString("")) {
				case "In" -> value != null && values.contains(value.asString());
				case "NotIn" -> value == null || !values.contains(value.asString());
				case "Exists" -> value != null;
				case "DoesNotExist" -> value == null;
				default -> false;
			};
		});
	}

	private void service(JsonNode spec) {
		List<ObjectNode> ports = Trees.objects(spec, "ports");
		boolean headless = spec.path("clusterIP").asString("").equals("None");
		if (ports.isEmpty() && !headless && !spec.path("type").asString("").equals("ExternalName")) {
			this.errors.add(FieldError.required("spec.ports", ""));
		}
		for (int i = 0; i < ports.size(); i++) {
			int port = ports.get(i).path("port").asInt(0);
			if (port < 1 || port > 65535) {
				invalid("spec.ports[%d].port".formatted(i), Integer.toString(port),
						"must be between 1 and 65535, inclusive");
			}
			if (ports.size() > 1 && ports.get(i).path("name").asString("").isEmpty()) {
				this.errors.add(FieldError.required("spec.ports[%d].name".formatted(i), ""));
			}
		}
	}

	private void claim(JsonNode spec) {
		if (spec.path("accessModes").isEmpty()) {
			this.errors.add(FieldError.required("spec.accessModes", "at least 1 access mode is required"));
		}
		if (!spec.path("resources").path("requests").has("storage")) {
			this.errors.add(FieldError.required("spec.resources[storage]", ""));
		}
	}

	private void data(String... members) {
		for (String member : members) {
			for (String key : this.object.path(member).propertyNames()) {
				if (!key.matches("[-._a-zA-Z0-9]+")) {
					invalid("%s[%s]".formatted(member, key), FieldError.quote(key),
							"a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. "
									+ "'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is "
									+ "'[-._a-zA-Z0-9]+')");
				}
			}
		}
		if (this.existing != null && this.existing.path("immutable").asBoolean(false)) {
			for (String member : members) {
				if (!Objects.equals(this.existing.get(member), this.object.get(member))) {
					this.errors.add(FieldError.forbidden(member, "field is immutable when `immutable` is set"));
				}
			}
		}
	}

	private void secret() {
		data("data");
		unchanged("type", IMMUTABLE);
	}

	private void storageClass() {
		if (this.object.path("provisioner").asString("").isEmpty()) {
			this.errors.add(FieldError.required("provisioner", ""));
		}
	}

	private void unchanged(String member, String complaint) {
		JsonNode value = this.object.path(member);
		if (this.existing != null && !this.existing.path(member).equals(value)) {
			invalid(member, value.toString(), complaint);
		}
	}

	private void invalid(String field, String value, String detail) {
		this.errors.add(FieldError.invalid(field, value, detail));
	}

}
