package io.github.k8sclient.informer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ResourceVersions}.
 */
class ResourceVersionsTests {

	@Test
	void comparesByValueAndNotByText() {
		assertThat(ResourceVersions.compare("9", "10")).isNegative();
		assertThat(ResourceVersions.compare("10", "9")).isPositive();
		assertThat(ResourceVersions.compare("11", "12")).isNegative();
		assertThat(ResourceVersions.compare("12", "12")).isZero();
	}

	@Test
	void comparesNumbersOfMoreThan64Bits() {
		String large = "184467440737095516160";

		assertThat(ResourceVersions.compare(large, "18446744073709551616")).isPositive();
		assertThat(ResourceVersions.isOlder("99999999999999999999", large)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "01", "-1", "+1", "1a", "1.0", " 1", "\u0661", "abc" })
	void cannotCompareWhatIsNoPositiveDecimalNumber(String version) {
		assertThat(ResourceVersions.isComparable(version)).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> ResourceVersions.compare(version, "1"))
			.withMessageContaining("'" + version + "'");
		assertThatIllegalArgumentException().isThrownBy(() -> ResourceVersions.compare("1", version));
		assertThat(ResourceVersions.isOlder(version, "100")).isFalse();
		assertThat(ResourceVersions.isOlder("1", version)).isFalse();
		assertThat(ResourceVersions.isAtLeast("100", version)).isFalse();
	}

	@Test
	void noVersionIsNeitherOlderNorNewEnough() {
		assertThat(ResourceVersions.isComparable(null)).isFalse();
		assertThat(ResourceVersions.isOlder(null, "1")).isFalse();
		assertThat(ResourceVersions.isOlder("1", null)).isFalse();
		assertThat(ResourceVersions.isAtLeast(null, "1")).isFalse();
	}

	@Test
	void isAtLeastWhatIsOlderOrEqual() {
		assertThat(ResourceVersions.isAtLeast("10", "9")).isTrue();
		assertThat(ResourceVersions.isAtLeast("9", "10")).isFalse();
		assertThat(ResourceVersions.isAtLeast("opaque", "opaque")).isTrue();
	}

}
