package io.github.k8sclient.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.meta.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WatchDecoderTests {

	private final Recorder frames = new Recorder();

	private final DecodingOptions options = DecodingOptions.defaults();

	@ParameterizedTest
	@EnumSource
	void readsFramesWhereverTheirBytesAreCut(WireFormat format) {
		byte[] body = body(format);
		List<String> whole = decodeWhole(format, body);

		assertThat(whole).containsExactly("ADDED a", "MODIFIED a", "DELETED a", "BOOKMARK null", "ERROR Expired");
		for (int cut = 0; cut <= body.length; cut++) {
			this.frames.seen.clear();
			WatchDecoder<ConfigMap> decoder = decoder(format);
			decode(decoder, Arrays.copyOfRange(body, 0, cut));
			decode(decoder, Arrays.copyOfRange(body, cut, body.length));

			assertThat(this.frames.seen).isEqualTo(whole);
			assertThat(decoder.isInFrame()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void readsFramesInChunksOfEverySize(WireFormat format) {
		byte[] body = body(format);
		List<String> whole = decodeWhole(format, body);

		for (int size = 1; size <= 64; size++) {
			this.frames.seen.clear();
			WatchDecoder<ConfigMap> decoder = decoder(format);
			for (int from = 0; from < body.length; from += size) {
				decode(decoder, Arrays.copyOfRange(body, from, Math.min(body.length, from + size)));
			}

			assertThat(this.frames.seen).isEqualTo(whole);
		}
	}

	@ParameterizedTest
	@EnumSource
	void knowsWhetherAFrameIsComplete(WireFormat format) {
		byte[] frame = frame(format, "ADDED", "a");
		WatchDecoder<ConfigMap> decoder = decoder(format);

		assertThat(decoder.isInFrame()).isFalse();
		decode(decoder, Arrays.copyOf(frame, 2));
		assertThat(decoder.isInFrame()).isTrue();
		decode(decoder, Arrays.copyOfRange(frame, 2, frame.length));
		assertThat(decoder.isInFrame()).isFalse();
	}

	@Test
	void needsNoWhiteSpaceBetweenJsonFrames() {
		byte[] object = WireSamples.json(ConfigMap.CODEC, WireSamples.configMap("a", "1"));
		String frame = new String(WireSamples.jsonFrame("ADDED", object), StandardCharsets.UTF_8);

		assertThat(decodeWhole(WireFormat.JSON, WireSamples.utf8(frame.strip().repeat(2)))).containsExactly("ADDED a",
				"ADDED a");
		assertThat(decodeWhole(WireFormat.JSON, WireSamples.utf8(" \r\n\t" + frame))).containsExactly("ADDED a");
	}

	@Test
	void readsTheTypeBehindTheObject() {
		String json = "{\"object\":{\"metadata\":{\"name\":\"a\"}},\"x\":[1],\"type\":\"ADDED\"}";

		assertThat(decodeWhole(WireFormat.JSON, WireSamples.utf8(json))).containsExactly("ADDED a");
	}

	@ParameterizedTest
	@EnumSource
	void reportsFramesThatAreNotUnderstoodAndGoesOn(WireFormat format) {
		byte[] pod = encoded(format, Pod.builder().build());
		byte[] unknownType = frame(format, "SYNCED", "a");
		byte[] otherKind = frame(format, "ADDED", pod);
		byte[] noStatus = frame(format, "ERROR", pod);
		byte[] good = frame(format, "ADDED", "b");

		List<String> seen = decodeWhole(format, WireSamples.concat(unknownType, otherKind, noStatus, good));

		assertThat(seen).hasSize(4);
		assertThat(seen.get(0)).startsWith("problem Cannot decode watch event of ConfigMap")
			.contains("unknown type of watch event");
		assertThat(seen.get(1)).contains("found").contains("Pod").contains(" at object");
		assertThat(seen.get(2)).contains("found").contains("Pod");
		assertThat(seen.get(3)).isEqualTo("ADDED b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"type\":\"ADDED\"}", "{\"object\":{}}", "{\"type\":1,\"object\":{}}",
			"{\"type\":\"ADDED\",\"object\":null}", "{\"type\":\"ADDED\",\"object\":[]}", "{\"type\":}",
			"{\"type\":\"ADDED\",\"object\":{\"data\":5}}", "{\"type\":\"ADDED\" \"object\":{}}",
			"{\"type\":null,\"object\":{}}" })
	void reportsMalformedJsonFramesAndGoesOn(String frame) {
		byte[] good = frame(WireFormat.JSON, "ADDED", "b");

		List<String> seen = decodeWhole(WireFormat.JSON, WireSamples.concat(WireSamples.utf8(frame), good));

		assertThat(seen).hasSize(2);
		assertThat(seen.get(0)).startsWith("problem");
		assertThat(seen.get(1)).isEqualTo("ADDED b");
	}

	@Test
	void reportsMalformedProtobufFramesAndGoesOn() {
		byte[] good = frame(WireFormat.PROTOBUF, "ADDED", "b");
		byte[] empty = WireSamples.frame(new byte[0]);
		byte[] garbage = WireSamples.frame(new byte[] { 0x0a, 0x50 });
		byte[] noEnvelope = WireSamples.protobufFrame("ADDED", new byte[] { 1, 2, 3, 4, 5 });

		List<String> seen = decodeWhole(WireFormat.PROTOBUF, WireSamples.concat(empty, garbage, noEnvelope, good));

		assertThat(seen).hasSize(4).last().isEqualTo("ADDED b");
		assertThat(seen.subList(0, 3)).allSatisfy((problem) -> assertThat(problem).startsWith("problem"));
	}

	@Test
	void namesTheOffsetInTheWholeWatch() {
		byte[] good = frame(WireFormat.JSON, "ADDED", "b");

		List<String> seen = decodeWhole(WireFormat.JSON,
				WireSamples.concat(good, WireSamples.utf8("{\"type\":\"ADDED\",\"object\":{\"data\":5}}")));

		assertThat(seen.get(1)).isEqualTo("problem Cannot decode watch event of ConfigMap at object.data (byte "
				+ (good.length + 33) + "): expected an object but found a number");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "[", "\"", ",", "null" })
	void refusesBytesThatAreNoFrames(String text) {
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> decodeWhole(WireFormat.JSON, WireSamples.utf8(text)))
			.withMessageContaining("expected an object");
	}

	@ParameterizedTest
	@EnumSource
	void limitsTheSizeOfAFrame(WireFormat format) {
		byte[] frame = frame(format, "ADDED", "a");
		DecodingOptions limited = this.options.withMaxObjectSize(30);

		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> decode(WatchDecoder.of(format, ConfigMap.CODEC, limited), frame))
			.withMessageContaining("object of more than 30 bytes");
		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> {
			WatchDecoder<ConfigMap> decoder = WatchDecoder.of(format, ConfigMap.CODEC, limited);
			for (byte next : frame) {
				decode(decoder, new byte[] { next });
			}
		}).withMessageContaining("object of more than 30 bytes");
	}

	@Test
	void refusesAHugeLengthBeforeItsBytesCome() {
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> decodeWhole(WireFormat.PROTOBUF, new byte[] { -1, -1, -1, -1 }))
			.withMessageContaining("object of more than");
	}

	@ParameterizedTest
	@EnumSource
	void brokenBytesGiveFramesOrADecodingException(WireFormat format) {
		byte[] whole = body(format);
		Random random = new Random(1);

		for (int count = 0; count < 2_000; count++) {
			byte[] broken = whole.clone();
			for (int changes = random.nextInt(3); changes >= 0; changes--) {
				broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
			}
			int cut = random.nextInt(broken.length);
			WatchDecoder<ConfigMap> decoder = decoder(format);
			try {
				decode(decoder, Arrays.copyOf(broken, cut));
				decode(decoder, Arrays.copyOfRange(broken, cut, broken.length));
			}
			catch (DecodingException ex) {
				assertThat(ex.type()).isEqualTo("watch event of ConfigMap");
				assertThat(ex.offset()).isBetween(0L, (long) broken.length);
			}
		}

		assertThat(this.frames.seen).anyMatch((frame) -> frame.startsWith("problem"));
	}

	private List<String> decodeWhole(WireFormat format, byte[] body) {
		decode(decoder(format), body);
		List<String> seen = List.copyOf(this.frames.seen);
		this.frames.seen.clear();
		return seen;
	}

	private WatchDecoder<ConfigMap> decoder(WireFormat format) {
		return WatchDecoder.of(format, ConfigMap.CODEC, this.options);
	}

	/**
	 * Gives bytes to a decoder inside a larger array that changes afterwards.
	 */
	private void decode(WatchDecoder<ConfigMap> decoder, byte[] bytes) {
		byte[] larger = new byte[bytes.length + 7];
		System.arraycopy(bytes, 0, larger, 3, bytes.length);
		decoder.decode(larger, 3, bytes.length, this.frames);
		Arrays.fill(larger, (byte) 'x');
	}

	private static byte[] body(WireFormat format) {
		byte[] bookmark = encoded(format,
				ConfigMap.builder().metadata((metadata) -> metadata.resourceVersion("9")).build());
		byte[] gone = ObjectDecoder.encode(Status.CODEC, WireSamples.gone(), format).bytes();
		return WireSamples.concat(frame(format, "ADDED", "a"), frame(format, "MODIFIED", "a"),
				frame(format, "DELETED", "a"), frame(format, "BOOKMARK", bookmark), frame(format, "ERROR", gone));
	}

	private static byte[] frame(WireFormat format, String type, String name) {
		return frame(format, type, encoded(format, WireSamples.configMap(name, "1")));
	}

	private static byte[] frame(WireFormat format, String type, byte[] object) {
		return (format == WireFormat.PROTOBUF) ? WireSamples.protobufFrame(type, object)
				: WireSamples.jsonFrame(type, object);
	}

	private static byte[] encoded(WireFormat format, ConfigMap object) {
		return ObjectDecoder.encode(ConfigMap.CODEC, object, format).bytes();
	}

	private static byte[] encoded(WireFormat format, Pod object) {
		return ObjectDecoder.encode(Pod.CODEC, object, format).bytes();
	}

	private static final class Recorder implements WatchFrames<ConfigMap> {

		private final List<String> seen = new ArrayList<>();

		@Override
		public void object(WatchFrameType type, ConfigMap object) {
			this.seen.add(type + " " + object.metadata().name());
		}

		@Override
		public void error(Status status) {
			this.seen.add("ERROR " + status.reason());
		}

		@Override
		public void problem(DecodingException problem) {
			this.seen.add("problem " + problem.getMessage());
		}

	}

}
