package io.github.k8sclient.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class ImmutablesTests {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 5, 11, 12, 13, 14, 40, 1000 })
	void mapsHaveWhatTheyWereMadeOf(int size) {
		Map<String, Integer> ascending = new LinkedHashMap<>();
		IntStream.range(0, size).forEach((index) -> ascending.put("key%04d".formatted(index), index));
		List<String> keys = new ArrayList<>(ascending.keySet());
		Collections.reverse(keys);
		Map<String, Integer> descending = new LinkedHashMap<>();
		keys.forEach((key) -> descending.put(key, ascending.get(key)));

		checkMap(Immutables.copyOf(ascending), ascending);
		checkMap(Immutables.copyOf(descending), descending);
	}

	private static void checkMap(Map<String, Integer> map, Map<String, Integer> expected) {
		assertThat(map).isEqualTo(expected).hasSameHashCodeAs(expected).hasToString(expected.toString());
		assertThat(expected).isEqualTo(map);
		assertThat(new ArrayList<>(map.keySet())).isEqualTo(new ArrayList<>(expected.keySet()));
		assertThat(new ArrayList<>(map.values())).isEqualTo(new ArrayList<>(expected.values()));
		expected.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
		List<String> visited = new ArrayList<>();
		map.forEach((key, value) -> visited.add(key));
		assertThat(visited).isEqualTo(new ArrayList<>(expected.keySet()));
		assertThat(map.get("other")).isNull();
		assertThat(map.containsKey("key0000x")).isFalse();
		assertThat(map.getOrDefault("zzz", -1)).isEqualTo(-1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 13, 100 })
	void ofEqualKeysTheLastCounts(int size) {
		Object[] entries = new Object[4 * size];
		for (int index = 0; index < 2 * size; index++) {
			entries[2 * index] = "key" + index % size;
			entries[2 * index + 1] = index;
		}

		Map<String, Integer> map = Immutables.mapOf(entries, 0, entries.length);

		assertThat(map).hasSize(size);
		IntStream.range(0, size).forEach((index) -> assertThat(map.get("key" + index)).isEqualTo(size + index));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 10 })
	void listsHaveWhatTheyWereMadeOf(int size) {
		Object[] elements = IntStream.range(0, size).boxed().toArray();

		List<Object> list = Immutables.listOf(elements, 0, size);

		assertThat(list).containsExactly(elements).isEqualTo(List.of(elements)).hasSameHashCodeAs(List.of(elements));
		assertThat(list.toArray()).containsExactly(elements);
		List<Object> visited = new ArrayList<>();
		list.forEach(visited::add);
		assertThat(visited).isEqualTo(list);
		assertThat(Immutables.copyOf(list)).isEqualTo(list);
		assertThat(list.indexOf("other")).isEqualTo(-1);
		assertThat(list.lastIndexOf("other")).isEqualTo(-1);
	}

	@Test
	void nothingCanBeChanged() {
		List<Integer> list = Immutables.listOf(new Object[] { 1, 2, 3 }, 0, 3);
		Map<String, Integer> map = Immutables.copyOf(Map.of("a", 1));

		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.add(4));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.set(0, 4));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.remove(0));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(list::clear);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> map.put("b", 2));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> map.remove("a"));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(map::clear);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> map.entrySet().iterator().next().setValue(2));
		list.toArray()[0] = 9;
		assertThat(list).containsExactly(1, 2, 3);
	}

	@Test
	void nullIsRefused() {
		List<Integer> list = Immutables.listOf(new Object[] { 1, 2, 3 }, 0, 3);
		Map<String, Integer> map = Immutables.copyOf(Map.of("a", 1));
		Map<String, Integer> withNull = new LinkedHashMap<>();
		withNull.put("a", null);

		assertThatNullPointerException().isThrownBy(() -> list.contains(null));
		assertThatNullPointerException().isThrownBy(() -> map.get(null));
		assertThatNullPointerException().isThrownBy(() -> map.containsKey(null));
		assertThatNullPointerException().isThrownBy(() -> map.containsValue(null));
		assertThatNullPointerException().isThrownBy(() -> Immutables.copyOf(withNull));
		assertThatNullPointerException().isThrownBy(() -> Immutables.copyOf(Collections.singletonList(null)));
	}

	@Test
	void copiesAreMadeOnlyWhenNeeded() {
		List<Integer> list = Immutables.listOf(new Object[] { 1, 2, 3 }, 0, 3);
		Map<String, Integer> map = Immutables.copyOf(Map.of("a", 1));

		assertThat(Immutables.copyOf(list)).isSameAs(list);
		assertThat(Immutables.copyOf(map)).isSameAs(map);
	}

	@Test
	void iteratorsEnd() {
		Map<String, Integer> map = Immutables.copyOf(Map.of("a", 1));
		Iterator<Map.Entry<String, Integer>> entries = map.entrySet().iterator();
		entries.next();

		assertThat(entries.hasNext()).isFalse();
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(entries::next);
	}

}
