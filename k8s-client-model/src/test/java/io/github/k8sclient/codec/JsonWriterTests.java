package io.github.k8sclient.codec;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

import io.github.k8sclient.value.Bytes;
import io.github.k8sclient.value.IntOrString;
import io.github.k8sclient.value.Quantity;
import io.github.k8sclient.value.RawJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JsonWriterTests {

	private static final FieldNames NAMES = FieldNames.of("name", "items");

	@Test
	void separatesMembersAndElements() {
		JsonWriter out = new JsonWriter();

		out.beginObject();
		out.field(NAMES, 0).writeString("x");
		out.field(NAMES, 1);
		out.beginArray();
		out.writeInteger(1);
		out.beginObject();
		out.endObject();
		out.writeNull();
		out.endArray();
		out.key("k<").writeBoolean(true);
		out.endObject();

		assertThat(out).hasToString("{\"name\":\"x\",\"items\":[1,{},null],\"k\\u003c\":true}");
	}

	@Test
	void escapesAsGoDoes() {
		assertThat(write((out) -> out.writeString("a\"b\\c/d<e>f&g")))
			.isEqualTo("\"a\\\"b\\\\c/d\\u003ce\\u003ef\\u0026g\"");
		assertThat(write((out) -> out.writeString("\b\f\n\r\t\u0000\u001f\u007f")))
			.isEqualTo("\"\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\"");
		assertThat(write((out) -> out.writeString("\u2028\u2029\u00e4\u20ac\ud83d\ude00")))
			.isEqualTo("\"\\u2028\\u2029\u00e4\u20ac\ud83d\ude00\"");
		assertThat(write((out) -> out.writeString("\ud83d|\ude00|\ud83d"))).isEqualTo("\"\\ufffd|\\ufffd|\\ufffd\"");
	}

	@Test
	void jacksonReadsWhatItWrites() {
		Random random = new Random(1);
		JsonMapper mapper = new JsonMapper();

		for (int count = 0; count < 2_000; count++) {
			StringBuilder text = new StringBuilder();
			for (int length = random.nextInt(40); length > 0; length--) {
				int codePoint = random.nextInt((random.nextInt(4) == 0) ? 0x110000 : 0x80);
				text.appendCodePoint((codePoint >= 0xd800 && codePoint < 0xe000) ? ' ' : codePoint);
			}
			JsonWriter out = new JsonWriter();
			out.writeString(text.toString());

			assertThat(mapper.readValue(out.toByteArray(), String.class)).isEqualTo(text.toString());
			assertThat(new JsonReader(out.toByteArray(), DecodingOptions.defaults()).readString())
				.isEqualTo(text.toString());
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, -1, 9, 10, -10, 99, 100, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MIN_VALUE })
	void writesNumbers(long value) {
		assertThat(write((out) -> out.writeLong(value))).isEqualTo(Long.toString(value));
	}

	@ParameterizedTest
	@CsvSource({ "0,0", "-0.0,-0", "1,1", "1.5,1.5", "-0.25,-0.25", "100,100", "1e20,100000000000000000000",
			"1e21,1e+21", "1e-6,0.000001", "1e-7,1e-7", "1.5e-9,1.5e-9", "123456789.125,123456789.125", "2e-3,0.002",
			"1e23,1e+23", "1.7976931348623157e308,1.7976931348623157e+308", "4.9e-324,5e-324", "0.1,0.1",
			"-1.5e300,-1.5e+300" })
	void writesDoublesAsGoDoes(double value, String json) {
		assertThat(write((out) -> out.writeDouble(value))).isEqualTo(json);
	}

	@Test
	void refusesNumbersThatJsonDoesNotHave() {
		assertThatIllegalArgumentException().isThrownBy(() -> new JsonWriter().writeDouble(Double.NaN));
		assertThatIllegalArgumentException().isThrownBy(() -> new JsonWriter().writeDouble(Double.NEGATIVE_INFINITY));
	}

	@Test
	void writesTimesWithTheirPrecision() {
		Instant time = Instant.parse("2024-02-29T01:02:03.004005678Z");

		assertThat(write((out) -> out.writeTime(time))).isEqualTo("\"2024-02-29T01:02:03Z\"");
		assertThat(write((out) -> out.writeMicroTime(time))).isEqualTo("\"2024-02-29T01:02:03.004005Z\"");
		assertThat(write((out) -> out.writeMicroTime(Instant.EPOCH))).isEqualTo("\"1970-01-01T00:00:00.000000Z\"");
		assertThatIllegalArgumentException().isThrownBy(() -> new JsonWriter().writeTime(Instant.MAX));
	}

	@Test
	void writesDaysOfEveryYear() {
		for (long day = Rfc3339.MIN_SECOND / 86400; day <= Rfc3339.MAX_SECOND / 86400; day += 997) {
			Instant time = Instant.ofEpochSecond(day * 86400 + 45296);

			assertThat(write((out) -> out.writeTime(time))).isEqualTo('"' + time.toString() + '"');
		}
	}

	@Test
	void writesValues() {
		assertThat(write((out) -> out.writeBytes(Bytes.ofUtf8("hello")))).isEqualTo("\"aGVsbG8=\"");
		assertThat(write((out) -> out.writeDuration(Duration.ofMinutes(90)))).isEqualTo("\"1h30m0s\"");
		assertThat(write((out) -> out.writeQuantity(Quantity.parse("0.5")))).isEqualTo("\"500m\"");
		assertThat(write((out) -> out.writeIntOrString(IntOrString.of(80)))).isEqualTo("80");
		assertThat(write((out) -> out.writeIntOrString(IntOrString.of("80")))).isEqualTo("\"80\"");
		assertThat(write((out) -> out.writeStrings(List.of("a", "b")))).isEqualTo("[\"a\",\"b\"]");
		assertThat(write((out) -> out.writeIntegers(List.of(1, 2)))).isEqualTo("[1,2]");
		assertThat(write((out) -> out.writeLongs(List.of(1L, 2L)))).isEqualTo("[1,2]");
		assertThat(write((out) -> out.writeBooleans(List.of(true, false)))).isEqualTo("[true,false]");
		assertThat(write((out) -> out.writeQuantities(List.of(Quantity.ZERO)))).isEqualTo("[\"0\"]");
		assertThat(write((out) -> out.writeRaws(List.of(RawJson.of("{ }"))))).isEqualTo("[{ }]");
	}

	@Test
	void sortsMapsByTheBytesOfTheirKeys() {
		Map<String, String> map = new LinkedHashMap<>();
		for (String key : new String[] { "b", "\ufb01", "a", "\ud83d\ude00", "ab", "B" }) {
			map.put(key, "1");
		}

		assertThat(write((out) -> out.writeStringMap(map)))
			.isEqualTo("{\"B\":\"1\",\"a\":\"1\",\"ab\":\"1\",\"b\":\"1\",\"\ufb01\":\"1\",\"\ud83d\ude00\":\"1\"}");
		assertThat(write((out) -> out.writeBytesMap(Map.of("a", Bytes.EMPTY)))).isEqualTo("{\"a\":\"\"}");
		assertThat(write((out) -> out.writeQuantityMap(Map.of("a", Quantity.ZERO)))).isEqualTo("{\"a\":\"0\"}");
		assertThat(write((out) -> out.writeTimeMap(Map.of("a", Instant.EPOCH))))
			.isEqualTo("{\"a\":\"1970-01-01T00:00:00Z\"}");
		assertThat(write((out) -> out.writeStringsMap(Map.of("a", List.of("x"))))).isEqualTo("{\"a\":[\"x\"]}");
		assertThat(write((out) -> out.writeRawMap(Map.of("a", RawJson.NULL)))).isEqualTo("{\"a\":null}");
	}

	@Test
	void writesUnknownMembersBack() {
		JsonReader in = new JsonReader("{\"future\":{\"x\": 1.0}}".getBytes(StandardCharsets.UTF_8),
				DecodingOptions.defaults());
		in.beginObject();
		in.nextField(NAMES);
		UnknownFields unknown = in.readUnknown(null);
		JsonWriter out = new JsonWriter();

		out.beginObject();
		out.field(NAMES, 0).writeString("x");
		out.writeUnknown(unknown);
		out.endObject();

		assertThat(out).hasToString("{\"name\":\"x\",\"future\":{\"x\": 1.0}}");
		assertThat(out.lossy()).isFalse();
	}

	@Test
	void saysWhenUnknownProtobufFieldsAreMissing() {
		ProtobufReader in = new ProtobufReader(new byte[] { 8, 1 }, DecodingOptions.defaults());
		in.nextField();
		UnknownFields unknown = in.readUnknown(null);
		JsonWriter out = new JsonWriter();

		out.beginObject();
		out.writeUnknown(unknown);
		out.endObject();

		assertThat(out).hasToString("{}");
		assertThat(out.lossy()).isTrue();
	}

	@Test
	void writesNullInPlaceOfRawBytesThatAreNoJson() {
		for (String broken : new String[] { "{", "k8s\u0000", "", "1 2", "{\"a\":\"\\x\"}" }) {
			JsonWriter out = new JsonWriter();
			out.writeRaw(RawJson.of(broken));

			assertThat(out).hasToString("null");
			assertThat(out.lossy()).isTrue();
			out.reset();
			assertThat(out.lossy()).isFalse();
		}
	}

	@Test
	void leavesOutCredentialsWhenRedacting() {
		JsonWriter out = JsonWriter.redacting();

		out.beginArray();
		out.writeSensitiveBytesMap(Map.of("password", Bytes.ofUtf8("hunter2")));
		out.writeSensitiveStringMap(Map.of("token", "abc"));
		out.writeSensitiveString("abc");
		out.endArray();

		assertThat(out).hasToString("[{\"password\":\"(redacted)\"},{\"token\":\"(redacted)\"},\"(redacted)\"]");
	}

	private static String write(Consumer<JsonWriter> value) {
		JsonWriter out = new JsonWriter();
		value.accept(out);
		assertThat(out.lossy()).isFalse();
		return out.toString();
	}

}
