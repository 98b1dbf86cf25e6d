package io.github.k8sclient.informer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.meta.ObjectMeta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link IndexedStore}.
 */
class IndexedStoreTests {

	private final VirtualTimeScheduler loop = VirtualTimeScheduler.create();

	private final List<String> indexFailures = new ArrayList<>();

	private final IndexedStore<ConfigMap> store = newStore();

	@Test
	void firstListAddsItsObjectsInitially() {
		assertThat(replace(10, Samples.configMap("a", 1), Samples.configMap("b", 2))).containsExactly("++a@1", "++b@2");
		assertThat(this.store.size()).isEqualTo(2);
		assertThat(this.store.resourceVersion()).isEqualTo("10");
	}

	@Test
	void relistReportsObjectsDeletedMeanwhileFirstThenTheOthers() {
		replace(10, Samples.configMap("a", 1), Samples.configMap("b", 2), Samples.configMap("c", 3));

		assertThat(replace(20, Samples.configMap("d", 15), Samples.configMap("c", 14), Samples.configMap("a", 1)))
			.containsExactly("-?b@2", "+d@15", "c@3->14");
		assertThat(this.store.list()).extracting((object) -> object.metadata().name())
			.containsExactlyInAnyOrder("a", "c", "d");
		assertThat(this.store.size()).isEqualTo(3);
	}

	@Test
	void relistKeepsUnchangedObjectsSilently() {
		ConfigMap known = Samples.configMap("a", 1);
		replace(10, known);

		assertThat(replace(20, Samples.configMap("a", 1))).isEmpty();
		assertThat(this.store.get("default/a")).containsSame(known);
	}

	@Test
	void relistReportsAnObjectMadeAgainAsDeletedAndAdded() {
		replace(10, Samples.configMap("default", "a", 1, "first"));

		assertThat(replace(20, Samples.configMap("default", "a", 15, "second"))).containsExactly("-?a@1", "+a@15");
	}

	@Test
	void listWithTheSameObjectTwiceCountsItOnce() {
		assertThat(replace(10, Samples.configMap("a", 1), Samples.configMap("a", 1))).containsExactly("++a@1");
		assertThat(this.store.size()).isEqualTo(1);
	}

	@Test
	void changesBecomeEventsAndMoveTheVersion() {
		replace(10);

		assertThat(upsert(Samples.configMap("a", 11))).containsExactly("+a@11");
		assertThat(upsert(Samples.configMap("a", 12))).containsExactly("a@11->12");
		assertThat(remove(Samples.configMap("a", 13))).containsExactly("-a@13");
		assertThat(this.store.resourceVersion()).isEqualTo("13");
		assertThat(this.store.size()).isZero();
		assertThat(this.store.list()).isEmpty();
	}

	@Test
	void changeInAWatchOfAnObjectMadeAgainIsReportedAsDeletedAndAdded() {
		replace(10, Samples.configMap("default", "a", 1, "first"));

		assertThat(upsert(Samples.configMap("default", "a", 12, "second"))).containsExactly("-?a@1", "+a@12");
	}

	@Test
	void changeThatIsKnownIsSilent() {
		replace(10, Samples.configMap("a", 9));

		assertThat(upsert(Samples.configMap("a", 9))).isEmpty();
	}

	@Test
	void olderStatesOfAnObjectAreIgnored() {
		replace(100, Samples.configMap("a", 90));

		assertThat(upsert(Samples.configMap("a", 9))).isEmpty();
		assertThat(remove(Samples.configMap("a", 89))).isEmpty();
		assertThat(this.store.get("default/a"))
			.hasValueSatisfying((object) -> assertThat(object.metadata().resourceVersion()).isEqualTo("90"));
	}

	@Test
	void versionsThatCannotBeComparedAreTakenAsNewer() {
		ConfigMap opaque = Samples
			.configMap(ObjectMeta.builder().namespace("default").name("a").uid("uid-a").resourceVersion("x7").build());
		replace(100, Samples.configMap("a", 90));

		assertThat(upsert(opaque)).containsExactly("a@90->x7");
		assertThat(upsert(Samples.configMap("a", 5))).containsExactly("a@x7->5");
	}

	@Test
	void deletionOfAnUnknownObjectIsSilent() {
		replace(10);

		assertThat(remove(Samples.configMap("a", 13))).isEmpty();
		assertThat(this.store.resourceVersion()).isEqualTo("13");
	}

	@Test
	void bookmarkMovesTheVersionAlone() {
		replace(10, Samples.configMap("a", 1));

		assertThat(this.store.progress("50")).isEmpty();
		assertThat(this.store.resourceVersion()).isEqualTo("50");
	}

	@Test
	void objectsAreFoundByNamespace() {
		replace(10, inNamespace("one", "a"), inNamespace("two", "a"), inNamespace("two", "b"));

		assertThat(this.store.byIndex(Indexer.NAMESPACE_INDEX, "two")).hasSize(2);
		assertThat(this.store.byIndex(Indexer.NAMESPACE_INDEX, "three")).isEmpty();
		assertThat(this.store.indexValues(Indexer.NAMESPACE_INDEX)).containsExactlyInAnyOrder("one", "two");
		assertThat(this.store.indexKeys(Indexer.NAMESPACE_INDEX, "one")).containsExactly(new ObjectKey("one", "a"));
	}

