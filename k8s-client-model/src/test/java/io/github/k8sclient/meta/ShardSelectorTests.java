package io.github.k8sclient.meta;

import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ShardSelector}.
 */
class ShardSelectorTests {

	private static final String ALL = "shardRange(object.metadata.uid, '0x0000000000000000', '0x10000000000000000')";

	@Test
	void shardsOfEqualSizeFollowEachOther() {
		assertThat(ShardSelector.byUid(0, 1)).hasToString(ALL);
		assertThat(ShardSelector.byUid(0, 3))
			.hasToString("shardRange(object.metadata.uid, '0x0000000000000000', '0x5555555555555555')");
		assertThat(ShardSelector.byUid(1, 3))
			.hasToString("shardRange(object.metadata.uid, '0x5555555555555555', '0xaaaaaaaaaaaaaaaa')");
		assertThat(ShardSelector.byUid(2, 3))
			.hasToString("shardRange(object.metadata.uid, '0xaaaaaaaaaaaaaaaa', '0x10000000000000000')");
		assertThat(ShardSelector.byNamespace(1, 2))
			.hasToString("shardRange(object.metadata.namespace, '0x8000000000000000', '0x10000000000000000')");
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "-1, 2", "2, 2" })
	void shardThatIsNotThereIsRefused(int index, int count) {
		assertThatIllegalArgumentException().isThrownBy(() -> ShardSelector.byUid(index, count))
			.withMessage("There is no shard " + index + " of " + count);
	}

	// the test vectors of the authors of the hash
	@ParameterizedTest
	@CsvSource({ "'', cbf29ce484222325, cbf29ce484222326", "a, af63dc4c8601ec8c, af63dc4c8601ec8d",
			"foobar, 85944171f73967e8, 85944171f73967e9" })
	void hashIsFnv1a(String value, String hash, String next) {
		ShardSelector exactly = ShardSelector
			.parse("shardRange(object.metadata.uid, '0x%s', '0x%s')".formatted(hash, next));
		ShardSelector before = ShardSelector
			.parse("shardRange(object.metadata.uid, '0x0000000000000000', '0x%s')".formatted(hash));
		ShardSelector after = ShardSelector
			.parse("shardRange(object.metadata.uid, '0x%s', '0x10000000000000000')".formatted(next));

		assertThat(exactly.matches(object(value, null))).isTrue();
		assertThat(before.matches(object(value, null))).isFalse();
		assertThat(after.matches(object(value, null))).isFalse();
		assertThat(before.or(after).matches(object(value, null))).isFalse();
		assertThat(before.or(exactly).matches(object(value, null))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 100 })
	void eachObjectIsInOneShard(int count) {
		for (int object = 0; object < 1000; object++) {
			ObjectMeta metadata = object("uid-" + object, "namespace-" + object);
			assertThat(IntStream.range(0, count).filter((index) -> ShardSelector.byUid(index, count).matches(metadata)))
				.hasSize(1);
			assertThat(IntStream.range(0, count)
				.filter((index) -> ShardSelector.byNamespace(index, count).matches(metadata))).hasSize(1);
		}
	}

	@Test
	void shardByNamespaceKeepsNamespacesTogether() {
		ShardSelector shard = ShardSelector.byNamespace(0, 2);

		assertThat(IntStream.range(0, 100).mapToObj((uid) -> shard.matches(object("uid-" + uid, "default"))).distinct())
			.hasSize(1);
		assertThat(shard.matches(object("a", null))).isEqualTo(shard.matches(object("b", "")));
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"shardRange(object.metadata.uid,'0x0000000000000000','0x4000000000000000')"
					+ "||shardRange(object.metadata.uid,'0x8000000000000000','0x10000000000000000')",
			" shardRange ( object.metadata.uid , \"0x8000000000000000\" , '0x10000000000000000' )\n"
					+ "|| shardRange(object.metadata.uid, '0x0000000000000000', '0x4000000000000000') " })
	void spacesAndOrderOfRangesMeanNothing(String text) {
		ShardSelector shard = ShardSelector.parse(text);

		assertThat(shard).isEqualTo(ShardSelector.byUid(1, 2).or(ShardSelector.byUid(0, 4)))
			.hasSameHashCodeAs(ShardSelector.byUid(0, 4).or(ShardSelector.byUid(1, 2)))
			.hasToString("shardRange(object.metadata.uid, '0x0000000000000000', '0x4000000000000000')"
					+ " || shardRange(object.metadata.uid, '0x8000000000000000', '0x10000000000000000')");
		assertThat(ShardSelector.parse(shard.toString())).isEqualTo(shard);
	}

	@Test
	void shardsDifferByFieldAndRanges() {
		assertThat(ShardSelector.byUid(0, 2)).isNotEqualTo(ShardSelector.byUid(1, 2))
			.isNotEqualTo(ShardSelector.byNamespace(0, 2));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ShardSelector.byUid(0, 2).or(ShardSelector.byNamespace(1, 2)))
			.withMessageContaining("must use the same field");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "nonsense", "a.b", ALL + " && true", ALL + " ||", "|| " + ALL,
			"shardRange(object.metadata.uid)",
			"shardRange(object.metadata.name, '0x0000000000000000', '0x8000000000000000')",
			"shardRange(object.metadata.uid, '0x0', '0x8000000000000000')",
			"shardRange(object.metadata.uid, 0x0000000000000000, 0x8000000000000000)",
			"shardRange(object.metadata.uid, '0000000000000000', '8000000000000000')",
			"shardRange(object.metadata.uid, '0x000000000000000A', '0x8000000000000000')",
			"shardRange(object.metadata.uid, '0x0000000000000000', '0x11000000000000000')",
			"shardRange(object.metadata.uid, '0x8000000000000000', '0x8000000000000000')",
			"shardRange(object.metadata.uid, '0x8000000000000000', '0x0000000000000000')",
			ALL + " || shardRange(object.metadata.namespace, '0x0000000000000000', '0x8000000000000000')" })
	void whatServersRefuseIsRefused(String text) {
		assertThatExceptionOfType(InvalidSelectorException.class).isThrownBy(() -> ShardSelector.parse(text))
			.withMessageStartingWith("Invalid shard selector '" + text + "': ");
	}

	@Test
	void optionsTakeShards() {
		assertThat(ListOptions.builder().shardSelector(ShardSelector.byUid(0, 1)).build().shardSelector())
			.isEqualTo(ALL);
	}

	private static ObjectMeta object(String uid, @Nullable String namespace) {
		return ObjectMeta.builder().uid(uid).namespace(namespace).build();
	}

}
