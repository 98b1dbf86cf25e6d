package io.github.k8sclient.discovery;

import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.Pod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ResourceName}.
 */
class ResourceNameTests {

	@ParameterizedTest
	@ValueSource(strings = { "deployments", "deployments.apps", "deployments.v1.apps", "Deployment", "deployment",
			"Deployment.apps", "Deployment.v1.apps", " deployments " })
	void matchesByPluralOrKind(String name) {
		assertThat(ResourceName.parse(name).matches(Deployment.RESOURCE)).isTrue();
		assertThat(ResourceName.parse(name).matches(Pod.RESOURCE)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "deployment.batch", "deployments.v1", "deployments.v2.apps", "deploy" })
	void doesNotMatchOtherGroupsVersionsAndNames(String name) {
		assertThat(ResourceName.parse(name).matches(Deployment.RESOURCE)).isFalse();
	}

	@Test
	void versionWithoutGroupIsOneOfTheCoreGroup() {
		assertThat(ResourceName.parse("pods.v1").matches(Pod.RESOURCE)).isTrue();
	}

	@Test
	void groupsAreThoseOfBothReadings() {
		assertThat(ResourceName.parse("pods").groups()).isEmpty();
		assertThat(ResourceName.parse("deployments.apps").groups()).containsExactlyInAnyOrder("apps", "");
		assertThat(ResourceName.parse("deployments.v1.apps").groups()).containsExactlyInAnyOrder("apps", "v1.apps");
	}

	@Test
	void refusesNameWithoutBeginning() {
		assertThatIllegalArgumentException().isThrownBy(() -> ResourceName.parse(".apps"))
			.withMessage("'.apps' does not begin with the name of a resource");
	}

}
