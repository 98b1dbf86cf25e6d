package io.github.k8sclient.test.conformance;

import java.time.Duration;
import java.util.List;

import io.github.k8sclient.api.BuiltInResources;
import io.github.k8sclient.discovery.DiscoveryCache;
import io.github.k8sclient.discovery.DiscoveryClient;
import io.github.k8sclient.discovery.NoMatchException;
import io.github.k8sclient.discovery.OpenApiClient;
import io.github.k8sclient.discovery.RESTMapper;
import io.github.k8sclient.discovery.ServerResource;
import io.github.k8sclient.discovery.ServerResources;
import io.github.k8sclient.meta.GroupKind;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Discovery by our own client, and the mapper on top of it.
 */
@ConformanceTest
class RESTMapperConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@Parameter
	ConformanceServer server;

	private DiscoveryClient discovery;

	private RESTMapper mapper;

	@BeforeEach
	void createMapper() {
		this.discovery = DiscoveryClient.create(this.server.restClient());
		this.mapper = RESTMapper.create(DiscoveryCache.create(this.discovery));
	}

	@Test
	void everythingIsDiscovered() {
		// custom resources of other tests may be on their way
		ServerResources resources = Awaitility.await("all groups")
			.atMost(TIMEOUT)
			.until(() -> this.discovery.discover().block(TIMEOUT), ServerResources::isComplete);

		assertThat(resources.groups().get(0).name()).isEmpty();
		ServerResource pods = resources.resources()
			.stream()
			.filter((resource) -> resource.resource().equals(GroupVersionResource.of("", "v1", "pods")))
			.findFirst()
			.orElseThrow();
		assertThat(pods.kind()).isEqualTo(GroupVersionKind.of("", "v1", "Pod"));
		assertThat(pods.namespaced()).isTrue();
		assertThat(pods.watchable()).isTrue();
		assertThat(pods.shortNames()).containsExactly("po");
		assertThat(pods.subresource("eviction").kind().kind()).isEqualTo("Eviction");
		assertThat(pods.subresource("status").verbs()).containsExactlyInAnyOrder("get", "patch", "update");
	}

	@Test
	void oneAnswerAgreesWithTheOther() {
		ServerResources resources = this.discovery.discover().block(TIMEOUT);

		for (GroupVersion version : List.of(new GroupVersion("", "v1"), new GroupVersion("apps", "v1"))) {
			assertThat(resources.resources(version))
				.containsExactlyInAnyOrderElementsOf(this.discovery.serverResources(version).block(TIMEOUT));
		}
	}

	@Test
	void builtInKindsAreMappedBothWays() {
		ServerResources resources = this.discovery.discover().block(TIMEOUT);
		for (ResourceDescriptor<?> descriptor : BuiltInResources.all()) {
			if (resources.resources().stream().noneMatch((any) -> any.resource().equals(descriptor.resource()))) {
				continue;
			}
			ServerResource mapping = this.mapper.mapping(descriptor.kind()).block(TIMEOUT);
			assertThat(mapping.resource()).isEqualTo(descriptor.resource());
			assertThat(mapping.namespaced()).isEqualTo(descriptor.namespaced());
			assertThat(this.mapper.kindFor(descriptor.resource()).block(TIMEOUT)).isEqualTo(descriptor.kind());
		}
	}

	@Test
	void namesMeanWhatTheyMeanToKubectl() {
		assertThat(resource("deploy")).isEqualTo("deployments.v1.apps");
		assertThat(resource("po")).isEqualTo("pods.v1");
		assertThat(resource("events")).isEqualTo("events.v1");
		assertThat(resource("Ingress.networking.k8s.io")).startsWith("ingresses.v1");
		assertThat(this.mapper.category("all").block(TIMEOUT)).extracting((resource) -> resource.resource().toString())
			.contains("pods.v1", "services.v1", "deployments.v1.apps")
			.doesNotHaveDuplicates();
	}

	@Test
	void unknownKindHasNoMatch() {
		StepVerifier.create(this.mapper.mapping(GroupKind.parse("Deploymen.apps")))
			.expectErrorSatisfies(
					(ex) -> assertThat(((NoMatchException) ex).alternatives()).contains("deployments.v1.apps"))
			.verify(TIMEOUT);
	}

	@Test
	void openApiDocumentsAreReadByTheirAddress() {
		this.server.assumeRelease(24, "no OpenAPI v3");
		OpenApiClient openApi = OpenApiClient.create(this.server.restClient());

		assertThat(openApi.paths().block(TIMEOUT)).containsKeys("api/v1", "apis/apps/v1");
		JsonNode document = openApi.document(new GroupVersion("apps", "v1")).block(TIMEOUT);
		assertThat(document.path("openapi").asString()).startsWith("3.");
		assertThat(openApi.document(new GroupVersion("apps", "v1")).block(TIMEOUT)).isSameAs(document);
	}

	private String resource(String name) {
		return this.mapper.resourceFor(name).block(TIMEOUT).resource().toString();
	}

}
