package io.github.k8sclient.test.conformance;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.informer.InformerOptions;
import io.github.k8sclient.informer.ResourceEventHandler;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.watch.ListWatch;
import io.github.k8sclient.watch.ListWatchProvider;
import io.github.k8sclient.watch.WatchEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

@ConformanceTest
class InformerConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@Parameter
	ConformanceServer server;

	private final List<String> events = new CopyOnWriteArrayList<>();

	private final Map<String, String> seen = new ConcurrentHashMap<>();

	private SharedInformerFactory factory;

	private SharedInformer<ConfigMap> informer;

	private String namespace;

	private ResourceClient<ConfigMap> maps;

	@BeforeEach
	void startInformer() {
		this.namespace = this.server.newNamespace();
		this.maps = this.server.clientset().coreV1().configMaps(this.namespace);
		this.factory = SharedInformerFactory.create(this.server.clientset());
		this.informer = this.factory.forResource(ConfigMap.class)
			.inNamespace(this.namespace)
			.withLabelSelector(TestObjects.MINE)
			.informer();
		this.informer.addHandler(new Recorder());
		create("a", "1");
		this.factory.start();
		this.informer.whenSynced(TIMEOUT).block(TIMEOUT);
	}

	@AfterEach
	void stopInformer() {
		this.factory.stop().block(TIMEOUT);
	}

	@Test
	void handlerHearsOfEveryChangeInOrder() {
		create("b", "1");
		update("b", "2");
		delete("a");

		await(() -> this.events.size() >= 4);
		assertThat(this.events).containsExactly("added a=1", "added b=1", "updated b=2", "deleted a");
	}

	@Test
	void restartLosesAndDuplicatesNothing() {
		create("b", "1");
		await(() -> this.events.contains("added b=1"));

		this.server.restart();
		this.maps = this.server.clientset().coreV1().configMaps(this.namespace);
		update("a", "2");
		delete("b");
		create("c", "1");

		await(() -> this.events.containsAll(List.of("updated a=2", "deleted b", "added c=1")));
		assertThat(this.events).containsExactlyInAnyOrder("added a=1", "added b=1", "updated a=2", "deleted b",
				"added c=1");
		assertThat(this.seen).isEqualTo(Map.of("a", "2", "c", "1"));
	}

	@Test
	void cacheFollowsTheServer() {
		Set<String> expected = new HashSet<>(Set.of("a"));
		for (int i = 0; i < 20; i++) {
			create("many-" + i, Integer.toString(i));
			expected.add("many-" + i);
		}
		delete("many-7");
		expected.remove("many-7");

		await(() -> names(this.informer.lister().list()).equals(expected));
		assertThat(names(this.informer.lister().list(TestObjects.MINE))).isEqualTo(expected);
	}

	@Test
	void detectorFindsWhatAWatchHasLost() {
		List<String> problems = new CopyOnWriteArrayList<>();
		SharedInformerFactory deaf = SharedInformerFactory.builder(new DeafToDeletions(this.server.clientset()))
			.options(InformerOptions.defaults().withConsistencyCheck(Duration.ofSeconds(1)))
			.errorHandler((misled, error) -> problems.add(String.valueOf(error.getMessage())))
			.build();
		SharedInformer<ConfigMap> misled = deaf.forResource(ConfigMap.class)
			.inNamespace(this.namespace)
			.withLabelSelector(TestObjects.MINE)
			.informer();
		deaf.start();
		misled.whenSynced(TIMEOUT).block(TIMEOUT);

		delete("a");
		create("b", "1");

		await(() -> problems.stream().anyMatch((problem) -> problem.contains("/a should not be there")));
		assertThat(problems).allSatisfy((problem) -> assertThat(problem).contains("1 objects differ from the server"));
		deaf.stop().block(TIMEOUT);
	}

	private static Set<String> names(List<ConfigMap> maps) {
		return maps.stream().map((map) -> map.metadata().name()).collect(Collectors.toSet());
	}

	private void create(String name, String value) {
		this.maps.create(TestObjects.map(name, value)).block(TIMEOUT);
	}

	private void update(String name, String value) {
		this.maps.get(name)
			.map((map) -> map.toBuilder().data(Map.of("value", value)).build())
			.flatMap(this.maps::update)
			.block(TIMEOUT);
	}

	private void delete(String name) {
		this.maps.delete(name).block(TIMEOUT);
	}

	private static void await(BooleanSupplier condition) {
		Awaitility.await().atMost(TIMEOUT).until(condition::getAsBoolean);
	}

	/**
	 * Loses the ends of objects on their way from the server.
	 *
	 * @param source gives what the server sends
	 */
	private record DeafToDeletions(ListWatchProvider source) implements ListWatchProvider {

		@Override
		public <T extends KubernetesObject> ListWatch<T> listWatch(ResourceDescriptor<T> resource, String namespace,
				Supplier<DecodingOptions> decoding) {
			ListWatch<T> listWatch = this.source.listWatch(resource, namespace, decoding);
			return new ListWatch<>() {

				@Override
				public Mono<KubernetesList<T>> list(ListOptions options) {
					return listWatch.list(options);
				}

				@Override
				public Flux<WatchEvent<T>> watch(ListOptions options) {
					return listWatch.watch(options).filter((event) -> event.type() != WatchEvent.Type.DELETED);
				}

			};
		}

	}

	private final class Recorder implements ResourceEventHandler<ConfigMap> {

		@Override
		public void onAdd(ConfigMap map, boolean initial) {
			record("added", map);
		}

		@Override
		public void onUpdate(ConfigMap previous, ConfigMap current) {
			record("updated", current);
		}

		@Override
		public void onDelete(ConfigMap map, boolean finalStateUnknown) {
			InformerConformanceTests.this.seen.remove(map.metadata().name());
			InformerConformanceTests.this.events.add("deleted " + map.metadata().name());
		}

		private void record(String what, ConfigMap map) {
			String value = map.data().get("value");
			InformerConformanceTests.this.seen.put(map.metadata().name(), value);
			InformerConformanceTests.this.events.add(what + " " + map.metadata().name() + "=" + value);
		}

	}

}
