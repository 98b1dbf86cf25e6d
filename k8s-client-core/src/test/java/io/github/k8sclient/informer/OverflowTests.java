package io.github.k8sclient.informer;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.watch.WatchEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for what becomes of the changes that a handler is too slow for: handlers stand
 * still for as long as a test likes.
 */
@ExtendWith(CapturedLog.class)
class OverflowTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final HandlerOptions COALESCE = HandlerOptions.defaults()
		.withName("slow")
		.withOverflow(OverflowStrategy.COALESCE);

	private final VirtualTimeScheduler loop = VirtualTimeScheduler.create();

	private final StalledScheduler handlers = new StalledScheduler();

	private final FakeListWatch<ConfigMap> server = new FakeListWatch<>();

	private final Sinks.Many<WatchEvent<ConfigMap>> watch = Sinks.many().unicast().onBackpressureBuffer();

	private final List<Throwable> errors = new ArrayList<>();

	private final SharedInformer<ConfigMap> informer = SharedInformerFactory.builder(new FakeProvider(this.server))
		.scheduler(this.loop)
		.handlerScheduler(this.handlers)
		.errorHandler((failed, error) -> this.errors.add(error.getCause()))
		.build()
		.forResource(ConfigMap.RESOURCE)
		.informer();

	private final RecordingHandler<ConfigMap> handler = new RecordingHandler<>();

	@Test
	void bufferKeepsEveryChange() {
		start(Samples.configMap("a", 1));
		HandlerRegistration registration = add(HandlerOptions.defaults());

		change(Samples.modified(Samples.configMap("a", 11)), Samples.modified(Samples.configMap("a", 12)));

		assertThat(registration.pending()).isEqualTo(3);
		work();
		assertThat(this.handler.events()).containsExactly("++a@1", "a@1->11", "a@11->12");
		assertThat(registration.pending()).isZero();
		assertThat(registration.delivered()).isEqualTo(3);
	}

	@Test
	void updatesAreMergedIntoOne() {
		start(Samples.configMap("a", 1));
		HandlerRegistration registration = add(COALESCE);
		work();

		change(Samples.modified(Samples.configMap("a", 11)), Samples.modified(Samples.configMap("a", 12)),
				Samples.modified(Samples.configMap("a", 13)));

		assertThat(registration.pending()).isEqualTo(1);
		work();
		assertThat(this.handler.events()).containsExactly("++a@1", "a@1->13");
	}

	@Test
	void additionShowsTheLatestStateAndKeepsItsFlag() {
		start(Samples.configMap("a", 1));
		add(COALESCE);

		change(Samples.modified(Samples.configMap("a", 11)), Samples.added(Samples.configMap("b", 12)),
				Samples.modified(Samples.configMap("b", 13)));
		work();

		assertThat(this.handler.events()).containsExactly("++a@11", "+b@13");
	}

	@Test
	void ofAnObjectThatCameAndWentNothingIsTold() {
		start();
		HandlerRegistration registration = add(COALESCE);

		change(Samples.added(Samples.configMap("a", 11)), Samples.modified(Samples.configMap("a", 12)),
				Samples.deleted(Samples.configMap("a", 13)));

		assertThat(registration.pending()).isZero();
		work();
		assertThat(this.handler.events()).isEmpty();
	}

	@Test
	void updateThatIsFollowedByTheEndIsTheEnd() {
		start(Samples.configMap("a", 1));
		add(COALESCE);
		work();

		change(Samples.modified(Samples.configMap("a", 11)), Samples.deleted(Samples.configMap("a", 12)));
		work();

		assertThat(this.handler.events()).containsExactly("++a@1", "-a@12");
	}

	@Test
	void objectThatWasMadeAgainIsDeletedAndAdded() {
		start(Samples.configMap("a", 1));
		HandlerRegistration registration = add(COALESCE);
		work();

		change(Samples.deleted(Samples.configMap("a", 11)),
				Samples.added(Samples.configMap("default", "a", 12, "second")),
				Samples.deleted(Samples.configMap("default", "a", 13, "second")),
				Samples.added(Samples.configMap("default", "a", 14, "third")),
				Samples.modified(Samples.configMap("default", "a", 15, "third")));

		assertThat(registration.pending()).isEqualTo(2);
		work();
		assertThat(this.handler.events()).containsExactly("++a@1", "-a@11", "+a@15");
	}

	@Test
	void objectThatChangedAndWasLostIsDeletedInTheStateThatTheInformerKnewLast() {
		start(Samples.configMap("a", 1));
		add(COALESCE);
		work();

		change(Samples.modified(Samples.configMap("a", 11)),
				Samples.added(Samples.configMap("default", "a", 13, "second")));
		work();

		assertThat(this.handler.events()).containsExactly("++a@1", "-?a@11", "+a@13");
	}

	@Test
	void objectThatWasMadeAgainAndWentIsDeletedOnce() {
		start(Samples.configMap("a", 1));
		add(COALESCE);
		work();

		change(Samples.modified(Samples.configMap("a", 11)), Samples.deleted(Samples.configMap("a", 12)),
				Samples.added(Samples.configMap("default", "a", 13, "second")),
				Samples.deleted(Samples.configMap("default", "a", 14, "second")));
		work();

		assertThat(this.handler.events()).containsExactly("++a@1", "-a@12");
	}

	@Test
	void deletionThatWasMissedSaysSo() {
		this.server.list(Samples.listed(10, Samples.configMap("a", 1), Samples.configMap("b", 2)))
			.watch(this.watch.asFlux())
			.list(Samples.listed(30, Samples.configMap("b", 25)));
		this.informer.start();
		this.loop.advanceTimeBy(Duration.ofSeconds(5));
		add(COALESCE);
		work();

		change(Samples.modified(Samples.configMap("a", 11)), Samples.errorFrame(410, "Expired"));
		work();

		assertThat(this.handler.events()).containsExactlyInAnyOrder("++a@1", "++b@2", "-?a@11", "b@2->25");
	}

	@Test
	void orderIsThatOfTheFirstChanges() {
		start(Samples.configMap("a", 1), Samples.configMap("b", 2), Samples.configMap("c", 3));
		add(COALESCE);
		work();
		this.handler.clear();

		change(Samples.modified(Samples.configMap("c", 11)), Samples.modified(Samples.configMap("a", 12)),
				Samples.modified(Samples.configMap("b", 13)), Samples.modified(Samples.configMap("c", 14)));
		work();

		assertThat(this.handler.events()).containsExactly("c@3->14", "a@1->12", "b@2->13");
	}

	@Test
	void handlerIsSyncedThoughItsFirstViewWentBeforeItWasSeen() {
		start(Samples.configMap("a", 1));
		HandlerRegistration registration = add(COALESCE);

		change(Samples.deleted(Samples.configMap("a", 11)));
		work();

		assertThat(this.handler.events()).isEmpty();
		StepVerifier.create(registration.whenSynced()).expectComplete().verify(LIMIT);
	}

	@Test
	void handlerIsNotSyncedByChangesOfItsFirstViewThatItHasNotSeen() {
		start(Samples.configMap("a", 1), Samples.configMap("b", 2));
		HandlerRegistration registration = add(COALESCE);
		List<String> seenWhenSynced = new ArrayList<>();
		registration.whenSynced().subscribe(null, null, () -> seenWhenSynced.addAll(this.handler.events()));

		change(Samples.modified(Samples.configMap("a", 11)), Samples.added(Samples.configMap("c", 12)));
		assertThat(seenWhenSynced).isEmpty();
		work();

		assertThat(seenWhenSynced).containsExactlyInAnyOrder("++a@11", "++b@2");
	}

	@Test
	void resyncOfAnObjectThatChangesIsPartOfItsChange() {
		start(Samples.configMap("a", 1), Samples.configMap("b", 2));
		HandlerRegistration registration = add(COALESCE.withResync(Duration.ofMinutes(1)));
		work();
		this.handler.clear();

		this.loop.advanceTimeBy(Duration.ofMinutes(1));
		change(Samples.modified(Samples.configMap("a", 11)));
		this.loop.advanceTimeBy(Duration.ofMinutes(5));

		assertThat(registration.pending()).isEqualTo(2);
		work();
		assertThat(this.handler.events()).containsExactlyInAnyOrder("a@1->11", "b@2->2");
		this.loop.advanceTimeBy(Duration.ofMinutes(1));
		work();
		assertThat(this.handler.events()).hasSize(4);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void whateverHappensMergedChangesLeadToTheSameView(long seed) {
		start();
		ShadowHandler shadow = new ShadowHandler();
		HandlerRegistration registration = this.informer.addHandler(shadow, COALESCE);
		Random random = new Random(seed);
		Map<String, ConfigMap> objects = new TreeMap<>();
		for (int version = 100; version < 5000; version++) {
			change(randomChange(random, objects, version));
			if (random.nextInt(50) == 0) {
				work();
				assertThat(shadow.objects()).isEqualTo(ShadowHandler.versions(this.informer.store().list()));
			}
			assertThat(registration.pending()).isLessThanOrEqualTo(20);
		}
		work();

		assertThat(shadow.problems()).isEmpty();
		assertThat(shadow.objects()).isEqualTo(ShadowHandler.versions(objects.values()));
	}

	private WatchEvent<ConfigMap> randomChange(Random random, Map<String, ConfigMap> objects, int version) {
		String name = "o" + random.nextInt(10);
		ConfigMap known = objects.get(name);
		if (known == null) {
			ConfigMap added = Samples.configMap("default", name, version, "uid-" + version);
			objects.put(name, added);
			return Samples.added(added);
		}
		ConfigMap next = Samples.configMap("default", name, version, String.valueOf(known.metadata().uid()));
		if (random.nextInt(3) == 0) {
			objects.remove(name);
			return Samples.deleted(next);
		}
		objects.put(name, next);
		return Samples.modified(next);
	}

	@Test
	void aMillionChangesOfTheSameObjectsCostAStuckHandlerNoMoreThanTheObjects() {
		start();
		HandlerRegistration registration = add(COALESCE);
		int most = 0;
		List<WeakReference<ConfigMap>> formerStates = new ArrayList<>();
		for (int version = 100; version < 1_000_100; version++) {
			ConfigMap state = Samples.configMap("o" + version % 100, version);
			this.watch.tryEmitNext(Samples.modified(state));
			if (version % 1009 == 0) {
				formerStates.add(new WeakReference<>(state));
			}
			if (version % 1000 == 0) {
				this.loop.advanceTime();
				most = Math.max(most, registration.pending());
			}
		}
		this.loop.advanceTime();
		awaitGarbage(formerStates);
		work();

		assertThat(most).isEqualTo(100);
		assertThat(this.handler.events()).hasSize(100).allMatch((event) -> event.startsWith("+o"));
		assertThat(this.informer.status().counters().updated()).isEqualTo(999_900);
	}

	private static void awaitGarbage(List<WeakReference<ConfigMap>> objects) {
		long deadline = System.nanoTime() + LIMIT.toNanos();
		while (objects.stream().anyMatch((object) -> object.get() != null) && System.nanoTime() < deadline) {
			System.gc();
		}
		assertThat(objects).hasSizeGreaterThan(900).allMatch((object) -> object.get() == null);
	}

	@Test
	void handlerWithTooManyChangesIsRemovedAndTheReasonIsSeenEverywhere(CapturedLog log) {
		start(Samples.configMap("a", 1));
		HandlerRegistration registration = add(limited(2));
		RecordingHandler<ConfigMap> other = new RecordingHandler<>();
		this.informer.addHandler(other);
		work();

		change(Samples.modified(Samples.configMap("a", 11)), Samples.modified(Samples.configMap("a", 12)));
		assertThat(registration.pending()).isEqualTo(2);
		assertThat(registration.failure()).isNull();
		change(Samples.modified(Samples.configMap("a", 13)));
		work();

		assertThat(this.handler.events()).containsExactly("++a@1");
		assertThat(other.events()).hasSize(4);
		assertThat(registration.isDisposed()).isTrue();
		assertThat(registration.pending()).isZero();
		assertThat(registration.failure()).isInstanceOf(HandlerOverflowException.class)
			.hasMessage("Handler slow was removed: more than 2 changes waited for it");
		assertThat(this.informer.handlers()).extracting(HandlerRegistration::name)
			.containsExactly(RecordingHandler.class.getName());
		assertThat(this.informer.status().counters().handlerFailures()).isEqualTo(1);
		assertThat(this.errors).containsExactly(registration.failure());
		assertThat(log.lines("ERROR")).singleElement().asString().contains("slow").contains("configmaps");
	}

	@Test
	void firstViewIsNotTooMuchForAHandler() {
		start(Samples.configMap("a", 1), Samples.configMap("b", 2), Samples.configMap("c", 3));
		HandlerRegistration registration = add(limited(2).withResync(Duration.ofMinutes(1)));
		change(Samples.modified(Samples.configMap("a", 11)), Samples.modified(Samples.configMap("a", 12)));
		this.loop.advanceTimeBy(Duration.ofMinutes(1));

		assertThat(registration.pending()).isEqualTo(8);
		work();

		assertThat(this.handler.events()).hasSize(8);
		assertThat(registration.failure()).isNull();
	}

	@Test
	void waitingForAHandlerThatIsTooSlowFailsWithTheReason() {
		start(Samples.configMap("a", 1));
		HandlerRegistration registration = add(limited(1));

		change(Samples.modified(Samples.configMap("a", 11)), Samples.modified(Samples.configMap("a", 12)));
		work();

		StepVerifier.create(registration.whenSynced()).expectError(HandlerOverflowException.class).verify(LIMIT);
	}

	@Test
	void streamGetsNoMoreThanItAsksFor() {
		start(Samples.configMap("a", 1));
		List<String> seen = new ArrayList<>();
		StepVerifier.create(this.informer.events().doOnNext((event) -> seen.add(event.toString())), 0)
			.then(() -> change(Samples.modified(Samples.configMap("a", 11)),
					Samples.modified(Samples.configMap("a", 12))))
			.then(this::work)
			.then(() -> assertThat(seen).isEmpty())
			.then(() -> assertThat(this.informer.handlers()).singleElement()
				.extracting(HandlerRegistration::pending)
				.isEqualTo(3))
			.thenRequest(2)
			.then(this::work)
			.expectNextCount(2)
			.then(() -> assertThat(seen).hasSize(2))
			.thenRequest(10)
			.then(this::work)
			.expectNextCount(1)
			.thenCancel()
			.verify(LIMIT);
		this.loop.advanceTime();

		assertThat(this.informer.handlers()).isEmpty();
	}

	@Test
	void streamWithoutDemandIsMergedOnRequest() {
		start(Samples.configMap("a", 1));

		StepVerifier.create(this.informer.events(COALESCE), 0)
			.then(() -> change(Samples.modified(Samples.configMap("a", 11)),
					Samples.modified(Samples.configMap("a", 12))))
			.thenRequest(1)
			.then(this::work)
			.expectNext(new InformerEvent.Added<>(Samples.configMap("a", 12), true))
			.thenCancel()
			.verify(LIMIT);
	}

	@Test
	void streamThatIsTooSlowFails() {
		start(Samples.configMap("a", 1));

		StepVerifier.create(this.informer.events(limited(1)), 0)
			.then(() -> change(Samples.modified(Samples.configMap("a", 11)),
					Samples.modified(Samples.configMap("a", 12))))
			.then(this::work)
			.expectErrorMessage("Handler slow was removed: more than 1 changes waited for it")
			.verify(LIMIT);
	}

	@Test
	void limitMustBePositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> HandlerOptions.defaults().withMaxPending(0));
	}

	@Test
	void handlerIsGoneWhenItsCallHasEnded() throws Exception {
		Scheduler threads = Schedulers.newBoundedElastic(2, 100, "handlers");
		SharedInformer<ConfigMap> busy = SharedInformerFactory.builder(new FakeProvider(this.server))
			.handlerScheduler(threads)
			.build()
			.forResource(ConfigMap.RESOURCE)
			.informer();
		this.server.list(Samples.listed(10, Samples.configMap("a", 1), Samples.configMap("b", 2)));
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		List<String> seen = new ArrayList<>();
		HandlerRegistration registration = busy.addHandler(ResourceEventHandler.of((event) -> {
			entered.countDown();
			await(release);
			seen.add(event.key().name());
		}));
		busy.start();
		await(entered);

		StepVerifier.create(registration.disposeGracefully())
			.expectSubscription()
			.then(() -> assertThat(registration.isDisposed()).isTrue())
			.then(() -> assertThat(seen).isEmpty())
			.then(release::countDown)
			.expectComplete()
			.verify(LIMIT);

		assertThat(seen).hasSize(1);
		StepVerifier.create(registration.disposeGracefully()).expectComplete().verify(LIMIT);
		StepVerifier.create(busy.stop()).expectComplete().verify(LIMIT);
		threads.dispose();
	}

	private HandlerOptions limited(int maxPending) {
		return HandlerOptions.defaults()
			.withName("slow")
			.withOverflow(OverflowStrategy.ERROR)
			.withMaxPending(maxPending);
	}

	private void start(ConfigMap... objects) {
		this.server.list(Samples.listed(10, objects)).watch(this.watch.asFlux());
		this.informer.start();
		this.loop.advanceTime();
	}

	private HandlerRegistration add(HandlerOptions options) {
		HandlerRegistration registration = this.informer.addHandler(this.handler, options);
		this.loop.advanceTime();
		return registration;
	}

	@SafeVarargs
	private void change(WatchEvent<ConfigMap>... events) {
		for (WatchEvent<ConfigMap> event : events) {
			this.watch.tryEmitNext(event);
		}
		this.loop.advanceTime();
	}

	private void work() {
		this.handlers.work();
		this.loop.advanceTime();
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
