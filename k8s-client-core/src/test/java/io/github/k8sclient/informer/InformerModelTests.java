package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.github.k8sclient.api.core.v1.ConfigMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lets an informer follow a server that changes, fails and forgets at random, and
 * compares what the handlers were told with what the server holds in the end. Each seed
 * gives the same history again.
 */
@ExtendWith(CapturedLog.class)
class InformerModelTests {

	private static final int SEEDS = 150;

	@Test
	void handlersEndWithTheStateOfTheServerWhateverHappens() {
		for (long seed = 0; seed < SEEDS; seed++) {
			Run run = new Run(seed);
			run.liveThroughFaults();
			run.calmDown();
			run.check();
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "gone", "lists", "watches", "frames", "duplicates", "late", "bookmarks", "streams", "ends" })
	void faultsOfEachKindHappen(String kind) {
		int faults = 0;
		for (long seed = 0; seed < 20; seed++) {
			Run run = new Run(seed);
			run.liveThroughFaults();
			faults += run.server.faults(kind);
		}

		assertThat(faults).isPositive();
	}

	/**
	 * One history.
	 */
	private static final class Run {

		private final long seed;

		private final Random random;

		private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

		private final RandomServer server;

		private final SharedInformerFactory factory;

		private final SharedInformer<ConfigMap> informer;

		private final List<ShadowHandler> shadows = new ArrayList<>();

		private final List<HandlerRegistration> leaving = new ArrayList<>();

		Run(long seed) {
			this.seed = seed;
			this.random = new Random(seed);
			this.server = new RandomServer(this.random, this.time, seed % 2 == 0);
			this.factory = SharedInformerFactory.builder(new FakeProvider(this.server))
				.scheduler(this.time)
				.handlerScheduler(this.time)
				.build();
			this.informer = this.factory.forResource(ConfigMap.RESOURCE).informer();
			this.informer.indexer()
				.addIndex("version", (object) -> List.of(String.valueOf(object.metadata().resourceVersion())));
		}

		void liveThroughFaults() {
			join();
			this.factory.start();
			for (int step = 0; step < 400; step++) {
				switch (this.random.nextInt(20)) {
					case 0 -> this.server.fail();
					case 1 -> this.server.compact();
					case 2 -> join();
					case 3 -> leave();
					case 4 -> restart();
					case 5, 6, 7 -> pass(Duration.ofMillis(this.random.nextInt(20_000)));
					default -> this.server.change();
				}
			}
		}

		void calmDown() {
			this.server.heal();
			this.factory.start();
			pass(Duration.ofMinutes(25));
		}

		void check() {
			assertThat(this.informer.status().state()).as("state of seed " + this.seed).isEqualTo(InformerState.SYNCED);
			assertThat(ShadowHandler.versions(this.informer.store().list())).as("store of seed " + this.seed)
				.isEqualTo(ShadowHandler.versions(this.server.objects()));
			assertThat(this.informer.indexer().indexValues("version")).as("index of seed " + this.seed)
				.containsExactlyInAnyOrderElementsOf(this.server.objects()
					.stream()
					.map((object) -> String.valueOf(object.metadata().resourceVersion()))
					.toList());
			for (ShadowHandler shadow : this.shadows) {
				assertThat(shadow.problems()).as("events of seed " + this.seed).isEmpty();
				assertThat(shadow.objects()).as("view of seed " + this.seed)
					.isEqualTo(ShadowHandler.versions(this.server.objects()));
			}
		}

		private void join() {
			ShadowHandler shadow = new ShadowHandler();
			this.shadows.add(shadow);
			this.informer.addHandler(shadow);
			this.leaving.add(this.informer.addHandler(new ShadowHandler()));
		}

		private void leave() {
			if (!this.leaving.isEmpty()) {
				this.leaving.remove(this.random.nextInt(this.leaving.size())).dispose();
			}
		}

		private void restart() {
			this.factory.stop().subscribe();
			pass(Duration.ofMillis(this.random.nextInt(1000)));
			this.factory.start();
		}

		private void pass(Duration duration) {
			this.time.advanceTimeBy(duration);
		}

	}

}
