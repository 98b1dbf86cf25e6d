package io.github.k8sclient.rest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.meta.GroupVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the {@link RateLimit} of a client.
 */
class RateLimitTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final List<Long> sentAt = new ArrayList<>();

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	@AfterEach
	void disposeTime() {
		this.time.dispose();
	}

	private Mono<Void> permits(float qps, int burst) {
		return RateLimit.permits(qps, burst, this.time);
	}

	private Disposable request(Mono<Void> permit) {
		return permit.subscribe((ignored) -> {
		}, (ex) -> {
			throw new AssertionError(ex);
		}, () -> this.sentAt.add(this.time.now(TimeUnit.MILLISECONDS)));
	}

	private void requests(Mono<Void> permit, int count) {
		for (int i = 0; i < count; i++) {
			request(permit);
		}
	}

	@Test
	void letsABurstPassAndThenOneRequestPerInterval() {
		requests(permits(4, 3), 6);

		assertThat(this.sentAt).containsExactly(0L, 0L, 0L);
		this.time.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(this.sentAt).containsExactly(0L, 0L, 0L, 250L, 500L, 750L);
	}

	@Test
	void savesUpNoMoreThanABurst() {
		Mono<Void> permit = permits(4, 2);
		this.time.advanceTimeBy(Duration.ofHours(1));

		requests(permit, 3);
		this.time.advanceTimeBy(Duration.ofHours(1));

		assertThat(this.sentAt).containsExactly(3_600_000L, 3_600_000L, 3_600_250L);
	}

	@Test
	void letsRequestsPassInTheirOrder() {
		Mono<Void> permit = permits(1, 1);
		List<String> order = new ArrayList<>();

		Flux.just("a", "b", "c").flatMap((name) -> permit.thenReturn(name)).subscribe(order::add);
		this.time.advanceTimeBy(Duration.ofSeconds(5));

		assertThat(order).containsExactly("a", "b", "c");
	}

	@Test
	void givesThePlaceOfACancelledRequestToTheNext() {
		Mono<Void> permit = permits(1, 1);
		request(permit);
		Disposable first = request(permit);
		Disposable second = request(permit);
		request(permit);

		second.dispose();
		first.dispose();
		this.time.advanceTimeBy(Duration.ofSeconds(10));

		assertThat(this.sentAt).containsExactly(0L, 1000L);
	}

	@Test
	void goesOnWhenAllThatWaitedHaveBeenCancelled() {
		Mono<Void> permit = permits(1, 1);
		request(permit);
		request(permit).dispose();
		this.time.advanceTimeBy(Duration.ofSeconds(10));

		requests(permit, 2);
		this.time.advanceTimeBy(Duration.ofSeconds(10));

		assertThat(this.sentAt).containsExactly(0L, 10_000L, 11_000L);
	}

	@Test
	void servesRequestsThatAreMadeByOthersThatPassed() {
		Mono<Void> permit = permits(1, 2);

		request(permit.then(Mono.defer(() -> permit)).then(Mono.defer(() -> permit)));
		this.time.advanceTimeBy(Duration.ofSeconds(5));

		assertThat(this.sentAt).containsExactly(1000L);
	}

	@Test
	void doesNotLimitUnlessAskedTo() {
		requests(permits(0, 1), 100);
		requests(permits(-1, 1), 100);

		assertThat(this.sentAt).hasSize(200);
	}

	@Test
	void countsRequestsOfAllGroupsTogetherButNoWatches() {
		RESTClient client = limitedClient(2);
		answer("", "", "1", "2", "", "3");

		watch(client);
		watch(client);
		client.get().resource("pods").raw().block(TIMEOUT);
		client.forGroupVersion(new GroupVersion("apps", "v1")).get().resource("deployments").send().block(TIMEOUT);

		StepVerifier.create(client.get().resource("pods").raw())
			.then(() -> assertThat(this.server.server().getRequestCount()).isEqualTo(4))
			.then(() -> watch(client))
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(1)))
			.assertNext((answer) -> assertThat(answer).asString().isEqualTo("3"))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void doesNotCountTheTimeOfWaitingAsTimeOfTheRequest() {
		RESTClient client = limitedClient(1);
		answer("1", "2");

		client.get().absPath("/x").raw().block(TIMEOUT);

		StepVerifier.create(client.get().absPath("/x").timeout(Duration.ofMillis(900)).raw())
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(1)))
			.assertNext((answer) -> assertThat(answer).asString().isEqualTo("2"))
			.expectComplete()
			.verify(TIMEOUT);
	}

	private RESTClient limitedClient(int burst) {
		return this.server.client((configuration) -> configuration.qps(1).burst(burst),
				(builder) -> builder.scheduler(this.time));
	}

	private void watch(RESTClient client) {
		client.get().resource("pods").watch(Pod.class).blockLast(TIMEOUT);
	}

	@Test
	void passesOnCancellationAsCancellation() {
		Mono<Void> permit = permits(1, 1);
		request(permit);

		StepVerifier.create(permit).expectSubscription().thenCancel().verify(TIMEOUT);

		this.time.advanceTimeBy(Duration.ofSeconds(2));
		assertThat(this.sentAt).containsExactly(0L);
	}

	private void answer(String... bodies) {
		for (String body : bodies) {
			this.server.answer(200, body);
		}
	}

}
