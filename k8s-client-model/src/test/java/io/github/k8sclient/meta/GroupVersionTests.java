package io.github.k8sclient.meta;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GroupVersionTests {

	@Test
	void parseReadsTheApiVersionOfTheCoreGroup() {
		assertThat(GroupVersion.parse("v1")).isEqualTo(new GroupVersion("", "v1")).hasToString("v1");
	}

	@Test
	void parseReadsTheApiVersionOfOtherGroups() {
		assertThat(GroupVersion.parse("networking.k8s.io/v1beta1"))
			.isEqualTo(new GroupVersion("networking.k8s.io", "v1beta1"))
			.hasToString("networking.k8s.io/v1beta1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/v1", "apps/", "apps/v1/x", "apps/v1?watch", "a b/v1", "apps/v1#", "%2e/v1" })
	void parseRefusesWhatIsNoApiVersion(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> GroupVersion.parse(text));
	}

	@Test
	void kindAndResourceNameWhatIsInIt() {
		GroupVersion apps = new GroupVersion("apps", "v1");

		assertThat(apps.kind("Deployment")).isEqualTo(GroupVersionKind.of("apps", "v1", "Deployment"));
		assertThat(apps.resource("deployments")).isEqualTo(GroupVersionResource.of("apps", "v1", "deployments"));
	}

}
