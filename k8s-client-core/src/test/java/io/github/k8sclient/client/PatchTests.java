package io.github.k8sclient.client;

import java.nio.charset.StandardCharsets;
import java.util.Collections;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Patch}.
 */
class PatchTests {

	@Test
	void removesByNull() {
		assertThat(Patch.merge(Collections.singletonMap("x", null)).content()).asString().isEqualTo("{\"x\":null}");
	}

	@Test
	void cannotBeChanged() {
		byte[] bytes = "{}".getBytes(StandardCharsets.UTF_8);
		Patch patch = Patch.of(PatchType.MERGE, bytes);

		bytes[0] = '[';
		patch.content()[0] = '[';

		assertThat(patch.content()).asString().isEqualTo("{}");
	}

	@Test
	void hidesItsContent() {
		assertThat(Patch.merge("{\"data\":{\"password\":\"c2VjcmV0\"}}")).hasToString("Patch[MERGE, 32 bytes]");
	}

}
