package io.github.k8sclient.codec;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Consumer;
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

class ProtobufTests {

	private final DecodingOptions options = DecodingOptions.defaults();

	@ParameterizedTest
	@CsvSource({ "0,0800", "1,0801", "127,087f", "128,088001", "300,08ac02", "-1,08ffffffffffffffffff01",
			"9223372036854775807,08ffffffffffffffff7f", "-9223372036854775808,0880808080808080808001" })
	void writesAndReadsNumbers(long value, String hex) {
		assertThat(write((out) -> out.writeLong(1, value))).isEqualTo(hex);
		assertThat(read(hex, ProtobufReader::readLong)).isEqualTo(value);
	}

	@Test
	void readsIntegersAsGoDoes() {
		assertThat(read("08ffffffffffffffffff01", ProtobufReader::readInteger)).isEqualTo(-1);
		assertThat(read("08ffffffff0f", ProtobufReader::readInteger)).isEqualTo(-1);
		assertThat(read("088080808010", ProtobufReader::readInteger)).isZero();
	}

	@Test
	void writesAndReadsScalars() {
		assertThat(write((out) -> out.writeString(2, "h\u00e9"))).isEqualTo("120368c3a9");
		assertThat(read("120368c3a9", ProtobufReader::readString)).isEqualTo("h\u00e9");
		assertThat(read("120368c3a9", ProtobufReader::readUniqueString)).isEqualTo("h\u00e9");
		assertThat(read("1200", ProtobufReader::readString)).isEmpty();
		assertThat(write((out) -> out.writeBoolean(1, true))).isEqualTo("0801");
		assertThat(read("0801", ProtobufReader::readBoolean)).isTrue();
		assertThat(write((out) -> out.writeDouble(1, 1.5))).isEqualTo("09000000000000f83f");
		assertThat(read("09000000000000f83f", ProtobufReader::readDouble)).isEqualTo(1.5);
		assertThat(write((out) -> out.writeBytes(1, Bytes.of(new byte[] { 1, 2 })))).isEqualTo("0a020102");
		assertThat(read("0a020102", ProtobufReader::readBytes)).isEqualTo(Bytes.of(new byte[] { 1, 2 }));
	}

	@Test
	void zeroCanMeanAbsent() {
		assertThat(read("0a00", ProtobufReader::readStringOrAbsent)).isNull();
		assertThat(read("0a0161", ProtobufReader::readStringOrAbsent)).isEqualTo("a");
		assertThat(read("0a00", ProtobufReader::readUniqueStringOrAbsent)).isNull();
		assertThat(read("0800", ProtobufReader::readIntegerOrAbsent)).isNull();
		assertThat(read("0805", ProtobufReader::readIntegerOrAbsent)).isEqualTo(5);
		assertThat(read("0800", ProtobufReader::readLongOrAbsent)).isNull();
		assertThat(read("0800", ProtobufReader::readBooleanOrAbsent)).isNull();
		assertThat(read("0801", ProtobufReader::readBooleanOrAbsent)).isTrue();
		assertThat(read("0a00", ProtobufReader::readBytesOrAbsent)).isNull();
	}

