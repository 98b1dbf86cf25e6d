package io.github.k8sclient.wire;

import java.nio.charset.StandardCharsets;

import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.meta.DeleteOptions;
import io.github.k8sclient.meta.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the envelope around types that belong to no API version of their own.
 */
class MetaTypeEnvelopeTests {

	private static final DecodingOptions OPTIONS = DecodingOptions.defaults();

	private final Status status = Status.builder().status("Failure").code(404).message("no").build();

	@Test
	void travelsAsATypeOfTheCoreGroup() {
		EncodedObject encoded = ObjectDecoder.encode(Status.CODEC, this.status, WireFormat.PROTOBUF);

		assertThat(encoded.format()).isEqualTo(WireFormat.PROTOBUF);
		assertThat(ObjectDecoder.typeOf(WireFormat.PROTOBUF, encoded.bytes())).isEqualTo(new TypeMeta("v1", "Status"));
		assertThat(ObjectDecoder.status(WireFormat.PROTOBUF, encoded.bytes())).isEqualTo(this.status);
	}

	@Test
	void isReadInAnyVersion() {
		byte[] options = ObjectDecoder
			.encode(DeleteOptions.CODEC, DeleteOptions.builder().gracePeriodSeconds(3L).build(), WireFormat.PROTOBUF)
			.bytes();
		byte[] other = new String(options, StandardCharsets.ISO_8859_1).replace("v1", "v2")
			.getBytes(StandardCharsets.ISO_8859_1);

		assertThat(ObjectDecoder.decode(DeleteOptions.CODEC, WireFormat.PROTOBUF, other, OPTIONS).gracePeriodSeconds())
			.isEqualTo(3);
	}

	@Test
	void isOfItsKind() {
		byte[] encoded = ObjectDecoder.encode(Status.CODEC, this.status, WireFormat.PROTOBUF).bytes();

		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> ObjectDecoder.decode(DeleteOptions.CODEC, WireFormat.PROTOBUF, encoded, OPTIONS))
			.withMessageContaining("expected v1 DeleteOptions but found v1 Status");
	}

}
