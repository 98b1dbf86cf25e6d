package io.github.k8sclient.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.ProtobufWriter;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ListDecoderTests {

	private final List<ConfigMap> items = List.of(WireSamples.configMap("a", "1"), WireSamples.configMap("b", "2"),
			ConfigMap.builder().build());

	private final List<ConfigMap> received = new ArrayList<>();

	private final DecodingOptions options = DecodingOptions.defaults();

	@ParameterizedTest
	@EnumSource
	void readsAListWhereverItsBytesAreCut(WireFormat format) {
		byte[] body = body(format);

		for (int cut = 0; cut <= body.length; cut++) {
			this.received.clear();
			ListDecoder<ConfigMap> decoder = decoder(format);
			decode(decoder, Arrays.copyOfRange(body, 0, cut));
			decode(decoder, Arrays.copyOfRange(body, cut, body.length));

			checkHeader(decoder.end());
			assertThat(this.received).isEqualTo(this.items);
		}
	}

	@ParameterizedTest
	@EnumSource
	void readsAListInChunksOfEverySize(WireFormat format) {
		byte[] body = body(format);

		for (int size = 1; size <= 64; size++) {
			this.received.clear();
			ListDecoder<ConfigMap> decoder = decoder(format);
			for (int from = 0; from < body.length; from += size) {
				decode(decoder, Arrays.copyOfRange(body, from, Math.min(body.length, from + size)));
			}

			checkHeader(decoder.end());
			assertThat(this.received).isEqualTo(this.items);
		}
	}

	private static void checkHeader(ListHeader header) {
		assertThat(header.type()).isEqualTo(new TypeMeta("v1", "ConfigMapList"));
		assertThat(header.metadata().resourceVersion()).isEqualTo("42");
		assertThat(header.metadata().continue_()).isEqualTo("next");
	}

	@ParameterizedTest
	@EnumSource
	void givesItemsAsSoonAsTheyAreComplete(WireFormat format) {
		byte[] body = body(format);
		ListDecoder<ConfigMap> decoder = decoder(format);
		List<Integer> received = new ArrayList<>();

		for (byte next : body) {
			decode(decoder, new byte[] { next });
			received.add(this.received.size());
		}

		assertThat(received).containsSubsequence(0, 1, 2, 3);
	}

	@ParameterizedTest
	@EnumSource
	void refusesListsThatAreCutOff(WireFormat format) {
		byte[] body = body(format);
		int complete = (format == WireFormat.PROTOBUF) ? body.length - 4 : body.length - 1;

		for (int length = 0; length < complete; length++) {
			ListDecoder<ConfigMap> decoder = decoder(format);
			decode(decoder, Arrays.copyOf(body, length));

			assertThatExceptionOfType(DecodingException.class).isThrownBy(decoder::end)
				.withMessageContaining("unexpected end");
		}
	}

	@Test
	void readsMetadataBehindTheItems() {
		ListHeader header = decodeJson(
				"{\"items\":[{}],\"metadata\":{\"resourceVersion\":\"5\"},\"kind\":\"ConfigMapList\"}");

		assertThat(this.received).hasSize(1);
		assertThat(header.metadata().resourceVersion()).isEqualTo("5");
		assertThat(header.type().kind()).isEqualTo("ConfigMapList");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"items\":null}", "{\"items\":[]}", " {\"items\": [ ] , \"metadata\" : null } " })
	void readsListsWithoutItems(String json) {
		ListHeader header = decodeJson(json);

		assertThat(this.received).isEmpty();
		assertThat(header.metadata().resourceVersion()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "x", "{]", "{,}", "{\"a\" 1}", "{\"a\":1,}", "{\"items\":[{},]}",
			"{\"items\":[{} {}]}", "{\"items\":[,{}]}", "{\"items\":{}}", "{\"items\":[1]}", "{\"items\":[null]}",
			"{\"items\":[}]}", "{} {}", "{\"metadata\":[]}", "{\"kind\":1}", "{\"a\":tru}", "{\"a\\x\":1}",
			"{\"items\":[{\"data\":[]}]}", "{\"a\":1]", "{\"items\":[]]" })
	void refusesWhatIsNoList(String json) {
		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> decodeJson(json))
			.satisfies((ex) -> assertThat(ex.type()).isEqualTo("ConfigMapList"));
	}

	@Test
	void namesThePlaceOfAFailure() {
		failure("{\"items\":[{},{\"data\":{\"a\":\"x\"},\"binaryData\":7}]}")
			.withMessage("Cannot decode ConfigMapList at items[1].binaryData (byte 44): "
					+ "expected an object but found a number");
		failure("{\"metadata\":{\"resourceVersion\":7}}")
			.satisfies((ex) -> assertThat(ex.path()).isEqualTo("metadata.resourceVersion"));
		byte[] body = body(WireFormat.PROTOBUF);
		int at = indexOf(body, "\u20ac", 2);
		body[at] = 'x';
		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> decode(decoder(WireFormat.PROTOBUF), body))
			.satisfies((ex) -> {
				assertThat(ex.path()).startsWith("2[1].2");
				assertThat(ex.offset()).isEqualTo(at + 1);
			});
	}

	@ParameterizedTest
	@EnumSource
	void leavesOutItemsThatCannotBeReadAndTellsOfThem(WireFormat format) {
		byte[] body = body(format);
		int at = indexOf(body, "\u20ac", 2);
		body[at] = 'x';
		List<DecodingException> problems = new ArrayList<>();

		for (int cut = 0; cut <= body.length; cut++) {
			this.received.clear();
			problems.clear();
			ListDecoder<ConfigMap> decoder = ListDecoder.of(format, ConfigMap.CODEC,
					this.options.withUnreadableItems(problems::add));
			decode(decoder, Arrays.copyOfRange(body, 0, cut));
			decode(decoder, Arrays.copyOfRange(body, cut, body.length));

			checkHeader(decoder.end());
			assertThat(this.received).containsExactly(this.items.get(0), this.items.get(2));
			assertThat(problems).singleElement().satisfies((problem) -> {
				assertThat(problem.type()).isEqualTo("ConfigMapList");
				assertThat(problem.path()).contains("[1]");
				assertThat(problem.offset()).isBetween((long) at, at + 3L);
			});
		}
	}

	private static int indexOf(byte[] body, String text, int occurrence) {
		byte[] wanted = WireSamples.utf8(text);
		int seen = 0;
		for (int index = 0;; index++) {
			if (Arrays.equals(body, index, index + wanted.length, wanted, 0, wanted.length) && ++seen == occurrence) {
				return index;
			}
		}
	}

	private ThrowableAssertAlternative<DecodingException> failure(String json) {
		return assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> decodeJson(json));
	}

	@ParameterizedTest
	@EnumSource
	void limitsTheSizeOfAnItem(WireFormat format) {
		byte[] body = body(format);
		ListDecoder<ConfigMap> decoder = ListDecoder.of(format, ConfigMap.CODEC, this.options.withMaxObjectSize(30));

		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> {
			for (byte next : body) {
				decode(decoder, new byte[] { next });
			}
		}).withMessageContaining("object of more than 30 bytes");
	}

	@Test
	void refusesAHugeLengthBeforeItsBytesCome() {
		byte[] list = WireSamples.concat(WireSamples.utf8("k8s\0"), lengthOfField2(1L << 40));
		byte[] item = WireSamples.concat(list, lengthOfField2(1L << 39));
		byte[] endless = WireSamples.concat(WireSamples.utf8("k8s\0"), lengthOfField2(Long.MAX_VALUE));

		decode(decoder(WireFormat.PROTOBUF), list);
		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> decode(decoder(WireFormat.PROTOBUF), item))
			.withMessageContaining("object of more than");
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> decode(decoder(WireFormat.PROTOBUF), endless));
	}

	private static byte[] lengthOfField2(long length) {
		ProtobufWriter out = new ProtobufWriter();
		out.writeLong(2, length);
		byte[] bytes = out.toByteArray();
		bytes[0] = 0x12;
		return bytes;
	}

	@ParameterizedTest
	@EnumSource
	void brokenBytesGiveAListOrADecodingException(WireFormat format) {
		byte[] whole = body(format);
		Random random = new Random(1);
		int refused = 0;

		for (int count = 0; count < 2_000; count++) {
			byte[] broken = whole.clone();
			for (int changes = random.nextInt(3); changes >= 0; changes--) {
				broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
			}
			int cut = random.nextInt(broken.length);
			ListDecoder<ConfigMap> decoder = decoder(format);
			try {
				decode(decoder, Arrays.copyOf(broken, cut));
				decode(decoder, Arrays.copyOfRange(broken, cut, broken.length));
				decoder.end();
			}
			catch (DecodingException ex) {
				assertThat(ex.type()).isEqualTo("ConfigMapList");
				assertThat(ex.offset()).isBetween(0L, (long) broken.length);
				refused++;
			}
		}

		assertThat(refused).isGreaterThan(200);
	}

	private ListHeader decodeJson(String json) {
		ListDecoder<ConfigMap> decoder = decoder(WireFormat.JSON);
		decode(decoder, WireSamples.utf8(json));
		return decoder.end();
	}

	private ListDecoder<ConfigMap> decoder(WireFormat format) {
		return ListDecoder.of(format, ConfigMap.CODEC, this.options);
	}

	/**
	 * Gives bytes to a decoder inside a larger array that changes afterwards.
	 */
	private void decode(ListDecoder<ConfigMap> decoder, byte[] bytes) {
		byte[] larger = new byte[bytes.length + 7];
		System.arraycopy(bytes, 0, larger, 3, bytes.length);
		decoder.decode(larger, 3, bytes.length, this.received::add);
		Arrays.fill(larger, (byte) 'x');
	}

	private byte[] body(WireFormat format) {
		return (format == WireFormat.PROTOBUF) ? WireSamples.protobufList(this.items)
				: WireSamples.jsonList(this.items);
	}

}
