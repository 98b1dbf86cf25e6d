package io.github.k8sclient.config;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ExecPolicyTests {

	@Test
	void allowlistHoldsPathsAndNames() {
		assertThat(ExecPolicy.allow("aws", "/usr/bin/kubelogin").allowlist()).containsExactly("aws",
				"/usr/bin/kubelogin");
	}

	@Test
	void emptyAllowlistIsMistake() {
		assertThatIllegalArgumentException().isThrownBy(() -> ExecPolicy.allow())
			.withMessageContaining("the allowlist is empty");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "./aws", "/usr//bin/aws", "/usr/bin/../aws", "aws/" })
	void refusesEntryThatCannotMatch(String entry) {
		assertThatIllegalArgumentException().isThrownBy(() -> ExecPolicy.allow("aws", entry))
			.withMessageContaining("entry");
	}

	@Test
	void allowlistWithoutUseIsMistake() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ExecPolicy(ExecPolicy.Type.ALLOW_ALL, List.of("aws")))
			.withMessageContaining("there is an allowlist");
	}

}
