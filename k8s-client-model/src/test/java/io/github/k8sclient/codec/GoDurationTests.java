package io.github.k8sclient.codec;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What is expected here is what Go's {@code time.Duration} printed.
 */
class GoDurationTests {

	@ParameterizedTest
	@CsvSource({ "0,0s", "1,1ns", "1100,1.1\u00b5s", "2200000,2.2ms", "3300000000,3.3s", "60000000000,1m0s",
			"3600000000000,1h0m0s", "5445000000000,1h30m45s", "245000000000,4m5s", "-90000000000,-1m30s",
			"100000000,100ms", "9223372036854775807,2562047h47m16.854775807s",
			"-9223372036854775808,-2562047h47m16.854775808s" })
	void writesAndReadsWhatGoWrites(long nanos, String text) {
		assertThat(GoDuration.format(Duration.ofNanos(nanos))).isEqualTo(text);
		assertThat(GoDuration.parse(text)).isEqualTo(Duration.ofNanos(nanos));
	}

	@ParameterizedTest
	@CsvSource({ "0,0", "+5s,5000000000", "1.5h,5400000000000", ".5s,500000000", "1.s,1000000000", "1m1m,120000000000",
			"1us,1000", "1\u03bcs,1000", "0.100000000000000000000h,360000000000", "0.0000000001s,0" })
	void readsWhatGoReads(String text, long nanos) {
		assertThat(GoDuration.parse(text)).isEqualTo(Duration.ofNanos(nanos));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "+", "-", "3", ".s", "+.s", "1d", "1 s", "s", "1s ", "9223372036854775808ns", "1e3s",
			"3000000h" })
	void refusesWhatGoRefuses(String text) {
		assertThatThrownBy(() -> GoDuration.parse(text)).isInstanceOfAny(IllegalArgumentException.class,
				ArithmeticException.class);
	}

	@Test
	void doesNotPrintDurationsThatGoDoesNotHave() {
		assertThatThrownBy(() -> GoDuration.format(Duration.ofDays(365 * 300L)))
			.isInstanceOf(ArithmeticException.class);
	}

}
