package io.github.k8sclient.informer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.watch.WatchEvent;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for reads that want a certain resource version.
 */
class FreshnessTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final FakeListWatch<ConfigMap> server = new FakeListWatch<>();

	private final Sinks.Many<WatchEvent<ConfigMap>> watch = Sinks.many().unicast().onBackpressureBuffer();

	private final SharedInformer<ConfigMap> informer = SharedInformerFactory.builder(new FakeProvider(this.server))
		.scheduler(this.time)
		.handlerScheduler(this.time)
		.build()
		.forResource(ConfigMap.RESOURCE)
		.informer();

	private final Store<ConfigMap> store = this.informer.store();

	private final Lister<ConfigMap> lister = this.informer.lister();

	@Test
	void storeThatIsThereAnswersAtOnce() {
		start(10);

		StepVerifier.create(this.store.atLeast("10")).expectComplete().verify(LIMIT);
		StepVerifier.create(this.store.atLeast("9")).expectComplete().verify(LIMIT);
	}

	@Test
	void versionsAreWaitedForInTheOrderOfTheirValues() {
		start(10);
		AtomicInteger reached = new AtomicInteger();
		for (String version : List.of("100", "9", "21", "20", "99")) {
			this.store.atLeast(version).subscribe(null, null, reached::incrementAndGet);
		}
		this.time.advanceTime();

		assertThat(reached).hasValue(1);
		emit(Samples.bookmark(20));
		assertThat(reached).hasValue(2);
		emit(Samples.added(Samples.configMap("a", 99)));
		assertThat(reached).hasValue(4);
		emit(Samples.bookmark(1000));
		assertThat(reached).hasValue(5);
	}

	@Test
	void waitBeginsBeforeTheFirstList() {
		StepVerifier.create(this.store.atLeast("10")).then(() -> start(10)).expectComplete().verify(LIMIT);
	}

	@Test
	void changeIsThereWhenItsVersionIsReached() {
		start(10);

		StepVerifier
			.create(this.store.atLeast("11").then(Mono.fromSupplier(() -> this.lister.get("default/a").isPresent())))
			.then(() -> emit(Samples.added(Samples.configMap("a", 11))))
			.expectNext(true)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void whoGivesUpIsForgotten() {
		start(10);
		AtomicInteger reached = new AtomicInteger();
		Disposable waiting = this.store.atLeast("20").subscribe(null, null, reached::incrementAndGet);

		waiting.dispose();
		emit(Samples.bookmark(20));

		assertThat(reached).hasValue(0);
	}

	@Test
	void versionThatCannotBeComparedIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.atLeast("0"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.lister.getAtLeast("default/a", "abc"));
	}

	@Test
	void serverWhoseVersionsCannotBeComparedIsAnError() {
		this.server.list(Samples.page("opaque", null)).watch(this.watch.asFlux());

		StepVerifier.create(this.store.atLeast("10"))
			.then(this::run)
			.expectError(InformerException.class)
			.verify(LIMIT);
	}

	@Test
	void objectThatIsNewEnoughIsNotWaitedFor() {
		start(30, Samples.configMap("a", 20));

		StepVerifier.create(this.lister.getAtLeast("default/a", "20").map(this::version))
			.expectNext("20")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void objectIsWaitedFor() {
		start(10, Samples.configMap("a", 5));

		StepVerifier.create(this.lister.namespace("default").getAtLeast("a", "12").map(this::version))
			.then(() -> emit(Samples.modified(Samples.configMap("a", 11))))
			.then(() -> emit(Samples.modified(Samples.configMap("a", 13))))
			.expectNext("13")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void objectThatIsUnchangedInAStateNewEnoughIsGiven() {
		start(10, Samples.configMap("a", 5));

		StepVerifier.create(this.lister.getAtLeast("default/a", "12").map(this::version))
			.then(() -> emit(Samples.bookmark(12)))
			.expectNext("5")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void objectThatIsNotThereIsNothing() {
		start(10, Samples.configMap("a", 5));

		StepVerifier.create(this.lister.getAtLeast("default/a", "12"))
			.then(() -> emit(Samples.deleted(Samples.configMap("a", 12))))
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void ownUpdateIsReadAtOnceAndUntilTheWatchHasSomethingNewer() {
		start(10, Samples.configMap("a", 5));
		MutationCache<ConfigMap> cache = this.informer.mutationCache();

		cache.updated(Samples.configMap("a", 12));

		assertThat(versions(cache)).containsExactly("12");
		assertThat(cache.lister().get("default/a")).map(this::version).contains("12");
		assertThat(this.lister.get("default/a")).map(this::version).contains("5");
		emit(Samples.modified(Samples.configMap("a", 11)));
		assertThat(versions(cache)).containsExactly("12");
		emit(Samples.modified(Samples.configMap("a", 12)));
		assertThat(cache.pending()).isZero();
		emit(Samples.modified(Samples.configMap("a", 13)));
		assertThat(versions(cache)).containsExactly("13");
	}

	@Test
	void ownObjectIsReadBeforeTheWatchBringsIt() {
		start(10);
		MutationCache<ConfigMap> cache = this.informer.mutationCache();

		cache.updated(Samples.configMap("a", 12));

		assertThat(cache.lister().namespace("default").list()).hasSize(1);
		assertThat(cache.indexer().size()).isEqualTo(1);
		emit(Samples.added(Samples.configMap("a", 12)));
		emit(Samples.deleted(Samples.configMap("a", 13)));
		assertThat(cache.lister().list()).isEmpty();
		assertThat(cache.lister().get("default/a")).isEmpty();
	}

	@Test
	void ownObjectThatSomebodyDeletedIsGoneWhenTheStoreHasComeToItsVersion() {
		start(10);
		MutationCache<ConfigMap> cache = this.informer.mutationCache();
		cache.updated(Samples.configMap("a", 12));

		emit(Samples.bookmark(20));

		assertThat(cache.lister().get("default/a")).isEmpty();
		assertThat(cache.pending()).isZero();
	}

	@Test
	void objectOfAnOwnDeletionIsNotRead() {
		start(10, Samples.configMap("a", 5), Samples.configMap("b", 6));
		MutationCache<ConfigMap> cache = this.informer.mutationCache();

		cache.deleted(Samples.configMap("a", 5));

		assertThat(cache.lister().get("default/a")).isEmpty();
		assertThat(versions(cache)).containsExactly("6");
		emit(Samples.deleted(Samples.configMap("a", 12)));
		assertThat(cache.pending()).isZero();
		emit(Samples.added(Samples.configMap("default", "a", 13, "second")));
		assertThat(cache.lister().get("default/a")).map(this::version).contains("13");
	}

	@Test
	void ownObjectThatWasDeletedAgainIsNotReadWhenTheWatchBringsIt() {
		start(5);
		MutationCache<ConfigMap> cache = this.informer.mutationCache();

		cache.updated(Samples.configMap("a", 12));
		cache.deleted(Samples.configMap("a", 13));
		assertThat(cache.lister().get("default/a")).isEmpty();
		assertThat(cache.lister().list()).isEmpty();
		emit(Samples.added(Samples.configMap("a", 12)));

		assertThat(this.lister.get("default/a")).isPresent();
		assertThat(cache.lister().get("default/a")).isEmpty();
		assertThat(cache.lister().list()).isEmpty();
		emit(Samples.deleted(Samples.configMap("a", 13)));
		assertThat(cache.pending()).isZero();
	}

	@Test
	void ownObjectThatWasDeletedAsItWasBeforeAnUpdateIsNotRead() {
		start(5);
		MutationCache<ConfigMap> cache = this.informer.mutationCache();

		cache.updated(Samples.configMap("a", 12));
		cache.deleted(Samples.configMap("a", 10));
		emit(Samples.bookmark(11));
		assertThat(cache.lister().get("default/a")).isEmpty();
		emit(Samples.added(Samples.configMap("a", 12)));

		assertThat(cache.lister().get("default/a")).isEmpty();
	}

	@Test
	void ownDeletionHidesTheObjectThatWasThereBefore() {
		start(5, Samples.configMap("default", "a", 3, "first"));
		MutationCache<ConfigMap> cache = this.informer.mutationCache();

		cache.deleted(Samples.configMap("default", "a", 13, "second"));

		assertThat(cache.lister().get("default/a")).isEmpty();
		emit(Samples.deleted(Samples.configMap("default", "a", 8, "first")));
		emit(Samples.added(Samples.configMap("default", "a", 12, "second")));
		assertThat(cache.lister().get("default/a")).isEmpty();
	}

	@Test
	void deletionThatIsOnlyAnnouncedShowsTheObjectAsAnswered() {
		start(10, Samples.configMap("a", 5));
		MutationCache<ConfigMap> cache = this.informer.mutationCache();
		ConfigMap waiting = Samples.configMap("a", 12);

		cache.deleted(waiting.toBuilder()
			.metadata(waiting.metadata()
				.toBuilder()
				.deletionTimestamp(Instant.EPOCH)
				.finalizers(List.of("example.com/hold"))
				.build())
			.build());

		assertThat(cache.lister().get("default/a")).map(this::version).contains("12");
	}

	@Test
	void answersThatComeInTheWrongOrderDoNotGoBack() {
		start(10, Samples.configMap("a", 5));
		MutationCache<ConfigMap> cache = this.informer.mutationCache();

		cache.updated(Samples.configMap("a", 13));
		cache.updated(Samples.configMap("a", 12));

		assertThat(versions(cache)).containsExactly("13");
	}

	@Test
	void ownWritesAreFoundInIndexesUnderTheirNewValues() {
		start(10, Samples.labelled("default", "a", 5, Map.of("color", "red")),
				Samples.labelled("default", "b", 6, Map.of("color", "red")));
		this.informer.indexer().addIndex("color", IndexFunction.byLabel("color"));
		MutationCache<ConfigMap> cache = this.informer.mutationCache();

		cache.updated(Samples.labelled("default", "a", 12, Map.of("color", "blue")));
		cache.deleted(Samples.labelled("default", "b", 6, Map.of("color", "red")));

		assertThat(cache.indexer().byIndex("color", "red")).isEmpty();
		assertThat(cache.indexer().indexKeys("color", "blue")).containsExactly(ObjectKey.parse("default/a"));
		assertThat(cache.indexer().indexValues("color")).containsExactly("blue");
		assertThat(cache.lister().list("color=blue")).hasSize(1);
	}

	@Test
	void ownWriteIsForgottenAfterItsTime() {
		start(10, Samples.configMap("a", 5));
		MutationCache<ConfigMap> cache = this.informer.mutationCache(Duration.ofMinutes(1), 10);
		cache.updated(Samples.configMap("a", 12));

		this.time.advanceTimeBy(Duration.ofSeconds(59));
		assertThat(versions(cache)).containsExactly("12");
		this.time.advanceTimeBy(Duration.ofSeconds(1));

		assertThat(versions(cache)).containsExactly("5");
		assertThat(cache.pending()).isZero();
	}

	@Test
	void oldestOfTooManyOwnWritesIsForgotten() {
		start(10);
		MutationCache<ConfigMap> cache = this.informer.mutationCache(Duration.ofMinutes(1), 2);

		cache.updated(Samples.configMap("a", 12));
		cache.updated(Samples.configMap("b", 13));
		cache.updated(Samples.configMap("a", 14));
		cache.updated(Samples.configMap("c", 15));

		assertThat(versions(cache)).containsExactlyInAnyOrder("14", "15");
	}

	private void start(long version, ConfigMap... objects) {
		this.server.list(Samples.listed(version, objects)).watch(this.watch.asFlux());
		run();
	}

	private void run() {
		this.informer.start();
		this.time.advanceTime();
	}

	private void emit(WatchEvent<ConfigMap> event) {
		this.watch.tryEmitNext(event);
		this.time.advanceTime();
	}

	private List<String> versions(MutationCache<ConfigMap> cache) {
		return cache.lister().list().stream().map(this::version).toList();
	}

	private String version(ConfigMap object) {
		return String.valueOf(object.metadata().resourceVersion());
	}

}
