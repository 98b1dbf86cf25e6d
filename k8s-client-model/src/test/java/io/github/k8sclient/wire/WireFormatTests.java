package io.github.k8sclient.wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class WireFormatTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			application/json                                                                  | JSON
			application/json;charset=utf-8                                                    | JSON
			Application/JSON ; stream=watch                                                   | JSON
			application/vnd.kubernetes.protobuf                                               | PROTOBUF
			application/vnd.kubernetes.protobuf;stream=watch                                  | PROTOBUF
			application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1   | PROTOBUF
			text/plain                                                                        |
			application/cbor                                                                  |
			''                                                                                |
			""")
	void isFoundByContentTypeWhateverItsParameters(String contentType, WireFormat format) {
		assertThat(WireFormat.of(contentType)).isEqualTo(format);
	}

	@Test
	void isNotFoundWithoutContentType() {
		assertThat(WireFormat.of(null)).isNull();
	}

	@Test
	void hasMediaTypesForBodiesAndWatches() {
		assertThat(WireFormat.PROTOBUF.mediaType()).isEqualTo("application/vnd.kubernetes.protobuf");
		assertThat(WireFormat.PROTOBUF.watchMediaType()).isEqualTo("application/vnd.kubernetes.protobuf;stream=watch");
		assertThat(WireFormat.JSON.watchMediaType()).isEqualTo("application/json");
	}

}
