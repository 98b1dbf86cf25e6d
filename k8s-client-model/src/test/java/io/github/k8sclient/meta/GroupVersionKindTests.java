package io.github.k8sclient.meta;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GroupVersionKindTests {

	@ParameterizedTest
	@CsvSource({ "Pod.v1, '', v1, Pod", "Deployment.v1.apps, apps, v1, Deployment",
			"Ingress.v1.networking.k8s.io, networking.k8s.io, v1, Ingress" })
	void parseReadsWhatToStringWrites(String text, String group, String version, String kind) {
		GroupVersionKind name = GroupVersionKind.parse(text);

		assertThat(name).isEqualTo(new GroupVersionKind(group, version, kind)).hasToString(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Pod", "Pod.", ".v1", "Pod.v1.a/b" })
	void parseRefusesOtherText(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> GroupVersionKind.parse(text));
	}

	@Test
	void ofTakesTheMembersOfADocument() {
		GroupVersionKind name = GroupVersionKind.of("apps/v1", "Deployment");

		assertThat(name).isEqualTo(GroupVersionKind.of("apps", "v1", "Deployment"));
		assertThat(name.apiVersion()).isEqualTo("apps/v1");
		assertThat(name.groupVersion()).isEqualTo(new GroupVersion("apps", "v1"));
		assertThat(name.groupKind()).isEqualTo(new GroupKind("apps", "Deployment"));
	}

	@Test
	void groupKindHasAnyVersion() {
		assertThat(GroupKind.parse("Deployment.apps").version("v1"))
			.isEqualTo(GroupVersionKind.of("apps", "v1", "Deployment"));
		assertThat(GroupKind.parse("Ingress.networking.k8s.io")).hasToString("Ingress.networking.k8s.io");
		assertThat(GroupKind.parse("Pod")).isEqualTo(new GroupKind("", "Pod")).hasToString("Pod");
	}

}
