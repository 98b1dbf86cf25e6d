package io.github.k8sclient.codegen;

import java.io.IOException;
import java.util.Objects;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ApiTypesTests {

	private static ApiTypes types;

	@BeforeAll
	static void selectTypes() throws IOException {
		types = ApiTypes.select(Schema.load(), ServedVersions.load());
	}

	@Test
	void listKindsHaveNoClass() {
		assertThat(types.all()).extracting(ApiType::name).contains("Pod", "APIResourceList").doesNotContain("PodList");
	}

	@Test
	void versionsThatNobodyServesHaveNoClass() {
		assertThat(types.all()).extracting(ApiType::packageName)
			.contains("io.github.k8sclient.api.apps.v1")
			.doesNotContain("io.github.k8sclient.api.apps.v1beta2", "io.github.k8sclient.api.extensions.v1beta1");
	}

	@Test
	void embeddedFieldsStandInTheirParent() {
		ApiType volume = type("core/v1.Volume");

		assertThat(volume.properties()).extracting(Property::name).startsWith("name", "hostPath", "emptyDir");
		Property hostPath = volume.properties().get(1);
		assertThat(hostPath.embedding()).containsExactly(new Property.Embedded("volumeSource", 2));
		assertThat(hostPath.number()).isEqualTo(1);
	}

	@Test
	void elementsHaveTheKeyByWhichTheServerMergesThem() {
		assertThat(property("core/v1.PodSpec", "containers").elementKey()).isEqualTo("name");
		assertThat(property("core/v1.PodStatus", "conditions").elementKey()).isEqualTo("type");
		assertThat(property("core/v1.ServiceSpec", "ports").elementKey()).as("port and protocol").isNull();
		assertThat(property("core/v1.PodSpec", "tolerations").elementKey()).as("atomic").isNull();
		assertThat(property("core/v1.PodSpec", "nodeSelector").elementKey()).as("a map").isNull();
	}

	private static Property property(String type, String name) {
		return type(type).properties()
			.stream()
			.filter((property) -> property.jsonName().equals(name))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void resourceVerbsFollowTheMarkersOfTheClient() {
		assertThat(resource("core/v1.Pod").verbs()).containsExactly("create", "delete", "deletecollection", "get",
				"list", "patch", "update", "watch");
		assertThat(resource("core/v1.Namespace").verbs()).doesNotContain("deletecollection");
		assertThat(resource("core/v1.ComponentStatus").verbs()).containsExactly("get", "list");
		assertThat(resource("core/v1.Service").verbs()).isEqualTo(resource("core/v1.Pod").verbs());
		assertThat(resource("authentication/v1.TokenReview").createOnly()).isTrue();
		assertThat(resource("authentication/v1.TokenReview").status()).isFalse();
		assertThat(type("policy/v1.Eviction").resource()).isNull();
	}

	@Test
	void resourceKnowsScopeStatusAndSubresources() {
		ApiResource deployments = resource("apps/v1.Deployment");

		assertThat(deployments.plural()).isEqualTo("deployments");
		assertThat(deployments.namespaced()).isTrue();
		assertThat(deployments.status()).isTrue();
		assertThat(deployments.subresources()).containsExactly("scale");
		assertThat(resource("core/v1.Node").namespaced()).isFalse();
		assertThat(resource("core/v1.Pod").subresources()).containsExactly("binding", "ephemeralcontainers", "eviction",
				"log", "proxy", "resize");
	}

	@Test
	void apiVersionIsTheOneOfDocuments() {
		assertThat(type("core/v1.Pod").apiVersion()).isEqualTo("v1");
		assertThat(type("rbac/v1.Role").apiVersion()).isEqualTo("rbac.authorization.k8s.io/v1");
		assertThat(type("meta/v1.Status").apiVersion()).isEqualTo("v1");
		assertThat(type("meta/v1.Table").apiVersion()).isEqualTo("meta.k8s.io/v1");
	}

	@Test
	void typesThatProtobufDoesNotKnowHaveNoProtobuf() {
		assertThat(type("meta/v1.Table").protobuf()).isFalse();
		assertThat(type("meta/v1.Status").protobuf()).isTrue();
	}

	private static ApiType type(String name) {
		return types.get(TypeName.parse(name));
	}

	private static ApiResource resource(String name) {
		return Objects.requireNonNull(type(name).resource());
	}

}
