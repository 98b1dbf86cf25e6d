package io.github.k8sclient.value;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RawJsonTests {

	@Test
	void keepsItsBytes() {
		byte[] source = "{ \"a\" : 1 }".getBytes(StandardCharsets.UTF_8);
		RawJson raw = RawJson.of(source);

		source[0] = 'x';
		raw.toByteArray()[0] = 'x';

		assertThat(raw).hasToString("{ \"a\" : 1 }").isEqualTo(RawJson.of("{ \"a\" : 1 }"));
		assertThat(raw).isNotEqualTo(RawJson.of("{\"a\":1}"));
		assertThat(raw.size()).isEqualTo(11);
	}

	@Test
	void knowsProtobufEnvelopes() {
		assertThat(RawJson.of(new byte[] { 'k', '8', 's', 0, 1 }).isProtobuf()).isTrue();
		assertThat(RawJson.of("{}").isProtobuf()).isFalse();
		assertThat(RawJson.of("k8s").isProtobuf()).isFalse();
	}

}
