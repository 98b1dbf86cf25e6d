package io.github.k8sclient.value;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class IntOrStringTests {

	@Test
	void numberAndTextThatLooksLikeItDiffer() {
		assertThat(IntOrString.of(80)).isNotEqualTo(IntOrString.of("80"));
		assertThat(IntOrString.of(80)).isEqualTo(IntOrString.of(80)).hasSameHashCodeAs(IntOrString.of(80));
		assertThat(IntOrString.of("http")).isEqualTo(IntOrString.of("http"));
		assertThat(IntOrString.of(0)).isNotEqualTo(IntOrString.of(""));
	}

	@Test
	void givesNumberOfTextThatSpellsOne() {
		assertThat(IntOrString.of("80").intValue()).isEqualTo(80);
		assertThat(IntOrString.of(80)).hasToString("80");
		assertThat(IntOrString.of("25%")).hasToString("25%");
		assertThatExceptionOfType(NumberFormatException.class).isThrownBy(IntOrString.of("25%")::intValue);
	}

}