	@Test
	void namespaceWithoutObjectsIsForgotten() {
		replace(10, inNamespace("one", "a"));
		remove(Samples.configMap("one", "a", 20, "uid"));

		assertThat(this.store.indexValues(Indexer.NAMESPACE_INDEX)).isEmpty();
	}

	@Test
	void objectsWithoutNamespaceAreFoundByNameAndInNoNamespace() {
		replace(10, Samples.configMap(ObjectMeta.builder().name("node").uid("u").resourceVersion("1").build()));

		assertThat(this.store.get("node")).isPresent();
		assertThat(this.store.indexValues(Indexer.NAMESPACE_INDEX)).isEmpty();
		assertThat(this.store.byIndex(Indexer.NAMESPACE_INDEX, "")).isEmpty();
	}

	@Test
	void indexFollowsChanges() {
		this.store.addIndex("color", IndexFunction.byLabel("color"));
		runLoop();
		replace(10, colored("a", 1, "red"), colored("b", 2, "red"), Samples.configMap("c", 3));

		upsert(colored("a", 11, "blue"));
		remove(colored("b", 12, "red"));

		assertThat(this.store.byIndex("color", "red")).isEmpty();
		assertThat(this.store.indexKeys("color", "blue")).containsExactly(new ObjectKey("default", "a"));
		assertThat(this.store.indexValues("color")).containsExactly("blue");
	}

	@Test
	void indexIsBuiltAnewFromAList() {
		this.store.addIndex("color", IndexFunction.byLabel("color"));
		runLoop();
		replace(10, colored("a", 1, "red"));

		replace(20, colored("a", 15, "blue"), colored("b", 2, "red"));

		assertThat(this.store.indexKeys("color", "red")).containsExactly(new ObjectKey("default", "b"));
		assertThat(this.store.indexKeys("color", "blue")).containsExactly(new ObjectKey("default", "a"));
	}

	@Test
	void indexAddedLateAnswersAtOnceAndIsThenKept() {
		replace(10, colored("a", 1, "red"));

		this.store.addIndex("color", IndexFunction.byLabel("color"));

		assertThat(this.store.byIndex("color", "red")).hasSize(1);
		assertThat(this.store.indexValues("color")).containsExactly("red");
		runLoop();
		upsert(colored("b", 11, "red"));
		assertThat(this.store.byIndex("color", "red")).hasSize(2);
	}

	@Test
	void indexNamesAreKnown() {
		this.store.addIndex("color", IndexFunction.byLabel("color"));

		assertThat(this.store.indexNames()).isEqualTo(Set.of("namespace", "color"));
	}

	@Test
	void unknownIndexIsRefusedWithTheKnownOnes() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.byIndex("colour", "red"))
			.withMessageContaining("colour")
			.withMessageContaining("namespace");
	}

	@Test
	void nameOfAnIndexIsTakenOnce() {
		IndexFunction<ConfigMap> function = IndexFunction.byLabel("color");
		this.store.addIndex("color", function);
		this.store.addIndex("color", function);

		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.store.addIndex("color", IndexFunction.byLabel("colour")));
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.addIndex("namespace", function));
	}

	@ParameterizedTest
	@MethodSource("io.github.k8sclient.informer.Samples#broken")
	void objectWhoseIndexFunctionThrowsIsKeptAndReported(Throwable error) {
		this.store.addIndex("values", (object) -> {
			throw Samples.sneaky(error);
		});
		runLoop();

		assertThat(replace(10, Samples.configMap("a", 1))).containsExactly("++a@1");
		assertThat(upsert(Samples.configMap("b", 11))).containsExactly("+b@11");
		assertThat(this.store.indexValues("values")).isEmpty();
		assertThat(this.indexFailures).containsExactly("values: broken", "values: broken");
	}

	@Test
	void copiesDoNotChangeWithTheStore() {
		replace(10, Samples.configMap("a", 1));
		List<ConfigMap> copy = this.store.list();

		replace(20);

		assertThat(copy).hasSize(1);
		assertThat(this.store.list()).isEmpty();
	}

	private ConfigMap inNamespace(String namespace, String name) {
		return Samples.configMap(namespace, name, 1, "uid");
	}

	private ConfigMap colored(String name, long version, String color) {
		return Samples.labelled("default", name, version, Map.of("color", color));
	}

	private List<String> replace(long version, ConfigMap... objects) {
		return tell(this.store.replace(List.of(objects), String.valueOf(version)));
	}

	private List<String> upsert(ConfigMap object) {
		return tell(this.store.upsert(object, object.metadata().resourceVersion()));
	}

	private List<String> remove(ConfigMap object) {
		return tell(this.store.remove(object, object.metadata().resourceVersion()));
	}

	private List<String> tell(List<InformerEvent<ConfigMap>> events) {
		RecordingHandler<ConfigMap> handler = new RecordingHandler<>();
		events.forEach((event) -> event.deliverTo(handler));
		return handler.events();
	}

	private void runLoop() {
		this.loop.advanceTime();
	}

	private IndexedStore<ConfigMap> newStore() {
		return new IndexedStore<>(this.loop, Schedulers.immediate(),
				(index, ex) -> this.indexFailures.add(index + ": " + ex.getMessage()));
	}

}
