package io.github.k8sclient.codec;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SubtreeTableTests {

	private final SubtreeTable table = new SubtreeTable();

	private final Subtree<Object> place = Subtree.of("place");

	@Test
	void findsAValueByItsBytesAtItsPlaceAndFormat() {
		remember(this.place, "{one}", 1);

		assertThat(find(this.place, "{one}")).isEqualTo(1);
		assertThat(find(this.place, "{two}")).isNull();
		assertThat(find(Subtree.of("another place"), "{one}")).isNull();
		assertThat(find(this.place, false, bytes("{one}"))).isNull();
	}

	@Test
	void guessesWhatFollowedTheLastTime() {
		remember(this.place, "{one}", 1);
		remember(this.place, "{two}", 2);
		find(this.place, "{one}");

		byte[] following = bytes("{two},{three}");
		SubtreeTable.Entry guess = this.table.expected(this.place, true, following, 0, following.length);
		assertThat(guess).isNotNull();
		assertThat(guess.value).isEqualTo(2);
		assertThat(guess.size()).isEqualTo(5);
		assertThat(this.table.expected(this.place, true, following, 0, following.length)).isNull();
	}

	@Test
	void guessesForEachPlaceApart() {
		Subtree<Object> other = Subtree.of("another place");
		remember(this.place, "{one}", 1);
		remember(other, "{two}", 2);
		find(this.place, "{one}");

		byte[] following = bytes("{two}");
		assertThat(this.table.expected(this.place, true, following, 0, following.length)).isNull();
	}

	@Test
	void longValuesAreNotKept() {
		byte[] value = new byte[SubtreeTable.MAX_SIZE + 1];

		remember(this.place, value, "value");

		assertThat(find(this.place, true, value)).isNull();
		assertThat(this.table.size()).isZero();
	}

	@Test
	void keepsThousandsOfValues() {
		int kept = 0;
		for (int number = 0; number < 4_000; number++) {
			remember(this.place, "{" + number + "}", number);
		}

		for (int number = 0; number < 4_000; number++) {
			Object value = find(this.place, "{" + number + "}");
			assertThat(value).isIn(null, number);
			kept += (value != null) ? 1 : 0;
		}
		assertThat(kept).isGreaterThan(3_900);
	}

	@Test
	void forgetsValuesInsteadOfGrowing() {
		byte[] value = new byte[SubtreeTable.MAX_SIZE];

		for (int number = 0; number < 10_000; number++) {
			value[0] = (byte) number;
			value[1] = (byte) (number >> 8);
			remember(this.place, value, number);
			assertThat(this.table.size()).isLessThanOrEqualTo(SubtreeTable.BUDGET);
			assertThat(find(this.place, true, value)).isNotNull();
		}

		assertThat(this.table.size()).isGreaterThan(SubtreeTable.BUDGET / 2);
	}

	@Test
	void manyPlacesAreToldApart() {
		for (int number = 0; number < 5_000; number++) {
			Subtree<Object> another = Subtree.of("place");
			remember(another, "{}", number);
			assertThat(find(another, "{}")).isEqualTo(number);
		}
	}

	@Test
	void givesUpPlacesWhereNothingRepeats() {
		int looked = 0;
		for (int number = 0; number < 3 * SubtreeTable.MAX_MISSES; number++) {
			if (this.table.isPromising(this.place)) {
				looked++;
				remember(this.place, "{" + number + "}", number);
			}
		}

		assertThat(looked).isGreaterThan(SubtreeTable.MAX_MISSES)
			.isLessThan(SubtreeTable.MAX_MISSES + 3 * SubtreeTable.MAX_MISSES / SubtreeTable.MISSES_PER_PROBE);
		assertThat(this.table.isPromising(Subtree.of("another place"))).isTrue();
	}

	@Test
	void comesBackToPlacesWhereSomethingRepeatsAgain() {
		for (int number = 0; number < SubtreeTable.MAX_MISSES; number++) {
			remember(this.place, "{" + number + "}", number);
		}
		assertThat(this.table.isPromising(this.place)).isFalse();

		int refused = 0;
		for (int count = 0; count < 20 * SubtreeTable.MISSES_PER_PROBE; count++) {
			if (!this.table.isPromising(this.place)) {
				refused++;
			}
			else if (find(this.place, "{again}") == null) {
				remember(this.place, "{again}", "again");
			}
		}

		assertThat(refused).isLessThanOrEqualTo(3 * SubtreeTable.MISSES_PER_PROBE);
	}

	private void remember(Subtree<?> place, String text, Object value) {
		remember(place, bytes(text), value);
	}

	private void remember(Subtree<?> place, byte[] bytes, Object value) {
		int hash = SubtreeTable.hash(place, bytes, 0, bytes.length);
		this.table.remember(place, true, hash, bytes, 0, bytes.length, value);
	}

	private @Nullable Object find(Subtree<?> place, String text) {
		return find(place, true, bytes(text));
	}

	private @Nullable Object find(Subtree<?> place, boolean json, byte[] bytes) {
		int hash = SubtreeTable.hash(place, bytes, 0, bytes.length);
		SubtreeTable.Entry entry = this.table.find(place, json, hash, bytes, 0, bytes.length);
		return (entry != null) ? entry.value : null;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
