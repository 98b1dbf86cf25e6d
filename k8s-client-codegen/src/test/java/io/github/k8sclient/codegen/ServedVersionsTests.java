package io.github.k8sclient.codegen;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ServedVersionsTests {

	@Test
	void versionWithoutKindsServesAll() throws IOException {
		ServedVersions served = parse("# comment\n\napps/v1\n");

		assertThat(served.contains(TypeName.parse("apps/v1.Deployment"))).isTrue();
		assertThat(served.contains(TypeName.parse("apps/v1beta1.Deployment"))).isFalse();
	}

	@Test
	void versionWithKindsServesThese() throws IOException {
		ServedVersions served = parse("networking/v1beta1 IPAddress ServiceCIDR");

		assertThat(served.contains(TypeName.parse("networking/v1beta1.IPAddress"))).isTrue();
		assertThat(served.contains(TypeName.parse("networking/v1beta1.Ingress"))).isFalse();
	}

	@Test
	void malformedAndRepeatedLinesAreRefused() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> parse("apps"))
			.withMessageContaining("Malformed or repeated line in served.txt: apps");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> parse("apps/v1\napps/v1 Deployment"));
	}

	@Test
	void namesThatTheSchemaLacksAreRefused() throws IOException {
		Schema schema = Schema.load();

		assertThatIllegalStateException().isThrownBy(() -> parse("apps/v7").requireAllIn(schema))
			.withMessage("served.txt: the schema has no apps/v7");
		assertThatIllegalStateException().isThrownBy(() -> parse("apps/v1 Deploiment").requireAllIn(schema))
			.withMessage("served.txt: the schema has no kind apps/v1.Deploiment");
	}

	private static ServedVersions parse(String text) throws IOException {
		return ServedVersions.parse(new BufferedReader(new StringReader(text)));
	}

}