	@Test
	void timesHaveThePrecisionOfTheirType() {
		Instant time = Instant.parse("2024-02-29T01:02:03.004005678Z");

		String seconds = write((out) -> out.writeTime(8, time));
		String micros = write((out) -> out.writeMicroTime(8, time));

		assertThat(read(seconds, ProtobufReader::readTime)).isEqualTo("2024-02-29T01:02:03Z");
		assertThat(read(micros, ProtobufReader::readMicroTime)).isEqualTo("2024-02-29T01:02:03.004005Z");
		assertThat(read(micros, ProtobufReader::readTime)).isEqualTo("2024-02-29T01:02:03Z");
		assertThat(write((out) -> out.writeTime(8, null))).isEqualTo("4200");
		assertThat(read("4200", ProtobufReader::readTime)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0a0b08ffffffffffffffffff7f", "0a0708808080808020", "0a0a1080808080fcffffffff01" })
	void refusesTimesThatJsonDoesNotHave(String hex) {
		failure(hex, ProtobufReader::readMicroTime);
	}

	@Test
	void writesAndReadsValues() {
		assertThat(write((out) -> out.writeDuration(1, Duration.ofNanos(300)))).isEqualTo("0a0308ac02");
		assertThat(read("0a0308ac02", ProtobufReader::readDuration)).isEqualTo(Duration.ofNanos(300));
		assertThat(write((out) -> out.writeQuantity(1, Quantity.parse("1Ki")))).isEqualTo("0a050a03314b69");
		assertThat(read("0a050a03314b69", ProtobufReader::readQuantity)).hasToString("1Ki");
		assertThat(read("0a00", ProtobufReader::readQuantity)).isEqualTo(Quantity.ZERO);
		assertThat(write((out) -> out.writeIntOrString(1, IntOrString.of(80)))).isEqualTo("0a06080010501a00");
		assertThat(read("0a06080010501a00", ProtobufReader::readIntOrString)).isEqualTo(IntOrString.of(80));
		assertThat(write((out) -> out.writeIntOrString(1, IntOrString.of("x")))).isEqualTo("0a07080110001a0178");
		assertThat(read("0a07080110001a0178", ProtobufReader::readIntOrString)).isEqualTo(IntOrString.of("x"));
		assertThat(write((out) -> out.writeRaw(1, RawJson.of("{}")))).isEqualTo("0a040a027b7d");
		assertThat(read("0a040a027b7d", ProtobufReader::readRaw)).isEqualTo(RawJson.of("{}"));
		assertThat(write((out) -> out.writeRaw(1, null))).isEqualTo("0a00");
		assertThat(read("0a00", ProtobufReader::readRaw)).isNull();
		assertThat(write((out) -> out.writeStringsMessage(1, List.of("a", "b")))).isEqualTo("0a060a01610a0162");
		assertThat(read("0a060a01610a0162", ProtobufReader::readStrings)).containsExactly("a", "b");
		failure("0a030a0178", ProtobufReader::readQuantity).satisfies((ex) -> assertThat(ex.path()).isEqualTo("1"));
	}

	@Test
	void writesListsInTheirOrderAndMapsSorted() {
		assertThat(write((out) -> out.writeStrings(1, List.of("a", "b")))).isEqualTo("0a01610a0162");
		assertThat(write((out) -> out.writeIntegers(1, List.of(1, 2)))).isEqualTo("08010802");
		assertThat(write((out) -> out.writeLongs(1, List.of(1L, 2L)))).isEqualTo("08010802");
		assertThat(write((out) -> out.writeBooleans(1, List.of(true, false)))).isEqualTo("08010800");
		assertThat(write((out) -> out.writeQuantities(1, List.of(Quantity.ZERO)))).isEqualTo("0a030a0130");
		assertThat(write((out) -> out.writeRaws(1, List.of(RawJson.of("1"))))).isEqualTo("0a030a0131");
		Map<String, String> map = new LinkedHashMap<>();
		map.put("b", "2");
		map.put("a", "1");
		assertThat(write((out) -> out.writeStringMap(1, map))).isEqualTo("0a060a01611201310a060a0162120132");
	}

	@Test
	void writesAndReadsMaps() {
		Map<String, Bytes> bytes = Map.of("a", Bytes.ofUtf8("x"));
		Map<String, Quantity> quantities = Map.of("cpu", Quantity.parse("1"));
		Map<String, Instant> times = Map.of("a", Instant.EPOCH);
		Map<String, List<String>> lists = Map.of("a", List.of("x", "y"));
		Map<String, RawJson> raws = Map.of("a", RawJson.of("{}"));

		assertThat(readMap((out) -> out.writeBytesMap(1, bytes), (in) -> in.readBytesEntry(null))).isEqualTo(bytes);
		assertThat(readMap((out) -> out.writeQuantityMap(1, quantities), (in) -> in.readQuantityEntry(null)))
			.isEqualTo(quantities);
		assertThat(readMap((out) -> out.writeTimeMap(1, times), (in) -> in.readTimeEntry(null))).isEqualTo(times);
		assertThat(readMap((out) -> out.writeStringsMap(1, lists), (in) -> in.readStringsEntry(null))).isEqualTo(lists);
		assertThat(readMap((out) -> out.writeRawMap(1, raws), (in) -> in.readRawEntry(null))).isEqualTo(raws);
		assertThat(readMap((out) -> out.writeStringMap(1, Map.of("a", "x")), (in) -> in.readStringEntry(null)))
			.isEqualTo(Map.of("a", "x"));
	}

	private Map<String, ?> readMap(Consumer<ProtobufWriter> writer, Function<ProtobufReader, Elements> entry) {
		String hex = write(writer);
		return read(hex, (in) -> in.toMap(entry.apply(in)));
	}

	@Test
	void readsPackedAndUnpackedNumbers() {
		assertThat(readList("08010802", ProtobufReader::readIntegers)).containsExactly(1, 2);
		assertThat(readList("0a0301ac02", ProtobufReader::readIntegers)).containsExactly(1, 300);
		assertThat(readList("0801" + "0a0301ac02", ProtobufReader::readLongs)).containsExactly(1L, 1L, 300L);
		assertThat(readList("0a020100", ProtobufReader::readBooleans)).containsExactly(true, false);
		assertThat(readList("0a00", ProtobufReader::readIntegers)).isEmpty();
		failure("0a0201ac02", (in) -> in.readIntegers(null));
		failure("0d01020304", (in) -> in.readIntegers(null));
	}

	private List<Object> readList(String hex, BiFunction<ProtobufReader, @Nullable Elements, Elements> read) {
		ProtobufReader in = reader(hex);
		Elements elements = null;
		while (in.nextField() != 0) {
			elements = read.apply(in, elements);
		}
		return in.toList(elements);
	}

	@Test
	void keepsUnknownFieldsOfEveryWireType() {
		String fields = "08ac02" + "110102030405060708" + "1a020102" + "230801" + "2b2c24" + "3501020304" + "fa0700";
		ProtobufReader in = reader(fields);
		UnknownFields unknown = null;

		while (in.nextField() != 0) {
			unknown = in.readUnknown(unknown);
		}

		UnknownFields read = unknown;
		assertThat(write((out) -> out.writeUnknown(read))).isEqualTo(fields);
		assertThat(read).isNotNull();
		assertThat(HexFormat.of().formatHex(read.fields())).isEqualTo(fields);
		assertThat(read.members()).isEmpty();
	}

	@Test
	void saysWhenUnknownMembersAreMissing() {
		JsonReader in = new JsonReader("{\"a\":1}".getBytes(StandardCharsets.UTF_8), this.options);
		in.beginObject();
		in.nextKey();
		UnknownFields unknown = in.readUnknown(null);
		ProtobufWriter out = new ProtobufWriter();

		out.writeUnknown(unknown);

		assertThat(out.lossy()).isTrue();
		assertThat(out.size()).isZero();
		out.reset();
		assertThat(out.lossy()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "08", "0880", "0a", "0a05", "0a0561", "0affffffff0f6161", "0affffffffffffffffff01",
			"0a80808080808080808080016161", "09010203", "0d0102", "0b", "0b08", "0b0801", "0b14", "0b0b0c", "0c",
			"0e00", "0f00", "00", "0000", "808080808001", "08ffffffffffffffffff02", "08ffffffffffffffffffff01" })
	void refusesBrokenFields(String hex) {
		failure(hex, (in) -> {
			in.skipField();
			return null;
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "0801", "0901020304050607080a", "0d01020304", "0b0c" })
	void refusesOtherWireTypes(String hex) {
		failure(hex, ProtobufReader::readString);
		failure(hex, ProtobufReader::readBytes);
		failure(hex, ProtobufReader::readQuantity);
		failure("0a0161", ProtobufReader::readLong);
		failure("0a0161", ProtobufReader::readDouble);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0a01ff", "0a02c080", "0a03eda080", "0a04f4908080", "0a0261ff" })
	void refusesTextsThatAreNotUtf8(String hex) {
		failure(hex, ProtobufReader::readString);
	}

	@Test
	void refusesNumbersThatAreNotFinite() {
		failure("09000000000000f07f", ProtobufReader::readDouble);
		failure("09000000000000f87f", ProtobufReader::readDouble);
	}

	@Test
	void namesThePlaceOfAFailure() {
		ProtobufWriter out = new ProtobufWriter();
		int outer = out.beginMessage();
		int second = out.beginMessage();
		out.writeBytes(4, Bytes.of(new byte[] { (byte) 0xff }));
		out.endMessage(3, second);
		int first = out.beginMessage();
		out.writeString(4, "fine");
		out.endMessage(3, first);
		out.writeLong(1, 1);
		out.endMessage(2, outer);
		ProtobufReader in = new ProtobufReader(out.toByteArray(), this.options);

		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> readMessages(in)).satisfies((ex) -> {
			assertThat(ex.path()).isEqualTo("2.3[1].4");
			assertThat(ex.offset()).isEqualTo(out.size() - 1);
			assertThat(ex.reason()).isEqualTo("invalid UTF-8");
		});
	}

	private static void readMessages(ProtobufReader in) {
		int field;
		while ((field = in.nextField()) != 0) {
			switch (field) {
				case 2, 3 -> {
					in.beginMessage();
					readMessages(in);
				}
				case 4 -> in.readString();
				default -> in.skipField();
			}
		}
	}

	@Test
	void limitsNesting() {
		byte[] messages = {};
		for (int level = 0; level < 11; level++) {
			ProtobufWriter out = new ProtobufWriter();
			out.writeBytes(2, Bytes.of(messages));
			messages = out.toByteArray();
		}
		byte[] nested = messages;
		byte[] groups = new byte[100_000];
		Arrays.fill(groups, (byte) 0x0b);

		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> readMessages(new ProtobufReader(nested, this.options.withMaxDepth(10))))
			.withMessageContaining("nested deeper than 10");
		readMessages(new ProtobufReader(nested, this.options.withMaxDepth(11)));
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> readMessages(new ProtobufReader(groups, this.options)))
			.withMessageContaining("nested deeper than 512");
	}

	@Test
	void randomBytesGiveAMessageOrADecodingException() {
		Random random = new Random(1);
		int read = 0;

		for (int count = 0; count < 20_000; count++) {
			byte[] bytes = new byte[random.nextInt(40)];
			for (int index = 0; index < bytes.length; index++) {
				bytes[index] = (byte) ((random.nextInt(3) == 0) ? random.nextInt(256) : random.nextInt(36));
			}
			try {
				readMessages(new ProtobufReader(bytes, this.options));
				read++;
			}
			catch (DecodingException ex) {
				assertThat(ex.offset()).isBetween(0L, (long) bytes.length);
			}
		}

		assertThat(read).isBetween(500, 19_500);
	}

	@Test
	void growsForLongMessages() {
		String text = "x".repeat(100_000);
		ProtobufWriter out = new ProtobufWriter();
		out.writeRaw(4, RawJson.of(text));
		out.writeBytes(3, Bytes.ofUtf8(text));
		out.writeStrings(1, List.of(text, text));

		ProtobufReader in = new ProtobufReader(out.toByteArray(), this.options);

		assertThat(in.nextField()).isEqualTo(1);
		assertThat(in.readString()).isEqualTo(text);
		assertThat(in.nextInRun()).isTrue();
		assertThat(in.readString()).isEqualTo(text);
		assertThat(in.nextInRun()).isFalse();
		assertThat(in.nextField()).isEqualTo(3);
		assertThat(in.readBytes()).isEqualTo(Bytes.ofUtf8(text));
		assertThat(in.nextField()).isEqualTo(4);
		assertThat(in.readRaw()).isEqualTo(RawJson.of(text));
		assertThat(in.nextField()).isZero();
		assertThat(in.nextField()).isZero();
	}

	@Test
	void sharesEqualValues() {
		DecodingOptions sharing = this.options.withInterner(Interner.create());
		ProtobufWriter out = new ProtobufWriter();
		out.writeRaws(2, List.of(RawJson.of("{\"f:a\":{}}"), RawJson.of("{\"f:a\":{}}")));
		out.writeStrings(1, List.of("worker-1", "worker-1"));
		ProtobufReader in = new ProtobufReader(out.toByteArray(), sharing);

		in.nextField();
		String text = in.readString();
		in.nextField();
		assertThat(in.readString()).isSameAs(text);
		in.nextField();
		RawJson raw = in.readRaw();
		in.nextField();
		assertThat(in.readRaw()).isSameAs(raw);
	}

	private ProtobufReader reader(String hex) {
		return new ProtobufReader(HexFormat.of().parseHex(hex), this.options);
	}

	private <T> @Nullable T read(String hex, Function<ProtobufReader, @Nullable T> read) {
		ProtobufReader in = reader(hex);
		in.nextField();
		T value = read.apply(in);
		assertThat(in.nextField()).isZero();
		return value;
	}

	private ThrowableAssertAlternative<DecodingException> failure(String hex,
			Function<ProtobufReader, @Nullable Object> read) {
		return assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> {
			ProtobufReader in = reader(hex);
			in.nextField();
			read.apply(in);
		});
	}

	private static String write(Consumer<ProtobufWriter> value) {
		ProtobufWriter out = new ProtobufWriter();
		value.accept(out);
		assertThat(out.size()).isEqualTo(out.toByteArray().length);
		return HexFormat.of().formatHex(out.toByteArray());
	}

}
