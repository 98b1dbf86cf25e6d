package io.github.k8sclient.codec;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.k8sclient.value.Bytes;
import io.github.k8sclient.value.IntOrString;
import io.github.k8sclient.value.Quantity;
import io.github.k8sclient.value.RawJson;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonReaderTests {

	private static final FieldNames NAMES = FieldNames.of("name", "count");

	@Test
	void goesThroughTheMembersOfAnObject() {
		JsonReader in = reader(" { \"count\" : 3 , \"other\" : [ 1 ] , \"name\" : \"x\" } ");
		List<Integer> fields = new ArrayList<>();

		in.beginObject();
		int field;
		while ((field = in.nextField(NAMES)) != JsonReader.END) {
			fields.add(field);
			in.skipValue();
		}
		in.expectEnd();

		assertThat(fields).containsExactly(1, JsonReader.UNKNOWN, 0);
	}

	@Test
	void findsMembersWhoseNamesAreEscaped() {
		JsonReader in = reader("{\"n\\u0061me\":1,\"nam\\u00e9\":2}");

		in.beginObject();

		assertThat(in.nextField(NAMES)).isZero();
		in.skipValue();
		assertThat(in.nextField(NAMES)).isEqualTo(JsonReader.UNKNOWN);
		assertThat(in.name()).isEqualTo("nam\u00e9");
	}

	@Test
	void keepsUnknownMembersAsTheyAre() {
		JsonReader in = reader("{\"b\": { \"x\" : [1, 2] },\"a\":null,\"b\":1.50}");
		UnknownFields unknown = null;

		in.beginObject();
		while (in.nextField(NAMES) != JsonReader.END) {
			unknown = in.readUnknown(unknown);
		}

		assertThat(unknown).isNotNull();
		assertThat(unknown.members()).containsExactly(Map.entry("b", RawJson.of("1.50")),
				Map.entry("a", RawJson.of("null")));
	}

	@Test
	void readsNullAsAbsent() {
		assertThat(reader("null").readString()).isNull();
		assertThat(reader("null").readInteger()).isNull();
		assertThat(reader("null").readLong()).isNull();
		assertThat(reader("null").readDouble()).isNull();
		assertThat(reader("null").readBoolean()).isNull();
		assertThat(reader("null").readBytes()).isNull();
		assertThat(reader("null").readTime()).isNull();
		assertThat(reader("null").readDuration()).isNull();
		assertThat(reader("null").readQuantity()).isNull();
		assertThat(reader("null").readIntOrString()).isNull();
		assertThat(reader("null").readRaw()).isNull();
		assertThat(reader("null").readStrings()).isEmpty();
		assertThat(reader("null").readStringMap()).isEmpty();
	}

	@Test
	void readsNullInListsAndMapsAsZeroLikeGo() {
		assertThat(reader("[null,\"a\"]").readStrings()).containsExactly("", "a");
		assertThat(reader("[null,1]").readIntegers()).containsExactly(0, 1);
		assertThat(reader("[null,1]").readLongs()).containsExactly(0L, 1L);
		assertThat(reader("[null,true]").readBooleans()).containsExactly(false, true);
		assertThat(reader("[null,\"1Ki\"]").readQuantities()).containsExactly(Quantity.ZERO, Quantity.parse("1Ki"));
		assertThat(reader("[null,{}]").readRaws()).containsExactly(RawJson.NULL, RawJson.of("{}"));
		assertThat(reader("{\"a\":null}").readStringMap()).containsExactly(Map.entry("a", ""));
		assertThat(reader("{\"a\":null}").readBytesMap()).containsExactly(Map.entry("a", Bytes.EMPTY));
		assertThat(reader("{\"a\":null}").readQuantityMap()).containsExactly(Map.entry("a", Quantity.ZERO));
		assertThat(reader("{\"a\":null}").readStringsMap()).containsExactly(Map.entry("a", List.of()));
		assertThat(reader("{\"a\":null}").readRawMap()).containsExactly(Map.entry("a", RawJson.NULL));
		assertThat(reader("{\"a\":null,\"b\":\"2020-01-01T00:00:00Z\"}").readTimeMap()).containsOnlyKeys("b");
	}

	@Test
	void readsMapsInTheirOrderWithTheLastOfEqualKeys() {
		Map<String, String> map = reader("{\"z\":\"1\",\"a\":\"2\",\"z\":\"3\"}").readStringMap();

		assertThat(map).containsExactly(Map.entry("z", "3"), Map.entry("a", "2"));
	}

	@ParameterizedTest
	@CsvSource({ "0,0", "-0,0", "7,7", "-1,-1", "2147483647,2147483647", "-2147483648,-2147483648" })
	void readsIntegers(String json, int value) {
		assertThat(reader(json).readInteger()).isEqualTo(value);
		assertThat(reader(json).readLong()).isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "9223372036854775807", "-9223372036854775808", "4294967296", "1234567890123456789" })
	void readsLongs(String json) {
		assertThat(reader(json).readLong()).isEqualTo(Long.parseLong(json));
		failure(json, JsonReader::readInteger).withMessageContaining("does not fit 32 bits");
	}

	@ParameterizedTest
	@ValueSource(strings = { "9223372036854775808", "-9223372036854775809", "99999999999999999999999" })
	void refusesNumbersThatDoNotFit(String json) {
		failure(json, JsonReader::readLong).withMessageContaining("does not fit 64 bits");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.0", "1e3", "01", "-", "\"1\"", "true", "[", "+1", "" })
	void refusesIntegersInOtherForms(String json) {
		failure(json, JsonReader::readInteger);
		failure(json, JsonReader::readLong);
	}

	@Test
	void readsDoubles() {
		assertThat(reader("1.5e3").readDouble()).isEqualTo(1500.0);
		assertThat(reader("-0.25").readDouble()).isEqualTo(-0.25);
		failure("1e999", JsonReader::readDouble).withMessageContaining("does not fit a double");
		failure("1" + "0".repeat(5000), JsonReader::readDouble);
		failure("NaN", JsonReader::readDouble);
	}

	@Test
	void readsBytes() {
		assertThat(reader("\"aGVsbG8=\"").readBytes()).isEqualTo(Bytes.ofUtf8("hello"));
		assertThat(reader("\"\"").readBytes()).isEqualTo(Bytes.EMPTY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "aGVsbG8", "a===", "aGVsbG8=x", "topsecret!!=" })
	void refusesBytesThatAreNoBase64WithoutQuotingThem(String text) {
		failure('"' + text + '"', JsonReader::readBytes).withMessageContaining("invalid Base64")
			.withMessageNotContaining(text)
			.withNoCause();
	}

	@ParameterizedTest
	@CsvSource({ "2024-02-29T23:59:59Z,2024-02-29T23:59:59Z", "2024-01-01T00:00:00.123456Z,2024-01-01T00:00:00.123456Z",
			"2024-01-01T00:00:00.1234567891Z,2024-01-01T00:00:00.123456789Z",
			"2024-01-01T02:30:00+02:30,2024-01-01T00:00:00Z", "2024-01-01T00:00:00-01:00,2024-01-01T01:00:00Z",
			"1969-12-31T23:59:59Z,1969-12-31T23:59:59Z", "0001-01-01T00:00:00Z,0001-01-01T00:00:00Z",
			"9999-12-31T23:59:59Z,9999-12-31T23:59:59Z" })
	void readsTimes(String text, Instant time) {
		assertThat(reader('"' + text + '"').readTime()).isEqualTo(time);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "2024-01-01", "2024-01-01T00:00:00", "2024-1-1T00:00:00Z", "2023-02-29T00:00:00Z",
			"2024-13-01T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:00:60Z", "2024-01-01 00:00:00Z",
			"2024-01-01T00:00:00.Z", "2024-01-01T00:00:00+0100", "2024-01-01T00:00:00z", "2024-01-01T00:00:00Zx",
			"+024-01-01T00:00:00Z", "2024-01-01T00:00:00+1:000" })
	void refusesWhatIsNoTime(String text) {
		failure('"' + text + '"', JsonReader::readTime);
	}

	@Test
	void readsDurations() {
		assertThat(reader("\"1h30m\"").readDuration()).isEqualTo(Duration.ofMinutes(90));
		failure("\"1x\"", JsonReader::readDuration).withMessageContaining("not a duration");
		failure("\"9999999h\"", JsonReader::readDuration).withMessageContaining("not a duration");
	}

	@Test
	void readsQuantitiesFromTextAndNumber() {
		assertThat(reader("\"500m\"").readQuantity()).hasToString("500m");
		assertThat(reader("\" 500m \"").readQuantity()).hasToString("500m");
		assertThat(reader("1.5").readQuantity()).hasToString("1500m");
		assertThat(reader("2").readQuantity()).hasToString("2");
		failure("\"5x\"", JsonReader::readQuantity).withMessageContaining("not a quantity");
		failure("{}", JsonReader::readQuantity);
	}

	@Test
	void readsNumbersOrTexts() {
		assertThat(reader("80").readIntOrString()).isEqualTo(IntOrString.of(80));
		assertThat(reader("\"80\"").readIntOrString()).isEqualTo(IntOrString.of("80"));
		failure("4294967296", JsonReader::readIntOrString);
		failure("1.5", JsonReader::readIntOrString);
	}

	@Test
	void takesOnlyTheExpectedTypeOrNone() {
		reader("\"Pod\"").readExpected("Pod");
		reader("\"\"").readExpected("Pod");
		reader("null").readExpected("Pod");

		failure("\"Status\"", (in) -> {
			in.readExpected("Pod");
			return null;
		}).withMessageContaining("expected 'Pod' but found 'Status'");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"spec":{"containers":[{"name":"a"},{"name":5}]}}             | spec.containers[1].name
			{"metadata":{"labels":{"app.kubernetes.io/name":true}}}       | metadata.labels['app.kubernetes.io/name']
			{"a":"x\\"y","b":[[1,2],[3,{"c":false}]]}                     | b[1][1].c
			{"a":{"b":1},"c":}                                            | c
			{"a":{"b":[1,2,                                               | a.b[2]
			["x","y","z\\q"]                                              | [2]
			{"":{"x":true}}                                               | [''].x
			""")
	void namesThePlaceOfAFailure(String json, String path) {
		JsonReader in = reader(json.strip());

		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> readStringsOnly(in))
			.satisfies((ex) -> assertThat(ex.path()).isEqualTo(path));
	}

	private static void readStringsOnly(JsonReader in) {
		if (in.isObject()) {
			in.beginObject();
			while (in.nextKey() != null) {
				readStringsOnly(in);
			}
		}
		else if (in.isArray()) {
			in.beginArray();
			while (in.nextElement()) {
				readStringsOnly(in);
			}
		}
		else if (in.isString()) {
			in.readString();
		}
		else {
			RawJson number = in.readRaw();
			if (number == null || !number.toString().matches("[1-4]")) {
				throw in.failure("expected a string");
			}
		}
	}

	@Test
	void namesOffsetAndReason() {
		failure("{\"a\":tru}", (in) -> {
			in.skipValue();
			return null;
		}).satisfies((ex) -> {
			assertThat(ex.offset()).isEqualTo(5);
			assertThat(ex.path()).isEqualTo("a");
			assertThat(ex.reason()).isEqualTo("expected a value but found a boolean");
			assertThat(ex.type()).isNull();
		});
		failure("[1", (in) -> {
			in.skipValue();
			return null;
		}).withMessage("Cannot decode object at [0] (byte 2): unexpected end, expected ',' or ']'");
	}

	@Test
	void limitsNesting() {
		DecodingOptions options = DecodingOptions.defaults().withMaxDepth(10);
		String allowed = "[".repeat(10) + "]".repeat(10);
		String tooDeep = "[".repeat(11) + "]".repeat(11);

		JsonTree.read(allowed.getBytes(StandardCharsets.UTF_8), options);
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> JsonTree.read(tooDeep.getBytes(StandardCharsets.UTF_8), options))
			.withMessageContaining("nested deeper than 10");
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> new JsonReader(tooDeep.getBytes(StandardCharsets.UTF_8), options).skipValue())
			.withMessageContaining("nested deeper than 10");
	}

	@Test
	void endlessNestingIsRefusedAndNoStackOverflow() {
		for (String opening : new String[] { "[", "{\"a\":", "[{\"a\":" }) {
			JsonReader in = reader(opening.repeat(1_000_000));

			assertThatExceptionOfType(DecodingException.class).isThrownBy(in::skipValue)
				.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(1000));
		}
	}

	@Test
	void skipsBracketsOfBothKindsBeyondSixtyFourLevels() {
		String json = "[{\"a\":".repeat(100) + "1" + "}]".repeat(100);

		JsonReader in = reader(json);
		in.skipValue();
		in.expectEnd();

		JsonReader crossed = reader(json.replace("1}]", "1]}"));
		assertThatExceptionOfType(DecodingException.class).isThrownBy(crossed::skipValue);
	}

	@Test
	void readsOneValueAfterTheOther() {
		JsonReader in = reader("{\"broken\"");
		assertThatExceptionOfType(DecodingException.class).isThrownBy(in::skipValue);

		byte[] source = "xx[1,2]xx".getBytes(StandardCharsets.UTF_8);
		in.reset(source, 2, 5);
		source[3] = 'y';

		assertThat(in.readIntegers()).containsExactly(1, 2);
		in.expectEnd();
	}

	@Test
	void refusesWhatFollowsTheValue() {
		JsonReader in = reader("1 2");
		in.skipValue();

		assertThatExceptionOfType(DecodingException.class).isThrownBy(in::expectEnd)
			.withMessageContaining("expected the end");
	}

	@Test
	void sharesEqualTextsAndScalars() {
		DecodingOptions options = DecodingOptions.defaults().withInterner(Interner.create());
		JsonReader first = new JsonReader("[\"worker-1\",\"worker-1\"]".getBytes(StandardCharsets.UTF_8), options);
		JsonReader second = new JsonReader("[\"worker-1\"]".getBytes(StandardCharsets.UTF_8), options);

		List<String> texts = first.readStrings();

		assertThat(texts.get(0)).isSameAs(texts.get(1)).isSameAs(second.readStrings().get(0));
		assertThat(json("123456", options).readInteger()).isSameAs(json("123456", options).readInteger());
		assertThat(json("123456", options).readLong()).isSameAs(json("123456", options).readLong());
		assertThat(json("\"500m\"", options).readQuantity()).isSameAs(json("\"500m\"", options).readQuantity());
		assertThat(json("\"http\"", options).readIntOrString()).isSameAs(json("\"http\"", options).readIntOrString());
		assertThat(json("{\"f\":{}}", options).readRaw()).isSameAs(json("{\"f\":{}}", options).readRaw());
		assertThat(json("\"2024-01-01T00:00:00Z\"", options).readTime())
			.isSameAs(json("\"2024-01-01T00:00:00Z\"", options).readTime());
		assertThat(json("\"id\"", options).readUniqueString()).isNotSameAs(json("\"id\"", options).readUniqueString());
	}

	private static JsonReader json(String json, DecodingOptions options) {
		return new JsonReader(json.getBytes(StandardCharsets.UTF_8), options);
	}

	private static JsonReader reader(String json) {
		return json(json, DecodingOptions.defaults());
	}

	private static ThrowableAssertAlternative<DecodingException> failure(String json,
			Function<JsonReader, @Nullable Object> read) {
		return assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> {
			JsonReader in = reader(json);
			read.apply(in);
			in.expectEnd();
		});
	}

}
