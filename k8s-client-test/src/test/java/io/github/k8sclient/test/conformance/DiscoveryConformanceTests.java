package io.github.k8sclient.test.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.k8sclient.api.BuiltInResources;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import static org.assertj.core.api.Assertions.assertThat;

@ConformanceTest
class DiscoveryConformanceTests {

	private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

	@Parameter
	ConformanceServer server;

	@Test
	void healthIsPlainText() {
		for (String path : List.of("/healthz", "/livez", "/readyz")) {
			Answer answer = this.server.get(path).expect(200);

			assertThat(answer.text()).isEqualTo("ok");
			assertThat(answer.contentType()).startsWith("text/plain");
		}
	}

	@Test
	void versionNamesTheRelease() {
		JsonNode version = this.server.get("/version").expect(200).json();

		assertThat(version.path("major").asString()).isEqualTo("1");
		assertThat(version.path("minor").asString()).matches("\\d+\\+?");
		assertThat(version.path("gitVersion").asString()).startsWith("v1.");
	}

	@Test
	void coreGroupHasOneVersion() {
		JsonNode versions = this.server.get("/api").expect(200).json();

		assertThat(versions.path("kind").asString()).isEqualTo("APIVersions");
		assertThat(versions.path("versions").toString()).isEqualTo("[\"v1\"]");
	}

	@Test
	void groupAloneEqualsItsEntryInTheList() {
		JsonNode groups = this.server.get("/apis").expect(200).json();

		assertThat(groups.path("kind").asString()).isEqualTo("APIGroupList");
		for (JsonNode listed : builtIn(groups)) {
			JsonNode alone = this.server.get("/apis/" + listed.path("name").asString()).expect(200).json();
			assertThat(alone.path("kind").asString()).isEqualTo("APIGroup");
			assertThat(alone.path("versions")).isEqualTo(listed.path("versions"));
			assertThat(alone.path("preferredVersion")).isEqualTo(listed.path("versions").get(0));
		}
	}

	@Test
	void resourcesAgreeWithOurDescriptors() {
		List<String> compared = new ArrayList<>();
		for (ResourceDescriptor<?> descriptor : BuiltInResources.all()) {
			JsonNode served = served(descriptor.resource());
			if (served == null) {
				continue;
			}
			compared.add(descriptor.toString());
			assertThat(served.path("kind").asString()).as(descriptor.toString()).isEqualTo(descriptor.kind().kind());
			assertThat(served.path("namespaced").asBoolean()).as(descriptor.toString())
				.isEqualTo(descriptor.namespaced());
			Set<String> verbs = new TreeSet<>();
			served.path("verbs").valueStream().map(JsonNode::asString).forEach(verbs::add);
			// verbs may have been added since the release of the server, never taken away
			assertThat(descriptor.verbs()).as(descriptor.toString()).containsAll(verbs);
		}
		assertThat(compared).hasSizeGreaterThan(40)
			.contains("pods.v1", "deployments.v1.apps", "leases.v1.coordination.k8s.io");
	}

	@Test
	void everyVersionThatIsListedHasResources() {
		for (JsonNode group : builtIn(this.server.get("/apis").json())) {
			for (JsonNode version : group.path("versions")) {
				String groupVersion = version.path("groupVersion").asString();
				JsonNode resources = this.server.get("/apis/" + groupVersion).expect(200).json();
				assertThat(resources.path("kind").asString()).isEqualTo("APIResourceList");
				assertThat(resources.path("groupVersion").asString()).isEqualTo(groupVersion);
				assertThat(resources.path("resources").size()).as(groupVersion).isPositive();
			}
		}
	}

	@Test
	void statusAndScaleAreListedAsSubresources() {
		List<String> names = this.server.get("/apis/apps/v1")
			.json()
			.path("resources")
			.valueStream()
			.map((resource) -> resource.path("name").asString())
			.toList();

		assertThat(names).contains("deployments", "deployments/status", "deployments/scale");
		assertThat(names).doesNotContain("controllerrevisions/status");
	}

	@Test
	void subresourcesOfPodsAreListed() {
		this.server.assumeRelease(33, "pods/resize");
		List<String> names = this.server.get("/api/v1")
			.json()
			.path("resources")
			.valueStream()
			.map((resource) -> resource.path("name").asString())
			.filter((name) -> name.startsWith("pods/"))
			.toList();

		assertThat(names).containsExactlyInAnyOrder("pods/attach", "pods/binding", "pods/ephemeralcontainers",
				"pods/eviction", "pods/exec", "pods/log", "pods/portforward", "pods/proxy", "pods/resize",
				"pods/status");
	}

