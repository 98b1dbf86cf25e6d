package io.github.k8sclient.test;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a resource keeps what its subresource {@code scale} shows.
 *
 * @param specReplicas the path of the wanted number, such as {@code .spec.replicas}
 * @param statusReplicas the path of the observed number
 * @param selector the path of the selector, null if there is none
 */
record ScalePaths(String specReplicas, String statusReplicas, @Nullable String selector) {

	private static final ScalePaths WORKLOAD = new ScalePaths(".spec.replicas", ".status.replicas", ".spec.selector");

	private static final Set<String> WORKLOADS = Set.of("deployments.apps", "replicasets.apps", "statefulsets.apps",
			"replicationcontrollers");

	static @Nullable ScalePaths builtIn(String resource) {
		return WORKLOADS.contains(resource) ? WORKLOAD : null;
	}

	static @Nullable ScalePaths custom(JsonNode scale) {
		return scale.isObject() ? new ScalePaths(scale.path("specReplicasPath").asString(""),
				scale.path("statusReplicasPath").asString(""), Trees.text(scale, "labelSelectorPath")) : null;
	}

	static JsonNode at(ObjectNode object, String path) {
		JsonNode node = object;
		for (String name : names(path)) {
			node = node.path(name);
		}
		return node;
	}

	static void set(ObjectNode object, String path, int value) {
		String[] names = names(path);
		ObjectNode parent = object;
		for (int i = 0; i < names.length - 1; i++) {
			parent = Trees.object(parent, names[i]);
		}
		parent.put(names[names.length - 1], value);
	}

	private static String[] names(String path) {
		return path.substring(1).split("\\.");
	}

}
