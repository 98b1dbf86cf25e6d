package io.github.k8sclient.test;

import java.util.List;

import tools.jackson.databind.node.ObjectNode;

/**
 * What every cluster has from its first moment: four namespaces and the service of the
 * API server itself.
 */
final class InitialObjects {

	private InitialObjects() {
	}

	static void create(ResourceOperations operations, ResourceCatalog catalog) {
		ServedResource namespaces = catalog.get("", "v1", "namespaces");
		for (String name : List.of("default", "kube-node-lease", "kube-public", "kube-system")) {
			operations.create(namespaces, null, object(namespaces, name), WriteOptions.INTERNAL);
		}
		ServedResource services = catalog.get("", "v1", "services");
		ObjectNode service = object(services, "kubernetes");
		ObjectNode spec = service.putObject("spec");
		ObjectNode port = spec.putArray("ports").addObject();
		port.put("name", "https");
		port.put("port", 443);
		port.put("protocol", "TCP");
		operations.create(services, "default", service, WriteOptions.INTERNAL);
	}

	private static ObjectNode object(ServedResource resource, String name) {
		ObjectNode object = ModelCodec.MAPPER.createObjectNode();
		object.put("kind", resource.kind().kind());
		object.put("apiVersion", resource.kind().apiVersion());
		object.putObject("metadata").put("name", name);
		return object;
	}

}
