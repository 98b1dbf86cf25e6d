package io.github.k8sclient.codegen;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NamesTests {

	@ParameterizedTest
	@CsvSource({ "nodeName, nodeName", "podIP, podIP", "$ref, ref", "$schema, schema", "Port, port",
			"x-kubernetes-list-map-keys, xKubernetesListMapKeys" })
	void propertyKeepsJsonNameWhereJavaAllowsIt(String jsonName, String expected) {
		assertThat(Names.property(jsonName)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "continue, continue_", "default, default_", "enum, enum_", "wait, wait_", "hashCode, hashCode_" })
	void propertyEscapesNamesThatJavaTook(String jsonName, String expected) {
		assertThat(Names.property(jsonName)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "containers, container", "policies, policy", "addresses, address",
			"containerStatuses, containerStatus", "searches, search", "hostAliases, hostAlias", "usages, usage",
			"causes, cause", "podIPs, podIP", "ingress, ingress", "tls, tls", "env, env", "data, data" })
	void singularNamesOneElement(String name, String expected) {
		assertThat(Names.singular(name)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "Pod, pods, pods", "CSIDriver, csidrivers, csiDrivers", "APIService, apiservices, apiServices",
			"IPAddress, ipaddresses, ipAddresses", "ServiceCIDR, servicecidrs, serviceCIDRs",
			"NetworkPolicy, networkpolicies, networkPolicies", "Endpoints, endpoints, endpoints",
			"NodeMetrics, nodes, nodes" })
	void accessorSpellsThePluralLikeTheKind(String kind, String plural, String expected) {
		assertThat(Names.accessor(kind, plural)).isEqualTo(expected);
	}

	@Test
	void capitalizeChangesTheFirstLetterOnly() {
		assertThat(Names.capitalize("nodeName")).isEqualTo("NodeName");
		assertThat(Names.decapitalize("NodeName")).isEqualTo("nodeName");
	}

}
