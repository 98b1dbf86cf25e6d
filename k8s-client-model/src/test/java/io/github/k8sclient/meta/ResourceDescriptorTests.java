package io.github.k8sclient.meta;

import java.util.List;

import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.authentication.v1.TokenReview;
import io.github.k8sclient.api.core.v1.Node;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ResourceDescriptorTests {

	@Test
	void deploymentIsDescribed() {
		ResourceDescriptor<Deployment> resource = Deployment.RESOURCE;

		assertThat(resource.type()).isEqualTo(Deployment.class);
		assertThat(resource.kind()).isEqualTo(GroupVersionKind.of("apps", "v1", "Deployment"));
		assertThat(resource.resource()).isEqualTo(GroupVersionResource.of("apps", "v1", "deployments"));
		assertThat(resource.namespaced()).isTrue();
		assertThat(resource.hasStatus()).isTrue();
		assertThat(resource.subresources()).containsExactly("scale");
		assertThat(resource.verbs()).contains("get", "list", "watch", "deletecollection").hasSize(8);
		assertThat(resource.codec()).isSameAs(Deployment.CODEC);
		assertThat(resource.listKind()).isEqualTo("DeploymentList");
		assertThat(resource).hasToString("deployments.v1.apps");
	}

	@Test
	void nodeIsClusterScoped() {
		assertThat(Node.RESOURCE.namespaced()).isFalse();
		assertThat(Node.RESOURCE).hasToString("nodes.v1");
	}

	@Test
	void reviewsAreOnlyCreated() {
		assertThat(TokenReview.RESOURCE.verbs()).containsExactly("create");
		assertThat(TokenReview.RESOURCE.hasStatus()).isFalse();
	}

	@Test
	void verbsCannotBeChanged() {
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> Node.RESOURCE.verbs().add("eat"));
	}

	@Test
	void builderStartsWithANamespacedResourceOfAllVerbs() {
		ResourceDescriptor<Node> resource = ResourceDescriptor
			.builder(Node.class, "example.com/v1", "Widget", "widgets", Node.CODEC)
			.build();

		assertThat(resource.namespaced()).isTrue();
		assertThat(resource.hasStatus()).isFalse();
		assertThat(resource.verbs()).hasSize(8);
		assertThat(resource.subresources()).isEmpty();
		assertThat(resource.selectableFields()).isEmpty();
	}

	@Test
	void selectableFieldsAreNamedAsInSelectors() {
		ResourceDescriptor.Builder<Node> builder = ResourceDescriptor.builder(Node.class, "example.com/v1", "Widget",
				"widgets", Node.CODEC);

		assertThat(builder.selectableFields(".spec.color", ".size").build().selectableFields())
			.containsExactly("spec.color", "size");
		assertThat(List.of("spec.color", "", ".", ".spec..color", ".spec['color']", ".items[0]"))
			.allSatisfy((path) -> assertThatIllegalArgumentException().isThrownBy(() -> builder.selectableFields(path))
				.withMessageContaining("'" + path + "'"));
	}

}
