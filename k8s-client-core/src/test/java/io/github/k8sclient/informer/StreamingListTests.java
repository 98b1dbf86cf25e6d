package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.List;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.watch.WatchEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for streaming lists of a {@link Reflector}, in virtual time.
 */
class StreamingListTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final FakeListWatch<ConfigMap> server = new FakeListWatch<ConfigMap>().streaming();

	private final FollowedReflector reflector = new FollowedReflector(this.server, this.time);

	private final Sinks.Many<WatchEvent<ConfigMap>> stream = Sinks.many().unicast().onBackpressureBuffer();

	private final ConfigMap a = Samples.configMap("a", 7);

	private final ConfigMap b = Samples.configMap("b", 3);

	@AfterEach
	void cancel() {
		this.reflector.cancel();
	}

	@Test
	void watchAsksForTheNewestObjectsFirst() {
		this.reflector.random(0.5);
		this.reflector.follow();

		ListOptions options = this.server.watches().get(0);
		assertThat(options.sendInitialEvents()).isTrue();
		assertThat(options.resourceVersionMatch()).isEqualTo("NotOlderThan");
		assertThat(options.resourceVersion()).isEmpty();
		assertThat(options.allowWatchBookmarks()).isTrue();
		assertThat(options.timeoutSeconds()).isEqualTo(450);
		assertThat(this.server.lists()).isEmpty();
	}

	@Test
	void selectorsGoWithTheWatch() {
		this.reflector.selecting("app=demo", "metadata.name=x").follow();

		assertThat(this.server.watches().get(0).labelSelector()).isEqualTo("app=demo");
		assertThat(this.server.watches().get(0).fieldSelector()).isEqualTo("metadata.name=x");
	}

	@Test
	void objectsAreOneReplacementWhenTheirEndIsTold() {
		this.server.watch(this.stream.asFlux());
		this.reflector.follow();

		send(Samples.added(this.a), Samples.added(this.b));
		assertThat(this.reflector.replacements()).isEmpty();
		send(Samples.endOfObjects(10));

		assertThat(this.reflector.signals()).containsExactly(new ReflectorSignal.WatchStarted<>(),
				replaced("10", this.a, this.b));
	}

	@Test
	void ordinaryBookmarkDoesNotEndTheObjects() {
		this.server.watch(this.stream.asFlux());
		this.reflector.follow();

		send(Samples.added(this.a), Samples.bookmark(8), Samples.added(this.b));
		assertThat(this.reflector.signals()).containsExactly(new ReflectorSignal.WatchStarted<>());
		send(Samples.endOfObjects(10));

		assertThat(this.reflector.replacements()).containsExactly(replaced("10", this.a, this.b));
	}

	@Test
	void changesBeforeTheEndAreTakenIn() {
		ConfigMap changed = Samples.configMap("a", 9);
		ConfigMap late = Samples.configMap("c", 10);
		this.server.watch(this.stream.asFlux());
		this.reflector.follow();

		send(Samples.added(this.a), Samples.added(this.b), Samples.modified(changed),
				Samples.deleted(Samples.configMap("b", 8)), Samples.added(late), Samples.endOfObjects(10));

		assertThat(this.reflector.replacements()).containsExactly(replaced("10", changed, late));
	}

	@Test
	void framesOfThePastBeforeTheEndChangeNothing() {
		ConfigMap changed = Samples.configMap("a", 9);
		this.server.watch(this.stream.asFlux());
		this.reflector.follow();

		send(Samples.added(changed), Samples.added(this.a), Samples.added(this.b),
				Samples.deleted(Samples.configMap("b", 8)), Samples.added(this.b), Samples.endOfObjects(10));

		assertThat(this.reflector.replacements()).containsExactly(replaced("10", changed));
	}

	@Test
	void sameWatchGoesOnWithChanges() {
		ConfigMap changed = Samples.configMap("a", 12);
		this.server.watch(this.stream.asFlux());
		this.reflector.follow();

		send(Samples.added(this.a), Samples.endOfObjects(10), Samples.modified(changed), Samples.bookmark(20));

		assertThat(this.reflector.signals()).endsWith(replaced("10", this.a), new StoreDelta.Upserted<>(changed, "12"),
				new StoreDelta.Progressed<>("20"));
		assertThat(this.server.watches()).hasSize(1);
	}

	@Test
	void watchThatEndsAfterTheObjectsGoesOnWithoutThem() {
		this.server.watch(this.stream.asFlux());
		this.reflector.follow();
		send(Samples.added(this.a), Samples.endOfObjects(10));
		this.time.advanceTimeBy(Duration.ofSeconds(1));

		this.stream.tryEmitComplete();

		assertThat(this.server.watches()).hasSize(2);
		assertThat(this.server.watches().get(1).resourceVersion()).isEqualTo("10");
		assertThat(this.server.watches().get(1).sendInitialEvents()).isNull();
		assertThat(this.reflector.failures()).isEmpty();
	}

	@Test
	void refusedParameterIsMetWithAListAtOnce() {
		this.server.watch(Flux.error(Samples.apiError(422, "Invalid"))).list(Samples.listed(10, this.a));

		this.reflector.follow();

		assertThat(this.server.listVersions()).containsExactly("0");
		assertThat(this.reflector.replacements()).containsExactly(replaced("10", this.a));
		assertThat(this.reflector.failures()).isEmpty();
	}

	@Test
	void refusalCountsForOneRoundOnly() {
		this.server.watch(Flux.error(Samples.apiError(422, "Invalid")))
			.list(Samples.listed(10))
			.watch(Flux.error(Samples.apiError(410, "Gone")));

		this.reflector.follow();
		this.time.advanceTimeBy(Duration.ofMillis(800));

		assertThat(this.server.watches()).extracting(ListOptions::sendInitialEvents).containsExactly(true, null, true);
	}

	@Test
	void refusalCountsForOneRoundOnlyAlsoIfTheListFails() {
		this.server.watch(Flux.error(Samples.apiError(500, "InternalError")))
			.list(Mono.error(Samples.apiError(500, "InternalError")));

		this.reflector.follow();
		this.time.advanceTimeBy(Duration.ofMillis(800));

		assertThat(this.server.watches()).extracting(ListOptions::sendInitialEvents).containsExactly(true, true);
	}

	@Test
	void serverThatCannotBeReachedIsWaitedForWithoutAList() {
		this.server.watches(2, Flux.error(Samples.connectionRefused()));

		this.reflector.follow();
		this.time.advanceTimeBy(Duration.ofMillis(800 + 1600));

		assertThat(this.server.watches()).extracting(ListOptions::sendInitialEvents).containsExactly(true, true, true);
		assertThat(this.server.lists()).isEmpty();
		assertThat(this.reflector.failures()).extracting(ReflectorSignal.Failed::verb).containsExactly("list", "list");
	}

	@Test
	void throttledStreamWaitsAsLongAsTheServerWants() {
		this.server.watch(Flux.error(Samples.throttled(17)));

		this.reflector.follow();
		this.time.advanceTimeBy(Duration.ofSeconds(16));
		assertThat(this.server.watches()).hasSize(1);
		this.time.advanceTimeBy(Duration.ofSeconds(1));

		assertThat(this.server.watches()).hasSize(2);
		assertThat(this.server.lists()).isEmpty();
	}

	@Test
	void objectsAreListedAfterThreeThrottledStreams() {
		this.server.watches(3, Flux.error(Samples.throttled(1))).list(Samples.listed(10));

		this.reflector.follow();
		this.time.advanceTimeBy(Duration.ofSeconds(3));

		assertThat(this.server.watches()).hasSize(4);
		assertThat(this.reflector.replacements()).hasSize(1);
	}

	@Test
	void relistStreamsWhatIsNotOlderThanTheLastVersion() {
		this.reflector.follow(ReflectorCursor.at("10").expired());

		assertThat(this.server.watchVersions()).containsExactly("10");
		assertThat(this.server.watches().get(0).sendInitialEvents()).isTrue();
	}

	@Test
	void versionThatIsGoneIsForgottenAtOnce() {
		this.server.watch(Flux.error(Samples.apiError(410, "Expired")));

		this.reflector.follow(ReflectorCursor.at("10").expired());

		assertThat(this.server.watchVersions()).containsExactly("10", "");
		assertThat(this.server.lists()).isEmpty();
	}

	@Test
	void versionThatTheServerHasNotReachedIsForgottenAtOnce() {
		this.server.watch(Flux.error(Samples.versionTooLarge()));

		this.reflector.follow(ReflectorCursor.at("10").expired());

		assertThat(this.server.watchVersions()).containsExactly("10", "");
		assertThat(this.server.lists()).isEmpty();
	}

	@Test
	void newestVersionThatTheServerCannotReachIsMetWithAList() {
		this.server.watch(Flux.error(Samples.versionTooLarge())).list(Samples.listed(9));

		this.reflector.follow();

		assertThat(this.server.listVersions()).containsExactly("0");
	}

	@Test
	void endOfTheObjectsBeforeTheVersionAskedForCallsForTheNewest() {
		this.server.watch(Flux.just(Samples.endOfObjects(8)));

		this.reflector.follow(ReflectorCursor.at("10").expired());
		this.time.advanceTimeBy(Duration.ofMillis(800));

		assertThat(this.server.watchVersions()).containsExactly("10", "");
		assertThat(this.reflector.replacements()).isEmpty();
	}

	@Test
	void streamThatEndsEarlyIsBegunAgainWithNothing() {
		this.server.watch(Flux.just(Samples.added(this.a))).watch(this.stream.asFlux());
		this.reflector.follow();

		send(Samples.added(this.b), Samples.endOfObjects(10));

		assertThat(this.reflector.replacements()).containsExactly(replaced("10", this.b));
		assertThat(this.reflector.failures()).isEmpty();
	}

	@Test
	void streamWhoseConnectionBreaksIsBegunAgainWithNothing() {
		this.server.watch(Flux.just(Samples.added(this.a)).concatWith(Flux.error(Samples.connectionReset())))
			.watch(this.stream.asFlux());
		this.reflector.follow();

		send(Samples.added(this.b), Samples.endOfObjects(10));

		assertThat(this.reflector.replacements()).containsExactly(replaced("10", this.b));
		assertThat(this.reflector.failures()).isEmpty();
	}

	@Test
	void objectsAreListedAfterThreeStreamsThatEndedEarly() {
		this.server.watches(3, Flux.just(Samples.added(this.a))).list(Samples.listed(10, this.a, this.b));

		this.reflector.follow();

		assertThat(this.server.watches()).hasSize(4);
		assertThat(this.reflector.replacements()).containsExactly(replaced("10", this.a, this.b));
	}

	@Test
	void streamThatEndsAtOnceWithNothingIsMetWithAList() {
		this.server.watch(Flux.<WatchEvent<ConfigMap>>empty()).list(Samples.listed(10));

		this.reflector.follow();

		assertThat(this.server.lists()).hasSize(1);
	}

	@Test
	void errorFrameBeforeTheEndIsMetWithAList() {
		this.server.watch(Flux.just(Samples.added(this.a), Samples.errorFrame(500, "InternalError")))
			.list(Samples.listed(10, this.b));

		this.reflector.follow();

		assertThat(this.reflector.replacements()).containsExactly(replaced("10", this.b));
		assertThat(this.reflector.signals()).filteredOn(ReflectorSignal.StreamingGivenUp.class::isInstance).hasSize(1);
	}

	@Test
	void objectsAreListedIfTheirEndIsNotTold() {
		this.server.watch(Flux.just(Samples.added(this.a)).concatWith(Flux.never())).list(Samples.listed(10, this.a));

		this.reflector.follow();
		this.time.advanceTimeBy(Duration.ofMillis(4999));
		assertThat(this.server.lists()).isEmpty();
		this.time.advanceTimeBy(Duration.ofMillis(1));

		assertThat(this.reflector.replacements()).containsExactly(replaced("10", this.a));
		assertThat(this.reflector.failures()).isEmpty();
	}

	@Test
	void objectsAreStreamedAgainNextTimeIfTheirEndWasNotTold() {
		this.server.watch(Flux.just(Samples.added(this.a)).concatWith(Flux.never()))
			.list(Samples.listed(10, this.a))
			.watch(Flux.error(Samples.apiError(410, "Gone")))
			.watch(Flux.just(Samples.added(this.a), Samples.endOfObjects(20)).concatWith(Flux.never()));

		this.reflector.follow();
		this.time.advanceTimeBy(Duration.ofSeconds(6));

		assertThat(this.server.watches()).extracting(ListOptions::sendInitialEvents).containsExactly(true, null, true);
		assertThat(this.reflector.replacements()).containsExactly(replaced("10", this.a), replaced("20", this.a));
		assertThat(this.server.lists()).hasSize(1);
	}

	@Test
	void serverThatDoesNotTellTheEndThreeTimesInARowIsNotAskedAgain() {
		for (int i = 0; i < 3; i++) {
			roundWithoutEnd();
		}
		this.server.list(Samples.listed(20));

		this.reflector.follow();
		this.time.advanceTimeBy(Duration.ofMinutes(1));

		assertThat(this.server.watches()).extracting(ListOptions::sendInitialEvents)
			.containsExactly(true, null, true, null, true, null, null);
		assertThat(this.server.lists()).hasSize(4);
	}

	@Test
	void objectsThatAreStreamedToTheirEndMakeUpForEarlierOnes() {
		roundWithoutEnd();
		roundWithoutEnd();
		this.server.watch(Flux.just(Samples.endOfObjects(10), Samples.errorFrame(410, "Expired")));
		roundWithoutEnd();

		this.reflector.follow();
		this.time.advanceTimeBy(Duration.ofMinutes(2));

		assertThat(this.server.watches()).extracting(ListOptions::sendInitialEvents)
			.containsExactly(true, null, true, null, true, true, null, true);
	}

	private void roundWithoutEnd() {
		this.server.watch(Flux.just(Samples.added(this.a)).concatWith(Flux.never()))
			.list(Samples.listed(10, this.a))
			.watch(Flux.error(Samples.apiError(410, "Gone")));
	}

	@Test
	void serverThatSaysNothingAtAllIsAskedAgainNextTime() {
		this.server.watch(Flux.<WatchEvent<ConfigMap>>never())
			.list(Samples.listed(10))
			.watch(Flux.error(Samples.apiError(410, "Gone")));

		this.reflector.follow();
		this.time.advanceTimeBy(Duration.ofSeconds(6));

		assertThat(this.server.watches()).extracting(ListOptions::sendInitialEvents).containsExactly(true, null, true);
	}

	@Test
	void objectsMayComeSlowly() {
		this.server.watch(this.stream.asFlux());
		this.reflector.follow();

		for (int i = 0; i < 20; i++) {
			this.time.advanceTimeBy(Duration.ofSeconds(4));
			send(Samples.added(Samples.configMap("o" + i, i + 1)));
		}
		send(Samples.endOfObjects(30));

		assertThat(this.reflector.replacements()).singleElement()
			.satisfies((all) -> assertThat(all.objects()).hasSize(20));
		assertThat(this.server.lists()).isEmpty();
	}

	@Test
	void goneRightAfterTheObjectsWaitsBeforeTheyAreReadAgain() {
		this.server.watch(Flux.just(Samples.endOfObjects(10), Samples.errorFrame(410, "Expired")));

		this.reflector.follow();
		assertThat(this.server.watches()).hasSize(1);
		this.time.advanceTimeBy(Duration.ofMillis(800));

		assertThat(this.server.watchVersions()).containsExactly("", "10");
		assertThat(this.server.watches().get(1).sendInitialEvents()).isTrue();
	}

	@Test
	void frameThatCannotBeReadIsReportedAndTheStreamGoesOn() {
		this.server.watch(this.stream.asFlux());
		this.reflector.follow();

		send(Samples.added(this.a), WatchEvent.Error.ofUnreadableFrame("noise"), Samples.endOfObjects(10));

		assertThat(this.reflector.signals()).filteredOn(ReflectorSignal.Skipped.class::isInstance).hasSize(1);
		assertThat(this.reflector.replacements()).containsExactly(replaced("10", this.a));
	}

	@Test
	void streamAfterAFailureWorksWhenItHasLastedAfterItsObjects() {
		this.server.watch(Flux.error(Samples.connectionRefused())).watch(this.stream.asFlux());
		this.reflector.follow();
		this.time.advanceTimeBy(Duration.ofMillis(1600));

		send(Samples.added(this.a));
		this.time.advanceTimeBy(Duration.ofSeconds(4));
		send(Samples.endOfObjects(10));
		this.time.advanceTimeBy(Duration.ofMillis(999));
		assertThat(this.reflector.signals()).doesNotContain(new ReflectorSignal.WatchWorks<>());
		this.time.advanceTimeBy(Duration.ofMillis(1001));

		assertThat(this.reflector.signals()).endsWith(replaced("10", this.a), new ReflectorSignal.WatchWorks<>());
	}

	@Test
	void pagedListsAreReadIfTheOptionsSaySo() {
		this.server.list(Samples.listed(10));

		this.reflector.with(InformerOptions.defaults().withInitialList(InitialListStrategy.PAGED_LIST)).follow();

		assertThat(this.server.listVersions()).containsExactly("0");
		assertThat(this.server.watches()).extracting(ListOptions::sendInitialEvents).containsOnlyNulls();
	}

	@SafeVarargs
	private void send(WatchEvent<ConfigMap>... events) {
		for (WatchEvent<ConfigMap> event : events) {
			this.stream.tryEmitNext(event).orThrow();
		}
	}

	private static StoreDelta.Replaced<ConfigMap> replaced(String version, ConfigMap... objects) {
		return new StoreDelta.Replaced<>(List.of(objects), version);
	}

}
