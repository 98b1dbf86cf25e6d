package io.github.k8sclient.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.value.RawJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link JsonValues}.
 */
class JsonValuesTests {

	@Test
	void valuesHaveTypesOfJava() {
		assertThat(read("\"a\"")).isEqualTo("a");
		assertThat(read("true")).isEqualTo(true);
		assertThat(read("null")).isNull();
		assertThat(read("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
		assertThat(read("9223372036854775808")).isEqualTo(new BigInteger("9223372036854775808"));
		assertThat(read("0.10")).isEqualTo(new BigDecimal("0.10"));
		assertThat(read("1E2")).isEqualTo(new BigDecimal("1E2"));
		assertThat(read("[1, [], {}]")).isEqualTo(List.of(1L, List.of(), Map.of()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"b\":1,\"a\":{\"x\":null}}", "[null]", "{}", "[]", "{\"a\":1.50,\"b\":[true,false]}",
			"{\"a\":123456789012345678901234567890}" })
	void valuesAreWrittenSortedAndOtherwiseAsTheyWere(String json) {
		JsonWriter out = new JsonWriter();

		JsonValues.write(read(json), out);

		assertThat(out.toString())
			.isEqualTo(json.equals("{\"b\":1,\"a\":{\"x\":null}}") ? "{\"a\":{\"x\":null},\"b\":1}" : json);
	}

	@Test
	void objectsKeepTheirOrderAndNulls() {
		Map<?, ?> object = (Map<?, ?>) read("{\"b\":null,\"a\":1,\"b\":2,\"c\":null}");

		assertThat(new ArrayList<Object>(object.keySet())).isEqualTo(List.of("b", "a", "c"));
		assertThat(object.get("b")).isEqualTo(2L);
		assertThat(object.containsKey("c")).isTrue();
		assertThat(object.get("c")).isNull();
	}

	@Test
	void valuesCannotBeChanged() {
		for (String json : List.of("{\"a\":1}", "{\"a\":null}")) {
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> ((Map<?, ?>) read(json)).clear());
		}
		for (String json : List.of("[1,2,3]", "[null]")) {
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> ((List<?>) read(json)).clear());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[1", "tru", "1e99999999999", "{\"a\"}", "01", "nul", "-" })
	void brokenJsonIsRefused(String json) {
		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> read(json));
	}

	@Test
	void copyHasTheTypesThatReadingGives() {
		assertThat(JsonValues.copyOf(Map.of("a", List.of(1, (short) 2, (byte) 3)))).isEqualTo(read("{\"a\":[1,2,3]}"));
		assertThat(JsonValues.copyOf(1.5)).isEqualTo(new BigDecimal("1.5"));
		assertThat(JsonValues.copyOf(0.1f)).isEqualTo(new BigDecimal("0.1"));
		assertThat(JsonValues.copyOf(BigInteger.TEN)).isEqualTo(10L);
		assertThat(JsonValues.copyOf(BigInteger.ONE.shiftLeft(64))).isEqualTo(BigInteger.ONE.shiftLeft(64));
		assertThat(JsonValues.copyOf(RawJson.of("{\"a\":[1]}"))).isEqualTo(Map.of("a", List.of(1L)));
		assertThat(JsonValues.copyOf(Arrays.asList("a", null))).isEqualTo(Arrays.asList("a", null));
	}

	@Test
	void copyRefusesWhatHasNoForm() {
		assertThatIllegalArgumentException().isThrownBy(() -> JsonValues.copyOf(new Object()));
		assertThatIllegalArgumentException().isThrownBy(() -> JsonValues.copyOf(Double.POSITIVE_INFINITY));
		assertThatIllegalArgumentException().isThrownBy(() -> JsonValues.copyOf(Map.of(1, "a")));
		List<Object> endless = new ArrayList<>();
		endless.add(endless);
		assertThatIllegalArgumentException().isThrownBy(() -> JsonValues.copyOf(endless));
	}

	private static Object read(String json) {
		JsonReader in = new JsonReader(json.getBytes(StandardCharsets.UTF_8), DecodingOptions.defaults());
		Object value = JsonValues.read(in);
		in.expectEnd();
		return value;
	}

}
