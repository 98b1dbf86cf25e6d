package io.github.k8sclient.test.conformance;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.informer.InformerSpec;
import io.github.k8sclient.informer.InitialListStrategy;
import io.github.k8sclient.informer.ProjectedObject;
import io.github.k8sclient.informer.Projection;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.meta.ShardSelector;
import io.github.k8sclient.test.EmbeddedApiServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Shards, on servers that know them and on those that send all objects whatever is asked
 * for: informers show the same of each.
 */
@ParameterizedClass(name = "{0}, knows shards: {1}")
@MethodSource("servers")
class ShardConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final int SHARDS = 3;

	@Parameter(0)
	ConformanceServer server;

	@Parameter(1)
	boolean knowsShards;

	private final List<ObjectMeta> objects = new ArrayList<>();

	private String namespace;

	private ResourceClient<ConfigMap> maps;

	private SharedInformerFactory factory;

	static Stream<Arguments> servers() {
		return Stream.concat(ConformanceServers.all().map((server) -> Arguments.of(server, !server.isReal())),
				ConformanceServers.with(EmbeddedApiServer.builder().shards(false), "ShardedListAndWatch=true", 36)
					.map((server) -> Arguments.of(server, server.isReal())));
	}

	@AfterParameterizedClassInvocation
	static void releaseServer(ConformanceServer server) {
		ConformanceServers.release(server);
	}

	@BeforeEach
	void createObjects() {
		this.namespace = this.server.newNamespace();
		this.maps = this.server.clientset().coreV1().configMaps(this.namespace);
		this.factory = SharedInformerFactory.create(this.server.clientset());
		IntStream.range(0, 12).forEach((index) -> create("before-" + index));
	}

	@AfterEach
	void stopInformers() {
		this.factory.stop().block(TIMEOUT);
	}

	@Test
	void listIsOfTheShardIfItSaysSo() {
		ShardSelector shard = ShardSelector.byUid(0, SHARDS).or(ShardSelector.byUid(2, SHARDS));

		Answer list = this.server.get(path(shard.toString().replace(", ", ",")));

		assertThat(list.at("/metadata/shardInfo/selector").asString(""))
			.isEqualTo(this.knowsShards ? shard.toString() : "");
		assertThat(new TreeSet<>(list.itemNames())).isEqualTo(this.knowsShards ? namesIn(shard) : allNames());
	}

	@Test
	void watchIsOfTheShardAndDoesNotSaySo() {
		Assumptions.assumeTrue(this.knowsShards, "the server sends everything");
		ShardSelector shard = ShardSelector.byUid(1, SHARDS);
		int count = namesIn(shard).size();

		List<String> events = this.server.firstEvents(path(shard.toString()), null, count)
			.stream()
			.peek((event) -> assertThat(event.toString()).doesNotContain("shardInfo"))
			.map((event) -> event.at("/object/metadata/name").asString())
			.toList();

		assertThat(new TreeSet<>(events)).isEqualTo(namesIn(shard));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { " ", "nonsense", "shardRange(object.metadata.name, '0x0000000000000000', '0x8000000000000000')",
					"shardRange(object.metadata.uid, '0x8000000000000000', '0x0000000000000000')" })
	void invalidSelectorIsAnErrorOfTheServer(String selector) {
		Answer answer = this.server.get(path(selector));

		assertThat(answer.code()).isEqualTo(this.knowsShards ? 500 : 200);
		assertThat(answer.at("/message").asString("")).startsWith(this.knowsShards ? "invalid shard selector: " : "");
		assertThat(answer.json().has("reason")).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void informersOfAllShardsHaveEveryObjectOnce(InitialListStrategy strategy) {
		List<SharedInformer<ConfigMap>> informers = start(
				this.factory.forResource(ConfigMap.class).withInitialList(strategy));

		IntStream.range(0, 12).forEach((index) -> create("after-" + index));
		remove("before-3");
		remove("after-7");

		awaitShards(informers);
	}

	@Test
	void informersOfShardsSurviveARestart() {
		List<SharedInformer<ConfigMap>> informers = start(this.factory.forResource(ConfigMap.class));
		awaitShards(informers);

		this.server.restart();
		this.maps = this.server.clientset().coreV1().configMaps(this.namespace);
		IntStream.range(0, 6).forEach((index) -> create("after-" + index));
		remove("before-3");

		awaitShards(informers);
	}

	@Test
	void dynamicAndMetadataInformersAndProjectionsHaveShards() {
		awaitShards(start(this.factory.forResource(ConfigMap.RESOURCE.resource())));
		awaitShards(start(this.factory.forMetadata(ConfigMap.class)));
		awaitShards(start(this.factory.forProjection(MapView.class)));
	}

	@Test
	void shardsByNamespaceHaveAllOfANamespaceOrNothing() {
		InformerSpec<ConfigMap> spec = this.factory.forResource(ConfigMap.class).inNamespace(this.namespace);
		List<Set<String>> shards = IntStream.range(0, SHARDS)
			.mapToObj((index) -> spec.withShardSelector(ShardSelector.byNamespace(index, SHARDS)).informer())
			.peek((informer) -> {
				informer.start();
				informer.whenSynced(TIMEOUT).block(TIMEOUT);
			})
			.map((informer) -> names(informer.store().list()))
			.filter((names) -> !names.isEmpty())
			.toList();

		assertThat(shards).containsExactly(allNames());
	}

	private <T extends KubernetesObject> List<SharedInformer<T>> start(InformerSpec<T> spec) {
		List<SharedInformer<T>> informers = IntStream.range(0, SHARDS)
			.mapToObj((index) -> spec.inNamespace(this.namespace)
				.withShardSelector(ShardSelector.byUid(index, SHARDS))
				.informer())
			.toList();
		this.factory.start();
		return informers;
	}

	private <T extends KubernetesObject> void awaitShards(List<SharedInformer<T>> informers) {
		Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> {
			for (int index = 0; index < SHARDS; index++) {
				assertThat(names(informers.get(index).store().list()))
					.isEqualTo(namesIn(ShardSelector.byUid(index, SHARDS)));
			}
		});
	}

	private void create(String name) {
		this.objects.add(this.maps.create(TestObjects.map(name)).block(TIMEOUT).metadata());
	}

	private void remove(String name) {
		this.maps.delete(name).block(TIMEOUT);
		this.objects.removeIf((object) -> name.equals(object.name()));
	}

	private Set<String> allNames() {
		return namesIn(ShardSelector.byUid(0, 1));
	}

	private Set<String> namesIn(ShardSelector shard) {
		return this.objects.stream()
			.filter(shard::matches)
			.map(ObjectMeta::name)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<String> names(Collection<? extends KubernetesObject> objects) {
		return objects.stream()
			.map((object) -> object.metadata().name())
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private String path(String shardSelector) {
		return "/api/v1/namespaces/" + this.namespace + "/configmaps?labelSelector=" + TestObjects.MINE
				+ "&shardSelector=" + URLEncoder.encode(shardSelector, StandardCharsets.UTF_8);
	}

	@Projection(of = ConfigMap.class)
	record MapView(ObjectMeta metadata, Boolean immutable) implements ProjectedObject {

	}

}
