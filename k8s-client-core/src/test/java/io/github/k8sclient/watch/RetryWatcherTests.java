package io.github.k8sclient.watch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;

import io.github.k8sclient.ForbiddenException;
import io.github.k8sclient.GoneException;
import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.UnauthorizedException;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RetryWatcher}.
 */
class RetryWatcherTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final Queue<Flux<WatchEvent<ConfigMap>>> script = new ArrayDeque<>();

	private final List<ListOptions> requests = new ArrayList<>();

	private final RetryWatcher<ConfigMap> watcher = new RetryWatcher<>("5", this::watch, this.time);

	private Flux<WatchEvent<ConfigMap>> watch(ListOptions options) {
		this.requests.add(options);
		Flux<WatchEvent<ConfigMap>> next = this.script.poll();
		return (next != null) ? next : Flux.never();
	}

	private static ConfigMap map(String name, String version) {
		return ConfigMap.builder().metadata((meta) -> meta.name(name).resourceVersion(version)).build();
	}

	private static WatchEvent<ConfigMap> added(String name, String version) {
		return new WatchEvent.Added<>(map(name, version));
	}

	private static WatchEvent<ConfigMap> deleted(String name, String version) {
		return new WatchEvent.Deleted<>(map(name, version));
	}

	private static WatchEvent<ConfigMap> bookmark(String version) {
		return new WatchEvent.Bookmark<>(version, Map.of());
	}

	private static Status status(int code, String reason, int retryAfter) {
		return Status.builder()
			.status("Failure")
			.code(code)
			.reason(reason)
			.message("no")
			.details((details) -> details.retryAfterSeconds(retryAfter))
			.build();
	}

	private static KubernetesApiException failure(int code, String reason) {
		return KubernetesApiException.of(status(code, reason, 0));
	}

	private List<String> versions() {
		return this.requests.stream().map(ListOptions::resourceVersion).map(String::valueOf).toList();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "0" })
	void versionMustBeThatOfAState(String version) {
		assertThatIllegalArgumentException().isThrownBy(() -> RetryWatcher.startingAfter(version, this::watch));
	}

	@Test
	void goesOnAfterTheLastEventWhenAWatchEnds() {
		this.script.add(Flux.just(added("a", "6"), added("b", "8")));
		this.script.add(Flux.just(deleted("a", "9")));

		StepVerifier.create(this.watcher.events())
			.expectNext(added("a", "6"), added("b", "8"))
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(1)))
			.expectNext(deleted("a", "9"))
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(1)))
			.thenCancel()
			.verify(LIMIT);

		assertThat(versions()).containsExactly("5", "8", "9");
		assertThat(this.requests).allSatisfy((options) -> assertThat(options.allowWatchBookmarks()).isTrue());
	}

	@Test
	void watchesLastFiveToTenMinutesSoThatDeadOnesAreFound() {
		this.script.add(Flux.just(added("a", "6")));

		StepVerifier.create(this.watcher.events()).expectNext(added("a", "6")).thenCancel().verify(LIMIT);

		assertThat(this.requests).singleElement()
			.satisfies((options) -> assertThat(options.timeoutSeconds()).isBetween(300L, 600L));
	}

	@Test
	void bookmarksMoveTheVersionAndAreNotShown() {
		this.script.add(Flux.just(bookmark("5"), added("a", "6"), bookmark("70")));

		StepVerifier.create(this.watcher.events())
			.expectNext(added("a", "6"))
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(1)))
			.thenCancel()
			.verify(LIMIT);

		assertThat(versions()).containsExactly("5", "70");
	}

	@Test
	void watchThatLastedForAWhileIsFollowedAtOnce() {
		this.script.add(Mono.delay(Duration.ofMinutes(7), this.time).flatMapMany((tick) -> Flux.empty()));

		StepVerifier.create(this.watcher.events())
			.then(() -> this.time.advanceTimeBy(Duration.ofMinutes(7)))
			.thenCancel()
			.verify(LIMIT);

		assertThat(versions()).containsExactly("5", "5");
	}

	@Test
	void watchThatEndsAtOnceIsFollowedASecondAfterItsStart() {
		this.script.add(Flux.empty());

		StepVerifier.create(this.watcher.events())
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(999)))
			.then(() -> assertThat(this.requests).hasSize(1))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(1)))
			.then(() -> assertThat(this.requests).hasSize(2))
			.thenCancel()
			.verify(LIMIT);
	}

	@Test
	void brokenConnectionsAndRefusalsArePassedOver() {
		this.script.add(Flux.error(new KubernetesException("connection reset")));
		this.script.add(Flux.error(failure(500, "InternalError")));
		this.script.add(Flux.error(failure(404, "NotFound")));
		this.script.add(Flux.just(new WatchEvent.Error<>(status(504, "Timeout", 0))));
		this.script.add(Flux.just(added("a", "6")));

		StepVerifier.create(this.watcher.events())
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(4)))
			.expectNext(added("a", "6"))
			.thenCancel()
			.verify(LIMIT);

		assertThat(versions()).hasSize(5).containsOnly("5");
	}

	@Test
	void serverIsLeftAloneForAsLongAsItWants() {
		this.script.add(Flux.just(new WatchEvent.Error<>(status(500, "InternalError", 7))));

		StepVerifier.create(this.watcher.events())
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(6999)))
			.then(() -> assertThat(this.requests).hasSize(1))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(1)))
			.then(() -> assertThat(this.requests).hasSize(2))
			.thenCancel()
			.verify(LIMIT);
	}

	@Test
	void forgottenHistoryIsAnErrorInsideAndOutsideOfTheStream() {
		this.script.add(Flux.just(added("a", "6"), new WatchEvent.Error<>(status(410, "Expired", 0))));

		StepVerifier.create(this.watcher.events())
			.expectNext(added("a", "6"))
			.expectError(GoneException.class)
			.verify(LIMIT);

		this.script.add(Flux.error(failure(410, "Gone")));

		StepVerifier.create(this.watcher.events()).expectError(GoneException.class).verify(LIMIT);
		assertThat(versions()).containsExactly("5", "5");
	}

	@Test
	void missingRightsAreAnError() {
		this.script.add(Flux.error(failure(401, "Unauthorized")));
		this.script.add(Flux.error(failure(403, "Forbidden")));

		StepVerifier.create(this.watcher.events()).expectError(UnauthorizedException.class).verify(LIMIT);
		StepVerifier.create(this.watcher.events()).expectError(ForbiddenException.class).verify(LIMIT);
	}

	@Test
	void eventThatCannotBeReadIsAnErrorAndNotMissedInSilence() {
		this.script.add(Flux.just(WatchEvent.Error.ofUnreadableFrame("what is this"), added("a", "6")));
		this.script.add(Flux.just(new WatchEvent.Added<>(ConfigMap.builder().build())));

		StepVerifier.create(this.watcher.events())
			.expectErrorMessage("unable to decode an event from the watch stream: what is this")
			.verify(LIMIT);
		StepVerifier.create(this.watcher.events())
			.expectErrorMessage("A watch cannot go on after an event without a resource version")
			.verify(LIMIT);
	}

	@Test
	void failureOfTheProgramIsNotRetried() {
		this.script.add(Flux.error(new IllegalStateException("mine")));

		StepVerifier.create(this.watcher.events()).expectErrorMessage("mine").verify(LIMIT);
	}

	@Test
	void eachSubscriberBeginsAnew() {
		this.script.add(Flux.just(added("a", "6")));
		this.script.add(Flux.just(added("a", "6")));

		StepVerifier.create(this.watcher.events().take(1)).expectNextCount(1).expectComplete().verify(LIMIT);
		StepVerifier.create(this.watcher.events().take(1)).expectNextCount(1).expectComplete().verify(LIMIT);

		assertThat(versions()).containsExactly("5", "5");
	}

	@Test
	void waitsForAnEvent() {
		this.script.add(Flux.just(added("a", "6"), added("b", "7")));

		StepVerifier.create(this.watcher.until((event) -> event.equals(added("b", "7"))))
			.expectNext(added("b", "7"))
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void waitsForConditionsOneAfterTheOther() {
		this.script.add(Flux.just(deleted("a", "6"), added("a", "7"), added("b", "8")));
		this.script.add(Flux.just(deleted("b", "9"), deleted("a", "10"), added("c", "11")));

		List<Predicate<WatchEvent<ConfigMap>>> conditions = List.of((event) -> event.type() == WatchEvent.Type.ADDED,
				(event) -> event.object() != null, (event) -> event.equals(deleted("a", "10")));
		StepVerifier.create(this.watcher.untilEach(conditions))
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(1)))
			.expectNext(deleted("a", "10"))
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void conditionThatThrowsEndsTheWait() {
		this.script.add(Flux.just(added("a", "6")));

		StepVerifier.create(this.watcher.until((event) -> {
			throw new IllegalStateException("bad state");
		})).expectErrorMessage("bad state").verify(LIMIT);
	}

	@Test
	void waitNeedsACondition() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.watcher.untilEach(List.of()));
	}

}
