package io.github.k8sclient.test;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.github.k8sclient.meta.ResourceDescriptor;
import tools.jackson.databind.JsonNode;

/**
 * The names of a resource by which people and programs find it.
 *
 * @param plural the name in paths
 * @param singular the name of one
 * @param shortNames abbreviations
 * @param categories groups of resources that it belongs to, such as {@code all}
 */
record ResourceNames(String plural, String singular, List<String> shortNames, List<String> categories) {

	private static final Map<String, List<String>> SHORT_NAMES = Map.ofEntries(Map.entry("pods", List.of("po")),
			Map.entry("services", List.of("svc")), Map.entry("configmaps", List.of("cm")),
			Map.entry("namespaces", List.of("ns")), Map.entry("nodes", List.of("no")),
			Map.entry("events", List.of("ev")), Map.entry("events.events.k8s.io", List.of("ev")),
			Map.entry("endpoints", List.of("ep")), Map.entry("serviceaccounts", List.of("sa")),
			Map.entry("persistentvolumes", List.of("pv")), Map.entry("persistentvolumeclaims", List.of("pvc")),
			Map.entry("replicationcontrollers", List.of("rc")), Map.entry("resourcequotas", List.of("quota")),
			Map.entry("limitranges", List.of("limits")), Map.entry("componentstatuses", List.of("cs")),
			Map.entry("deployments.apps", List.of("deploy")), Map.entry("replicasets.apps", List.of("rs")),
			Map.entry("statefulsets.apps", List.of("sts")), Map.entry("daemonsets.apps", List.of("ds")),
			Map.entry("cronjobs.batch", List.of("cj")),
			Map.entry("horizontalpodautoscalers.autoscaling", List.of("hpa")),
			Map.entry("ingresses.networking.k8s.io", List.of("ing")),
			Map.entry("networkpolicies.networking.k8s.io", List.of("netpol")),
			Map.entry("poddisruptionbudgets.policy", List.of("pdb")),
			Map.entry("storageclasses.storage.k8s.io", List.of("sc")),
			Map.entry("priorityclasses.scheduling.k8s.io", List.of("pc")),
			Map.entry("certificatesigningrequests.certificates.k8s.io", List.of("csr")),
			Map.entry("customresourcedefinitions.apiextensions.k8s.io", List.of("crd", "crds")));

	private static final Set<String> ALL = Set.of("pods", "services", "replicationcontrollers", "deployments.apps",
			"replicasets.apps", "statefulsets.apps", "daemonsets.apps", "jobs.batch", "cronjobs.batch",
			"horizontalpodautoscalers.autoscaling");

	static ResourceNames builtIn(ResourceDescriptor<?> descriptor) {
		String name = descriptor.resource().groupResource().toString();
		List<String> categories = ALL.contains(name) ? List.of("all")
				: (name.endsWith(".admissionregistration.k8s.io") || name.endsWith(".apiextensions.k8s.io")
						|| name.endsWith(".apiregistration.k8s.io")) ? List.of("api-extensions") : List.of();
		return new ResourceNames(descriptor.resource().resource(), descriptor.kind().kind().toLowerCase(Locale.ROOT),
				SHORT_NAMES.getOrDefault(name, List.of()), categories);
	}

	static ResourceNames custom(JsonNode names) {
		return new ResourceNames(names.path("plural").asString(""), names.path("singular").asString(""),
				Trees.texts(names, "shortNames"), Trees.texts(names, "categories"));
	}

}
