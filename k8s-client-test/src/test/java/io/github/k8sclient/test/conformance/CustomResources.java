package io.github.k8sclient.test.conformance;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * Definitions of custom resources for tests, each of a group of its own.
 */
final class CustomResources {

	static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

	private static final AtomicInteger GROUPS = new AtomicInteger();

	private CustomResources() {
	}

	/**
	 * Make a group that no other test uses.
	 * @return its name
	 */
	static String newGroup() {
		return "g" + GROUPS.incrementAndGet() + ".example.org";
	}

	/**
	 * Write a definition of widgets in one version.
	 * @param group the group
	 * @param schema the schema of {@code spec}
	 * @return the definition
	 */
	static String widgets(String group, String schema) {
		return """
				{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
				"metadata":{"name":"widgets.%s"},
				"spec":{"group":"%s","scope":"Namespaced",
				"names":{"plural":"widgets","kind":"Widget","shortNames":["wd"],"categories":["all"]},
				"versions":[{"name":"v1","served":true,"storage":true,
				"schema":{"openAPIV3Schema":{"type":"object","properties":{
				"spec":%s,
				"status":{"type":"object","properties":{
				"replicas":{"type":"integer"},"selector":{"type":"string"}}}}}},
				"subresources":{"status":{},"scale":{"specReplicasPath":".spec.replicas",
				"statusReplicasPath":".status.replicas","labelSelectorPath":".status.selector"}}}]}}""".formatted(group,
				group, schema);
	}

	/**
	 * Create a definition and wait until its objects are served.
	 * @param server the server
	 * @param definition the definition
	 */
	static void define(ConformanceServer server, String definition) {
		Answer created = server.post(DEFINITIONS, definition).expect(201);
		String name = created.at("/metadata/name").asString();
		String path = "/apis/%s/%s/%s".formatted(created.at("/spec/group").asString(),
				created.at("/spec/versions/0/name").asString(), created.at("/spec/names/plural").asString());
		Awaitility.await("establishment of " + name)
			.atMost(Duration.ofMinutes(1))
			.until(() -> server.get(path).code() == 200);
		// discovery comes after the service, and what cannot be discovered confuses
		// others
		Awaitility.await("discovery of " + name)
			.atMost(Duration.ofMinutes(1))
			.until(() -> isDiscovered(server, created.json().path("spec")));
	}

	private static boolean isDiscovered(ConformanceServer server, JsonNode spec) {
		String group = "/apis/" + spec.path("group").asString();
		Answer resources = server.get(group + "/" + spec.at("/versions/0/name").asString());
		return server.get(group).code() == 200 && resources.code() == 200
				&& resources.text().contains("\"name\":\"%s\"".formatted(spec.at("/names/plural").asString()));
	}

}
