package io.github.k8sclient.test;

import java.time.Duration;
import java.util.Map;

import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.discovery.DiscoveryClient;
import io.github.k8sclient.discovery.ServerResources;
import io.github.k8sclient.dynamic.DynamicClient;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.rest.RESTClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Discovery while one of the servers behind the API server is down.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.github.k8sclient.test.TestedServer#all")
class PartialDiscoveryConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final GroupVersion DOWN = new GroupVersion("down.example.com", "v1");

	@Parameter
	TestedServer server;

	@Test
	void groupWhoseServerIsDownLeavesTheOthersUsable() {
		Assumptions.assumeTrue(this.server.name().equals("real"), "the embedded API server stands before no others");
		RESTClient restClient = RESTClient.create(this.server.administrator());
		DiscoveryClient discovery = DiscoveryClient.create(restClient);
		ResourceClient<Unstructured> services = DynamicClient.create(restClient)
			.resource(GroupVersionResource.of("apiregistration.k8s.io", "v1", "apiservices"));
		services
			.create(Unstructured.of(Map.of("apiVersion", "apiregistration.k8s.io/v1", "kind", "APIService", "metadata",
					Map.of("name", "v1.down.example.com"), "spec",
					Map.of("group", "down.example.com", "version", "v1", "groupPriorityMinimum", 1000,
							"versionPriority", 15, "service", Map.of("namespace", "default", "name", "none")))))
			.block(TIMEOUT);

		// the server learns of it in the background
		ServerResources resources = Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> discovery.discover().block(TIMEOUT), (discovered) -> !discovered.isComplete());

		assertThat(resources.failures()).containsOnlyKeys(DOWN);
		assertThat(resources.resources(new GroupVersion("apps", "v1"))).isNotEmpty();
		assertThat(discovery.find("deploy").block(TIMEOUT).resource())
			.isEqualTo(GroupVersionResource.of("apps", "v1", "deployments"));
		services.delete("v1.down.example.com").block(TIMEOUT);
		restClient.close().block(TIMEOUT);
	}

}
