package io.github.k8sclient.test.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.informer.HandlerRegistration;
import io.github.k8sclient.informer.InformerException;
import io.github.k8sclient.informer.InformerOptions;
import io.github.k8sclient.informer.InformerSpec;
import io.github.k8sclient.informer.InformerState;
import io.github.k8sclient.informer.InitialListStrategy;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.watch.ListWatchProvider;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lets informers follow a server that is killed, and whose network breaks, under a load
 * of writes; in the end what each handler was told must add up to what the server has.
 * Runs against the embedded API server, and against the real one when
 * {@code KUBEBUILDER_ASSETS} is set.
 * <p>
 * The system property {@code chaos.duration}, in seconds, makes it longer, and
 * {@code chaos.seed} makes it different: faults and writes come in the order that the
 * seed says.
 */
@Timeout(3600)
class InformerChaosTests {

	private static final Log logger = LogFactory.getLog(InformerChaosTests.class);

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private static final Duration DURATION = Duration.ofSeconds(Long.getLong("chaos.duration", 8));

	private static final long SEED = Long.getLong("chaos.seed", 42);

	private static final List<String> NAMESPACES = List.of("chaos-1", "chaos-2", "chaos-3");

	// short watches, so that one that is lost is noticed in the time of a test
	private static final InformerOptions OPTIONS = InformerOptions.defaults()
		.withMinWatchTimeout(Duration.ofSeconds(2))
		.withPageSize(20)
		.withConsistencyCheck(Duration.ofSeconds(1));

	private final List<SharedInformerFactory> factories = new ArrayList<>();

	private final List<Watcher> watchers = new ArrayList<>();

	private final List<String> inconsistencies = new CopyOnWriteArrayList<>();

	private ChaosServer server;

	private Clientset clientset;

	static Stream<String> servers() {
		return ChaosServer.available();
	}

	@AfterEach
	void stop() {
		Mono.when(this.factories.stream().map(SharedInformerFactory::stop).toList()).block(LIMIT);
		this.server.close();
	}

	@ParameterizedTest
	@MethodSource("servers")
	void handlersEndWithTheStateOfTheServerWhateverBreaks(String name) {
		start(name);
		try (WriteLoad load = new WriteLoad(this.clientset, SEED, NAMESPACES, 2)) {
			load.prepare();
			follow(this.server.direct(), OPTIONS);
			follow(this.server.proxied(), OPTIONS);
			follow(this.server.proxied(), OPTIONS.withInitialList(InitialListStrategy.PAGED_LIST));
			ChaosMonkey monkey = new ChaosMonkey(this.server, SEED);
			load.start();

			monkey.rage(DURATION).block();

			report(monkey.counts(), load.writes());
		}
		awaitStateOfServer();
	}

	@ParameterizedTest
	@MethodSource("servers")
	void hundredInformersEndWithTheStateOfTheServer(String name) {
		start(name);
		int groups = 50;
		try (WriteLoad load = new WriteLoad(this.clientset, SEED, NAMESPACES, groups)) {
			load.prepare();
			for (ListWatchProvider provider : List.of(this.server.direct(), this.server.proxied())) {
				SharedInformerFactory factory = factory(provider, OPTIONS);
				for (int group = 0; group < groups; group++) {
					follow(factory, WriteLoad.LABEL + "=" + group);
				}
				factory.start();
			}
			load.start();

			for (int kill = 1; kill <= 2; kill++) {
				long enough = 100 * kill;
				Awaitility.await().atMost(LIMIT).until(() -> load.writes() > enough);
				this.server.kill().run();
				this.server.start().run();
				this.server.proxy().cut();
			}

			report(Map.of("killed", 2), load.writes());
		}
		awaitStateOfServer();
	}

	private void start(String name) {
		this.server = ChaosServer.start(name);
		this.clientset = Clientset.create(this.server.directClient());
	}

	private SharedInformerFactory factory(ListWatchProvider provider, InformerOptions options) {
		SharedInformerFactory factory = SharedInformerFactory.builder(provider)
			.options(options)
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
		SharedInformerFactory factory = factory(provider, options);
		follow(factory, WriteLoad.LABEL);
		follow(factory, WriteLoad.LABEL + "=1");
		factory.start();
	}

	private void follow(SharedInformerFactory factory, String selector) {
		InformerSpec<ConfigMap> spec = factory.forResource(ConfigMap.class).withLabelSelector(selector);
		this.watchers.add(new Watcher(selector, spec.informer()));
	}

	private void awaitStateOfServer() {
		long start = System.nanoTime();
		this.watchers.forEach(Watcher::changeHandlers);
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> this.watchers.forEach(this::checkState));
		logger.info("In the state of the server after " + Duration.ofNanos(System.nanoTime() - start).toMillis()
				+ " ms: " + this.watchers);
		this.watchers.forEach(Watcher::checkEvents);
		assertThat(this.inconsistencies).isEmpty();
	}

	private void checkState(Watcher watcher) {
		List<ConfigMap> maps = this.clientset.coreV1()
			.configMaps("")
			.list(ListOptions.builder().labelSelector(watcher.selector).build())
			.map((list) -> list.items())
			.block(LIMIT);
		watcher.check(ShadowView.versions(maps));
	}

	private void report(Map<String, Integer> faults, long writes) {
		logger.info(
				"Chaos of seed " + SEED + " on the " + this.server + " server: " + faults + ", " + writes + " writes");
	}

	/**
	 * An informer and its handlers: one that does its work, one that takes its time, one
	 * that throws now and then, one that leaves, and one that comes in the end.
	 */
	private static final class Watcher {

		private final String selector;

		private final SharedInformer<ConfigMap> informer;

		private final List<ShadowView> views = new ArrayList<>();

		private final AtomicInteger events = new AtomicInteger();

		private final HandlerRegistration leaving;

		Watcher(String selector, SharedInformer<ConfigMap> informer) {
			this.selector = selector;
			this.informer = informer;
			addHandler(() -> {
			});
			addHandler(() -> LockSupport.parkNanos(100_000));
			addHandler(this::throwNowAndThen);
			this.leaving = informer.addHandler(new ShadowView(() -> {
			}));
		}

		private void addHandler(Runnable behaviour) {
			ShadowView view = new ShadowView(behaviour);
			this.views.add(view);
			this.informer.addHandler(view);
		}

		void changeHandlers() {
			this.leaving.dispose();
			addHandler(() -> {
			});
		}

		private void throwNowAndThen() {
			if (this.events.incrementAndGet() % 500 == 0) {
				throw new IllegalStateException("a handler that throws now and then");
			}
		}

		void check(Map<String, String> expected) {
			assertThat(this.informer.status().state()).as(this.selector).isEqualTo(InformerState.SYNCED);
			assertThat(ShadowView.versions(this.informer.store().list())).as("store of " + this.selector)
				.isEqualTo(expected);
			assertThat(this.views).as("handlers of " + this.selector)
				.allSatisfy((view) -> assertThat(view.versions()).isEqualTo(expected));
		}

		void checkEvents() {
			assertThat(this.views).as("events of " + this.selector)
				.allSatisfy((view) -> assertThat(view.problems()).isEmpty());
		}

		@Override
		public String toString() {
			return this.selector + " " + this.informer.status().counters();
		}

	}

}
