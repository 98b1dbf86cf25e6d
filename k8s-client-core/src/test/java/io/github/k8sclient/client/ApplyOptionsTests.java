package io.github.k8sclient.client;

import io.github.k8sclient.meta.PatchOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ApplyOptions}.
 */
class ApplyOptionsTests {

	@Test
	void needAFieldManager() {
		assertThatIllegalArgumentException().isThrownBy(() -> ApplyOptions.fieldManager(" "));
	}

	@Test
	void sendOnlyWhatIsSet() {
		assertThat(ApplyOptions.fieldManager("demo").toPatchOptions())
			.isEqualTo(PatchOptions.builder().fieldManager("demo").build());
		assertThat(ApplyOptions.fieldManager("demo").force().dryRun().fieldValidation("Strict").toPatchOptions())
			.isEqualTo(PatchOptions.builder()
				.fieldManager("demo")
				.force(true)
				.addDryRun("All")
				.fieldValidation("Strict")
				.build());
	}

	@Test
	void areNotChanged() {
		ApplyOptions options = ApplyOptions.fieldManager("demo");

		options.force();

		assertThat(options).isEqualTo(ApplyOptions.fieldManager("demo"))
			.hasSameHashCodeAs(ApplyOptions.fieldManager("demo"))
			.isNotEqualTo(options.force());
	}

}
