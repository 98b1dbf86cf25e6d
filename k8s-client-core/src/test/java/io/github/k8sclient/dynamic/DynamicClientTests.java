package io.github.k8sclient.dynamic;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

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

	private static final Duration LONG_TIMEOUT = Duration.ofSeconds(60);

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

		assertThat(path(DiscoveryClient.create(this.restClient).serverVersion())).isEqualTo("/version");
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
				.hasMessageStartingWith("1 of 1 documents failed: document 1 at line 1: not valid YAML at line "))
			.verify(TIMEOUT);
		assertThat(this.server.server().getRequestCount()).isZero();
	}

	@Test
	void dryRunSaysWhatItCouldNotCheckWithoutWaiting() {
		DryRunServer dryRunServer = new DryRunServer();
		this.server.server().setDispatcher(dryRunServer);

		StepVerifier.create(this.dynamicClient.apply("""
				{apiVersion: example.com/v1, kind: Widget, metadata: {name: w}}
				---
				{apiVersion: v1, kind: ConfigMap, metadata: {name: m, namespace: new}}
				---
				{apiVersion: v1, kind: Namespace, metadata: {name: new}}
				---
				apiVersion: apiextensions.k8s.io/v1
				kind: CustomResourceDefinition
				metadata: {name: widgets.example.com}
				spec: {group: example.com, names: {kind: Widget}}
				""", ApplyOptions.fieldManager("m").dryRun()).map((object) -> object.metadata().name()))
			.expectNext("new", "widgets.example.com")
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(ManifestException.class)
				.hasMessageContaining("2 of 4 documents failed")
				.hasMessageContaining("It was not checked: its kind is defined in the same manifest")
				.hasMessageContaining("It was not checked: its namespace new is made by the same manifest"))
			.verify(LONG_TIMEOUT);

		assertThat(dryRunServer.patches).hasSize(3).allSatisfy((patch) -> assertThat(patch).contains("dryRun=All"));
		assertThat(dryRunServer.discoveries).as("no waiting for a kind").hasSizeLessThan(10);
	}

	/**
	 * Answers an apply with what is applied, as a dry run does, and knows neither the
	 * namespace nor the kind afterwards.
	 */
	private static final class DryRunServer extends Dispatcher {

		private static final String CORE = """
				{"kind":"APIGroupDiscoveryList","items":[{"versions":[{"version":"v1","resources":[
				{"resource":"configmaps","responseKind":{"version":"v1","kind":"ConfigMap"},"scope":"Namespaced"},
				{"resource":"namespaces","responseKind":{"version":"v1","kind":"Namespace"},"scope":"Cluster"}]}]}]}
				""";

		private static final String GROUPS = """
				{"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":"apiextensions.k8s.io"},
				"versions":[{"version":"v1","resources":[{"resource":"customresourcedefinitions",
				"responseKind":{"group":"apiextensions.k8s.io","version":"v1","kind":"CustomResourceDefinition"},
				"scope":"Cluster"}]}]}]}
				""";

		private static final String NO_NAMESPACE = """
				{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404,
				"details":{"kind":"namespaces","name":"new"}}
				""";

		private final List<String> patches = new CopyOnWriteArrayList<>();

		private final List<String> discoveries = new CopyOnWriteArrayList<>();

		@Override
		public MockResponse dispatch(RecordedRequest request) {
			String path = request.getUrl().encodedPath();
			if (!request.getMethod().equals("PATCH")) {
				this.discoveries.add(path);
				return answer(200, path.equals("/api") ? CORE : GROUPS);
			}
			this.patches.add(request.getTarget());
			return path.contains("/namespaces/new/") ? answer(404, NO_NAMESPACE)
					: answer(200, request.getBody().utf8());
		}

		private static MockResponse answer(int code, String body) {
			return ScriptedApiServer.response(code).body(body).build();
		}

	}

}
