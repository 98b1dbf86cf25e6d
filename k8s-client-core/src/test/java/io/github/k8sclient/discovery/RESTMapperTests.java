package io.github.k8sclient.discovery;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.k8sclient.meta.GroupKind;
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
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RESTMapper}.
 */
class RESTMapperTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final String CORE = """
			{"kind":"APIGroupDiscoveryList","items":[{"versions":[{"version":"v1","resources":[
			{"resource":"pods","responseKind":{"version":"v1","kind":"Pod"},"scope":"Namespaced","shortNames":["po"],
			"categories":["all"]},
			{"resource":"events","responseKind":{"version":"v1","kind":"Event"},"scope":"Namespaced",
			"shortNames":["ev"]}]}]}]}""";

	private static final String GROUPS = """
			{"kind":"APIGroupDiscoveryList","items":[
			{"metadata":{"name":"apps"},"versions":[
			{"version":"v1","resources":[{"resource":"deployments","singularResource":"deployment",
			"responseKind":{"group":"apps","version":"v1","kind":"Deployment"},"scope":"Namespaced",
			"shortNames":["deploy"],"categories":["all"]}]},
			{"version":"v1beta1","resources":[{"resource":"deployments",
			"responseKind":{"group":"apps","version":"v1beta1","kind":"Deployment"},"scope":"Namespaced",
			"categories":["all"]},
			{"resource":"oldies","responseKind":{"group":"apps","version":"v1beta1","kind":"Oldie"},
			"scope":"Cluster"}]}]},
			{"metadata":{"name":"events.k8s.io"},"versions":[{"version":"v1","resources":[{"resource":"events",
			"responseKind":{"group":"events.k8s.io","version":"v1","kind":"Event"},"scope":"Namespaced"}]}]},
			{"metadata":{"name":"down.example.com"},"versions":[{"version":"v1","freshness":"Stale","resources":[]}]},
			{"metadata":{"name":"twins.example.com"},"versions":[{"version":"v1","resources":[
			{"resource":"lefts","responseKind":{"group":"twins.example.com","version":"v1","kind":"Twin"}},
			{"resource":"rights","responseKind":{"group":"twins.example.com","version":"v1","kind":"Twin"}}]}]}%s]}""";

	private static final String PROMETHEUS = """
			,{"metadata":{"name":"monitoring.coreos.com"},"versions":[{"version":"v1","resources":[
			{"resource":"prometheuses","responseKind":{"group":"monitoring.coreos.com","version":"v1",
			"kind":"Prometheus"},"scope":"Namespaced"}]}]}""";

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private final Map<String, String> answers = new ConcurrentHashMap<>(
			Map.of("/api", CORE, "/apis", GROUPS.formatted("")));

	private RESTMapper mapper;

	@BeforeEach
	void answer() {
		this.mapper = RESTMapper.create(this.server.client());
		this.server.server().setDispatcher(new Dispatcher() {

			@Override
			public MockResponse dispatch(RecordedRequest request) {
				String path = request.getTarget().replaceFirst("[?].*", "");
				return ScriptedApiServer.response(200).body(RESTMapperTests.this.answers.get(path)).build();
			}

		});
	}

	@ParameterizedTest
	@CsvSource({ "deploy,deployments.v1.apps", "Deployment.apps,deployments.v1.apps",
			"deployments.v1beta1.apps,deployments.v1beta1.apps", "oldies,oldies.v1beta1.apps", "events,events.v1",
			"events.events.k8s.io,events.v1.events.k8s.io", "po,pods.v1", "lefts,lefts.v1.twins.example.com" })
	void resourceIsFoundByItsNames(String name, String resource) {
		assertThat(this.mapper.resourceFor(name).block(TIMEOUT).resource()).hasToString(resource);
	}

	@Test
	void allResourcesOfANameAreToldBestFirst() {
		assertThat(this.mapper.resourcesFor("events").block(TIMEOUT)).extracting((found) -> found.resource().toString())
			.containsExactly("events.v1", "events.v1.events.k8s.io");
		assertThat(this.mapper.kindsFor("deployments").block(TIMEOUT)).extracting(GroupVersionKind::toString)
			.containsExactly("Deployment.v1.apps", "Deployment.v1beta1.apps");
	}

	@Test
	void kindAndResourceAreMappedBothWays() {
		GroupVersionResource resource = GroupVersionResource.of("apps", "v1beta1", "oldies");
		GroupVersionKind kind = GroupVersionKind.of("apps", "v1beta1", "Oldie");

		assertThat(this.mapper.kindFor(resource).block(TIMEOUT)).isEqualTo(kind);
		ServerResource mapping = this.mapper.mapping(kind).block(TIMEOUT);
		assertThat(mapping.resource()).isEqualTo(resource);
		assertThat(mapping.namespaced()).isFalse();
	}

	@Test
	void versionsAreChosenInTheirOrderOrByTheServer() {
		GroupKind deployment = GroupKind.parse("Deployment.apps");

		assertThat(version(this.mapper.mapping(deployment).block(TIMEOUT))).isEqualTo("v1");
		assertThat(version(this.mapper.mapping(deployment, "v1beta1").block(TIMEOUT))).isEqualTo("v1beta1");
		assertThat(version(this.mapper.mapping(deployment, "v9", "v1beta1", "v1").block(TIMEOUT))).isEqualTo("v1beta1");
		assertThat(this.mapper.mappings(deployment).block(TIMEOUT)).extracting(RESTMapperTests::version)
			.containsExactly("v1", "v1beta1");
	}

	@Test
	void categoryHasEachResourceOnce() {
		assertThat(this.mapper.category("all").block(TIMEOUT)).extracting((found) -> found.resource().toString())
			.containsExactly("pods.v1", "deployments.v1.apps");
	}

	@Test
	void missIsToldWithWhatIsLikeIt() {
		StepVerifier.create(this.mapper.mapping(GroupKind.parse("Deployment.apps"), "v2"))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(NoMatchException.class)
				.hasMessageStartingWith(
						"The API server serves no 'Deployment.v2.apps'; did you mean deployments.v1.apps, ")
				.hasMessageContaining("These could not be read: down.example.com/v1"))
			.verify(TIMEOUT);
		StepVerifier.create(this.mapper.resourceFor("pod.apps"))
			.expectErrorSatisfies((ex) -> assertThat(((NoMatchException) ex).alternatives()).containsExactly("pods.v1"))
			.verify(TIMEOUT);
		StepVerifier.create(this.mapper.category("none")).expectError(NoMatchException.class).verify(TIMEOUT);
	}

	@Test
	void ambiguityIsToldWithWhatIsMeant() {
		StepVerifier.create(this.mapper.mapping(GroupKind.parse("Twin.twins.example.com")))
			.expectErrorSatisfies((ex) -> assertThat(((AmbiguousMatchException) ex).resources())
				.extracting(GroupVersionResource::resource)
				.containsExactly("lefts", "rights"))
			.verify(TIMEOUT);
	}

	@Test
	void serverIsAskedOnceForWhatIsKnown() {
		this.mapper.resourceFor("pods").block(TIMEOUT);
		this.mapper.resourceFor("events").block(TIMEOUT);

		assertThat(this.server.server().getRequestCount()).isEqualTo(2);
		this.mapper.reset();
		this.mapper.resourceFor("pods").block(TIMEOUT);
		assertThat(this.server.server().getRequestCount()).isEqualTo(4);
	}

	@Test
	void newResourceIsFoundAfterAMiss() {
		GroupVersionKind prometheus = GroupVersionKind.of("monitoring.coreos.com", "v1", "Prometheus");
		StepVerifier.create(this.mapper.mapping(prometheus)).expectError(NoMatchException.class).verify(TIMEOUT);

		this.answers.put("/apis", GROUPS.formatted(PROMETHEUS));

		assertThat(this.mapper.mapping(prometheus).block(TIMEOUT).resource().resource()).isEqualTo("prometheuses");
	}

	@ParameterizedTest
	@CsvSource({ "NetworkPolicy,networkpolicies", "Ingress,ingresses", "Endpoints,endpoints", "Pod,pods" })
	void guessFollowsEnglish(String kind, String resource) {
		assertThat(RESTMapper.unsafeGuess(GroupVersionKind.of("", "v1", kind)).resource()).isEqualTo(resource);
	}

	private static String version(ServerResource resource) {
		return resource.resource().version();
	}

}
