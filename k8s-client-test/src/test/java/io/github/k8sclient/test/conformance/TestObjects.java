package io.github.k8sclient.test.conformance;

import java.util.Map;

import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Pod;

/**
 * Small objects, as most cases need them.
 */
final class TestObjects {

	/**
	 * The label of config maps that tells them apart from those that a cluster makes.
	 */
	static final String MINE = "mine";

	private TestObjects() {
	}

	/**
	 * Make a config map.
	 * @param name its name
	 * @return a map with the label and one key
	 */
	static ConfigMap map(String name) {
		return map(name, "1");
	}

	/**
	 * Make a config map.
	 * @param name its name
	 * @param value the value of its key {@code value}
	 * @return a map with the label and one key
	 */
	static ConfigMap map(String name, String value) {
		return ConfigMap.builder()
			.metadata((metadata) -> metadata.name(name).labels(Map.of(MINE, "1")))
			.data(Map.of("value", value))
			.build();
	}

	/**
	 * Make a pod.
	 * @param name its name
	 * @return a pod with the label {@code a=b} and a container {@code c}
	 */
	static Pod pod(String name) {
		return Pod.builder()
			.metadata((metadata) -> metadata.name(name).labels(Map.of("a", "b")))
			.spec((spec) -> spec.addContainer((container) -> container.name("c").image("i")))
			.build();
	}

	/**
	 * Make a deployment.
	 * @param name its name
	 * @param replicas how many pods it wants
	 * @return a deployment of pods with the label {@code a=b} and a container {@code c}
	 */
	static Deployment deployment(String name, int replicas) {
		return Deployment.builder()
			.metadata((metadata) -> metadata.name(name))
			.spec((spec) -> spec.replicas(replicas)
				.selector((selector) -> selector.matchLabels(Map.of("a", "b")))
				.template((template) -> template.metadata((metadata) -> metadata.labels(Map.of("a", "b")))
					.spec((pod) -> pod.addContainer((container) -> container.name("c").image("i")))))
			.build();
	}

}
