package io.github.k8sclient.autoconfigure.informer;

import java.util.Comparator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ApiVersion}.
 */
class ApiVersionTests {

	@Test
	void sortsAsApiServersPreferVersions() {
		Stream<String> sorted = Stream.of("v1alpha1", "foo1", "v2beta1", "v11alpha2", "v1", "v10", "v1beta2", "v2")
			.sorted(Comparator.comparing(ApiVersion::parse).reversed());

		assertThat(sorted).containsExactly("v10", "v2", "v1", "v2beta1", "v1beta2", "v11alpha2", "v1alpha1", "foo1");
	}

}
