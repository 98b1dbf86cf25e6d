package io.github.k8sclient.test.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.informer.InformerException;
import io.github.k8sclient.informer.InformerOptions;
import io.github.k8sclient.informer.InformerSpec;
import io.github.k8sclient.informer.InitialListStrategy;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.ShardSelector;
import io.github.k8sclient.watch.ListWatchProvider;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lets a hundred informers follow a server that is killed, whose history is compacted,
 * that sends frames twice or late, and whose network breaks, under a load of writes;
 * their handlers block, throw, leave and join. In the end what each handler was told must
 * add up to what the server has. Runs against the embedded API server, and against the
 * real one when {@code KUBEBUILDER_ASSETS} is set.
 * <p>
 * The system property {@code chaos.duration}, in seconds, makes it longer, and
 * {@code chaos.seed} makes it different: faults and writes come in the order that the
 * seed says.
 */
@Timeout(3600)
class InformerChaosTests {

	private static final Log logger = LogFactory.getLog(InformerChaosTests.class);

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private static final Duration DURATION = Duration.ofSeconds(Long.getLong("chaos.duration", 4));

	private static final long SEED = Long.getLong("chaos.seed", 42);

	private static final List<String> NAMESPACES = List.of("chaos-1", "chaos-2", "chaos-3");

	// short watches, so that one that is lost is noticed in the time of a test
	private static final InformerOptions OPTIONS = InformerOptions.defaults()
		.withMinWatchTimeout(Duration.ofSeconds(2))
		.withPageSize(20);

	private static final int MIN_WRITES = 100;

	private static final int GROUPS = Integer.getInteger("chaos.groups", 33);

	/** What lasts as long is noticed by all that watch over silence. */
	private static final Duration LONG_SILENCE = Duration.ofSeconds(60);

	// fewer than there are handlers, and more than are stuck
	private final Scheduler handlerScheduler = Schedulers.fromExecutorService(Executors.newFixedThreadPool(16));

	// fewer than are stuck
	private final Scheduler fewThreads = Schedulers.fromExecutorService(Executors.newFixedThreadPool(2));

	private final List<SharedInformerFactory> factories = new ArrayList<>();

	private final List<ChaosWatcher> watchers = new ArrayList<>();

	private final List<OwnWrites> ownWrites = new CopyOnWriteArrayList<>();

	private final List<String> inconsistencies = new CopyOnWriteArrayList<>();

	private ChaosServer server;

	private Clientset clientset;

	static Stream<String> servers() {
		return ChaosServer.available();
	}

	@AfterEach
	void stop() {
		this.watchers.forEach(ChaosWatcher::release);
		Mono.when(this.factories.stream().map(SharedInformerFactory::stop).toList()).block(LIMIT);
		this.handlerScheduler.dispose();
		this.fewThreads.dispose();
		this.server.close();
	}

	@ParameterizedTest
	@MethodSource("servers")
	void handlersEndWithTheStateOfTheServerWhateverBreaks(String name) {
		this.server = ChaosServer.start(name);
		this.clientset = Clientset.create(this.server.directClient());
		try (WriteLoad load = new WriteLoad(this.clientset, SEED, NAMESPACES, GROUPS, this::written)) {
			load.prepare();
			FrameNoise noise = new FrameNoise(SEED);
			follow(noise.over(this.server.direct()), OPTIONS);
			follow(noise.over(this.server.proxied()), OPTIONS);
			follow(this.server.proxied(), OPTIONS.withInitialList(InitialListStrategy.PAGED_LIST));
			followWithFewThreads(this.server.proxied());
			List<ChaosFault> others = new ArrayList<>(handlerFaults());
			others.add(noise.fault());
			ChaosMonkey monkey = new ChaosMonkey(this.server, SEED, others);
			load.start();
			if (DURATION.compareTo(LONG_SILENCE) > 0) {
				monkey.freeze(LONG_SILENCE).block();
			}

			monkey.rage(DURATION, () -> load.writes() >= MIN_WRITES).block();

			logger.info("Chaos of seed " + SEED + " on the " + this.server + " server with " + this.watchers.size()
					+ " informers: " + monkey.counts() + ", " + load.writes() + " writes, " + noise.repeated()
					+ " frames repeated");
			assertThat(noise.repeated()).isPositive();
		}
		this.ownWrites.forEach((writes) -> writes.check(LIMIT));
		awaitStateOfServer();
	}

