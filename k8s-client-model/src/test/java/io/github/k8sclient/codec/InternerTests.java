package io.github.k8sclient.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InternerTests {

	private final Interner interner = Interner.create();

	@Test
	void givesEqualValuesOneInstanceAndOtherValuesTheirOwn() {
		Random random = new Random(1);

		for (int count = 0; count < 3_000; count++) {
			String text = "value-" + random.nextInt(1_000);
			assertThat(text(text) == text(text)).isTrue();
			assertThat(text(text).equals(text)).isTrue();
			int number = random.nextInt();
			assertThat(this.interner.integer(number) == this.interner.integer(number)).isTrue();
			assertThat(this.interner.integer(number) == number).isTrue();
			assertThat(this.interner.number(number * 31L) == number * 31L).isTrue();
			assertThat(this.interner.instant(number, 5).getEpochSecond() == number).isTrue();
			assertThat(this.interner.instant(number, count).getNano() == count).isTrue();
		}
	}

	@Test
	void tellsApartWhatHasTheSameText() {
		assertThat(this.interner.intOrString("80").isInt()).isFalse();
		assertThat(this.interner.intOrString(80).isInt()).isTrue();
		assertThat(this.interner.intOrString("80")).isSameAs(this.interner.intOrString("80"));
		assertThat(this.interner.quantity("1000m")).hasToString("1");
		assertThat(this.interner.quantity("1")).hasToString("1");
	}

	@Test
	void textsAreFoundAtTheVeryEndOfAnArray() {
		byte[] bytes = "xxabc".getBytes(StandardCharsets.UTF_8);

		assertThat(this.interner.text(bytes, 2, 5)).isEqualTo("abc").isSameAs(text("abc"));
		assertThat(this.interner.text(bytes, 5, 5)).isEmpty();
	}

	@Test
	void longTextsAreNotKept() {
		String text = "x".repeat(1000);

		assertThat(text(text)).isEqualTo(text).isNotSameAs(text(text));
	}

	@Test
	void keepsThousandsOfTexts() {
		List<String> texts = IntStream.range(0, 5_000).mapToObj((number) -> text("value-" + number)).toList();

		assertThat(texts.stream().filter((text) -> text == text(text)).count()).isGreaterThan(4_800);
	}

	@Test
	void forgetsTextsInsteadOfGrowing() {
		String first = text("first");

		for (int number = 0; number < 300_000; number++) {
			assertThat(text("value-" + number)).isEqualTo("value-" + number);
		}

		assertThat(text("first")).isEqualTo("first").isNotSameAs(first);
	}

	private String text(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
		return this.interner.text(bytes, 0, bytes.length);
	}

}
