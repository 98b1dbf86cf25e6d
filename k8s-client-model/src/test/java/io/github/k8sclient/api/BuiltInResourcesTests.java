package io.github.k8sclient.api;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class BuiltInResourcesTests {

	@Test
	void findsByEachName() {
		assertThat(BuiltInResources.find(Deployment.class)).isSameAs(Deployment.RESOURCE);
		assertThat(BuiltInResources.find(GroupVersionKind.of("apps", "v1", "Deployment")))
			.isSameAs(Deployment.RESOURCE);
		assertThat(BuiltInResources.find(GroupVersionResource.of("", "v1", "pods"))).isSameAs(Pod.RESOURCE);
	}

	@Test
	void doesNotFindOtherNames() {
		assertThat(BuiltInResources.find(GroupVersionKind.of("apps", "v1beta1", "Deployment"))).isNull();
		assertThat(BuiltInResources.find(GroupVersionResource.of("", "v1", "pod"))).isNull();
		assertThat(BuiltInResources.find(CustomObject.class)).isNull();
	}

	@Test
	void areTheResourcesOfTheServedVersions() {
		Set<String> expected = new TreeSet<>();
		for (JsonNode resource : ApiSchema.INSTANCE.resources()) {
			if (!resource.path("noVerbs").asBoolean(false) && isServed(resource)) {
				String group = resource.get("group").asString();
				expected.add(resource.get("plural").asString() + "." + resource.get("version").asString()
						+ (group.isEmpty() ? "" : "." + group));
			}
		}

		assertThat(BuiltInResources.all()).extracting(ResourceDescriptor::toString)
			.containsExactlyInAnyOrderElementsOf(expected);
	}

	@Test
	void areDescribedAsInTheSchema() {
		Set<ResourceDescriptor<?>> seen = new HashSet<>();
		for (JsonNode expected : ApiSchema.INSTANCE.resources()) {
			ResourceDescriptor<?> resource = BuiltInResources.find(GroupVersionKind.of(expected.get("group").asString(),
					expected.get("version").asString(), expected.get("kind").asString()));
			if (resource != null) {
				assertThat(seen.add(resource)).isTrue();
				assertThat(resource.namespaced()).as("%s", resource).isEqualTo(expected.get("namespaced").asBoolean());
				assertThat(resource.codec().type()).isEqualTo(resource.type());
				assertThat(resource.codec().kind()).isEqualTo(resource.kind().kind());
				assertThat(resource.codec().apiVersion()).isEqualTo(resource.kind().apiVersion());
				assertThat(resource.codec().supportsProtobuf()).isTrue();
			}
		}
		assertThat(seen).hasSameSizeAs(BuiltInResources.all());
	}

	private static boolean isServed(JsonNode resource) {
		String name = ApiSchema.INSTANCE.servedTypes()
			.stream()
			.filter((type) -> ApiSchema.INSTANCE.isKind(type))
			.filter((type) -> type
				.endsWith("/" + resource.get("version").asString() + "." + resource.get("kind").asString()))
			.filter((type) -> ApiSchema.INSTANCE.apiVersion(type).equals(apiVersion(resource)))
			.findFirst()
			.orElse("");
		return !name.isEmpty();
	}

	private static String apiVersion(JsonNode resource) {
		String group = resource.get("group").asString();
		return (group.isEmpty() ? "" : group + "/") + resource.get("version").asString();
	}

	private record CustomObject(ObjectMeta metadata) implements KubernetesObject {

		@Override
		public String apiVersion() {
			return "example.com/v1";
		}

		@Override
		public String kind() {
			return "Widget";
		}

	}

}