	@Test
	void allGroupsAreReadAtOnce() {
		this.server.assumeRelease(30, "no aggregated discovery v2");
		Answer answer = this.server.get("/apis", AGGREGATED + ",application/json").expect(200);

		assertThat(answer.contentType()).isEqualTo(AGGREGATED);
		assertThat(answer.at("/kind").asString()).isEqualTo("APIGroupDiscoveryList");
		assertThat(answer.at("/apiVersion").asString()).isEqualTo("apidiscovery.k8s.io/v2");
		JsonNode apps = find(answer.json().path("items"), "/metadata/name", "apps");
		assertThat(apps.at("/versions/0/version").asString()).isEqualTo("v1");
		assertThat(apps.at("/versions/0/freshness").asString()).isEqualTo("Current");
		JsonNode deployments = find(apps.at("/versions/0/resources"), "/resource", "deployments");
		assertThat(deployments).isEqualTo(Answer.MAPPER.readTree("""
				{"resource":"deployments","responseKind":{"group":"","version":"","kind":"Deployment"},
				"scope":"Namespaced","singularResource":"deployment",
				"verbs":["create","delete","deletecollection","get","list","patch","update","watch"],
				"shortNames":["deploy"],"categories":["all"],"subresources":[
				{"subresource":"scale","responseKind":{"group":"autoscaling","version":"v1","kind":"Scale"},
				"verbs":["get","patch","update"]},
				{"subresource":"status","responseKind":{"group":"","version":"","kind":"Deployment"},
				"verbs":["get","patch","update"]}]}"""));
	}

	@Test
	void coreGroupIsReadAtOnce() {
		this.server.assumeRelease(33, "no aggregated discovery v2, or no pods/resize");
		JsonNode group = this.server.get("/api", AGGREGATED + ",application/json").expect(200).at("/items/0");

		assertThat(group.path("metadata").has("name")).isFalse();
		JsonNode pods = find(group.at("/versions/0/resources"), "/resource", "pods");
		assertThat(pods.at("/subresources").findValuesAsString("subresource")).containsExactly("attach", "binding",
				"ephemeralcontainers", "eviction", "exec", "log", "portforward", "proxy", "resize", "status");
		JsonNode eviction = find(pods.path("subresources"), "/subresource", "eviction");
		assertThat(eviction.path("responseKind").toString())
			.isEqualTo("{\"group\":\"policy\",\"version\":\"v1\",\"kind\":\"Eviction\"}");
	}

	@Test
	void customResourcesAreReadAtOnceToo() {
		this.server.assumeRelease(30, "no aggregated discovery v2");
		String group = CustomResources.newGroup();
		CustomResources.define(this.server, CustomResources.widgets(group, "{\"type\":\"object\"}"));

		JsonNode widgets = Awaitility.await("the group")
			.atMost(Duration.ofMinutes(1))
			.until(() -> find(this.server.get("/apis", AGGREGATED).json().path("items"), "/metadata/name", group)
				.at("/versions/0/resources/0"), (node) -> !node.isMissingNode());

		assertThat(widgets.path("resource").asString()).isEqualTo("widgets");
		assertThat(widgets.path("responseKind").toString())
			.isEqualTo("{\"group\":\"%s\",\"version\":\"v1\",\"kind\":\"Widget\"}".formatted(group));
		assertThat(widgets.path("shortNames").toString()).isEqualTo("[\"wd\"]");
		assertThat(widgets.path("subresources").findValuesAsString("subresource")).containsExactlyInAnyOrder("scale",
				"status");
	}

	@Test
	void clientsThatDoNotKnowAggregatedDiscoveryGetTheGroupsAlone() {
		assertThat(this.server.get("/apis").at("/kind").asString()).isEqualTo("APIGroupList");
		assertThat(this.server.get("/apis", AGGREGATED.replace("v=v2", "v=v9") + ",application/json")
			.at("/kind")
			.asString()).isEqualTo("APIGroupList");
	}

	@Test
	void unknownVersionsAndResourcesAreNotFound() {
		for (String path : List.of("/apis/apps/v9", "/api/v2", "/api/v1/nosuch", "/apis/apps/v1/pods", "/api/v1/pods/p",
				"/api/v1/namespaces/default/nodes", "/api/v1/namespaces/default/pods/p/nosuch",
				"/api/v1/namespaces/default/configmaps/c/status")) {
			this.server.get(path).expectFailure(404, "NotFound", "the server could not find the requested resource");
		}
	}

	@Test
	void unknownGroupIsNotFoundAsText() {
		Answer answer = this.server.get("/apis/none.example.org").expect(404);

		assertThat(answer.text()).isEqualTo("404 page not found\n");
	}

	private static JsonNode find(JsonNode array, String pointer, String value) {
		return array.valueStream()
			.filter((element) -> element.at(pointer).asString("").equals(value))
			.findFirst()
			.orElse(MissingNode.getInstance());
	}

	// groups of custom resources come and go with other tests
	private static List<JsonNode> builtIn(JsonNode groups) {
		Set<String> names = BuiltInResources.all()
			.stream()
			.map((descriptor) -> descriptor.resource().group())
			.collect(Collectors.toSet());
		List<JsonNode> found = groups.path("groups")
			.valueStream()
			.filter((group) -> names.contains(group.path("name").asString()))
			.toList();
		assertThat(found).hasSizeGreaterThan(15);
		return found;
	}

	private JsonNode served(GroupVersionResource resource) {
		GroupVersion version = resource.groupVersion();
		String path = version.group().isEmpty() ? "/api/" + version.version() : "/apis/" + version;
		Answer answer = this.server.get(path);
		return (answer.code() != 200) ? null
				: answer.json()
					.path("resources")
					.valueStream()
					.filter((entry) -> entry.path("name").asString().equals(resource.resource()))
					.findFirst()
					.orElse(null);
	}

}
