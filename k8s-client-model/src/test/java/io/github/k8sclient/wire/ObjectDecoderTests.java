package io.github.k8sclient.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.meta.Status;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ObjectDecoderTests {

	private final ConfigMap configMap = WireSamples.configMap("a", "value");

	private final DecodingOptions options = DecodingOptions.defaults();

	@ParameterizedTest
	@EnumSource
	void readsWhatItWrites(WireFormat format) {
		EncodedObject encoded = ObjectDecoder.encode(ConfigMap.CODEC, this.configMap, format);

		assertThat(encoded.format()).isEqualTo(format);
		assertThat(encoded.lossy()).isFalse();
		assertThat(ObjectDecoder.decode(ConfigMap.CODEC, format, encoded.bytes(), this.options))
			.isEqualTo(this.configMap);
		assertThat(ObjectDecoder.typeOf(format, encoded.bytes())).isEqualTo(new TypeMeta("v1", "ConfigMap"));
	}

	@Test
	void writesTheEnvelopeThatGoWrites() {
		ConfigMap named = ConfigMap.builder().metadata((metadata) -> metadata.name("a")).build();

		byte[] bytes = WireSamples.protobuf(ConfigMap.CODEC, named);

		String type = "0a0f" + "0a027631" + "1209" + HexFormat.of().formatHex(WireSamples.utf8("ConfigMap"));
		assertThat(HexFormat.of().formatHex(bytes)).startsWith("6b387300" + type + "12").endsWith("1a002200");
	}

	@Test
	void prefersTheFormatInWhichNothingIsMissing() {
		byte[] json = WireSamples.utf8("{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{},\"future\":1}");
		ConfigMap fromJson = ObjectDecoder.decode(ConfigMap.CODEC, WireFormat.JSON, json, this.options);

		EncodedObject encoded = ObjectDecoder.encode(ConfigMap.CODEC, fromJson, WireFormat.PROTOBUF);

		assertThat(encoded.format()).isEqualTo(WireFormat.JSON);
		assertThat(encoded.lossy()).isFalse();
		assertThat(new String(encoded.bytes(), StandardCharsets.UTF_8)).contains("\"future\":1");
	}

	@Test
	void refusesObjectsOfAnotherKind() {
		byte[] json = WireSamples.json(ConfigMap.CODEC, this.configMap);
		byte[] protobuf = WireSamples.protobuf(ConfigMap.CODEC, this.configMap);

		failure(WireFormat.JSON, json).withMessageContaining("expected 'Pod' but found 'ConfigMap'")
			.satisfies((ex) -> assertThat(ex.path()).isEqualTo("kind"));
		failure(WireFormat.PROTOBUF, protobuf).withMessageContaining("expected v1 Pod but found v1 ConfigMap");
	}

	@Test
	void namesTypeAndPlaceOfAFailure() {
		failure(WireFormat.JSON, WireSamples.utf8("{\"spec\":{\"containers\":[{\"name\":\"a\"},{\"name\":1}]}}"))
			.withMessage(
					"Cannot decode Pod at spec.containers[1].name (byte 44): expected a string but found a number");
		failure(WireFormat.PROTOBUF, WireSamples.utf8("{}")).withMessageContaining("no Kubernetes protobuf envelope");
		byte[] broken = WireSamples.protobuf(Pod.CODEC,
				Pod.builder()
					.spec((spec) -> spec.nodeName("worker"))
					.metadata((metadata) -> metadata.name("x"))
					.build());
		int at = new String(broken, StandardCharsets.ISO_8859_1).indexOf("worker");
		broken[at] = (byte) 0xff;
		failure(WireFormat.PROTOBUF, broken).satisfies((ex) -> {
			assertThat(ex.path()).isEqualTo("2.10");
			assertThat(ex.offset()).isEqualTo(at);
			assertThat(ex.type()).isEqualTo("Pod");
		});
	}

	private ThrowableAssertAlternative<DecodingException> failure(WireFormat format, byte[] body) {
		return assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> ObjectDecoder.decode(Pod.CODEC, format, body, this.options));
	}

	@Test
	void refusesWhatFollowsAnObject() {
		failure(WireFormat.JSON, WireSamples.utf8("{} {}")).withMessageContaining("expected the end");
	}

	@ParameterizedTest
	@EnumSource
	void refusesEveryPrefix(WireFormat format) {
		byte[] whole = ObjectDecoder.encode(ConfigMap.CODEC, this.configMap, format).bytes();
		// the last two fields of the envelope are empty, and may be missing
		int complete = (format == WireFormat.PROTOBUF) ? whole.length - 4 : whole.length;

		for (int length = 0; length < complete; length++) {
			byte[] prefix = Arrays.copyOf(whole, length);
			boolean envelopeWithoutObject = format == WireFormat.PROTOBUF && (length == 4 || length == 21);
			if (!envelopeWithoutObject) {
				assertThatExceptionOfType(DecodingException.class)
					.isThrownBy(() -> ObjectDecoder.decode(ConfigMap.CODEC, format, prefix, this.options));
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void brokenBytesGiveAnObjectOrADecodingException(WireFormat format) {
		byte[] whole = ObjectDecoder.encode(ConfigMap.CODEC, this.configMap, format).bytes();
		Random random = new Random(1);
		int refused = 0;

		for (int count = 0; count < 5_000; count++) {
			byte[] broken = whole.clone();
			for (int changes = random.nextInt(3); changes >= 0; changes--) {
				broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
			}
			try {
				ObjectDecoder.decode(ConfigMap.CODEC, format, broken, this.options);
			}
			catch (DecodingException ex) {
				assertThat(ex.type()).isEqualTo("ConfigMap");
				refused++;
			}
		}

		assertThat(refused).isGreaterThan(1_000);
	}

	@ParameterizedTest
	@EnumSource
	void readsAnObjectOrTheStatusInItsPlace(WireFormat format) {
		byte[] object = ObjectDecoder.encode(ConfigMap.CODEC, this.configMap, format).bytes();
		byte[] status = ObjectDecoder.encode(Status.CODEC, WireSamples.gone(), format).bytes();
		AtomicReference<Status> found = new AtomicReference<>();
		Function<Status, @Nullable ConfigMap> ofStatus = (value) -> {
			found.set(value);
			return null;
		};

		assertThat(ObjectDecoder.decode(ConfigMap.CODEC, format, object, this.options, ofStatus))
			.isEqualTo(this.configMap);
		assertThat(found).hasNullValue();
		assertThat(ObjectDecoder.decode(ConfigMap.CODEC, format, status, this.options, ofStatus)).isNull();
		assertThat(found).hasValue(WireSamples.gone());
		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> ObjectDecoder.decode(ConfigMap.CODEC,
				format, WireSamples.utf8("upstream connect error"), this.options, ofStatus));
	}

	@ParameterizedTest
	@EnumSource
	void recognisesAStatus(WireFormat format) {
		byte[] status = ObjectDecoder.encode(Status.CODEC, WireSamples.gone(), format).bytes();
		byte[] other = ObjectDecoder.encode(ConfigMap.CODEC, this.configMap, format).bytes();

		assertThat(ObjectDecoder.status(format, status)).isEqualTo(WireSamples.gone());
		assertThat(ObjectDecoder.status(format, other)).isNull();
		assertThat(ObjectDecoder.status(format, WireSamples.utf8("upstream connect error"))).isNull();
		assertThat(ObjectDecoder.status(format, new byte[0])).isNull();
	}

}
