package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.meta.CustomResource;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListMeta;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.watch.WatchEvent;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.WireFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DefaultSharedInformer}, in virtual time: all schedulers are one, which
 * works off what is due at once and when time is let pass.
 */
@ExtendWith(CapturedLog.class)
class SharedInformerTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final FakeListWatch<ConfigMap> server = new FakeListWatch<>();

	private final List<String> errors = new ArrayList<>();

	private final SharedInformer<ConfigMap> informer = informer(InformerOptions.defaults());

	private final RecordingHandler<ConfigMap> handler = new RecordingHandler<>();

	private final List<String> states = new ArrayList<>();

	@Test
	void handlerGetsTheFirstListAndThenEveryChange() {
		this.server.list(Samples.listed(10, Samples.configMap("a", 1)))
			.watch(Flux
				.just(Samples.added(Samples.configMap("b", 11)), Samples.modified(Samples.configMap("a", 12)),
						Samples.deleted(Samples.configMap("b", 13)))
				.concatWith(Flux.never()));
		HandlerRegistration registration = this.informer.addHandler(this.handler);

		start();

		assertThat(this.handler.events()).containsExactly("++a@1", "+b@11", "a@1->12", "-b@13");
		assertThat(registration.pending()).isZero();
		assertThat(this.informer.store().list()).extracting((object) -> object.metadata().name()).containsExactly("a");
	}

	@Test
	void storeHasTheChangeBeforeTheHandlerIsTold() {
		List<String> versions = new ArrayList<>();
		this.server.list(Samples.listed(10, Samples.configMap("a", 1)))
			.watch(Flux.just(Samples.modified(Samples.configMap("a", 12))).concatWith(Flux.never()));
		this.informer.addHandler(ResourceEventHandler.of((event) -> versions
			.add(this.informer.store().get(event.key()).orElseThrow().metadata().resourceVersion())));

		start();

		assertThat(versions).hasSize(2).last().isEqualTo("12");
	}

	@Test
	void relistAfterGoneReportsLostDeletions() {
		Sinks.Many<WatchEvent<ConfigMap>> watch = Sinks.many().unicast().onBackpressureBuffer();
		this.server.list(Samples.listed(10, Samples.configMap("a", 1), Samples.configMap("b", 2)))
			.watch(watch.asFlux())
			.list(Samples.listed(30, Samples.configMap("b", 25)));
		this.informer.addHandler(this.handler);
		start();
		this.time.advanceTimeBy(Duration.ofSeconds(5));

		watch.tryEmitNext(Samples.errorFrame(410, "Expired"));
		settle();

		assertThat(this.handler.events()).containsExactly("++a@1", "++b@2", "-?a@1", "b@2->25");
		assertThat(this.informer.status().state()).isEqualTo(InformerState.SYNCED);
	}

	@Test
	void handlerThatComesLateGetsWhatIsThereExactlyOnceAndThenChanges() {
		Sinks.Many<WatchEvent<ConfigMap>> watch = Sinks.many().unicast().onBackpressureBuffer();
		this.server.list(Samples.listed(10, Samples.configMap("a", 1))).watch(watch.asFlux());
		start();

		HandlerRegistration registration = this.informer.addHandler(this.handler);
		watch.tryEmitNext(Samples.modified(Samples.configMap("a", 11)));
		settle();

		assertThat(this.handler.events()).containsExactly("++a@1", "a@1->11");
		StepVerifier.create(registration.whenSynced()).expectComplete().verify(LIMIT);
	}

	@Test
	void removedHandlerGetsNothingMore() {
		Sinks.Many<WatchEvent<ConfigMap>> watch = Sinks.many().unicast().onBackpressureBuffer();
		this.server.list(Samples.listed(10, Samples.configMap("a", 1))).watch(watch.asFlux());
		HandlerRegistration registration = this.informer.addHandler(this.handler);
		start();

		registration.dispose();
		watch.tryEmitNext(Samples.modified(Samples.configMap("a", 11)));
		settle();

		assertThat(this.handler.events()).containsExactly("++a@1");
		assertThat(registration.isDisposed()).isTrue();
	}

	@Test
	void handlerMayRemoveItself() {
		this.server.list(Samples.listed(10, Samples.configMap("a", 1), Samples.configMap("b", 2)));
		List<String> seen = new ArrayList<>();
		List<HandlerRegistration> registration = new ArrayList<>();
		registration.add(this.informer.addHandler(ResourceEventHandler.of((event) -> {
			seen.add(event.key().toString());
			registration.get(0).dispose();
		})));

		start();

		assertThat(seen).containsExactly("default/a");
	}

	@Test
	void handlerIsSyncedWhenItHasReturnedFromItsLastInitialObject() {
		this.server.list(Samples.listed(10, Samples.configMap("a", 1)));
		AtomicBoolean syncedInHandler = new AtomicBoolean();
		AtomicBoolean synced = new AtomicBoolean();
		HandlerRegistration registration = this.informer
			.addHandler(ResourceEventHandler.of((event) -> syncedInHandler.set(synced.get())));
		registration.whenSynced().subscribe(null, null, () -> synced.set(true));

		start();

		assertThat(syncedInHandler).isFalse();
		assertThat(synced).isTrue();
	}

	@Test
	void handlerIsSyncedByAnEmptyList() {
		this.server.list(Samples.listed(10));
		HandlerRegistration registration = this.informer.addHandler(this.handler);

		start();

		StepVerifier.create(registration.whenSynced()).expectComplete().verify(LIMIT);
	}

	@Test
	void waitingForARemovedHandlerFails() {
		HandlerRegistration registration = this.informer.addHandler(this.handler);

		registration.dispose();

		StepVerifier.create(registration.whenSynced()).expectError(CancellationException.class).verify(LIMIT);
	}

	@Test
	void waitingForAHandlerFailsWhenTheInformerIsStoppedBefore() {
		HandlerRegistration registration = this.informer.addHandler(this.handler);
		start();

		StepVerifier.create(registration.whenSynced())
			.then(this::stop)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(InformersNotSyncedException.class)
				.hasMessageContaining("RecordingHandler")
				.hasMessageContaining("configmaps in all namespaces"))
			.verify(LIMIT);
	}

	@Test
	void handlerMayBeWaitedForAgainAfterTheNextStart() {
		HandlerRegistration registration = this.informer.addHandler(this.handler);
		start();
		stop();
		this.server.list(Samples.listed(10, Samples.configMap("a", 1)));

		StepVerifier.create(registration.whenSynced()).then(this::start).expectComplete().verify(LIMIT);
		stop();
		StepVerifier.create(registration.whenSynced()).expectComplete().verify(LIMIT);
	}

	@Test
	void handlerThatThrowsIsLoggedWithItsNameAndCountedAndGoesOn(CapturedLog log) {
		this.server.list(Samples.listed(10, Samples.configMap("a", 1), Samples.configMap("b", 2)));
		List<String> seen = new ArrayList<>();
		HandlerRegistration registration = this.informer.addHandler(ResourceEventHandler.of((event) -> {
			seen.add(event.key().name());
			throw new IllegalStateException("handler broke");
		}), HandlerOptions.defaults().withName("my-handler"));

		start();

		assertThat(seen).containsExactly("a", "b");
		assertThat(registration.failures()).isEqualTo(2);
		assertThat(this.informer.status().counters().handlerFailures()).isEqualTo(2);
		assertThat(this.informer.status().state()).isEqualTo(InformerState.SYNCED);
		assertThat(log.lines("ERROR")).hasSize(2)
			.allSatisfy((line) -> assertThat(line).contains("my-handler").contains("configmaps"));
		assertThat(this.errors).hasSize(2);
	}

	@Test
	void handlerThatThrowsAnErrorGoesOnToo() {
		this.server.list(Samples.listed(10, Samples.configMap("a", 1), Samples.configMap("b", 2)));
		HandlerRegistration registration = this.informer.addHandler(ResourceEventHandler.of((event) -> {
			throw new StackOverflowError();
		}));

		start();

		assertThat(registration.failures()).isEqualTo(2);
	}

	@Test
	void stateGoesFromStartingToSynced() {
		assertThat(this.informer.status().state()).isEqualTo(InformerState.STARTING);
		assertThat(this.informer.status().synced()).isFalse();
		this.server.list(Samples.listed(10, Samples.configMap("a", 1)));

		start();

		InformerStatus status = this.informer.status();
		assertThat(status.state()).isEqualTo(InformerState.SYNCED);
		assertThat(status.synced()).isTrue();
		assertThat(status.cause()).isNull();
		assertThat(status.resourceVersion()).isEqualTo("10");
		assertThat(status.objectCount()).isEqualTo(1);
		assertThat(status.lastActivity()).isNotNull();
		assertThat(status.counters()).isEqualTo(new InformerStatus.Counters(1, 1, 1, 0, 0, 0, 0, 0, 0, Duration.ZERO));
	}

	@Test
	void failureShowsAsRetryingWithItsCauseUntilTheServerAnswers(CapturedLog log) {
		KubernetesException refused = Samples.connectionRefused();
		this.server.list(Mono.error(refused)).list(Mono.error(refused)).list(Samples.listed(10));
		start();

		InformerStatus failing = this.informer.status();
		assertThat(failing.state()).isEqualTo(InformerState.RETRYING);
		assertThat(failing.cause()).isSameAs(refused);
		assertThat(failing.consecutiveFailures()).isEqualTo(1);
		this.time.advanceTimeBy(Duration.ofSeconds(5));

		assertThat(this.informer.status().state()).isEqualTo(InformerState.SYNCED);
		assertThat(this.informer.status().consecutiveFailures()).isZero();
		assertThat(this.informer.status().counters().failures()).isEqualTo(2);
		assertThat(this.states).containsExactly("STARTING->RETRYING", "RETRYING->SYNCED");
		assertThat(log.lines("WARN")).singleElement()
			.asString()
			.contains("Cannot list configmaps in all namespaces")
			.contains("cannot reach the server");
		assertThat(log.lines("INFO")).singleElement().asString().contains("after 2 failed attempts");
		assertThat(this.errors).hasSize(2);
	}

	@Test
	void storeStaysReadableDuringAnOutage() {
		this.server.list(Samples.listed(10, Samples.configMap("a", 1)))
			.watches(10, Flux.error(Samples.connectionRefused()));

		start();

		assertThat(this.informer.status().state()).isEqualTo(InformerState.RETRYING);
		assertThat(this.informer.status().synced()).isTrue();
		assertThat(this.informer.store().get("default/a")).isPresent();
	}

	@Test
	void bookmarkAfterAnOutageShowsThatTheWatchWorksAgain() {
		Sinks.Many<WatchEvent<ConfigMap>> watch = Sinks.many().unicast().onBackpressureBuffer();
		this.server.list(Samples.listed(10)).watch(Flux.error(Samples.connectionRefused())).watch(watch.asFlux());
		start();
		// the watch begins after 0.8 to 1.6 seconds, and has to last another
		this.time.advanceTimeBy(Duration.ofSeconds(3));
		assertThat(this.informer.status().state()).isEqualTo(InformerState.RETRYING);

		watch.tryEmitNext(Samples.bookmark(10));
		settle();

		assertThat(this.informer.status().state()).isEqualTo(InformerState.SYNCED);
		assertThat(this.informer.status().restarts()).isEqualTo(1);
	}

	@Test
	void watchThatIsAcceptedAfterAnOutageHasToLastASecond() {
		Sinks.Many<WatchEvent<ConfigMap>> watch = Sinks.many().unicast().onBackpressureBuffer();
		this.server.list(Samples.listed(10))
			.watch(Flux.error(Samples.connectionRefused()))
			.watch(Flux.just(Samples.bookmark(10)).concatWith(watch.asFlux()));
		start();

		// the watch begins after 0.8 to 1.6 seconds
		this.time.advanceTimeBy(Duration.ofMillis(1799));
		assertThat(this.server.watches()).hasSize(2);
		assertThat(this.informer.status().state()).isEqualTo(InformerState.RETRYING);
		this.time.advanceTimeBy(Duration.ofMillis(801));

		assertThat(this.informer.status().state()).isEqualTo(InformerState.SYNCED);
		assertThat(this.informer.status().trouble()).isZero();
		watch.tryEmitNext(Samples.added(Samples.configMap("a", 11)));
		settle();
		assertThat(this.informer.store().size()).isEqualTo(1);
	}

	@Test
	void changeAfterAnOutageShowsThatTheWatchWorksAtOnce() {
		this.server.list(Samples.listed(10))
			.watch(Flux.error(Samples.connectionRefused()))
			.watch(Flux.just(Samples.bookmark(10), Samples.bookmark(11)).concatWith(Flux.never()));
		start();

		this.time.advanceTimeBy(Duration.ofMillis(1600));

		assertThat(this.informer.status().state()).isEqualTo(InformerState.SYNCED);
	}

	@Test
	void watchesThatAreAcceptedAndEndAtOnceAreAnOutage(CapturedLog log) {
		for (int i = 0; i < 100; i++) {
			this.server.list(Samples.listed(10));
		}
		this.server.watches(1000, Flux.just(Samples.bookmark(10)));
		start();

		this.time.advanceTimeBy(Duration.ofMinutes(10));

		InformerStatus status = this.informer.status();
		assertThat(status.state()).isEqualTo(InformerState.RETRYING);
		assertThat(status.trouble()).isEqualTo(Duration.ofMinutes(10));
		assertThat(status.consecutiveFailures()).isGreaterThan(10);
		assertThat(this.states).containsExactly("STARTING->SYNCED", "SYNCED->RETRYING");
		assertThat(log.lines("WARN")).hasSize(1);
		assertThat(log.lines("INFO")).isEmpty();
	}

	@Test
	void watchesThatAreAcceptedAndEndAtOnceAreSilence() {
		this.server.list(Samples.listed(10)).watches(1000, Flux.just(Samples.bookmark(10)));
		start();

		this.time.advanceTimeBy(Duration.ofMinutes(12));

		assertThat(this.informer.status().state()).isEqualTo(InformerState.STALE);
		assertThat(this.informer.status().trouble()).isEqualTo(Duration.ofMinutes(12));
	}

	@Test
	void missingPermissionShowsAsForbiddenWithOneLineThatNamesIt(CapturedLog log) {
		for (int i = 0; i < 20; i++) {
			this.server.list(Mono.error(Samples.apiError(403, "Forbidden")));
		}
		this.server.list(Samples.listed(10));
		start();
		this.time.advanceTimeBy(Duration.ofMinutes(6));

		assertThat(this.informer.status().state()).isEqualTo(InformerState.FORBIDDEN);
		assertThat(this.informer.status().cause()).hasMessageContaining("Forbidden");
		assertThat(log.lines("WARN")).singleElement()
			.asString()
			.contains("No permission to list configmaps in all namespaces");
		assertThat(this.informer.status().consecutiveFailures()).isGreaterThan(10);
		this.time.advanceTimeBy(Duration.ofMinutes(10));
		assertThat(this.informer.status().state()).isEqualTo(InformerState.SYNCED);
	}

	@Test
	void permissionToListButNotToWatchIsTold(CapturedLog log) {
		this.server.list(Samples.listed(10)).watches(3, Flux.error(Samples.apiError(403, "Forbidden")));
		start();
		this.time.advanceTimeBy(Duration.ofSeconds(4));

		assertThat(this.informer.status().state()).isEqualTo(InformerState.FORBIDDEN);
		assertThat(log.lines("WARN")).singleElement().asString().contains("No permission to watch configmaps");
	}

	@Test
	void refusedCredentialsShowAsForbidden(CapturedLog log) {
		this.server.list(Mono.error(Samples.apiError(401, "Unauthorized")));
		start();

		assertThat(this.informer.status().state()).isEqualTo(InformerState.FORBIDDEN);
		assertThat(log.lines("WARN")).singleElement()
			.asString()
			.contains("The server does not accept the credentials to list configmaps");
	}

	@Test
	void normalEndOfAWatchIsNoFailureAndNoWarning(CapturedLog log) {
		this.server.list(Samples.listed(10))
			.watch(Flux.just(Samples.added(Samples.configMap("a", 11))))
			.watch(Flux.just(Samples.bookmark(12)));
		start();

		assertThat(this.informer.status().state()).isEqualTo(InformerState.SYNCED);
		assertThat(this.informer.status().restarts()).isEqualTo(2);
		assertThat(this.informer.status().counters().failures()).isZero();
		assertThat(log.lines("WARN")).isEmpty();
		assertThat(log.lines("ERROR")).isEmpty();
	}

	@Test
	void historyThatEndsRightAfterTheListHealsWithoutAWarning(CapturedLog log) {
		this.server.list(Samples.listed(10))
			.watch(Flux.error(Samples.apiError(410, "Expired")))
			.list(Samples.listed(20))
			.watch(Flux.just(Samples.added(Samples.configMap("a", 21)), Samples.bookmark(22)).concatWith(Flux.never()));
		start();
		this.time.advanceTimeBy(Duration.ofMinutes(1));

		assertThat(this.informer.status().state()).isEqualTo(InformerState.SYNCED);
		assertThat(this.informer.status().counters().failures()).isEqualTo(1);
		assertThat(this.informer.store().size()).isEqualTo(1);
		assertThat(this.errors).hasSize(1);
		assertThat(log.lines("WARN")).isEmpty();
		assertThat(log.lines("INFO")).isEmpty();
	}

	@Test
	void historyThatEndsRightAfterEachListIsWarnedOfOnce(CapturedLog log) {
		for (int i = 0; i < 4; i++) {
			this.server.list(Samples.listed(10 + i)).watch(Flux.error(Samples.apiError(410, "Expired")));
		}
		this.server.list(Samples.listed(20)).watch(Flux.just(Samples.bookmark(21)).concatWith(Flux.never()));
		start();
		this.time.advanceTimeBy(Duration.ofMinutes(5));

		assertThat(this.informer.status().state()).isEqualTo(InformerState.SYNCED);
		assertThat(log.lines("WARN")).singleElement()
			.asString()
			.contains("Cannot watch configmaps in all namespaces from where it was listed (2 times in a row)");
		assertThat(log.lines("INFO")).singleElement()
			.asString()
			.contains("Watching configmaps in all namespaces again, after 4 watches");
	}

	@Test
	void historiesThatEndAfterWatchesThatWorkedAreNotInARow(CapturedLog log) {
		for (int i = 0; i < 4; i++) {
			int version = 10 * (i + 1);
			this.server.list(Samples.listed(version))
				.watch(Flux.error(Samples.apiError(410, "Expired")))
				.list(Samples.listed(version + 1))
				.watch(Flux.just(Samples.bookmark(version + 2)))
				.watch(Flux.error(Samples.apiError(410, "Expired")));
		}
		start();
		this.time.advanceTimeBy(Duration.ofMinutes(5));

		assertThat(this.informer.status().counters().lists()).isEqualTo(8);
		assertThat(log.lines("WARN")).isEmpty();
	}

	@Test
	void silenceShowsAsStale(CapturedLog log) {
		this.server.list(Samples.listed(10)).watches(1000, Flux.error(Samples.connectionRefused()));
		start();

		this.time.advanceTimeBy(Duration.ofMinutes(10));
		assertThat(this.informer.status().state()).isEqualTo(InformerState.RETRYING);
		this.time.advanceTimeBy(Duration.ofMinutes(2));

		assertThat(this.informer.status().state()).isEqualTo(InformerState.STALE);
		assertThat(this.informer.status().cause()).isNotNull();
		assertThat(log.lines("WARN")).hasSize(2).last().asString().contains("Nothing heard of configmaps");
	}

	@Test
	void quietServerWithoutBookmarksIsNeverStale() {
		this.server.list(Samples.listed(10));
		for (int i = 0; i < 30; i++) {
			this.server.watch((options) -> Mono
				.delay(Duration.ofSeconds(Objects.requireNonNull(options.timeoutSeconds())), this.time)
				.thenMany(Flux.empty()));
		}
		start();

		this.time.advanceTimeBy(Duration.ofHours(2));

		assertThat(this.states).containsExactly("STARTING->SYNCED");
	}

	@Test
	void listenerThatThrowsIsLoggedWithItsNameAndDisturbsNobody(CapturedLog log) {
		this.informer.addStatusListener(new BrokenListener());
		this.informer.addStatusListener((informer, previous, current) -> this.states.add("second " + current.state()));
		this.server.list(Samples.listed(10));

		start();

		assertThat(this.states).containsExactly("second SYNCED", "STARTING->SYNCED");
		assertThat(this.informer.status().counters().handlerFailures()).isEqualTo(1);
		assertThat(log.lines("ERROR")).singleElement()
			.asString()
			.contains("BrokenListener")
			.contains("configmaps in all namespaces");
	}

	@ParameterizedTest
	@MethodSource("io.github.k8sclient.informer.Samples#broken")
	void errorHandlerThatThrowsIsLoggedWithItsNameAndDisturbsNobody(Throwable failure, CapturedLog log) {
		SharedInformer<ConfigMap> watched = SharedInformerFactory.builder(new FakeProvider(this.server))
			.scheduler(this.time)
			.handlerScheduler(this.time)
			.errorHandler((informer, error) -> {
				throw Samples.sneaky(failure);
			})
			.build()
			.forResource(ConfigMap.RESOURCE)
			.informer();
		this.server.list(Mono.error(Samples.connectionRefused())).list(Samples.listed(10, Samples.configMap("a", 1)));

		watched.start();
		this.time.advanceTimeBy(Duration.ofSeconds(5));

		assertThat(watched.status().state()).isEqualTo(InformerState.SYNCED);
		assertThat(watched.store().size()).isEqualTo(1);
		assertThat(watched.status().counters().handlerFailures()).isEqualTo(1);
		assertThat(log.lines("ERROR")).singleElement()
			.asString()
			.contains(SharedInformerTests.class.getName())
			.contains("configmaps in all namespaces");
	}

	@Test
	void removedListenerIsNotTold() {
		Disposable registration = this.informer
			.addStatusListener((informer, previous, current) -> this.states.add("removed"));
		registration.dispose();
		this.server.list(Samples.listed(10));

		start();

		assertThat(this.states).containsExactly("STARTING->SYNCED");
	}

	@Test
	void skippedEventsAreReported(CapturedLog log) {
		this.server.list(Samples.listed(10))
			.watch(Flux.just(WatchEvent.Error.ofUnreadableFrame("no JSON")))
			.list(Samples.listed(10))
			.watch(Flux
				.<WatchEvent<ConfigMap>>just(WatchEvent.Error.ofUnreadableFrame("again no JSON"),
						Samples.added(Samples.configMap("a", 11)))
				.concatWith(Flux.never()));
		this.informer.addHandler(this.handler);

		start();

		assertThat(this.handler.events()).containsExactly("+a@11");
		assertThat(this.informer.status().counters().skipped()).isEqualTo(2);
		assertThat(log.lines("WARN")).singleElement().asString().contains("no JSON");
		assertThat(this.errors).hasSize(2);
	}

	@Test
	void resyncShowsEveryObjectAgainToTheHandlerThatAsked() {
		this.server.list(Samples.listed(10, Samples.configMap("a", 1), Samples.configMap("b", 2)));
		RecordingHandler<ConfigMap> other = new RecordingHandler<>();
		this.informer.addHandler(this.handler, HandlerOptions.defaults().withResync(Duration.ofSeconds(30)));
		this.informer.addHandler(other);
		start();
		this.handler.clear();

		this.time.advanceTimeBy(Duration.ofSeconds(61));

		assertThat(this.handler.events()).containsExactlyInAnyOrder("a@1->1", "b@2->2", "a@1->1", "b@2->2");
		assertThat(other.events()).hasSize(2);
		assertThat(this.server.lists()).hasSize(1);
	}

	@Test
	void resyncOfTheInformerIsTheDefaultOfItsHandlers() {
		SharedInformer<ConfigMap> resyncing = informer(InformerOptions.defaults().withResync(Duration.ofSeconds(10)));
		this.server.list(Samples.listed(10, Samples.configMap("a", 1)));
		RecordingHandler<ConfigMap> never = new RecordingHandler<>();
		resyncing.addHandler(this.handler);
		resyncing.addHandler(never, HandlerOptions.defaults().withResync(Duration.ZERO));
		resyncing.start();

		this.time.advanceTimeBy(Duration.ofSeconds(11));

		assertThat(this.handler.events()).containsExactly("++a@1", "a@1->1");
		assertThat(never.events()).containsExactly("++a@1");
	}

	@Test
	void stoppedInformerLeavesNoTimerBehindAndResyncsAfterTheNextStart() {
		this.server.list(Samples.listed(10, Samples.configMap("a", 1)));
		this.informer.addHandler(this.handler, HandlerOptions.defaults().withResync(Duration.ofSeconds(30)));
		start();
		stop();
		long tasks = this.time.getScheduledTaskCount();

		this.time.advanceTimeBy(Duration.ofHours(1));
		assertThat(this.time.getScheduledTaskCount()).isEqualTo(tasks);
		assertThat(this.handler.events()).containsExactly("++a@1");
		start();
		this.time.advanceTimeBy(Duration.ofSeconds(31));

		assertThat(this.handler.events()).containsExactly("++a@1", "a@1->1");
	}

	@Test
	void removedHandlerIsNotResynced() {
		this.server.list(Samples.listed(10, Samples.configMap("a", 1)));
		HandlerRegistration registration = this.informer.addHandler(this.handler,
				HandlerOptions.defaults().withResync(Duration.ofSeconds(30)));
		start();

		registration.dispose();
		this.time.advanceTimeBy(Duration.ofMinutes(5));

		assertThat(this.handler.events()).containsExactly("++a@1");
	}

	@Test
	void streamBeginsWithWhatIsThereAndGoesOnWithChanges() {
		Sinks.Many<WatchEvent<ConfigMap>> watch = Sinks.many().unicast().onBackpressureBuffer();
		ConfigMap first = Samples.configMap("a", 1);
		ConfigMap second = Samples.configMap("a", 11);
		this.server.list(Samples.listed(10, first)).watch(watch.asFlux());
		start();

		StepVerifier.create(this.informer.events())
			.expectNext(new InformerEvent.Added<>(first, true))
			.then(() -> watch.tryEmitNext(Samples.modified(second)))
			.then(this::settle)
			.expectNext(new InformerEvent.Updated<>(first, second))
			.thenCancel()
			.verify(LIMIT);
	}

	@Test
	void streamGivesWhatIsAskedForAndKeepsTheRest() {
		this.server.list(Samples.listed(10, Samples.configMap("a", 1), Samples.configMap("b", 2)))
			.watch(Flux.just(Samples.deleted(Samples.configMap("a", 11))).concatWith(Flux.never()));
		start();

		StepVerifier.create(this.informer.events().map((event) -> event.key().name()), 0)
			.thenRequest(1)
			.expectNextCount(1)
			.expectNoEvent(Duration.ofMillis(20))
			.thenRequest(5)
			.expectNextCount(0)
			.thenCancel()
			.verify(LIMIT);
	}

	@Test
	void streamEndsWhenTheInformerStops() {
		this.server.list(Samples.listed(10, Samples.configMap("a", 1)));
		start();

		StepVerifier.create(this.informer.events()).expectNextCount(1).then(this::stop).expectComplete().verify(LIMIT);
	}

	@Test
	void syncIsWaitedFor() {
		this.server.list(Mono.delay(Duration.ofSeconds(3), this.time).then(Samples.listed(10)));
		start();

		StepVerifier.create(this.informer.whenSynced())
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(3)))
			.expectComplete()
			.verify(LIMIT);
		StepVerifier.create(this.informer.whenSynced()).expectComplete().verify(LIMIT);
	}

	@Test
	void waitingForSyncEndsWithWhatIsWrong() {
		this.server.list(Mono.error(Samples.apiError(403, "Forbidden")));
		start();

		StepVerifier.create(this.informer.whenSynced(Duration.ofMillis(500)))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(500)))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(InformersNotSyncedException.class)
				.hasMessageContaining("configmaps in all namespaces is FORBIDDEN")
				.hasMessageContaining("Forbidden in a test"))
			.verify(LIMIT);
	}

	@Test
	void waitingForSyncFailsWhenTheInformerIsStopped() {
		start();

		StepVerifier.create(this.informer.whenSynced())
			.then(this::stop)
			.expectError(InformersNotSyncedException.class)
			.verify(LIMIT);
	}

	@Test
	void startingTwiceListsOnce() {
		this.server.list(Samples.listed(10));

		start();
		start();

		assertThat(this.server.lists()).hasSize(1);
		assertThat(this.server.watches()).hasSize(1);
	}

	@Test
	void stopEndsTheWatchAndKeepsTheStore() {
		Sinks.Many<WatchEvent<ConfigMap>> watch = Sinks.many().unicast().onBackpressureBuffer();
		this.server.list(Samples.listed(10, Samples.configMap("a", 1))).watch(watch.asFlux());
		start();

		stop();

		assertThat(watch.currentSubscriberCount()).isZero();
		assertThat(this.informer.status().state()).isEqualTo(InformerState.STOPPED);
		assertThat(this.informer.store().size()).isEqualTo(1);
		assertThat(this.states).containsExactly("STARTING->SYNCED", "SYNCED->STOPPED");
	}

	@Test
	void stopDoesNothingBeforeItIsSubscribedTo() {
		this.server.list(Samples.listed(10));
		start();

		Mono<Void> stop = this.informer.stop();
		settle();

		assertThat(this.informer.status().state()).isEqualTo(InformerState.SYNCED);
		StepVerifier.create(stop).expectComplete().verify(LIMIT);
		StepVerifier.create(stop).expectComplete().verify(LIMIT);
	}

	@Test
	void startAfterAStopGoesOnWhereTheWatchEnded() {
		this.server.list(Samples.listed(10, Samples.configMap("a", 1)))
			.watch(Flux.just(Samples.bookmark(20)).concatWith(Flux.never()))
			.watch(Flux.just(Samples.modified(Samples.configMap("a", 25))).concatWith(Flux.never()));
		this.informer.addHandler(this.handler);
		start();
		stop();

		start();

		assertThat(this.server.watchVersions()).containsExactly("10", "20");
		assertThat(this.handler.events()).containsExactly("++a@1", "a@1->25");
		assertThat(this.informer.status().state()).isEqualTo(InformerState.SYNCED);
	}

	@Test
	void retriesEndWithAStop() {
		this.server.list(Mono.error(Samples.connectionRefused()));
		start();
		stop();

		this.time.advanceTimeBy(Duration.ofMinutes(10));

		assertThat(this.server.lists()).hasSize(1);
		assertThat(this.states).containsExactly("STARTING->RETRYING", "RETRYING->STOPPED");
	}

	@Test
	void indexCanBeUsedAtOnceBeforeTheStartAndAfter() {
		this.server.list(Samples.listed(10, Samples.labelled("default", "a", 1, Map.of("color", "red"))));
		this.informer.indexer().addIndex("color", IndexFunction.byLabel("color"));
		start();
		this.informer.indexer().addIndex("name", (object) -> List.of(object.metadata().name()));

		assertThat(this.informer.indexer().byIndex("color", "red")).hasSize(1);
		assertThat(this.informer.indexer().byIndex("name", "a")).hasSize(1);
	}

	@ParameterizedTest
	@MethodSource("io.github.k8sclient.informer.Samples#broken")
	void indexFunctionThatThrowsIsLoggedAndTheObjectIsKept(Throwable error, CapturedLog log) {
		this.server.list(Samples.listed(10, Samples.configMap("a", 1)))
			.watch(Flux.just(Samples.added(Samples.configMap("b", 11))).concatWith(Flux.never()));
		this.informer.indexer().addIndex("values", (object) -> {
			throw Samples.sneaky(error);
		});
		this.informer.addHandler(this.handler);

		start();

		assertThat(this.handler.events()).containsExactly("++a@1", "+b@11");
		assertThat(this.informer.status().state()).isEqualTo(InformerState.SYNCED);
		assertThat(log.lines("ERROR")).hasSize(2).allMatch((line) -> line.contains("Index values"));
	}

	@Test
	void informerWhoseOwnWorkEndsInAnErrorOfTheJvmBeginsAnew(CapturedLog log) {
		FakeListWatch<Fragile> fragile = new FakeListWatch<>();
		fragile.list(Fragile.listed(10))
			.watch(Flux.<WatchEvent<Fragile>>just(new WatchEvent.Added<>(new Fragile("a", "11", true)))
				.concatWith(Flux.never()))
			.list(Fragile.listed(12, new Fragile("a", "11", false)));
		SharedInformer<Fragile> endangered = SharedInformerFactory.builder(new FakeProvider(fragile))
			.scheduler(this.time)
			.handlerScheduler(this.time)
			.build()
			.forResource(Fragile.class)
			.informer();
		RecordingHandler<Fragile> told = new RecordingHandler<>();
		endangered.addHandler(told);

		endangered.start();
		settle();
		assertThat(endangered.status().state()).isEqualTo(InformerState.RETRYING);
		assertThat(endangered.status().cause()).hasRootCauseInstanceOf(NoClassDefFoundError.class);
		this.time.advanceTimeBy(Duration.ofSeconds(6));

		assertThat(endangered.status().state()).isEqualTo(InformerState.SYNCED);
		assertThat(told.events()).containsExactly("+a@11");
		assertThat(log.lines("ERROR")).singleElement().asString().contains("failed and lists again");
	}

	@Test
	void listerAnswersByNamespaceNameAndSelector() {
		this.server.list(Samples.listed(10, Samples.labelled("one", "a", 1, Map.of("app", "demo")),
				Samples.labelled("one", "b", 2, Map.of("app", "other")),
				Samples.labelled("two", "c", 3, Map.of("app", "demo"))));
		start();
		Lister<ConfigMap> lister = this.informer.lister();

		assertThat(lister.list()).hasSize(3);
		assertThat(lister.list("app=demo")).hasSize(2);
		assertThat(lister.namespace("one").list()).hasSize(2);
		assertThat(lister.namespace("one").list("app in (demo)")).hasSize(1);
		assertThat(lister.namespace("one").get("b")).isPresent();
		assertThat(lister.namespace("two").get("b")).isEmpty();
		assertThat(lister.get("two/c")).isPresent();
		assertThat(lister.get(new ObjectKey("two", "c"))).isPresent();
	}

	@Test
	void sizeOfTheObjectsIsEstimated() {
		ConfigMap[] objects = new ConfigMap[100];
		for (int i = 0; i < objects.length; i++) {
			objects[i] = Samples.configMap("name-" + (100 + i), 1);
		}
		this.server.list(Samples.listed(10, objects));
		assertThat(this.informer.estimatedBytes()).isZero();

		start();

		int one = ObjectDecoder.encode(ConfigMap.CODEC, objects[0], WireFormat.JSON).bytes().length;
		assertThat(this.informer.estimatedBytes()).isEqualTo(100L * one);
	}

	/**
	 * A listener that does nothing but throw.
	 */
	private static final class BrokenListener implements InformerStatusListener {

		@Override
		public void onStatusChange(SharedInformer<?> informer, InformerStatus previous, InformerStatus current) {
			throw new IllegalStateException("listener broke");
		}

	}

	/**
	 * An object whose class may turn out to be incomplete when the store works with it.
	 */
	@CustomResource(group = "example.com", version = "v1", plural = "fragiles")
	private static final class Fragile implements KubernetesObject {

		private static final StackWalker CALLERS = StackWalker.getInstance();

		private final ObjectMeta metadata;

		private final boolean broken;

		Fragile(String name, String version, boolean broken) {
			this.metadata = ObjectMeta.builder().name(name).uid("uid-" + name).resourceVersion(version).build();
			this.broken = broken;
		}

		static Mono<KubernetesList<Fragile>> listed(long version, Fragile... items) {
			return Mono.just(new KubernetesList<>("example.com/v1", "FragileList",
					ListMeta.builder().resourceVersion(String.valueOf(version)).build(), List.of(items)));
		}

		@Override
		public ObjectMeta metadata() {
			if (this.broken && isCalledByTheStore()) {
				throw new NoClassDefFoundError("gone");
			}
			return this.metadata;
		}

		private static boolean isCalledByTheStore() {
			return CALLERS.walk(
					(frames) -> frames.anyMatch((frame) -> frame.getClassName().equals(IndexedStore.class.getName())));
		}

	}

	private SharedInformer<ConfigMap> informer(InformerOptions options) {
		SharedInformer<ConfigMap> created = SharedInformerFactory.builder(new FakeProvider(this.server))
			.options(options)
			.scheduler(this.time)
			.handlerScheduler(this.time)
			.errorHandler((informer, error) -> this.errors.add(error.getMessage()))
			.build()
			.forResource(ConfigMap.RESOURCE)
			.informer();
		return created;
	}

	private void start() {
		if (this.states.isEmpty()) {
			this.informer.addStatusListener(
					(informer, previous, current) -> this.states.add(previous.state() + "->" + current.state()));
		}
		this.informer.start();
		settle();
	}

	private void stop() {
		this.informer.stop().subscribe();
		settle();
	}

	private void settle() {
		this.time.advanceTime();
	}

}
