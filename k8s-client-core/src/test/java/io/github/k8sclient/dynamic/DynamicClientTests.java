package io.github.k8sclient.dynamic;

import java.time.Duration;
import java.util.List;

import io.github.k8sclient.client.ApplyOptions;
import io.github.k8sclient.discovery.DiscoveryClient;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.rest.ScriptedApiServer;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link DynamicClient}.
 */
class DynamicClientTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private RESTClient restClient;

	private DynamicClient dynamicClient;

	@BeforeEach
	void createClient() {
		this.restClient = this.server.client();
		this.dynamicClient = DynamicClient.create(this.restClient);
		this.server.server().setDispatcher(new Dispatcher() {

			@Override
			public MockResponse dispatch(RecordedRequest request) {
				return ScriptedApiServer.response(200).body("{\"kind\":\"X\",\"metadata\":{},\"items\":[]}").build();
			}

		});
	}

	@Test
	void pathsAreThoseOfTheApi() {
		GroupVersionResource deployments = GroupVersionResource.of("apps", "v1", "deployments");

		assertThat(path(new DiscoveryClient(this.restClient).serverVersion())).isEqualTo("/version");
		assertThat(path(this.restClient.get().absPath("/apis").raw())).isEqualTo("/apis");
		assertThat(path(this.dynamicClient.resource(deployments).list())).isEqualTo("/apis/apps/v1/deployments");
		assertThat(path(this.dynamicClient.resource(deployments).namespace("default").list()))
			.isEqualTo("/apis/apps/v1/namespaces/default/deployments");
		assertThat(path(this.dynamicClient.resource(deployments).namespace("default").get("httpbin")))
			.isEqualTo("/apis/apps/v1/namespaces/default/deployments/httpbin");
		assertThat(path(
				this.dynamicClient.resource(GroupVersionResource.of("", "v1", "pods")).namespace("default").list()))
			.isEqualTo("/api/v1/namespaces/default/pods");
		assertThat(path(
				this.dynamicClient.resource(GroupVersionResource.of("argoproj.io", "v1alpha1", "rollouts")).list()))
			.isEqualTo("/apis/argoproj.io/v1alpha1/rollouts");
	}

	private String path(Mono<?> request) {
		request.block(TIMEOUT);
		return this.server.request().getTarget();
	}

	@Test
	void objectWithoutNamespaceIsReadWithoutOne() {
		assertThat(path(this.dynamicClient.resource(GroupVersionResource.of("", "v1", "nodes")).get("n")))
			.isEqualTo("/api/v1/nodes/n");
	}

	@Test
	void objectWithoutNameIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(
				() -> this.dynamicClient.resource(GroupVersionResource.of("", "v1", "nodes")).get("").block(TIMEOUT));
		assertThat(this.server.server().getRequestCount()).isZero();
	}

	@Test
	void manifestWithoutObjectsMakesNoRequest() {
		StepVerifier.create(this.dynamicClient.apply("# nothing\n---\n", ApplyOptions.fieldManager("m")))
			.expectComplete()
			.verify(TIMEOUT);
		StepVerifier.create(this.dynamicClient.apply(List.of(), ApplyOptions.fieldManager("m")))
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(this.server.server().getRequestCount()).isZero();
	}

	@Test
	void manifestThatCannotBeReadIsToldWithoutARequest() {
		StepVerifier.create(this.dynamicClient.apply("a: [", ApplyOptions.fieldManager("m")))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(ManifestException.class)
				.hasMessageStartingWith("1 of 1 documents failed: document at line 1: not valid YAML at line "))
			.verify(TIMEOUT);
		assertThat(this.server.server().getRequestCount()).isZero();
	}

}
