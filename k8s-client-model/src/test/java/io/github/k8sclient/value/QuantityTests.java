package io.github.k8sclient.value;

import java.math.BigDecimal;

import io.github.k8sclient.value.Quantity.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What is expected here is what Go's {@code resource.Quantity} printed for the same
 * inputs.
 */
class QuantityTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			0,              0,                          DECIMAL_SI
			0Ki,            0,                          BINARY_SI
			0.0,            0,                          DECIMAL_SI
			100m,           100m,                       DECIMAL_SI
			0.5,            500m,                       DECIMAL_SI
			.5,             500m,                       DECIMAL_SI
			1.,             1.,                         DECIMAL_SI
			1.5,            1500m,                      DECIMAL_SI
			1000m,          1,                          DECIMAL_SI
			1000,           1k,                         DECIMAL_SI
			1024,           1024,                       DECIMAL_SI
			1500,           1500,                       DECIMAL_SI
			12M,            12M,                        DECIMAL_SI
			1000k,          1M,                         DECIMAL_SI
			12Mi,           12Mi,                       BINARY_SI
			1024Ki,         1Mi,                        BINARY_SI
			512Mi,          512Mi,                      BINARY_SI
			1.5Gi,          1536Mi,                     BINARY_SI
			0.5Ki,          512,                        BINARY_SI
			0.001Ki,        1024m,                      BINARY_SI
			0.1Ki,          102400m,                    BINARY_SI
			1.1Ki,          1126400m,                   BINARY_SI
			12e6,           12e6,                       DECIMAL_EXPONENT
			1E3,            1E3,                        DECIMAL_EXPONENT
			100e1,          1e3,                        DECIMAL_EXPONENT
			1e-3,           1e-3,                       DECIMAL_EXPONENT
			5e1,            50,                         DECIMAL_EXPONENT
			1E,             1E,                         DECIMAL_SI
			+5,             +5,                         DECIMAL_SI
			005,            005,                        DECIMAL_SI
			-5,             -5,                         DECIMAL_SI
			-0,             0,                          DECIMAL_SI
			1n,             1n,                         DECIMAL_SI
			0.1n,           1n,                         DECIMAL_SI
			-0.1n,          -1n,                        DECIMAL_SI
			1.1n,           2n,                         DECIMAL_SI
			0.0000000001,   1n,                         DECIMAL_SI
			1e-12,          1e-9,                       DECIMAL_EXPONENT
			16Ei,           9223372036854775807,        BINARY_SI
			-16Ei,          -9223372036854775807,       BINARY_SI
			9223372036854775808, 9223372036854775808,   DECIMAL_SI
			0.00000000001Ki, 11n,                       DECIMAL_SI
			999.8e21,       999800e18,                  DECIMAL_EXPONENT
			""")
	void keepsAmountAndFormatInItsCanonicalText(String text, String canonical, Format format) {
		Quantity quantity = Quantity.parse(text);

		assertThat(quantity).hasToString(canonical);
		assertThat(quantity.format()).isEqualTo(format);
		assertThat(Quantity.parse(canonical)).isEqualTo(quantity);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "-", "+", ".", "Ki", "m", "1.1.1", "1.1.M", "1+1.0M", "0.1mi", "0.1am", "aoeu",
			".5i", "1i", "-3.01i", "-3.01e-", " 1", "1 ", "1K", "1ki", "1Zi", "0x10", "1e", "1e1e", "1e1.5", "1ee5",
			"--1", "1Ki5", "\uff11", "1e99999999999999999999" })
	void refusesWhatIsNoQuantity(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Quantity.parse(text))
			.withMessageContaining("is not a quantity");
	}

	@Test
	void refusesEndlessText() {
		assertThatIllegalArgumentException().isThrownBy(() -> Quantity.parse("1".repeat(5000)))
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(200));
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			1,      1,      2,          0
			1Ki,    1Ki,    2Ki,        0
			0,      1Ki,    1Ki,        -1Ki
			0Ki,    1k,     1k,         -1k
			1Ki,    0,      1Ki,        1Ki
			1,      1m,     1001m,      999m
			1Ki,    1,      1025,       1023
			1k,     1Ki,    2024,       -24
			512Mi,  512Mi,  1Gi,        0
			500m,   500m,   1,          0
			1e3,    1k,     2e3,        0
			8E,     1,      8000000000000000001, 7999999999999999999
			16Ei,   1,      8Ei,        9223372036854775806
			""")
	void addsAndSubtractsExactly(String left, String right, String sum, String difference) {
		Quantity quantity = Quantity.parse(left);

		assertThat(quantity.add(Quantity.parse(right))).hasToString(sum);
		assertThat(quantity.subtract(Quantity.parse(right))).hasToString(difference);
	}

	@Test
	void zeroTakesTheFormatOfItsOperand() {
		Quantity binary = Quantity.parse("1Gi");

		assertThat(Quantity.ZERO.add(binary).format()).isEqualTo(Format.BINARY_SI);
		assertThat(Quantity.ZERO.subtract(binary).format()).isEqualTo(Format.BINARY_SI);
		assertThat(binary.add(Quantity.parse("1G")).format()).isEqualTo(Format.BINARY_SI);
	}

	@Test
	void keepsNumbersBeyondTheGreatestSuffix() {
		assertThat(Quantity.parse("1000E")).hasToString("1000E");
		assertThat(Quantity.parse("999E").add(Quantity.parse("1E"))).hasToString("1000E");
	}

	@Test
	void negates() {
		assertThat(Quantity.parse("1Gi").negate()).hasToString("-1Gi");
		assertThat(Quantity.parse("-5m").negate()).hasToString("5m");
		assertThat(Quantity.ZERO.negate()).hasToString("0");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			1000m,  1,      0
			1Ki,    1024,   0
			1Ki,    1k,     1
			1n,     0,      1
			-1,     1m,     -1
			1e3,    1k,     0
			1e999999999, 1Ei, 1
			""")
	void comparesAmountsWhateverTheirFormat(String left, String right, int order) {
		Quantity first = Quantity.parse(left);
		Quantity second = Quantity.parse(right);

		assertThat(first.compareTo(second)).isEqualTo(order);
		assertThat(second.compareTo(first)).isEqualTo(-order);
		assertThat(first.equals(second)).isEqualTo(order == 0);
		if (order == 0) {
			assertThat(first).hasSameHashCodeAs(second);
		}
	}

	@Test
	void roundsWholeNumbersAwayFromZero() {
		assertThat(Quantity.parse("1500m").value()).isEqualTo(2);
		assertThat(Quantity.parse("-1500m").value()).isEqualTo(-2);
		assertThat(Quantity.parse("1n").milliValue()).isEqualTo(1);
		assertThat(Quantity.parse("250m").milliValue()).isEqualTo(250);
		assertThat(Quantity.parse("64Gi").value()).isEqualTo(64L << 30);
		assertThatExceptionOfType(ArithmeticException.class).isThrownBy(Quantity.parse("1e19")::value);
		assertThatExceptionOfType(ArithmeticException.class).isThrownBy(Quantity.parse("1e999999999")::value);
	}

	@Test
	void hugeExponentsCostNothing() {
		Quantity huge = Quantity.parse("1e2147483647");

		assertThat(huge.signum()).isEqualTo(1);
		assertThat(huge.compareTo(Quantity.parse("1"))).isEqualTo(1);
		assertThat(Quantity.parse("1e-2147483648")).hasToString("1e-9");
		assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> huge.add(Quantity.parse("1")));
	}

	@Test
	void isMadeOfNumbers() {
		assertThat(Quantity.of(1 << 20, Format.BINARY_SI)).hasToString("1Mi");
		assertThat(Quantity.of(1000, Format.BINARY_SI)).hasToString("1k");
		assertThat(Quantity.ofMilli(1500, Format.DECIMAL_SI)).hasToString("1500m");
		assertThat(Quantity.of(new BigDecimal("0.25"), Format.DECIMAL_EXPONENT)).hasToString("250e-3");
		assertThat(Quantity.of(new BigDecimal("1e-20"), Format.DECIMAL_SI)).hasToString("1n");
		assertThat(Quantity.parse("1.5").toBigDecimal()).isEqualByComparingTo("1.5");
		assertThat(Quantity.ZERO.isZero()).isTrue();
	}

}
