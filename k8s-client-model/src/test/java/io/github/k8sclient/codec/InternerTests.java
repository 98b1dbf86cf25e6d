package io.github.k8sclient.codec;

import java.nio.charset.StandardCharsets;
import java.util.Random;

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
	void longValuesAreNotKept() {
		String text = "x".repeat(1000);

		assertThat(text(text)).isEqualTo(text).isNotSameAs(text(text));
		byte[] subtree = new byte[Interner.MAX_SUBTREE_SIZE + 1];
		Subtree<String> place = Subtree.of("place");
		this.interner.remember(place, true, subtree, 0, subtree.length, "value");
		assertThat(this.interner.find(place, true, subtree, 0, subtree.length)).isNull();
	}

	@Test
	void forgetsSubtreesInsteadOfGrowing() {
		Subtree<Integer> place = Subtree.of("place");
		byte[] subtree = new byte[Interner.MAX_SUBTREE_SIZE];

		for (int count = 0; count < 2_000; count++) {
			subtree[0] = (byte) count;
			subtree[1] = (byte) (count >> 8);
			this.interner.remember(place, true, subtree, 0, subtree.length, count);
			assertThat(this.interner.subtreeBytes()).isLessThanOrEqualTo(Interner.SUBTREE_BUDGET);
		}

		assertThat(this.interner.find(place, true, subtree, 0, subtree.length)).isNotNull();
	}

	@Test
	void manyPlacesNeedNoMoreMemoryThanTheirLimit() {
		byte[] subtree = { '{', '}' };

		for (int count = 0; count < 5_000; count++) {
			Subtree<Integer> place = Subtree.of("place");
			this.interner.remember(place, true, subtree, 0, 2, count);
			Interner.Entry entry = this.interner.find(place, true, subtree, 0, 2);
			assertThat(entry).isNotNull();
			assertThat(entry.value).isEqualTo(count);
		}
	}

	private String text(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
		return this.interner.text(bytes, 0, bytes.length);
	}

}