	private void written(ConfigMap map) {
		this.ownWrites.forEach((writes) -> writes.written(map));
	}

	private List<ChaosFault> handlerFaults() {
		Random random = new Random(SEED);
		AtomicReference<ChaosWatcher> stopped = new AtomicReference<>();
		return List.of(ChaosFault.at("handlers exchanged", () -> anyWatcher(random).exchangeHandler(LIMIT)),
				new ChaosFault("informer stopped", () -> {
					stopped.set(anyWatcher(random));
					stopped.get().stop();
				}, () -> stopped.get().start()));
	}

	private ChaosWatcher anyWatcher(Random random) {
		return this.watchers.get(random.nextInt(this.watchers.size()));
	}

	private SharedInformerFactory factory(ListWatchProvider provider, InformerOptions options, Scheduler threads) {
		SharedInformerFactory factory = SharedInformerFactory.builder(provider)
			.options(options)
			.handlerScheduler(threads)
			.errorHandler(this::record)
			.build();
		this.factories.add(factory);
		return factory;
	}

	private void record(SharedInformer<?> informer, InformerException error) {
		if (String.valueOf(error.getMessage()).contains("differ from the server")) {
			this.inconsistencies.add(error.getMessage());
		}
	}

	private void follow(ListWatchProvider provider, InformerOptions options) {
		SharedInformerFactory factory = factory(provider, options, this.handlerScheduler);
		InformerSpec<ConfigMap> maps = factory.forResource(ConfigMap.class);
		SharedInformer<ConfigMap> all = follow(WriteLoad.LABEL,
				maps.withOptions((present) -> present.withConsistencyCheck(Duration.ofSeconds(1))));
		this.ownWrites.add(new OwnWrites(all));
		follow(WriteLoad.LABEL, maps.inNamespaces(NAMESPACES.get(0), NAMESPACES.get(2)));
		follow(WriteLoad.LABEL, maps.withShardSelector(ShardSelector.byUid(1, 3)));
		for (int group = 0; group < GROUPS; group++) {
			follow(WriteLoad.LABEL + "=" + group, maps);
		}
		factory.start();
	}

	private SharedInformer<ConfigMap> follow(String selector, InformerSpec<ConfigMap> spec) {
		SharedInformer<ConfigMap> informer = spec.withLabelSelector(selector).informer();
		this.watchers.add(new ChaosWatcher(selector, informer));
		return informer;
	}

	private void followWithFewThreads(ListWatchProvider provider) {
		SharedInformerFactory factory = factory(provider, OPTIONS, this.fewThreads);
		follow(WriteLoad.LABEL, factory.forResource(ConfigMap.class));
		ChaosWatcher watcher = this.watchers.get(this.watchers.size() - 1);
		for (int i = 0; i < 3; i++) {
			watcher.addStuckHandler();
		}
		factory.start();
	}

	private void awaitStateOfServer() {
		long start = System.nanoTime();
		this.watchers.forEach(ChaosWatcher::release);
		this.watchers.forEach((watcher) -> watcher.exchangeHandler(LIMIT));
		Awaitility.await().atMost(LIMIT).untilAsserted(this::checkState);
		logger.info("In the state of the server after " + Duration.ofNanos(System.nanoTime() - start).toMillis()
				+ " ms: " + this.watchers);
		this.watchers.forEach(ChaosWatcher::checkEvents);
		assertThat(this.inconsistencies).isEmpty();
	}

	private void checkState() {
		List<ConfigMap> maps = this.clientset.coreV1()
			.configMaps("")
			.list(ListOptions.builder().labelSelector(WriteLoad.LABEL).build())
			.map((list) -> list.items())
			.block(LIMIT);
		this.watchers.forEach((watcher) -> watcher.check(maps));
	}

}
