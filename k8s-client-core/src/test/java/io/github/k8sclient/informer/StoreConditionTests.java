package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.List;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.watch.WatchEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StoreCondition}, {@link SharedInformer#until} and
 * {@link InformerSpec#until}.
 */
class StoreConditionTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final Sinks.Many<WatchEvent<ConfigMap>> events = Sinks.many().unicast().onBackpressureBuffer();

	private final FakeListWatch<ConfigMap> server = new FakeListWatch<>();

	private final SharedInformerFactory factory = SharedInformerFactory.builder(new FakeProvider(this.server))
		.scheduler(this.time)
		.handlerScheduler(this.time)
		.build();

	private final InformerSpec<ConfigMap> maps = this.factory.forResource(ConfigMap.class).inNamespace("default");

	private void emit(WatchEvent<ConfigMap> event) {
		this.events.emitNext(event, Sinks.EmitFailureHandler.FAIL_FAST);
		this.time.advanceTime();
	}

	@Test
	void stateThatIsThereFulfilsTheConditionAtOnce() {
		this.server.list(Samples.listed(5, Samples.configMap("a", 1), Samples.configMap("b", 2)));
		SharedInformer<ConfigMap> informer = this.maps.informer();
		informer.start();
		this.time.advanceTime();

		StepVerifier.create(informer.until((store) -> store.size() == 2))
			.then(this.time::advanceTime)
			.assertNext((store) -> assertThat(store).isSameAs(informer.store()))
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void conditionIsNotAskedBeforeTheObjectsAreKnown() {
		Sinks.One<Boolean> answer = Sinks.one();
		this.server.list((options) -> answer.asMono().then(Samples.listed(5, Samples.configMap("a", 1))));
		SharedInformer<ConfigMap> informer = this.maps.informer();

		StepVerifier.create(informer.until((store) -> store.get("default/b").isEmpty()).map(Store::size))
			.then(informer::start)
			.then(this.time::advanceTime)
			.then(() -> answer.tryEmitValue(true))
			.then(this.time::advanceTime)
			.expectNext(1)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void additionChangeAndDeletionAreLookedAt() {
		this.server.list(Samples.listed(5)).watch(this.events.asFlux());
		SharedInformer<ConfigMap> informer = this.maps.informer();
		informer.start();
		this.time.advanceTime();

		StepVerifier.create(informer.until((store) -> store.get("default/a").isPresent()))
			.then(() -> emit(Samples.added(Samples.configMap("a", 6))))
			.expectNextCount(1)
			.expectComplete()
			.verify(LIMIT);
		StepVerifier
			.create(informer.until((store) -> store.get("default/a")
				.filter((map) -> "7".equals(map.metadata().resourceVersion()))
				.isPresent()))
			.then(() -> emit(Samples.modified(Samples.configMap("a", 7))))
			.expectNextCount(1)
			.expectComplete()
			.verify(LIMIT);
		StepVerifier.create(informer.until((store) -> store.get("default/a").isEmpty()))
			.then(() -> emit(Samples.deleted(Samples.configMap("a", 8))))
			.expectNextCount(1)
			.expectComplete()
			.verify(LIMIT);
		assertThat(informer.handlers()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("io.github.k8sclient.informer.Samples#broken")
	void conditionThatThrowsEndsTheWait(Throwable error) {
		this.server.list(Samples.listed(5));
		SharedInformer<ConfigMap> informer = this.maps.informer();
		informer.start();

		StepVerifier.create(informer.until((store) -> {
			throw Samples.sneaky(error);
		})).then(this.time::advanceTime).expectErrorMatches(error::equals).verify(LIMIT);
		assertThat(informer.handlers()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("io.github.k8sclient.informer.Samples#broken")
	void conditionThatThrowsAtAChangeEndsTheWait(Throwable error) {
		this.server.list(Samples.listed(5)).watch(this.events.asFlux());
		SharedInformer<ConfigMap> informer = this.maps.informer();
		informer.start();

		StepVerifier.create(informer.until((store) -> {
			if (store.size() == 1) {
				throw Samples.sneaky(error);
			}
			return false;
		}))
			.then(this.time::advanceTime)
			.then(() -> emit(Samples.added(Samples.configMap("a", 6))))
			.expectErrorMatches(error::equals)
			.verify(LIMIT);
		assertThat(informer.handlers()).isEmpty();
	}

	@Test
	void ownInformerRunsAsLongAsSomebodyWaits() {
		this.server.list(Samples.listed(5)).watch(this.events.asFlux());
		Mono<Store<ConfigMap>> waiting = this.maps.until((store) -> store.size() == 1);
		this.time.advanceTime();
		assertThat(this.server.lists()).isEmpty();

		StepVerifier.create(waiting.map(Store::list))
			.then(this.time::advanceTime)
			.then(() -> assertThat(this.events.currentSubscriberCount()).isOne())
			.then(() -> emit(Samples.added(Samples.configMap("a", 6))))
			.then(this.time::advanceTime)
			.expectNext(List.of(Samples.configMap("a", 6)))
			.expectComplete()
			.verify(LIMIT);

		assertThat(this.events.currentSubscriberCount()).isZero();
		assertThat(this.factory.informers()).isEmpty();
	}

	@Test
	void ownInformerIsStoppedWhenNobodyWaitsAnyMore() {
		this.server.list(Samples.listed(5)).watch(this.events.asFlux());

		StepVerifier.create(this.maps.until((store) -> false))
			.then(this.time::advanceTime)
			.then(() -> assertThat(this.events.currentSubscriberCount()).isOne())
			.thenCancel()
			.verify(LIMIT);
		this.time.advanceTime();

		assertThat(this.events.currentSubscriberCount()).isZero();
	}

	@Test
	void forgottenHistoryIsMadeUpForByAList() {
		this.server.list(Samples.listed(5))
			.watch(Flux.error(Samples.apiError(410, "Expired")))
			.list(Samples.listed(9, Samples.configMap("a", 8)));

		StepVerifier.create(this.maps.until((store) -> store.size() == 1))
			.then(() -> this.time.advanceTimeBy(Duration.ofMinutes(1)))
			.expectNextCount(1)
			.then(this.time::advanceTime)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void severalNamespacesAreOneStore() {
		this.server.list(Samples.listed(5, Samples.configMap("one", "a", 1, "uid-1")))
			.list(Samples.listed(5, Samples.configMap("two", "b", 2, "uid-2")));

		StepVerifier
			.create(this.factory.forResource(ConfigMap.class)
				.inNamespaces("one", "two")
				.until((store) -> store.size() == 2))
			.then(this.time::advanceTime)
			.expectNextCount(1)
			.then(this.time::advanceTime)
			.expectComplete()
			.verify(LIMIT);
	}

}
