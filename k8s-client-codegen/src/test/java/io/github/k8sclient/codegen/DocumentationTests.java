package io.github.k8sclient.codegen;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DocumentationTests {

	private static ApiTypes types;

	private static Documentation documentation;

	@BeforeAll
	static void selectTypes() throws IOException {
		Schema schema = Schema.load();
		types = ApiTypes.select(schema, ServedVersions.load());
		documentation = new Documentation(schema, types.all());
	}

	@Test
	void typesLinkToTheApiReference() {
		String reference = "@see <a href=\"https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#";

		assertThat(type("core/v1.Pod")).contains(reference + "pod-v1-core\">Pod in the API reference</a>");
		assertThat(type("apps/v1.DeploymentSpec"))
			.contains(reference + "deploymentspec-v1-apps\">DeploymentSpec in the API reference</a>");
		assertThat(type("networking/v1.NetworkPolicy"))
			.contains(reference + "networkpolicy-v1-networking-k8s-io\">NetworkPolicy in the API reference</a>");
		assertThat(type("meta/v1.ObjectMeta"))
			.contains(reference + "objectmeta-v1-meta\">ObjectMeta in the API reference</a>");
	}

	@Test
	void typesThatTheApiReferenceDoesNotDescribeHaveNoLink() {
		assertThat(type("core/v1.PodLogOptions")).noneMatch((line) -> line.startsWith("@see"));
		assertThat(type("metrics/v1beta1.NodeMetrics")).noneMatch((line) -> line.startsWith("@see"));
	}

	@Test
	void typesSayWhereTheyStand() {
		assertThat(type("apps/v1.DeploymentSpec")).contains("Stands in {@code Deployment.spec}.");
		assertThat(type("meta/v1.LabelSelector"))
			.anyMatch((line) -> line.startsWith("Stands in {@code ") && line.matches(".* and \\d+ more\\."));
		assertThat(type("core/v1.Pod")).noneMatch((line) -> line.startsWith("Stands in"));
	}

	@Test
	void accessorsSayWhatTheSchemaKnows() {
		assertThat(accessor("core/v1.Container", "image")).isEqualTo("Return {@code image}. Optional.");
		assertThat(accessor("core/v1.Container", "name")).isEqualTo("Return {@code name}. Required.");
		assertThat(accessor("meta/v1.ObjectMeta", "creationTimestamp")).endsWith("A time to the second.");
		assertThat(accessor("core/v1.ResourceRequirements", "limits"))
			.isEqualTo("Return {@code limits}. Optional. An amount such as {@code 500m} or {@code 2Gi}.");
	}

	private static List<String> type(String name) {
		return documentation.type(types.get(TypeName.parse(name)));
	}

	private static String accessor(String type, String property) {
		return types.get(TypeName.parse(type))
			.properties()
			.stream()
			.filter((any) -> any.name().equals(property))
			.map((any) -> documentation.accessor(any, false).get(0))
			.findFirst()
			.orElseThrow();
	}

}
