package io.github.k8sclient.meta;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GroupVersionResourceTests {

	@ParameterizedTest
	@CsvSource({ "pods.v1, '', v1, pods", "deployments.v1.apps, apps, v1, deployments",
			"prometheuses.v1.monitoring.coreos.com, monitoring.coreos.com, v1, prometheuses" })
	void parseReadsWhatToStringWrites(String text, String group, String version, String resource) {
		GroupVersionResource name = GroupVersionResource.parse(text);

		assertThat(name).isEqualTo(new GroupVersionResource(group, version, resource)).hasToString(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "pods", "pods.", ".v1", "pods.v1.a/../b" })
	void parseRefusesOtherText(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> GroupVersionResource.parse(text));
	}

	@Test
	void groupResourceHasAnyVersion() {
		GroupResource deployments = GroupResource.parse("deployments.apps");

		assertThat(deployments).isEqualTo(new GroupResource("apps", "deployments")).hasToString("deployments.apps");
		assertThat(deployments.version("v1")).isEqualTo(GroupVersionResource.of("apps", "v1", "deployments"));
		assertThat(deployments.version("v1").groupResource()).isEqualTo(deployments);
		assertThat(deployments.version("v1").groupVersion()).isEqualTo(new GroupVersion("apps", "v1"));
		assertThat(GroupResource.parse("pods")).isEqualTo(new GroupResource("", "pods")).hasToString("pods");
	}

}
