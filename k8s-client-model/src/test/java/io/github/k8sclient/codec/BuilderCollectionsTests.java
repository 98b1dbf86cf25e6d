package io.github.k8sclient.codec;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class BuilderCollectionsTests {

	@Test
	void appendCopiesAnImmutableListOnce() {
		List<String> original = List.of("a");

		List<String> first = BuilderCollections.append(original, "b");
		List<String> second = BuilderCollections.append(first, "c");

		assertThat(original).containsExactly("a");
		assertThat(second).isSameAs(first).containsExactly("a", "b", "c");
	}

	@Test
	void putReplacesAndKeepsTheOrder() {
		Map<String, String> map = BuilderCollections.put(Map.of("b", "1"), "a", "2");

		map = BuilderCollections.put(map, "b", "3");

		assertThat(map).containsExactly(Map.entry("b", "3"), Map.entry("a", "2"));
	}

	@Test
	void nothingIsNull() {
		assertThatNullPointerException().isThrownBy(() -> BuilderCollections.append(List.of(), null));
		assertThatNullPointerException().isThrownBy(() -> BuilderCollections.put(Map.of(), null, "a"));
		assertThatNullPointerException().isThrownBy(() -> BuilderCollections.put(Map.of(), "a", null));
	}

}
