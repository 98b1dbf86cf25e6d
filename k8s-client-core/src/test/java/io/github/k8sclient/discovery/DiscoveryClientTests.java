package io.github.k8sclient.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.meta.APIGroup;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.rest.ScriptedApiServer;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link DiscoveryClient}.
 */
class DiscoveryClientTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Map<String, String> ANSWERS = Map.of("/version",
			"{\"major\":\"1\",\"minor\":\"36+\",\"gitVersion\":\"v1.36.4\",\"platform\":\"linux/amd64\"}", //
			"/api", "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}", //
			"/apis", """
					{"kind":"APIGroupList","apiVersion":"v1","groups":[
					{"name":"apps","versions":[{"groupVersion":"apps/v1beta1","version":"v1beta1"},
					{"groupVersion":"apps/v1","version":"v1"}],
					"preferredVersion":{"groupVersion":"apps/v1","version":"v1"}},
					{"name":"down.example.com","versions":[{"groupVersion":"down.example.com/v1","version":"v1"}]},
					{"name":"example.com","versions":[{"groupVersion":"example.com/v1","version":"v1"}]}]}""", //
			"/api/v1", """
					{"kind":"APIResourceList","groupVersion":"v1","resources":[
					{"name":"pods","singularName":"","namespaced":true,"kind":"Pod","verbs":["get","list","watch"],
					"shortNames":["po"],"categories":["all"]},
					{"name":"pods/log","namespaced":true,"kind":"Pod","verbs":["get"]},
					{"name":"bindings","namespaced":true,"kind":"Binding","verbs":["create"]}]}""", //
			"/apis/apps/v1", """
					{"kind":"APIResourceList","groupVersion":"apps/v1","resources":[
					{"name":"deployments","singularName":"deployment","namespaced":true,"kind":"Deployment",
					"verbs":["list","watch"],"shortNames":["deploy"]},
					{"name":"deployments/scale","group":"autoscaling","version":"v1","namespaced":true,"kind":"Scale",
					"verbs":["get"]}]}""", //
			"/apis/apps/v1beta1", """
					{"kind":"APIResourceList","groupVersion":"apps/v1beta1","resources":[
					{"name":"deployments","namespaced":true,"kind":"Deployment","verbs":["list"]},
					{"name":"oldies","namespaced":false,"kind":"Oldie","verbs":["list"]}]}""", //
			"/apis/example.com/v1", """
					{"kind":"APIResourceList","groupVersion":"example.com/v1","resources":[
					{"name":"polls","namespaced":true,"kind":"Po","verbs":["list"],"shortNames":["deployments"]}]}""");

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private final Map<String, String> answers = new ConcurrentHashMap<>(ANSWERS);

	private final Map<String, Integer> failures = new ConcurrentHashMap<>(Map.of("/apis/down.example.com/v1", 503));

	private DiscoveryClient discovery;

	@BeforeEach
	void answer() {
		this.discovery = DiscoveryClient.create(this.server.client());
		this.server.server().setDispatcher(new Dispatcher() {

			@Override
			public MockResponse dispatch(RecordedRequest request) {
				String path = request.getTarget().replaceFirst("[?].*", "");
				String answer = DiscoveryClientTests.this.answers.get(path);
				int failure = DiscoveryClientTests.this.failures.getOrDefault(path, (answer != null) ? 200 : 404);
				return ScriptedApiServer.response(failure).body((failure == 200) ? answer : "{}").build();
			}

		});
	}

	@Test
	void readsTheVersion() {
		assertThat(this.discovery.serverVersion().block(TIMEOUT))
			.isEqualTo(new ServerVersion("1", "36+", "v1.36.4", "linux/amd64"))
			.hasToString("v1.36.4");
	}

	@Test
	void readsTheGroupsWithTheCoreGroupFirst() {
		assertThat(this.discovery.serverGroups().block(TIMEOUT)).extracting(APIGroup::name)
			.containsExactly("", "apps", "down.example.com", "example.com");
	}

	@Test
	void readsTheResourcesOfAGroupVersionWithoutSubresources() {
		List<ServerResource> resources = this.discovery.serverResources(new GroupVersion("", "v1")).block(TIMEOUT);

		assertThat(resources).extracting((resource) -> resource.resource().resource())
			.containsExactly("pods", "bindings");
		ServerResource pods = resources.get(0);
		assertThat(pods.kind()).isEqualTo(new GroupVersionKind("", "v1", "Pod"));
		assertThat(pods.namespaced()).isTrue();
		assertThat(pods.watchable()).isTrue();
		assertThat(pods.shortNames()).containsExactly("po");
		assertThat(pods.categories()).containsExactly("all");
		assertThat(resources.get(1).watchable()).isFalse();
	}

	@Test
	void failsForAGroupVersionThatIsNotServed() {
		assertThatExceptionOfType(NotFoundException.class)
			.isThrownBy(() -> this.discovery.serverResources(new GroupVersion("x", "v1")).block(TIMEOUT));
	}

	@Test
	void readsAllResourcesButThoseOfServersThatAreDown() {
		assertThat(this.discovery.serverResources().map(ServerResource::resource).collectList().block(TIMEOUT))
			.containsExactly(GroupVersionResource.of("", "v1", "pods"), GroupVersionResource.of("", "v1", "bindings"),
					GroupVersionResource.of("apps", "v1", "deployments"),
					GroupVersionResource.of("apps", "v1beta1", "deployments"),
					GroupVersionResource.of("apps", "v1beta1", "oldies"),
					GroupVersionResource.of("example.com", "v1", "polls"));
	}

	@ParameterizedTest
	@CsvSource({ "pods,pods.v1", "Pod,pods.v1", "pods.v1,pods.v1", "deployments,deployments.v1.apps",
			"DEPLOYMENT,deployments.v1.apps", "deploy,deployments.v1.apps", "deployments.apps,deployments.v1.apps",
			"deployments.v1beta1.apps,deployments.v1beta1.apps", "Oldie.apps,oldies.v1beta1.apps",
			"polls.example.com,polls.v1.example.com", "polls.v1.example.com,polls.v1.example.com" })
	void findsAResourceByItsNames(String name, String resource) {
		assertThat(this.discovery.find(name).block(TIMEOUT).resource()).hasToString(resource);
	}

	@Test
	void prefersANameToAShortName() {
		assertThat(this.discovery.find("po").block(TIMEOUT).resource()).hasToString("polls.v1.example.com");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nothing.apps", "pods.apps", "deployments.v2.apps", "deployments.v1", "x.y.z.w" })
	void findsNothing(String name) {
		assertThat(this.discovery.find(name).blockOptional(TIMEOUT)).isEmpty();
	}

	@Test
	void saysWhatItCouldNotReadIfItFindsNothing() {
		assertThatExceptionOfType(KubernetesException.class)
			.isThrownBy(() -> this.discovery.find("nothing").block(TIMEOUT))
			.withMessageContaining("nothing")
			.withMessageContaining("down.example.com/v1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ".apps" })
	void refusesWhatIsNoName(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.discovery.find(name));
	}

	@Test
	void treatsForbiddenGroupsAsNone() {
		this.failures.put("/apis", 403);

		assertThat(this.discovery.serverGroups().block(TIMEOUT)).extracting(APIGroup::name).containsExactly("");
	}

	@Test
	void failsIfTheServerFails() {
		this.failures.put("/apis", 500);

		assertThatExceptionOfType(KubernetesException.class).isThrownBy(() -> this.discovery.discover().block(TIMEOUT));
	}

	@Test
	void readsSubresources() {
		ServerResource deployments = this.discovery.find("deployments").block(TIMEOUT);

		assertThat(deployments.subresource("scale")).isEqualTo(
				new ServerSubresource("scale", new GroupVersionKind("autoscaling", "v1", "Scale"), Set.of("get")));
		assertThat(deployments.subresource("status")).isNull();
		assertThat(this.discovery.find("pods").block(TIMEOUT).subresource("log").kind().kind()).isEqualTo("Pod");
	}

	@Test
	void tellsWhatCouldNotBeRead() {
		ServerResources resources = this.discovery.discover().block(TIMEOUT);

		assertThat(resources.isComplete()).isFalse();
		assertThat(resources.failures()).containsOnlyKeys(new GroupVersion("down.example.com", "v1"));
		assertThat(resources.groups()).hasSize(4);
		assertThat(resources.toString()).contains("6 resources", "down.example.com/v1");
		assertThat(resources.resources(new GroupVersion("apps", "v1"))).hasSize(1);
	}

	@Test
	void prefersTheVersionOfTheGroupOrElseTheFirst() {
		assertThat(this.discovery.serverPreferredResources()
			.map((resource) -> resource.resource().toString())
			.collectList()
			.block(TIMEOUT)).containsExactly("pods.v1", "bindings.v1", "deployments.v1.apps", "oldies.v1beta1.apps",
					"polls.v1.example.com");
	}

	@Test
	void readsAggregatedDiscoveryInTwoRequests() {
		this.answers.put("/api", """
				{"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","metadata":{},"items":[
				{"metadata":{"creationTimestamp":null},"versions":[{"version":"v1","freshness":"Current","resources":[
				{"resource":"pods","responseKind":{"group":"","version":"v1","kind":"Pod"},"scope":"Namespaced",
				"singularResource":"pod","verbs":["get","list","watch"],"shortNames":["po"],"categories":["all"],
				"subresources":[{"subresource":"eviction","verbs":["create"],
				"responseKind":{"group":"policy","version":"v1","kind":"Eviction"}}]},
				{"resource":"odd","scope":"Cluster","responseKind":{"group":"","version":"","kind":""},"verbs":[]}
				]}]}]}""");
		this.answers.put("/apis", """
				{"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","metadata":{},"items":[
				{"metadata":{"name":"example.com"},"versions":[
				{"version":"v2","freshness":"Stale","resources":[]},
				{"version":"v1","freshness":"Current","resources":[
				{"resource":"clusters","responseKind":{"group":"example.com","version":"v1","kind":"Cluster"},
				"scope":"Cluster","singularResource":"cluster","verbs":["list"]}]}]}]}""");

		ServerResources resources = this.discovery.discover().block(TIMEOUT);

		assertThat(this.server.server().getRequestCount()).isEqualTo(2);
		assertThat(this.server.request().getHeaders().get("Accept"))
			.isEqualTo("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json");
		assertThat(resources.resources()).extracting((resource) -> resource.resource().toString())
			.containsExactly("pods.v1", "clusters.v1.example.com");
		ServerResource pods = resources.resources().get(0);
		assertThat(pods.singularName()).isEqualTo("pod");
		assertThat(pods.namespaced()).isTrue();
		assertThat(pods.watchable()).isTrue();
		assertThat(pods.subresource("eviction").kind()).isEqualTo(new GroupVersionKind("policy", "v1", "Eviction"));
		assertThat(resources.resources().get(1).namespaced()).isFalse();
		assertThat(resources.failures()).containsOnlyKeys(new GroupVersion("example.com", "v2"));
		assertThat(resources.groups().get(1).preferredVersion().version()).isEqualTo("v1");
	}

	@Test
	void cacheAsksOnceUntilItIsInvalidated() {
		this.failures.clear();
		this.answers.put("/apis/down.example.com/v1", "{\"kind\":\"APIResourceList\",\"resources\":[]}");
		DiscoveryCache cache = DiscoveryCache.create(this.discovery);

		ServerResources first = cache.resources().block(TIMEOUT);
		int requests = this.server.server().getRequestCount();

		assertThat(cache.resources().block(TIMEOUT)).isSameAs(first);
		assertThat(this.server.server().getRequestCount()).isEqualTo(requests);
		cache.invalidate();
		assertThat(cache.resources().block(TIMEOUT)).isNotSameAs(first);
	}

	@Test
	void cacheForgetsWhatIsIncompleteSoon() {
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try {
			DiscoveryCache cache = DiscoveryCache.create(this.discovery);
			ServerResources first = cache.resources().block(TIMEOUT);
			assertThat(cache.resources().block(TIMEOUT)).isSameAs(first);

			time.advanceTimeBy(Duration.ofSeconds(31));

			assertThat(cache.resources().block(TIMEOUT)).isNotSameAs(first);
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

	@Test
	void cacheRemembersNoFailure() {
		this.failures.put("/api", 500);
		DiscoveryCache cache = DiscoveryCache.create(this.discovery);
		assertThatExceptionOfType(KubernetesException.class).isThrownBy(() -> cache.resources().block(TIMEOUT));

		this.failures.remove("/api");

		assertThat(cache.resources().block(TIMEOUT).resources()).isNotEmpty();
	}

}
