package io.github.k8sclient.test.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.github.k8sclient.api.BuiltInResources;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@ConformanceTest
class DiscoveryConformanceTests {

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
		for (JsonNode listed : groups.path("groups")) {
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
		for (JsonNode group : this.server.get("/apis").json().path("groups")) {
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
