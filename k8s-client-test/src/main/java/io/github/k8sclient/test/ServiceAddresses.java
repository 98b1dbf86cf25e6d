package io.github.k8sclient.test;

import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives services their cluster addresses and node ports: simply the next ones. Called
 * within transactions only.
 */
final class ServiceAddresses {

	private static final int FIRST_NODE_PORT = 30000;

	private static final int NODE_PORTS = 2768;

	private int lastAddress;

	private int lastNodePort;

	void assign(ObjectNode service) {
		ObjectNode spec = Trees.object(service, "spec");
		String type = spec.path("type").asString("");
		if (type.equals("ExternalName")) {
			return;
		}
		if (Trees.text(spec, "clusterIP") == null) {
			this.lastAddress++;
			spec.put("clusterIP", "10.96.%d.%d".formatted(this.lastAddress / 254 % 256, this.lastAddress % 254 + 1));
		}
		if (!spec.has("clusterIPs")) {
			spec.putArray("clusterIPs").add(spec.get("clusterIP"));
		}
		if (!spec.has("ipFamilies")) {
			spec.putArray("ipFamilies").add("IPv4");
		}
		Trees.setDefault(spec, "ipFamilyPolicy", "SingleStack");
		if (type.equals("NodePort") || type.equals("LoadBalancer")) {
			assignNodePorts(spec);
		}
	}

	/**
	 * Let a service keep its addresses when a client replaces it without naming them.
	 * @param existing the service as it is stored
	 * @param service the new service, changed in place
	 */
	void keep(ObjectNode existing, ObjectNode service) {
		JsonNode before = existing.path("spec");
		ObjectNode spec = Trees.object(service, "spec");
		if (spec.path("type").asString("").equals("ExternalName")) {
			return;
		}
		for (String member : List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
			if (!spec.hasNonNull(member)) {
				Trees.copy(spec, member, before);
			}
		}
		assign(service);
	}

	private void assignNodePorts(ObjectNode spec) {
		for (ObjectNode port : Trees.objects(spec, "ports")) {
			if (port.path("nodePort").asInt(0) == 0) {
				port.put("nodePort", FIRST_NODE_PORT + this.lastNodePort++ % NODE_PORTS);
			}
		}
	}

}
