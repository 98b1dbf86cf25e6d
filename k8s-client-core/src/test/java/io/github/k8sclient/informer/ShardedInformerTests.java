package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.ListMeta;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.meta.ShardInfo;
import io.github.k8sclient.meta.ShardSelector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for informers of one shard, in virtual time.
 */
@ExtendWith(CapturedLog.class)
class ShardedInformerTests {

	private static final ShardSelector SHARD = ShardSelector.byUid(0, 2);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final FakeListWatch<ConfigMap> server = new FakeListWatch<>();

	private final SharedInformerFactory factory = SharedInformerFactory.builder(new FakeProvider(this.server))
		.scheduler(this.time)
		.handlerScheduler(this.time)
		.build();

	private final RecordingHandler<ConfigMap> handler = new RecordingHandler<>();

	@Test
	void serverIsAskedForTheShardInListsAndWatches() {
		this.server.list((options) -> sharded(options.shardSelector(), own("a", 1)));

		SharedInformer<ConfigMap> informer = start();

		assertThat(informer.shardSelector()).isEqualTo(SHARD.toString());
		assertThat(this.server.lists()).extracting(ListOptions::shardSelector).containsExactly(SHARD.toString());
		assertThat(this.server.watches()).extracting(ListOptions::shardSelector).containsExactly(SHARD.toString());
		assertThat(this.handler.events()).containsExactly("++a@1");
	}

	@Test
	void objectsOfOtherShardsAreLeftOutOfListsAndWatches(CapturedLog log) {
		this.server.list(Samples.listed(10, own("a", 1), foreign("x", 2)))
			.watch(Flux
				.just(Samples.modified(own("a", 11)), Samples.modified(foreign("x", 12)),
						Samples.added(foreign("y", 13)), Samples.added(own("b", 14)), Samples.deleted(foreign("x", 15)),
						Samples.deleted(own("a", 16)), Samples.bookmark(20))
				.concatWith(Flux.never()));

		SharedInformer<ConfigMap> informer = start();

		assertThat(this.handler.events()).containsExactly("++a@1", "a@1->11", "+b@14", "-a@16");
		assertThat(informer.store().list()).containsExactly(own("b", 14));
		assertThat(informer.store().resourceVersion()).isEqualTo("20");
		assertThat(log.lines("INFO")).singleElement().asString().contains("objects of all shards");
	}

	@Test
	void objectsOfOtherShardsAreLeftOutOfStreamedLists() {
		this.server.streaming()
			.watch(Flux
				.just(Samples.added(own("a", 1)), Samples.added(foreign("x", 2)), Samples.endOfObjects(10),
						Samples.added(foreign("y", 11)), Samples.added(own("b", 12)))
				.concatWith(Flux.never()));

		start();

		assertThat(this.server.watches()).first()
			.satisfies((options) -> assertThat(options.sendInitialEvents()).isTrue())
			.satisfies((options) -> assertThat(options.shardSelector()).isEqualTo(SHARD.toString()));
		assertThat(this.handler.events()).containsExactly("++a@1", "+b@12");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void objectIsTheBusinessOfAnotherShardWhenItIsMadeAgain(boolean whileWatching) {
		ConfigMap again = configMap("a", 12, false);
		if (whileWatching) {
			this.server.list(Samples.listed(10, own("a", 1)))
				.watch(Flux.just(Samples.deleted(own("a", 11)), Samples.added(again)).concatWith(Flux.never()));
		}
		else {
			this.server.list(Samples.listed(10, own("a", 1)))
				.watch(Flux.just(Samples.errorFrame(410, "Expired")))
				.list(Samples.listed(12, again));
		}

		SharedInformer<ConfigMap> informer = start();
		this.time.advanceTimeBy(Duration.ofMinutes(1));

		assertThat(this.handler.events()).containsExactly("++a@1", whileWatching ? "-a@11" : "-?a@1");
		assertThat(informer.store().size()).isZero();
	}

	@Test
	void listOfAnotherShardIsAFailure() {
		this.server.list(sharded(ShardSelector.byUid(1, 2).toString(), own("a", 1)))
			.list(sharded(SHARD.toString().replace(" ", ""), own("b", 2)));

		SharedInformer<ConfigMap> informer = start();
		assertThat(informer.status().state()).isEqualTo(InformerState.RETRYING);
		assertThat(informer.status().cause()).hasMessageContaining("another shard: " + ShardSelector.byUid(1, 2));
		this.time.advanceTimeBy(Duration.ofMinutes(1));

		assertThat(this.handler.events()).containsExactly("++b@2");
	}

	@Test
	void shardsTogetherHaveEveryObjectOnce() {
		ConfigMap[] objects = IntStream.range(0, 100)
			.mapToObj((index) -> configMap("name-" + index, index + 1, index % 3 == 0))
			.toArray(ConfigMap[]::new);
		for (int index = 0; index < 5; index++) {
			this.server.list(Samples.listed(1000, objects));
			this.factory.forResource(ConfigMap.RESOURCE)
				.withShardSelector(ShardSelector.byUid(index, 5))
				.informer()
				.addHandler(this.handler);
		}

		this.factory.start();
		this.time.advanceTime();

		List<String> all = IntStream.range(0, 100).mapToObj((index) -> "++name-" + index + "@" + (index + 1)).toList();
		assertThat(this.handler.events()).containsExactlyInAnyOrderElementsOf(all);
	}

	private SharedInformer<ConfigMap> start() {
		SharedInformer<ConfigMap> informer = this.factory.forResource(ConfigMap.RESOURCE)
			.withShardSelector(SHARD)
			.informer();
		informer.addHandler(this.handler);
		informer.start();
		this.time.advanceTime();
		return informer;
	}

	private static Mono<KubernetesList<ConfigMap>> sharded(String selector, ConfigMap... items) {
		ListMeta metadata = ListMeta.builder()
			.resourceVersion("10")
			.shardInfo(ShardInfo.builder().selector(selector).build())
			.build();
		return Mono.just(new KubernetesList<>("v1", "ConfigMapList", metadata, List.of(items)));
	}

	private static ConfigMap own(String name, long version) {
		return configMap(name, version, true);
	}

	private static ConfigMap foreign(String name, long version) {
		return configMap(name, version, false);
	}

	private static ConfigMap configMap(String name, long version, boolean own) {
		Predicate<String> isOwn = (uid) -> SHARD.matches(ObjectMeta.builder().uid(uid).build());
		String uid = IntStream.iterate(0, (number) -> number + 1)
			.mapToObj((number) -> number + "-is-the-uid-of-" + name)
			.filter(own ? isOwn : isOwn.negate())
			.findFirst()
			.orElseThrow();
		return Samples.configMap("default", name, version, uid);
	}

}
