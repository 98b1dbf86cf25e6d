package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.watch.WatchEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DefaultSharedInformer} on threads.
 */
class SharedInformerConcurrencyTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final Scheduler scheduler = Schedulers.newParallel("loop-test", 2);

	private final Scheduler handlers = Schedulers.newBoundedElastic(8, 100_000, "handlers-test");

	private final FakeListWatch<ConfigMap> server = new FakeListWatch<>();

	private final Sinks.Many<WatchEvent<ConfigMap>> watch = Sinks.many().unicast().onBackpressureBuffer();

	private final SharedInformer<ConfigMap> informer = SharedInformerFactory.builder(new FakeProvider(this.server))
		.scheduler(this.scheduler)
		.handlerScheduler(this.handlers)
		.build()
		.forResource(ConfigMap.RESOURCE)
		.informer();

	@AfterEach
	void stop() {
		StepVerifier.create(this.informer.stop()).expectComplete().verify(LIMIT);
		this.scheduler.dispose();
		this.handlers.dispose();
	}

	@Test
	void blockedHandlerDelaysNeitherOthersNorTheStore() throws Exception {
		this.server.list(Samples.listed(10, Samples.configMap("a", 1))).watch(this.watch.asFlux());
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch entered = new CountDownLatch(1);
		HandlerRegistration blocked = this.informer.addHandler(ResourceEventHandler.of((event) -> {
			entered.countDown();
			await(release);
		}));
		Mono<String> free = this.informer.events()
			.map((event) -> event.resource().metadata().resourceVersion())
			.filter("111"::equals)
			.next();

		StepVerifier.create(free.doOnSubscribe((subscription) -> this.informer.start()))
			.then(() -> await(entered))
			.then(() -> emitVersions(11, 111))
			.expectNext("111")
			.expectComplete()
			.verify(LIMIT);

		assertThat(blocked.pending()).isEqualTo(102);
		assertThat(this.informer.store().resourceVersion()).isEqualTo("111");
		release.countDown();
		awaitTrue(() -> blocked.pending() == 0);
	}

	@Test
	void handlerThatIsStuckForEverPinsNeitherHandlersNorThoseWhoWait() {
		Scheduler two = Schedulers.fromExecutorService(Executors.newFixedThreadPool(2));
		FakeListWatch<ConfigMap> both = new FakeListWatch<>();
		both.list(Samples.listed(10, Samples.configMap("a", 1))).list(Samples.listed(10, Samples.configMap("a", 1)));
		SharedInformerFactory factory = SharedInformerFactory.builder(new FakeProvider(both))
			.scheduler(this.scheduler)
			.handlerScheduler(two)
			.build();
		SharedInformer<ConfigMap> first = factory.forResource(ConfigMap.RESOURCE).inNamespace("one").informer();
		SharedInformer<ConfigMap> second = factory.forResource(ConfigMap.RESOURCE).inNamespace("two").informer();
		CountDownLatch end = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch inside = new CountDownLatch(2);
		List.of(end, release).forEach((latch) -> first.addHandler(ResourceEventHandler.of((event) -> {
			inside.countDown();
			await(latch);
		})));
		first.start();
		await(inside);
		List<HandlerRegistration> others = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			others.add(second.addHandler(ResourceEventHandler.of((event) -> {
			})));
		}
		List<CompletableFuture<?>> waiting = new ArrayList<>();
		others.forEach((handler) -> waiting.add(handler.whenSynced().toFuture()));
		waiting.add(second.whenSynced().toFuture());
		waiting.add(second.store().atLeast("10").toFuture());
		waiting.add(factory.forResource(ConfigMap.RESOURCE).inNamespace("three").informer().stop().toFuture());
		second.start();
		awaitTrue(() -> second.status().synced());

		release.countDown();

		assertThat(waiting).allSatisfy((future) -> assertThat(future).succeedsWithin(LIMIT));
		assertThat(others).allSatisfy((handler) -> assertThat(handler.delivered()).isOne());
		end.countDown();
		StepVerifier.create(factory.stop()).expectComplete().verify(LIMIT);
		two.dispose();
	}

	@Test
	void handlersThatComeAndGoDuringChangesSeeAConsistentHistory() {
		this.server.list(Samples.listed(10, objects(50))).watch(this.watch.asFlux());
		this.informer.start();
		Random random = new Random(7);
		List<ShadowHandler> staying = new ArrayList<>();
		List<HandlerRegistration> leaving = new ArrayList<>();
		int version = 100;
		for (int i = 0; i < 40; i++) {
			ShadowHandler shadow = new ShadowHandler();
			staying.add(shadow);
			this.informer.addHandler(shadow);
			leaving.add(this.informer.addHandler(new ShadowHandler()));
			for (int j = 0; j < 250; j++) {
				emit(Samples.modified(Samples.configMap("o" + random.nextInt(50), version++)));
			}
			leaving.remove(random.nextInt(leaving.size())).dispose();
		}
		emit(Samples.added(Samples.configMap("last", version)));

		assertThat(staying).allSatisfy((shadow) -> {
			awaitTrue(() -> shadow.objects().containsKey("default/last"));
			assertThat(shadow.problems()).isEmpty();
			assertThat(shadow.objects()).isEqualTo(ShadowHandler.versions(this.informer.store().list()));
		});
	}

	@Test
	void stopWaitsForTheHandlerThatIsRunning() throws Exception {
		this.server.list(Samples.listed(10, Samples.configMap("a", 1), Samples.configMap("b", 2)));
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger calls = new AtomicInteger();
		HandlerRegistration registration = this.informer.addHandler(ResourceEventHandler.of((event) -> {
			entered.countDown();
			await(release);
			calls.incrementAndGet();
		}));
		this.informer.start();
		await(entered);
		AtomicBoolean stopped = new AtomicBoolean();

		StepVerifier.create(this.informer.stop().doFinally((signal) -> stopped.set(true)))
			.expectSubscription()
			.then(() -> awaitTrue(() -> this.informer.status().state() == InformerState.STOPPED))
			.then(() -> assertThat(stopped).isFalse())
			.then(release::countDown)
			.expectComplete()
			.verify(LIMIT);

		assertThat(calls).hasValue(1);
		assertThat(registration.pending()).isEqualTo(1);
	}

	@Test
	void eventsThatWaitedAtAStopAreDeliveredAfterTheNextStart() throws Exception {
		this.server.list(Samples.listed(10, objects(1000)));
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		List<String> names = Collections.synchronizedList(new ArrayList<>());
		HandlerRegistration registration = this.informer.addHandler(ResourceEventHandler.of((event) -> {
			entered.countDown();
			await(release);
			names.add(event.key().name());
		}));
		this.informer.start();
		await(entered);
		AtomicReference<Throwable> failure = new AtomicReference<>();
		CountDownLatch stopped = new CountDownLatch(1);
		this.informer.stop().subscribe(null, failure::set, stopped::countDown);
		awaitTrue(() -> this.informer.status().state() == InformerState.STOPPED);
		release.countDown();
		await(stopped);
		int before = names.size();

		this.informer.start();
		registration.whenSynced().block(LIMIT);

		assertThat(before).isLessThan(1000);
		assertThat(names).hasSize(1000).doesNotHaveDuplicates();
		assertThat(failure.get()).isNull();
	}

	@Test
	void startAndStopFromManyThreadsEndInOneRunningWatch() throws Exception {
		for (int i = 0; i < 1000; i++) {
			this.server.list(Samples.listed(10));
		}
		AtomicInteger watching = new AtomicInteger();
		for (int i = 0; i < 2000; i++) {
			this.server.watch(Flux.<WatchEvent<ConfigMap>>never()
				.doOnSubscribe((subscription) -> watching.incrementAndGet())
				.doOnCancel(watching::decrementAndGet));
		}
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			Thread thread = new Thread(() -> {
				for (int j = 0; j < 50; j++) {
					this.informer.start();
					this.informer.stop().block(LIMIT);
				}
			});
			threads.add(thread);
			thread.start();
		}
		for (Thread thread : threads) {
			thread.join();
		}

		this.informer.start();
		awaitTrue(() -> watching.get() == 1);
		assertThat(this.informer.status().state()).isNotEqualTo(InformerState.STOPPED);
	}

	@Test
	void readersNeverSeeAMixOfTwoLists() throws Exception {
		int size = 2000;
		int lists = 60;
		for (int i = 0; i < lists; i++) {
			this.server.list(Samples.listed(1000 + 2 * i, generation(size, i)))
				.watch(Flux.just(Samples.bookmark(1001 + 2 * i), Samples.errorFrame(410, "Expired")));
		}
		this.server.list(Samples.listed(5000, generation(size, lists)));
		AtomicReference<String> problem = new AtomicReference<>();
		AtomicBoolean done = new AtomicBoolean();
		Thread reader = new Thread(() -> {
			while (!done.get() && problem.get() == null) {
				List<ConfigMap> objects = this.informer.store().list();
				long generations = objects.stream()
					.map((object) -> object.metadata().resourceVersion())
					.distinct()
					.count();
				if (generations > 1 || (!objects.isEmpty() && objects.size() != size)) {
					problem.set(objects.size() + " objects of " + generations + " lists");
				}
			}
		});

		reader.start();
		this.informer.start();
		awaitTrue(() -> this.informer.status().counters().lists() == lists + 1);
		done.set(true);
		reader.join();

		assertThat(problem.get()).isNull();
		assertThat(this.informer.store().resourceVersion()).isEqualTo("5000");
	}

	@Test
	void readersGoOnWithTheOldListWhileANewOneOf100000ObjectsIsTakenOver() {
		int size = 100_000;
		CountDownLatch halfway = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		this.informer.indexer().addIndex("half", (object) -> {
			if ("g1-50000".equals(object.metadata().name())) {
				halfway.countDown();
				await(goOn);
			}
			return List.of("all");
		});
		this.server.list(Samples.listed(10, generation(size, 0)))
			.watch(Flux.just(Samples.bookmark(1000), Samples.errorFrame(410, "Expired")))
			.list(Samples.listed(2000, generation(size, 1)));

		this.informer.start();
		await(halfway);

		assertThat(generations(this.informer.store().list())).containsExactly("100");
		assertThat(generations(this.informer.indexer().byIndex("half", "all"))).containsExactly("100");
		assertThat(generations(this.informer.lister().list("!absent"))).containsExactly("100");
		assertThat(this.informer.lister().namespace("ns0").list()).hasSize(size / 7 + 1);
		assertThat(this.informer.store().get("ns1/g0-1")).isPresent();
		assertThat(this.informer.store().get("ns1/g1-1")).isEmpty();
		assertThat(this.informer.store().size()).isEqualTo(size);
		assertThat(this.informer.store().resourceVersion()).isEqualTo("1000");
		goOn.countDown();
		this.informer.store().atLeast("2000").block(LIMIT);
		assertThat(generations(this.informer.store().list())).containsExactly("101");
		assertThat(generations(this.informer.indexer().byIndex("half", "all"))).containsExactly("101");
		assertThat(this.informer.store().size()).isEqualTo(size);
	}

	private List<String> generations(List<ConfigMap> objects) {
		return objects.stream()
			.map((object) -> String.valueOf(object.metadata().resourceVersion()))
			.distinct()
			.toList();
	}

	@Test
	void oneThreadServesManyBlockedHandlersInTurn() {
		Scheduler single = Schedulers.newBoundedElastic(1, 100_000, "one-handler-thread");
		FakeListWatch<ConfigMap> one = new FakeListWatch<>();
		one.list(Samples.listed(10, objects(2000)));
		SharedInformer<ConfigMap> busy = SharedInformerFactory.builder(new FakeProvider(one))
			.scheduler(this.scheduler)
			.handlerScheduler(single)
			.build()
			.forResource(ConfigMap.RESOURCE)
			.informer();
		List<Integer> order = Collections.synchronizedList(new ArrayList<>());
		CountDownLatch listed = new CountDownLatch(1);
		List<Mono<Void>> synced = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			int number = i;
			synced.add(busy.addHandler(ResourceEventHandler.of((event) -> {
				await(listed);
				order.add(number);
			})).whenSynced());
		}

		busy.start();
		awaitTrue(() -> busy.status().synced());
		listed.countDown();
		Mono.when(synced).block(LIMIT);

		assertThat(order).hasSize(6000);
		assertThat(order.subList(0, 2000)).as("no handler has the thread for itself").contains(0, 1, 2);
		StepVerifier.create(busy.stop()).expectComplete().verify(LIMIT);
		single.dispose();
	}

	private ConfigMap[] objects(int count) {
		ConfigMap[] objects = new ConfigMap[count];
		for (int i = 0; i < count; i++) {
			objects[i] = Samples.configMap("o" + i, 1 + i % 9);
		}
		return objects;
	}

	private ConfigMap[] generation(int count, int generation) {
		ConfigMap[] objects = new ConfigMap[count];
		for (int i = 0; i < count; i++) {
			objects[i] = Samples.configMap("ns" + i % 7, "g" + generation + "-" + i, 100 + generation, "uid");
		}
		return objects;
	}

	private void emitVersions(int from, int to) {
		for (int version = from; version <= to; version++) {
			emit(Samples.modified(Samples.configMap("a", version)));
		}
	}

	private void emit(WatchEvent<ConfigMap> event) {
		this.watch.emitNext(event, Sinks.EmitFailureHandler.busyLooping(LIMIT));
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void awaitTrue(BooleanSupplier condition) {
		long end = System.nanoTime() + LIMIT.toNanos();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).as("in time").isLessThan(end);
			Thread.onSpinWait();
		}
	}

}
