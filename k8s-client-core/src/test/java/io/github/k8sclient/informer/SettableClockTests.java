package io.github.k8sclient.informer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.watch.WatchEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for informers on a machine whose clock is set, in virtual time.
 */
@ExtendWith(CapturedLog.class)
class SettableClockTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final SettableClock clock = new SettableClock(this.time);

	private final FakeListWatch<ConfigMap> server = new FakeListWatch<>();

	private final SharedInformer<ConfigMap> informer = SharedInformerFactory.builder(new FakeProvider(this.server))
		.scheduler(this.clock)
		.handlerScheduler(this.time)
		.build()
		.forResource(ConfigMap.RESOURCE)
		.informer();

	@ParameterizedTest
	@ValueSource(strings = { "PT1H", "PT-1H" })
	void watchIsGivenUpWhenItsTimeHasPassed(String step) {
		FollowedReflector reflector = new FollowedReflector(this.server, this.clock);
		this.server.list(Samples.listed(10))
			.watch(Flux.just(Samples.bookmark(10), Samples.bookmark(11)).concatWith(Flux.never()));
		reflector.follow();

		this.clock.set(Duration.parse(step));
		this.time.advanceTimeBy(Duration.ofSeconds(179));
		assertThat(this.server.watches()).hasSize(1);
		this.time.advanceTimeBy(Duration.ofSeconds(1));

		assertThat(this.server.watches()).hasSize(2);
		reflector.cancel();
	}

	@Test
	void delaysGoOnGrowing() {
		FollowedReflector reflector = new FollowedReflector(this.server, this.clock);
		for (int i = 0; i < 3; i++) {
			this.server.list(Mono.error(Samples.apiError(500, "InternalError")));
		}
		reflector.follow();

		this.clock.set(Duration.ofHours(1));
		this.time.advanceTimeBy(Duration.ofMillis(800 + 1600));

		assertThat(reflector.failures()).extracting(ReflectorSignal.Failed::delay)
			.containsExactly(Duration.ofMillis(800), Duration.ofMillis(1600), Duration.ofMillis(3200));
		reflector.cancel();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT1H", "PT-1H" })
	void ownWriteIsForgottenAfterItsTime(String step) {
		this.server.list(Samples.listed(10));
		start();
		MutationCache<ConfigMap> cache = this.informer.mutationCache(Duration.ofMinutes(1), 10);
		cache.updated(Samples.configMap("a", 12));

		this.clock.set(Duration.parse(step));
		this.time.advanceTimeBy(Duration.ofSeconds(59));
		assertThat(cache.pending()).isEqualTo(1);
		this.time.advanceTimeBy(Duration.ofSeconds(1));

		assertThat(cache.pending()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT1H", "PT-1H" })
	void silenceIsToldAfterItsTime(String step) {
		List<InformerState> states = new ArrayList<>();
		this.informer.addStatusListener((informer, before, after) -> states.add(after.state()));
		Sinks.Many<WatchEvent<ConfigMap>> watch = Sinks.many().unicast().onBackpressureBuffer();
		this.server.list(Samples.listed(10)).watch(watch.asFlux());
		start();
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		watch.tryEmitNext(Samples.added(Samples.configMap("a", 11)));
		this.time.advanceTime();

		this.clock.set(Duration.parse(step));
		this.time.advanceTimeBy(Duration.ofMinutes(11).minusMillis(1));
		assertThat(states).doesNotContain(InformerState.STALE);
		this.time.advanceTimeBy(Duration.ofMillis(1));

		assertThat(states).endsWith(InformerState.STALE);
	}

	@Test
	void timesOfTheStatusAreThoseOfTheDay() {
		this.server.list(Samples.listed(10));
		this.clock.set(Duration.ofHours(1));

		start();

		assertThat(this.informer.status().since()).isEqualTo(Instant.EPOCH.plus(Duration.ofHours(1)));
		assertThat(this.informer.status().lastActivity()).isEqualTo(Instant.EPOCH.plus(Duration.ofHours(1)));
	}

	private void start() {
		this.informer.start();
		this.time.advanceTime();
	}

}
