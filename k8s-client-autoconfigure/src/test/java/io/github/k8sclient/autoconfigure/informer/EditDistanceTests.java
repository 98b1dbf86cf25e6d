package io.github.k8sclient.autoconfigure.informer;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EditDistance}.
 */
class EditDistanceTests {

	@ParameterizedTest
	@CsvSource({ "pods, pods, 0", "pods, pod, 1", "pod, pods, 1", "kitten, sitting, 3", "'', abc, 3", "abc, '', 3" })
	void countsEdits(String one, String other, int distance) {
		assertThat(EditDistance.between(one, other)).isEqualTo(distance);
	}

}
