package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.List;

import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.ListMeta;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.meta.StatusCause;
import io.github.k8sclient.meta.StatusDetails;
import io.github.k8sclient.watch.WatchEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Reflector}, in virtual time. Random numbers are zero unless a test
 * says otherwise, so that delays are the smallest ones.
 */
class ReflectorTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final FakeListWatch<ConfigMap> server = new FakeListWatch<>();

	private final FollowedReflector reflector = new FollowedReflector(this.server, this.time);

	private final List<ReflectorSignal<ConfigMap>> signals = this.reflector.signals();

	@AfterEach
	void cancel() {
		this.reflector.cancel();
	}

	@Test
	void firstListAcceptsAnyVersionAndTheWatchBeginsAtTheVersionOfTheList() {
		ConfigMap object = Samples.configMap("a", 7);
		this.server.list(Samples.listed(10, object));

		follow();

		assertThat(this.server.listVersions()).containsExactly("0");
		assertThat(this.server.watchVersions()).containsExactly("10");
		assertThat(this.signals).containsExactly(new StoreDelta.Replaced<>(List.of(object), "10"),
				new ReflectorSignal.WatchStarted<>());
	}

	@Test
	void watchAsksForBookmarksAndEndsBetweenFiveAndTenMinutes() {
		this.server.list(Samples.listed(10)).watch(Flux.<WatchEvent<ConfigMap>>never());
		this.reflector.random(0.5);

		follow();

		ListOptions options = this.server.watches().get(0);
		assertThat(options.allowWatchBookmarks()).isTrue();
		assertThat(options.timeoutSeconds()).isEqualTo(450);
	}

	@Test
	void selectorsGoWithEachListAndEachWatch() {
		this.server.list(Samples.listed(10));

		this.reflector.selecting("app=demo", "metadata.name=x").follow();

		assertThat(List.of(this.server.lists().get(0), this.server.watches().get(0)))
			.allSatisfy((options) -> assertThat(options.labelSelector()).isEqualTo("app=demo"))
			.allSatisfy((options) -> assertThat(options.fieldSelector()).isEqualTo("metadata.name=x"));
	}

	@Test
	void pagesOfAListBecomeOneReplacement() {
		this.server.list(Samples.page("10", "next", Samples.configMap("a", 1)))
			.list(Samples.page("10", null, Samples.configMap("b", 2)));

		follow();

		assertThat(this.server.lists().get(0).limit()).isEqualTo(500);
		assertThat(this.server.lists().get(1).continue_()).isEqualTo("next");
		assertThat(this.server.lists().get(1).limit()).isEqualTo(500);
		assertThat(this.server.lists().get(1).resourceVersion()).isNull();
		assertThat(replacements()).singleElement().satisfies((all) -> {
			assertThat(all.objects()).extracting((object) -> object.metadata().name()).containsExactly("a", "b");
			assertThat(all.resourceVersion()).isEqualTo("10");
		});
	}

	@Test
	void expiredPageFallsBackToAListWithoutPages() {
		this.server.list(Samples.page("10", "next", Samples.configMap("a", 1)))
			.list(Mono.error(Samples.apiError(410, "Expired")))
			.list(Samples.listed(12, Samples.configMap("a", 1), Samples.configMap("b", 11)));

		follow();

		ListOptions full = this.server.lists().get(2);
		assertThat(full.limit()).isNull();
		assertThat(full.continue_()).isNull();
		assertThat(full.resourceVersion()).isEqualTo("0");
		assertThat(replacements()).singleElement().satisfies((all) -> {
			assertThat(all.objects()).hasSize(2);
			assertThat(all.resourceVersion()).isEqualTo("12");
		});
	}

	@Test
	void expiredPageWithATokenForAnInconsistentListFallsBackToAListWithoutPagesToo() {
		this.server.list(Samples.page("10", "next", Samples.configMap("a", 1)))
			.list(Mono.error(Samples.expiredPage("inconsistent")))
			.list(Samples.listed(12));

		follow();

		assertThat(this.server.lists().get(2).continue_()).isNull();
		assertThat(this.server.lists().get(2).limit()).isNull();
		assertThat(replacements()).singleElement()
			.satisfies((all) -> assertThat(all.resourceVersion()).isEqualTo("12"));
	}

	@Test
	void relistFromTheCacheIsNotPaged() {
		this.server.list(Samples.listed(10)).watch(Flux.error(Samples.apiError(410, "Gone"))).list(Samples.listed(20));

		followAndLetPass(Duration.ofSeconds(1));

		assertThat(this.server.listVersions()).containsExactly("0", "10");
		assertThat(this.server.lists().get(1).limit()).isNull();
	}

	@Test
	void serverWithoutCacheIsAskedForPagesOnRelistToo() {
		this.server.list(Samples.page("10", "next"))
			.list(Samples.page("10", null))
			.watch(Flux.error(Samples.apiError(410, "Gone")))
			.list(Samples.listed(20));

		followAndLetPass(Duration.ofSeconds(1));

		assertThat(this.server.lists().get(2).resourceVersion()).isEqualTo("10");
		assertThat(this.server.lists().get(2).limit()).isEqualTo(500);
	}

	@Test
	void normalEndOfAWatchIsFollowedByAWatchFromTheLastVersionWithoutAList() {
		this.server.list(Samples.listed(10))
			.watch(Flux.just(Samples.added(Samples.configMap("a", 11)), Samples.modified(Samples.configMap("a", 12))));

		follow();

		assertThat(this.server.watchVersions()).containsExactly("10", "12");
		assertThat(this.server.lists()).hasSize(1);
		assertThat(failures()).isEmpty();
		assertThat(this.signals).contains(new ReflectorSignal.WatchEnded<>(null));
	}

	@Test
	void bookmarkMovesTheVersionOfTheNextWatch() {
		this.server.list(Samples.listed(10)).watch(Flux.just(Samples.bookmark(50)));

		follow();

		assertThat(this.server.watchVersions()).containsExactly("10", "50");
		assertThat(this.signals).contains(new StoreDelta.Progressed<>("50"));
	}

	@Test
	void eventsAreTranslatedInOrder() {
		ConfigMap first = Samples.configMap("a", 11);
		ConfigMap second = Samples.configMap("a", 12);
		ConfigMap last = Samples.configMap("a", 13);
		this.server.list(Samples.listed(10))
			.watch(Flux.just(Samples.added(first), Samples.modified(second), Samples.deleted(last)));

		follow();

		assertThat(this.signals).containsSubsequence(List.of(new StoreDelta.Upserted<>(first, "11"),
				new StoreDelta.Upserted<>(second, "12"), new StoreDelta.Removed<>(last, "13")));
	}

	@Test
	void goneAsAnswerToAWorkingWatchIsFollowedByAListAtOnce() {
		Sinks.Many<WatchEvent<ConfigMap>> watch = Sinks.many().unicast().onBackpressureBuffer();
		this.server.list(Samples.listed(10))
			.watch(watch.asFlux())
			.watch(Flux.error(Samples.apiError(410, "Expired")))
			.list(Samples.listed(30));
		follow();
		this.time.advanceTimeBy(Duration.ofMinutes(1));

		watch.tryEmitComplete();

		assertThat(this.server.listVersions()).containsExactly("0", "10");
		assertThat(this.server.watchVersions()).containsExactly("10", "10", "30");
		assertThat(failures()).isEmpty();
	}

	@Test
	void goneAsErrorFrameIsFollowedByAListWithTheLastVersionAtOnce() {
		this.server.list(Samples.listed(10))
			.watch(Flux.just(Samples.added(Samples.configMap("a", 11)), Samples.errorFrame(410, "Expired")))
			.list(Samples.listed(30));

		follow();

		assertThat(this.server.listVersions()).containsExactly("0", "11");
		assertThat(this.server.watchVersions()).containsExactly("10", "30");
	}

	@Test
	void errorFrameIsKnownByItsReasonAlone() {
		this.server.list(Samples.listed(10))
			.watch(Flux.just(Samples.added(Samples.configMap("a", 11)), errorFrame("Expired")))
			.list(Samples.listed(30))
			.watch(Flux.just(errorFrame("TooManyRequests")))
			.watch(Flux.just(errorFrame("Forbidden")));

		followAndLetPass(Duration.ofSeconds(3));

		assertThat(this.server.listVersions()).containsExactly("0", "11");
		assertThat(this.server.watchVersions()).containsExactly("10", "30", "30", "30");
		assertThat(failures()).hasSize(2);
	}

	private static WatchEvent<ConfigMap> errorFrame(String reason) {
		return new WatchEvent.Error<>(Status.builder().status("Failure").reason(reason).build());
	}

	@Test
	void goneRightAfterAListWaitsBeforeTheNextList() {
		this.server.list(Samples.listed(10))
			.watch(Flux.error(Samples.apiError(410, "Expired")))
			.list(Samples.listed(20))
			.watch(Flux.error(Samples.apiError(410, "Expired")))
			.list(Samples.listed(30));

		follow();
		assertThat(this.server.lists()).hasSize(1);
		this.time.advanceTimeBy(Duration.ofMillis(800));
		assertThat(this.server.lists()).hasSize(2);
		this.time.advanceTimeBy(Duration.ofMillis(1599));
		assertThat(this.server.lists()).hasSize(2);
		this.time.advanceTimeBy(Duration.ofMillis(1));

		assertThat(this.server.listVersions()).containsExactly("0", "10", "20");
		assertThat(failures()).extracting(ReflectorSignal.Failed::verb).containsExactly("watch", "watch");
	}

	@Test
	void listAtAVersionThatIsGoneIsRepeatedForTheNewestAtOnce() {
		this.server.list(Mono.error(Samples.apiError(410, "Gone"))).list(Samples.listed(99));

		this.reflector.follow(ReflectorCursor.at("10").expired());

		assertThat(this.server.listVersions()).containsExactly("10", "");
		assertThat(this.server.lists().get(1).limit()).isEqualTo(500);
		assertThat(this.server.watchVersions()).containsExactly("99");
		assertThat(failures()).isEmpty();
	}

	@Test
	void listAtAVersionThatTheServerHasNotReachedIsRepeatedForTheNewestAtOnce() {
		this.server.list(Mono.error(Samples.versionTooLarge())).list(Samples.listed(9));

		this.reflector.follow(ReflectorCursor.at("10").expired());

		assertThat(this.server.listVersions()).containsExactly("10", "");
		assertThat(this.server.watchVersions()).containsExactly("9");
	}

	@Test
	void serverBeforeRelease119TellsThatItHasNotReachedAVersionByTheMessageAlone() {
		Status timeout = Status.builder()
			.code(504)
			.reason("Timeout")
			.message("Timeout: Too large resource version: 10, current: 9")
			.build();
		StatusCause cause = StatusCause.builder().message("Too large resource version").build();
		Status timeoutWithCause = Status.builder()
			.code(504)
			.reason("Timeout")
			.message("Timeout")
			.details(StatusDetails.builder().causes(List.of(cause)).build())
			.build();
		this.server.list(Mono.error(KubernetesApiException.of(timeout)))
			.list(Samples.listed(9))
			.list(Mono.error(KubernetesApiException.of(timeoutWithCause)))
			.list(Samples.listed(9));

		this.reflector.follow(ReflectorCursor.at("10").expired());
		this.reflector.follow(ReflectorCursor.at("10").expired());

		assertThat(this.server.listVersions()).containsExactly("10", "", "10", "");
		assertThat(failures()).isEmpty();
	}

	@Test
	void otherTimeoutIsAFailure() {
		this.server.list(Mono.error(Samples.apiError(504, "Timeout")));

		this.reflector.follow(ReflectorCursor.at("10").expired());

		assertThat(failures()).hasSize(1);
	}

	@Test
	void newestVersionIsAskedForUntilItIsListed() {
		this.server.list(Mono.error(Samples.apiError(410, "Gone")))
			.list(Mono.error(Samples.apiError(500, "InternalError")))
			.list(Samples.listed(99));

		this.reflector.follow(ReflectorCursor.at("10").expired());
		this.time.advanceTimeBy(Duration.ofSeconds(2));

		assertThat(this.server.listVersions()).containsExactly("10", "", "");
	}

	@Test
	void failedListIsRepeatedWithGrowingDelays() {
		for (int i = 0; i < 4; i++) {
			this.server.list(Mono.error(Samples.connectionRefused()));
		}
		this.server.list(Samples.listed(10));

		follow();
		this.time.advanceTimeBy(Duration.ofMillis(800 + 1600 + 3200 + 6400));

		assertThat(failures()).extracting(ReflectorSignal.Failed::delay)
			.containsExactly(Duration.ofMillis(800), Duration.ofMillis(1600), Duration.ofMillis(3200),
					Duration.ofMillis(6400));
		assertThat(replacements()).hasSize(1);
	}

	@Test
	void delaysEndAtThirtySeconds() {
		for (int i = 0; i < 9; i++) {
			this.server.list(Mono.error(Samples.apiError(500, "InternalError")));
		}

		followAndLetPass(Duration.ofMinutes(5));

		assertThat(failures()).extracting(ReflectorSignal.Failed::delay).last().isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void delaysEndAtTenSecondsWhileTheServerCannotBeReached() {
		for (int i = 0; i < 9; i++) {
			this.server.list(Mono.error(Samples.connectionRefused()));
		}

		followAndLetPass(Duration.ofMinutes(2));

		assertThat(failures()).extracting(ReflectorSignal.Failed::delay).last().isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void delaysBeginAnewWhenTheServerHasBeenReached() {
		this.server.list(Mono.error(Samples.connectionRefused()))
			.list(Mono.error(Samples.connectionRefused()))
			.list(Samples.listed(10))
			.watch(Flux.error(Samples.connectionRefused()));

		followAndLetPass(Duration.ofMillis(800 + 1600));

		assertThat(failures()).extracting(ReflectorSignal.Failed::delay)
			.containsExactly(Duration.ofMillis(800), Duration.ofMillis(1600), Duration.ofMillis(800));
	}

	@Test
	void delayEndsEarlyWhenAnotherReflectorHasReachedTheServer() {
		this.reflector.random(0.5);
		for (int i = 0; i < 5; i++) {
			this.server.list(Mono.error(Samples.connectionRefused()));
		}
		followAndLetPass(Duration.ofMillis(1200 + 2400 + 4800 + 9600));
		assertThat(this.server.lists()).hasSize(5);

		this.reflector.pulse().beat();
		this.time.advanceTimeBy(Duration.ofMillis(399));
		assertThat(this.server.lists()).hasSize(5);
		this.time.advanceTimeBy(Duration.ofMillis(1));

		assertThat(this.server.lists()).hasSize(6);
	}

	@Test
	void delayEndsEarlyOnlyOnceBeforeTheServerIsReached() {
		for (int i = 0; i < 5; i++) {
			this.server.list(Mono.error(Samples.connectionRefused()));
		}
		followAndLetPass(Duration.ofMillis(800 + 1600));
		this.reflector.pulse().beat();
		this.time.advanceTime();
		assertThat(this.server.lists()).hasSize(4);

		this.reflector.pulse().beat();
		this.time.advanceTimeBy(Duration.ofMillis(6399));

		assertThat(this.server.lists()).hasSize(4);
	}

	@Test
	void delayAfterAnErrorOfTheServerDoesNotEndEarly() {
		this.server.list(Mono.error(Samples.apiError(503, "ServiceUnavailable")));
		follow();

		this.reflector.pulse().beat();
		this.time.advanceTimeBy(Duration.ofMillis(799));

		assertThat(this.server.lists()).hasSize(1);
	}

	@Test
	void delaysAreUpToTwiceAsLongAtRandom() {
		this.reflector.random(0.75);
		this.server.list(Mono.error(Samples.connectionRefused()));

		follow();

		assertThat(failures()).extracting(ReflectorSignal.Failed::delay).containsExactly(Duration.ofMillis(1400));
	}

	@Test
	void delaysBeginAnewAfterTwoHealthyMinutes() {
		Sinks.Many<WatchEvent<ConfigMap>> healthy = Sinks.many().unicast().onBackpressureBuffer();
		this.server.list(Mono.error(Samples.apiError(500, "InternalError")))
			.list(Mono.error(Samples.apiError(500, "InternalError")))
			.list(Samples.listed(10))
			.watch(healthy.asFlux())
			.watch(Flux.error(Samples.apiError(500, "InternalError")));
		followAndLetPass(Duration.ofMillis(800 + 1600));

		this.time.advanceTimeBy(Duration.ofMinutes(2));
		healthy.tryEmitError(Samples.apiError(429, "TooManyRequests"));

		assertThat(failures()).extracting(ReflectorSignal.Failed::delay)
			.containsExactly(Duration.ofMillis(800), Duration.ofMillis(1600), Duration.ofMillis(800));
	}

	@Test
	void delaysBeginAnewAfterAWatchThatHasWorkedForAsLongAsTheLast() {
		watchBetweenFailuresLasts(Duration.ofMillis(1600));

		assertThat(failures()).extracting(ReflectorSignal.Failed::delay)
			.containsExactly(Duration.ofMillis(800), Duration.ofMillis(1600), Duration.ofMillis(800));
	}

	@Test
	void delaysGoOnGrowingAfterAWatchThatHasWorkedForLess() {
		watchBetweenFailuresLasts(Duration.ofMillis(1599));

		assertThat(failures()).extracting(ReflectorSignal.Failed::delay)
			.containsExactly(Duration.ofMillis(800), Duration.ofMillis(1600), Duration.ofMillis(3200));
	}

	private void watchBetweenFailuresLasts(Duration duration) {
		Sinks.Many<WatchEvent<ConfigMap>> working = Sinks.many().unicast().onBackpressureBuffer();
		this.server.list(Samples.listed(10))
			.watches(2, Flux.error(Samples.apiError(500, "InternalError")))
			.watch(working.asFlux());
		followAndLetPass(Duration.ofMillis(800 + 1600));
		working.tryEmitNext(Samples.added(Samples.configMap("a", 11)));

		this.time.advanceTimeBy(duration);
		working.tryEmitError(Samples.apiError(500, "InternalError"));
	}

	@Test
	void delaysGoOnGrowingWhenListsSucceedAndWatchesFail() {
		for (int i = 0; i < 4; i++) {
			this.server.list(Samples.listed(10)).watch(Flux.error(Samples.apiError(400, "BadRequest")));
		}

		followAndLetPass(Duration.ofSeconds(10));

		assertThat(failures()).extracting(ReflectorSignal.Failed::delay)
			.containsExactly(Duration.ofMillis(800), Duration.ofMillis(1600), Duration.ofMillis(3200),
					Duration.ofMillis(6400));
	}

	@Test
	void throttledWatchIsRepeatedAfterADelayWithoutAList() {
		this.server.list(Samples.listed(10)).watch(Flux.error(Samples.apiError(429, "TooManyRequests")));

		follow();
		assertThat(this.server.watches()).hasSize(1);
		this.time.advanceTimeBy(Duration.ofMillis(800));

		assertThat(this.server.watchVersions()).containsExactly("10", "10");
		assertThat(this.server.lists()).hasSize(1);
	}

	@Test
	void throttledRequestWaitsAsLongAsTheServerWants() {
		this.server.list(Mono.error(Samples.throttled(17))).list(Samples.listed(10));

		follow();
		this.time.advanceTimeBy(Duration.ofSeconds(16));
		assertThat(this.server.lists()).hasSize(1);
		this.time.advanceTimeBy(Duration.ofSeconds(1));

		assertThat(this.server.lists()).hasSize(2);
	}

	@Test
	void refusedConnectionIsTriedAgainForHoursWithoutAList() {
		this.server.list(Samples.listed(10)).watches(1000, Flux.error(Samples.connectionRefused()));

		followAndLetPass(Duration.ofHours(3));

		assertThat(this.server.watches()).hasSizeGreaterThan(300);
		assertThat(this.server.lists()).hasSize(1);
	}

	@Test
	void brokenConnectionOfAWorkingWatchIsResumedAtOnce() {
		this.server.list(Samples.listed(10))
			.watch(Flux.just(Samples.added(Samples.configMap("a", 11)))
				.concatWith(Flux.error(Samples.connectionReset())));

		follow();

		assertThat(this.server.watchVersions()).containsExactly("10", "11");
		assertThat(this.server.lists()).hasSize(1);
		assertThat(failures()).isEmpty();
	}

	@Test
	void errorOfTheServerIsFirstMetWithTheSameWatch() {
		this.server.list(Samples.listed(10)).watch(Flux.error(Samples.apiError(500, "InternalError")));

		followAndLetPass(Duration.ofMillis(800));

		assertThat(this.server.watchVersions()).containsExactly("10", "10");
		assertThat(this.server.lists()).hasSize(1);
	}

	@Test
	void errorsOfTheServerForAMinuteAreMetWithAList() {
		this.server.list(Samples.listed(10))
			.watches(20, Flux.error(Samples.apiError(500, "InternalError")))
			.list(Samples.listed(20));

		followAndLetPass(Duration.ofMinutes(2));

		assertThat(this.server.listVersions()).startsWith("0", "10");
		assertThat(this.server.watches()).hasSizeLessThan(12);
	}

	@Test
	void unreadableStreamIsBoundedLikeAnErrorOfTheServer() {
		this.server.list(Samples.listed(10))
			.watches(20, Flux.error(new IllegalStateException("broken decoder")))
			.list(Samples.listed(20));

		followAndLetPass(Duration.ofMinutes(2));

		assertThat(this.server.listVersions()).startsWith("0", "10");
	}

	@Test
	void watchThatEndsAtOnceWithNothingWaitsBeforeTheNext() {
		this.server.list(Samples.listed(10)).watches(2, Flux.<WatchEvent<ConfigMap>>empty());

		follow();
		assertThat(this.server.watches()).hasSize(1);
		this.time.advanceTimeBy(Duration.ofMillis(800));
		assertThat(this.server.watches()).hasSize(2);
		this.time.advanceTimeBy(Duration.ofMillis(1600));

		assertThat(this.server.watches()).hasSize(3);
		assertThat(this.server.lists()).hasSize(1);
		assertThat(failures()).hasSize(2);
	}

	@Test
	void watchThatEndsAtOnceWithABookmarkOfItsOwnVersionWaitsBeforeTheNext() {
		this.server.list(Samples.listed(10)).watch(Flux.just(Samples.bookmark(10)));

		follow();

		assertThat(this.server.watches()).hasSize(1);
		assertThat(failures()).hasSize(1);
	}

	@Test
	void quietWatchThatLastsASecondIsFollowedByTheNextAtOnce() {
		this.server.list(Samples.listed(10)).watch(Mono.delay(Duration.ofSeconds(1), this.time).thenMany(Flux.empty()));

		followAndLetPass(Duration.ofSeconds(1));

		assertThat(this.server.watches()).hasSize(2);
		assertThat(failures()).isEmpty();
	}

	@Test
	void watchThatIsNotAnsweredIsGivenUpAndTriedAgain() {
		this.server.list(Samples.listed(10));

		follow();
		this.time.advanceTimeBy(Duration.ofMinutes(5).plusSeconds(9));
		assertThat(failures()).isEmpty();
		this.time.advanceTimeBy(Duration.ofSeconds(2));

		assertThat(failures()).singleElement()
			.satisfies((failure) -> assertThat(failure.error()).hasMessageContaining("did not end"));
		assertThat(this.server.watchVersions()).containsExactly("10", "10");
		assertThat(this.server.lists()).hasSize(1);
	}

	@Test
	void watchThatWorkedAndDoesNotEndInTimeIsGivenUpAndResumedAtOnce() {
		this.server.list(Samples.listed(10)).watch(Flux.just(Samples.bookmark(10)).concatWith(Flux.never()));

		follow();
		this.time.advanceTimeBy(Duration.ofMinutes(5).plusSeconds(9));
		assertThat(this.server.watches()).hasSize(1);
		this.time.advanceTimeBy(Duration.ofSeconds(1));

		assertThat(this.server.watchVersions()).containsExactly("10", "10");
		assertThat(failures()).isEmpty();
	}

	@Test
	void connectionThatHangsAndThenFailsIsAFailureHoweverLongItHung() {
		this.server.list(Samples.listed(10))
			.watches(2, Mono.delay(Duration.ofSeconds(30), this.time).thenMany(Flux.error(Samples.connectionReset())));

		follow();
		this.time.advanceTimeBy(Duration.ofSeconds(30));
		assertThat(this.server.watches()).hasSize(1);
		this.time.advanceTimeBy(Duration.ofMillis(800));

		assertThat(this.server.watches()).hasSize(2);
		assertThat(failures()).hasSize(1);
	}

	@Test
	void missingRightsAreTriedAgainWithoutAList() {
		this.server.list(Samples.listed(10))
			.watch(Flux.error(Samples.apiError(403, "Forbidden")))
			.watch(Flux.error(Samples.apiError(401, "Unauthorized")));

		followAndLetPass(Duration.ofSeconds(3));

		assertThat(this.server.watches()).hasSize(3);
		assertThat(this.server.lists()).hasSize(1);
	}

	@Test
	void missingResourceIsListedAgain() {
		this.server.list(Samples.listed(10))
			.watch(Flux.error(Samples.apiError(404, "NotFound")))
			.list(Mono.error(Samples.apiError(404, "NotFound")))
			.list(Samples.listed(30));

		followAndLetPass(Duration.ofSeconds(3));

		assertThat(replacements()).hasSize(2);
	}

	@Test
	void frameThatCannotBeReadIsReportedAndCallsForTheNewestObjectsAtOnce() {
		this.server.list(Samples.listed(10, Samples.configMap("a", 1)))
			.watch(Flux.just(Samples.bookmark(11), unreadable(), Samples.bookmark(13)))
			.list(Samples.listed(15));

		follow();

		assertThat(this.signals).containsSubsequence(List.of(new StoreDelta.Progressed<>("11"),
				new ReflectorSignal.Skipped<>(skipped()), new StoreDelta.Replaced<>(List.of(), "15")));
		assertThat(this.server.listVersions()).containsExactly("0", "");
		assertThat(this.server.watchVersions()).containsExactly("10", "15");
		assertThat(failures()).isEmpty();
	}

	@Test
	void furtherFramesThatCannotBeReadAreMadeUpForTogetherLater() {
		Sinks.Many<WatchEvent<ConfigMap>> watch = Sinks.many().unicast().onBackpressureBuffer();
		this.server.list(Samples.listed(10))
			.watch(Flux.just(unreadable()))
			.list(Samples.listed(15))
			.watch(watch.asFlux())
			.list(Samples.listed(99));
		follow();
		for (int i = 0; i < 4; i++) {
			this.time.advanceTimeBy(Duration.ofMinutes(1));
			watch.tryEmitNext(unreadable());
			watch.tryEmitNext(Samples.bookmark(20 + i));
		}
		assertThat(this.server.lists()).hasSize(2);

		this.time.advanceTimeBy(Duration.ofMinutes(1));
		watch.tryEmitNext(Samples.bookmark(30));

		assertThat(this.server.listVersions()).containsExactly("0", "", "");
		assertThat(this.server.watchVersions()).containsExactly("10", "15", "99");
		assertThat(this.signals).filteredOn(ReflectorSignal.Skipped.class::isInstance).hasSize(5);
	}

	@Test
	void frameThatCouldNotBeReadIsMadeUpForAfterTheWatchAtTheLatest() {
		Sinks.Many<WatchEvent<ConfigMap>> watch = Sinks.many().unicast().onBackpressureBuffer();
		this.server.list(Samples.listed(10))
			.watch(Flux.just(unreadable()))
			.list(Samples.listed(15))
			.watch(watch.asFlux());
		follow();
		watch.tryEmitNext(unreadable());

		this.time.advanceTimeBy(Duration.ofMinutes(5));
		watch.tryEmitComplete();

		assertThat(this.server.listVersions()).containsExactly("0", "", "");
	}

	@Test
	void objectOfAnotherTypeIsReportedAndSkipped() {
		ConfigMap object = Samples.configMap("a", 11);
		this.server.list(Samples.listed(10))
			.watch(Flux.just(otherType(), Samples.added(object)).concatWith(Flux.never()));

		follow();

		assertThat(this.signals.get(2)).isInstanceOfSatisfying(ReflectorSignal.Skipped.class,
				(skipped) -> assertThat(skipped.problem()).contains("ConfigMap").contains("Node"));
		assertThat(this.signals.get(3)).isEqualTo(new StoreDelta.Upserted<>(object, "11"));
	}

	@Test
	void objectWithoutMetadataIsReportedAndSkipped() {
		ConfigMap nameless = Samples.configMap(ObjectMeta.builder().resourceVersion("11").build());
		ConfigMap unversioned = Samples.configMap(ObjectMeta.builder().name("a").build());
		this.server.list(Samples.page("10", null, nameless))
			.watch(Flux.just(Samples.added(nameless), Samples.modified(unversioned)).concatWith(Flux.never()));

		follow();

		assertThat(this.signals).filteredOn(ReflectorSignal.Skipped.class::isInstance).hasSize(3);
		assertThat(replacements()).singleElement().satisfies((all) -> assertThat(all.objects()).isEmpty());
	}

	@Test
	void watchWithoutVersionRecordsNoneBeforeTheFirstChange() {
		ConfigMap present = Samples.configMap("a", 9);
		ConfigMap later = Samples.configMap("b", 3);
		ConfigMap changed = Samples.configMap("a", 12);
		this.server.list(Samples.page(null, null))
			.watch(Flux.just(Samples.added(present), Samples.added(later), Samples.modified(changed)));

		follow();

		assertThat(this.server.watchVersions()).containsExactly("", "12");
		assertThat(this.signals).contains(new StoreDelta.Upserted<>(present, null),
				new StoreDelta.Upserted<>(later, null), new StoreDelta.Upserted<>(changed, "12"));
	}

	@Test
	void tableInsteadOfAListIsAFailureThatSaysSo() {
		this.server
			.list(Mono.just(new KubernetesList<>("meta.k8s.io/v1", "Table", ListMeta.builder().build(), List.of())))
			.list(Samples.listed(10));

		followAndLetPass(Duration.ofSeconds(1));

		assertThat(failures()).singleElement()
			.satisfies((failure) -> assertThat(failure.error()).hasMessageContaining("Table"));
		assertThat(replacements()).hasSize(1);
	}

	@Test
	void objectThatIsGoneIsNotBroughtBackByAFrameOfThePast() {
		ConfigMap object = Samples.configMap("a", 11);
		ConfigMap last = Samples.configMap("a", 13);
		this.server.list(Samples.listed(10))
			.watch(Flux.just(Samples.added(object), Samples.deleted(last), Samples.added(object))
				.concatWith(Flux.never()));

		follow();

		assertThat(this.signals).endsWith(new StoreDelta.Upserted<>(object, "11"), new StoreDelta.Removed<>(last, "13"),
				new ReflectorSignal.Skipped<>("ADDED of default/a, which has been deleted since then"));
	}

	@Test
	void objectOfTheSameNameComesAfterADeletion() {
		ConfigMap next = Samples.configMap("default", "a", 14, "uid-of-the-next");
		this.server.list(Samples.listed(10))
			.watch(Flux.just(Samples.deleted(Samples.configMap("a", 13)), Samples.added(next))
				.concatWith(Flux.never()));

		follow();

		assertThat(this.signals).endsWith(new StoreDelta.Upserted<>(next, "14"));
	}

	@Test
	void frameOfThePastDoesNotMoveTheVersionBack() {
		this.server.list(Samples.listed(10))
			.watch(Flux.just(Samples.added(Samples.configMap("a", 15)), Samples.modified(Samples.configMap("b", 12))));

		follow();

		assertThat(this.server.watchVersions()).containsExactly("10", "15");
	}

	@Test
	void versionsOfAnyLengthAreCompared() {
		String version = "99999999999999999999999";
		this.server.list(Samples.page(version, null)).watch(Flux.just(Samples.bookmark(15)).concatWith(Flux.never()));

		follow();

		assertThat(failures()).singleElement()
			.satisfies((failure) -> assertThat(failure.error()).hasMessageContaining("before " + version));
	}

	@Test
	void bookmarkOfThePastShowsAServerThatIsBehindAndCallsForTheNewestState() {
		this.server.list(Samples.listed(10))
			.watch(Flux.just(Samples.added(Samples.configMap("a", 15)), Samples.bookmark(12)))
			.list(Samples.listed(16, Samples.configMap("a", 15)));

		follow();
		assertThat(this.server.lists()).hasSize(1);
		this.time.advanceTimeBy(Duration.ofMillis(800));

		assertThat(this.server.listVersions()).containsExactly("0", "");
		assertThat(this.server.watchVersions()).containsExactly("10", "16");
	}

	@Test
	void listThatIsOlderThanAskedForIsRepeatedForTheNewest() {
		this.server.list(Samples.listed(9)).list(Samples.listed(12));

		this.reflector.follow(ReflectorCursor.at("10").expired());

		assertThat(this.server.listVersions()).containsExactly("10", "");
		assertThat(replacements()).singleElement()
			.satisfies((all) -> assertThat(all.resourceVersion()).isEqualTo("12"));
	}

	@Test
	void silenceOfAServerThatSendsBookmarksEndsTheWatch() {
		this.server.list(Samples.listed(10))
			.watch(Flux.just(Samples.bookmark(10), Samples.bookmark(11)).concatWith(Flux.never()));

		follow();
		this.time.advanceTimeBy(Duration.ofSeconds(179));
		assertThat(this.server.watches()).hasSize(1);
		this.time.advanceTimeBy(Duration.ofSeconds(1));

		assertThat(this.server.watchVersions()).containsExactly("10", "11");
		assertThat(failures()).isEmpty();
	}

	@Test
	void watchWithoutAnyOfTheUsualBookmarksCallsForAList() {
		this.server.list(Samples.listed(10))
			.watch(Flux.just(Samples.bookmark(10), Samples.bookmark(99)))
			.watch(Flux.just(Samples.bookmark(99)).concatWith(Flux.never()))
			.list(Mono.error(Samples.versionTooLarge()))
			.list(Samples.listed(20));

		followAndLetPass(Duration.ofMinutes(3));

		assertThat(this.server.listVersions()).containsExactly("0", "99", "");
		assertThat(this.server.watchVersions()).containsExactly("10", "99", "20");
	}

	@Test
	void watchThatEndsAtOnceIsNoReasonForAListWhereBookmarksAreUsual() {
		this.server.list(Samples.listed(10))
			.watch(Flux.just(Samples.bookmark(10), Samples.bookmark(99)))
			.watch(Flux.just(Samples.bookmark(99)));

		followAndLetPass(Duration.ofMillis(800));

		assertThat(this.server.watchVersions()).containsExactly("10", "99", "99");
		assertThat(this.server.lists()).hasSize(1);
	}

	@Test
	void serverWithoutBookmarksMayBeSilentUntilTheWatchIsOver() {
		this.server.list(Samples.listed(10))
			.watch(Flux.just(Samples.bookmark(10), Samples.added(Samples.configMap("a", 11))).concatWith(Flux.never()));

		followAndLetPass(Duration.ofMinutes(5));

		assertThat(this.server.watches()).hasSize(1);
	}

	@Test
	void newestStateIsListedFirstIfAskedFor() {
		this.server.list(Samples.listed(10));

		this.reflector.with(InformerOptions.defaults().withListFreshness(ListFreshness.NEWEST)).follow();

		assertThat(this.server.listVersions()).containsExactly("");
		assertThat(this.server.lists().get(0).limit()).isEqualTo(500);
	}

	@Test
	void listAndWatchThatThrowAreFailuresLikeOthers() {
		this.server.list((options) -> {
			throw new IllegalStateException("no list");
		}).list(Samples.listed(10)).watch((options) -> {
			throw new IllegalStateException("no watch");
		});

		followAndLetPass(Duration.ofSeconds(3));

		assertThat(failures()).extracting(ReflectorSignal.Failed::verb).containsExactly("list", "watch");
		assertThat(this.server.watches()).hasSize(2);
	}

	@Test
	void listThatAnswersNothingIsAFailure() {
		this.server.list(Mono.empty()).list(Samples.listed(10));

		followAndLetPass(Duration.ofSeconds(1));

		assertThat(failures()).hasSize(1);
		assertThat(replacements()).hasSize(1);
	}

	@Test
	void cancellationCancelsTheRequest() {
		Sinks.Many<WatchEvent<ConfigMap>> watch = Sinks.many().unicast().onBackpressureBuffer();
		this.server.list(Samples.listed(10)).watch(watch.asFlux());
		Disposable subscription = follow();

		subscription.dispose();

		assertThat(watch.currentSubscriberCount()).isZero();
	}

	@Test
	void eachSubscriptionBeginsOnItsOwn() {
		this.server.list(Samples.listed(10)).list(Samples.listed(20));

		follow();
		follow();

		assertThat(this.server.listVersions()).containsExactly("0", "0");
	}

	// what generics forbid, a list-watch of somebody else may do
	@SuppressWarnings({ "unchecked", "rawtypes" })
	private WatchEvent<ConfigMap> otherType() {
		Node node = Node.builder().metadata(ObjectMeta.builder().name("n").resourceVersion("11").build()).build();
		return (WatchEvent) new WatchEvent.Added<>(node);
	}

	private WatchEvent<ConfigMap> unreadable() {
		return WatchEvent.Error.ofUnreadableFrame("no JSON");
	}

	private String skipped() {
		return "unable to decode an event from the watch stream: no JSON";
	}

	private Disposable follow() {
		return this.reflector.follow();
	}

	private void followAndLetPass(Duration duration) {
		follow();
		this.time.advanceTimeBy(duration);
	}

	private List<ReflectorSignal.Failed<ConfigMap>> failures() {
		return this.reflector.failures();
	}

	private List<StoreDelta.Replaced<ConfigMap>> replacements() {
		return this.reflector.replacements();
	}

}
