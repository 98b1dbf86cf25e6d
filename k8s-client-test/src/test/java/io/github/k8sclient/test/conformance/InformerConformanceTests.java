package io.github.k8sclient.test.conformance;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.informer.ResourceEventHandler;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

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

	private ResourceClient<ConfigMap> maps;

	@BeforeEach
	void startInformer() {
		String namespace = this.server.newNamespace();
		this.maps = this.server.clientset().coreV1().configMaps(namespace);
		this.factory = SharedInformerFactory.create(this.server.clientset());
		this.informer = this.factory.forResource(ConfigMap.class)
			.inNamespace(namespace)
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
		this.maps = this.server.clientset().coreV1().configMaps(this.maps.namespace());
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
