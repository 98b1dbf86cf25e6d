package io.github.k8sclient.client;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.api.core.v1.Pod;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Patch}.
 */
class PatchTests {

	private final Pod object = Pod.builder().metadata((metadata) -> metadata.uid("u").resourceVersion("5")).build();

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
	void isGuardedByTheUid() {
		assertThat(Patch.strategicMerge("{\"spec\":{\"replicas\":3}}").guardedBy(this.object)).satisfies((patch) -> {
			assertThat(patch.type()).isEqualTo(PatchType.STRATEGIC_MERGE);
			assertThat(patch.content()).asString()
				.isEqualTo("{\"spec\":{\"replicas\":3},\"metadata\":{\"uid\":\"u\"}}");
		});
		assertThat(Patch.merge("{\"metadata\":{\"labels\":{\"a\":null}}}").guardedBy(this.object).content()).asString()
			.isEqualTo("{\"metadata\":{\"labels\":{\"a\":null},\"uid\":\"u\"}}");
	}

	@Test
	void isGuardedByTheVersion() {
		assertThat(Patch.merge("{}").guardedByVersionOf(this.object).content()).asString()
			.isEqualTo("{\"metadata\":{\"uid\":\"u\",\"resourceVersion\":\"5\"}}");
	}

	@Test
	void operationsAreGuardedByOneThatFailsForAnotherObject() {
		assertThat(Patch.json(List.of(Map.of("op", "remove"))).guardedBy(this.object).content()).asString()
			.isEqualTo("[{\"op\":\"replace\",\"path\":\"/metadata/uid\",\"value\":\"u\"},{\"op\":\"remove\"}]");
	}

	@Test
	void keepsItsNumbersWhenItIsGuarded() {
		String numbers = "\"a\":1.50,\"b\":12345678901234567890123,\"c\":0.1000000000000000055511151231257827";

		assertThat(Patch.merge("{" + numbers + "}").guardedBy(this.object).content()).asString().contains(numbers);
	}

	@Test
	void cannotBeGuardedByWhatIsNotReadFromAServer() {
		assertThatIllegalArgumentException().isThrownBy(() -> Patch.merge("{}").guardedBy(Pod.builder().build()))
			.withMessage("The object has no metadata.uid: was it read from a server?");
	}

	@Test
	void cannotBeGuardedIfItIsNotJson() {
		for (String content : List.of("kind: Pod\n", "", "[]", "null")) {
			assertThatIllegalStateException()
				.isThrownBy(() -> Patch.of(PatchType.APPLY, content).guardedBy(this.object))
				.as(content);
		}
		assertThatIllegalStateException().isThrownBy(() -> Patch.json("{}").guardedBy(this.object));
	}

	@Test
	void hidesItsContent() {
		assertThat(Patch.merge("{\"data\":{\"password\":\"c2VjcmV0\"}}")).hasToString("Patch[MERGE, 32 bytes]");
	}

}
