package io.github.k8sclient.codec;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextTableTests {

	private final TextTable table = new TextTable();

	@Test
	void givesTheSameTextForTheSameBytes() {
		String text = get("text");

		assertThat(text).isEqualTo("text");
		assertThat(get("text")).isSameAs(text);
		assertThat(find("text")).isSameAs(text);
		assertThat(find("tex")).isNull();
		assertThat(find("texts")).isNull();
	}

	@Test
	void textsOfTheShortestAndTheLongestLength() {
		String shortest = get("a");
		String longest = get("b".repeat(TextTable.MAX_LENGTH));

		assertThat(find("a")).isSameAs(shortest);
		assertThat(find("b".repeat(TextTable.MAX_LENGTH))).isSameAs(longest);
	}

	@Test
	void whatIsNotAsciiIsNeverFound() {
		get("gr?n");

		assertThat(find("grün")).isNull();
	}

	@Test
	void neverGivesAnotherText() {
		Random random = new Random(7);
		Map<String, String> last = new HashMap<>();
		int same = 0;
		for (int round = 0; round < 400_000; round++) {
			String wanted = "text-" + (int) Math.abs(random.nextGaussian() * 20_000)
					+ "-".repeat(random.nextInt(2) * (TextTable.MAX_LENGTH - 12));
			String text = get(wanted);
			assertThat(text).isEqualTo(wanted);
			same += (last.put(wanted, text) == text) ? 1 : 0;
		}
		assertThat(same).isGreaterThan(100_000);
	}

	@Test
	void givesBackTheBytesOfTextsThatWereDrivenOut() {
		int slots = 1 << 15;
		for (int number = 0; number < 20 * slots; number++) {
			String unique = number + "-".repeat(TextTable.MAX_LENGTH - 8);
			assertThat(get(unique)).isEqualTo(unique);
			assertThat(find(unique)).isEqualTo(unique);
		}

		assertThat(this.table.capacity()).isLessThanOrEqualTo(2 * (slots + 1) * (1 + TextTable.MAX_LENGTH));
	}

	private String get(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
		return this.table.get(bytes, 0, bytes.length);
	}

	private @Nullable String find(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
		return this.table.find(bytes, 0, bytes.length);
	}

}
