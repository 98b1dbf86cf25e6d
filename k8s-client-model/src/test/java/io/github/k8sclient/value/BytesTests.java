package io.github.k8sclient.value;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BytesTests {

	@Test
	void cannotBeChangedThroughItsArrays() {
		byte[] source = { 1, 2, 3 };
		Bytes bytes = Bytes.of(source);

		source[0] = 9;
		bytes.toByteArray()[1] = 9;

		assertThat(bytes.toByteArray()).containsExactly(1, 2, 3);
	}

	@Test
	void convertsToAndFromText() {
		assertThat(Bytes.ofBase64("aGVsbG8=").toUtf8()).isEqualTo("hello");
		assertThat(Bytes.ofUtf8("hello").toBase64()).isEqualTo("aGVsbG8=");
		assertThat(Bytes.ofUtf8("hello")).isEqualTo(Bytes.ofBase64("aGVsbG8="))
			.hasSameHashCodeAs(Bytes.ofUtf8("hello"));
		assertThat(Bytes.ofUtf8("").isEmpty()).isTrue();
		assertThatIllegalArgumentException().isThrownBy(() -> Bytes.ofBase64("%"));
	}

	@Test
	void doesNotShowItsContent() {
		assertThat(Bytes.ofUtf8("password")).hasToString("Bytes[8]");
	}

}
