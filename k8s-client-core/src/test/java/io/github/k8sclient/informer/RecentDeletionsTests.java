package io.github.k8sclient.informer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RecentDeletions}.
 */
class RecentDeletionsTests {

	private final RecentDeletions deletions = new RecentDeletions();

	@Test
	void stateBeforeTheDeletionIsNoNews() {
		this.deletions.add(Samples.configMap("a", 20));

		assertThat(this.deletions.contains(Samples.configMap("a", 19))).isTrue();
		assertThat(this.deletions.contains(Samples.configMap("b", 19))).isFalse();
	}

	@Test
	void objectThatWasMadeAgainIsAnotherOne() {
		this.deletions.add(Samples.configMap("default", "a", 20, "first"));

		assertThat(this.deletions.contains(Samples.configMap("default", "a", 19, "second"))).isFalse();
	}

	@Test
	void onlyTheLastOnesAreKept() {
		for (int i = 0; i <= RecentDeletions.CAPACITY; i++) {
			this.deletions.add(Samples.configMap("o" + i, 20));
		}

		assertThat(this.deletions.contains(Samples.configMap("o0", 19))).isFalse();
		assertThat(this.deletions.contains(Samples.configMap("o1", 19))).isTrue();
		assertThat(this.deletions.contains(Samples.configMap("o" + RecentDeletions.CAPACITY, 19))).isTrue();
	}

}
