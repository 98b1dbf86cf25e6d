package io.github.k8sclient.controller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.informer.InformersNotSyncedException;
import io.github.k8sclient.informer.ObjectKey;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.workqueue.RateLimiter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Controller}.
 */
class ControllerTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final FakeCluster cluster = new FakeCluster();

	private final SharedInformerFactory factory = SharedInformerFactory.builder(this.cluster)
		.scheduler(this.time)
		.handlerScheduler(this.time)
		.build();

	private final SharedInformer<ConfigMap> informer = this.factory.forResource(ConfigMap.class).informer();

	/** Such as {@code a=1} and {@code a gone}. */
	private final List<String> calls = new ArrayList<>();

	private Mono<Result> record(ObjectKey key, @Nullable ConfigMap map) {
		this.calls.add(key.name() + ((map != null) ? "=" + map.data().get("value") : " gone"));
		return Mono.empty();
	}

	private Controller.Builder controller(Reconciler<ConfigMap> reconciler) {
		return Controller.builder(this.informer, reconciler).scheduler(this.time).handlerScheduler(this.time);
	}

	@Test
	void reconcilesWhatThereIsAndWhatChanges() {
		this.cluster.put("a", "1");
		this.cluster.put("b", "1");
		Controller controller = controller(this::record).build();
		controller.run().subscribe();
		assertThat(this.calls).isEmpty();

		this.factory.start();
		assertThat(this.calls).containsExactlyInAnyOrder("a=1", "b=1");
		this.calls.clear();
		this.cluster.put("c", "1");
		this.cluster.put("a", "2");
		this.cluster.delete("b");

		assertThat(this.calls).containsExactly("c=1", "a=2", "b gone");
		assertThat(controller.name()).isEqualTo("configmaps in all namespaces");
	}

	@Test
	void waitsForTheCachesOfAllInformers() {
		this.cluster.put("a", "1");
		FakeCluster slow = new FakeCluster();
		SharedInformerFactory slowFactory = SharedInformerFactory.builder(slow)
			.scheduler(this.time)
			.handlerScheduler(this.time)
			.build();
		SharedInformer<ConfigMap> others = slowFactory.forResource(ConfigMap.class).informer();
		controller(this::record).watch(others, (other) -> List.of(new ObjectKey("default", "a")))
			.build()
			.run()
			.subscribe();

		this.factory.start();
		assertThat(this.calls).isEmpty();
		slowFactory.start();
		assertThat(this.calls).containsExactly("a=1");

		slow.put("any", "1");
		assertThat(this.calls).containsExactly("a=1", "a=1");
	}

	@Test
	void changeOfAnotherObjectReconcilesWhatItBelongedToAndWhatItBelongsTo() {
		FakeCluster others = new FakeCluster();
		SharedInformerFactory otherFactory = SharedInformerFactory.builder(others)
			.scheduler(this.time)
			.handlerScheduler(this.time)
			.build();
		others.put("other", "x");
		controller(this::record)
			.watch(otherFactory.forResource(ConfigMap.class).informer(),
					(other) -> List.of(new ObjectKey("default", other.data().get("value"))))
			.build()
			.run()
			.subscribe();
		this.factory.start();
		otherFactory.start();
		this.calls.clear();

		others.put("other", "y");

		assertThat(this.calls).containsExactly("x gone", "y gone");
	}

	@Test
	void failedKeyIsTriedAgainLaterEachTime() {
		List<Long> times = new ArrayList<>();
		Controller controller = controller((key, map) -> {
			times.add(this.time.now(TimeUnit.MILLISECONDS));
			return (times.size() < 4) ? Mono.error(new IllegalStateException("failed on purpose")) : Mono.empty();
		}).build();
		controller.run().subscribe();
		this.factory.start();

		this.cluster.put("a", "1");
		assertThat(controller.queue().numRequeues(new ObjectKey("default", "a"))).isOne();
		this.time.advanceTimeBy(Duration.ofMinutes(1));

		assertThat(times).containsExactly(0L, 5L, 15L, 35L);
		assertThat(controller.queue().numRequeues(new ObjectKey("default", "a"))).isZero();
	}

	@Test
	void exceptionsAndErrorsOfTheJvmAreFailuresLikeOthers() {
		List<Throwable> failures = List.of(new IllegalStateException("thrown on purpose"),
				new StackOverflowError("thrown on purpose"), new NoClassDefFoundError("thrown on purpose"));
		controller((key, map) -> {
			record(key, map);
			if (this.calls.size() <= failures.size()) {
				sneak(failures.get(this.calls.size() - 1));
			}
			return Mono.empty();
		}).build().run().subscribe();
		this.factory.start();

		this.cluster.put("a", "1");
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		this.cluster.put("b", "1");

		assertThat(this.calls).containsExactly("a=1", "a=1", "a=1", "a=1", "b=1");
	}

	@SuppressWarnings("unchecked")
	private static <E extends Throwable> void sneak(Throwable failure) throws E {
		throw (E) failure;
	}

	@Test
	void keyIsGivenUpAfterItsRetriesAndTriedAgainWhenItsObjectChanges() {
		List<String> givenUp = new ArrayList<>();
		controller((key, map) -> {
			record(key, map);
			return Mono.error(new IllegalStateException("failed on purpose"));
		}).maxRetries(5)
			.onGivenUp((key, failure) -> givenUp.add(key + ": " + failure.getMessage()))
			.build()
			.run()
			.subscribe();
		this.factory.start();

		this.cluster.put("a", "1");
		this.time.advanceTimeBy(Duration.ofHours(1));
		assertThat(this.calls).hasSize(6);
		assertThat(givenUp).containsExactly("default/a: failed on purpose");

		this.cluster.put("a", "2");
		this.time.advanceTimeBy(Duration.ofHours(1));
		assertThat(this.calls).hasSize(12);
		assertThat(givenUp).hasSize(2);
	}

	@Test
	void resultMayAskForAnotherCall() {
		controller((key, map) -> {
			record(key, map);
			return Mono.just((this.calls.size() < 3) ? Result.requeueAfter(Duration.ofSeconds(10)) : Result.done());
		}).build().run().subscribe();
		this.factory.start();

		this.cluster.put("a", "1");

		this.time.advanceTimeBy(Duration.ofMillis(9_999));
		assertThat(this.calls).hasSize(1);
		this.time.advanceTimeBy(Duration.ofMillis(1));
		assertThat(this.calls).hasSize(2);
		this.time.advanceTimeBy(Duration.ofHours(1));
		assertThat(this.calls).hasSize(3);
	}

	@Test
	void stopLetsWhatRunsComeToItsEnd() {
		Sinks.One<Result> end = Sinks.one();
		Controller controller = controller((key, map) -> {
			record(key, map);
			return end.asMono();
		}).build();
		AtomicBoolean completed = new AtomicBoolean();
		AtomicBoolean stopped = new AtomicBoolean();
		controller.run().subscribe(null, null, () -> completed.set(true));
		this.factory.start();
		this.cluster.put("a", "1");
		this.cluster.put("b", "1");

		controller.stop().subscribe(null, null, () -> stopped.set(true));

		assertThat(stopped).isFalse();
		assertThat(controller.isRunning()).isTrue();
		end.tryEmitEmpty();
		assertThat(stopped).isTrue();
		assertThat(completed).isTrue();
		assertThat(controller.isRunning()).isFalse();
		assertThat(this.calls).containsExactly("a=1");
		assertThat(this.informer.handlers()).isEmpty();
	}

	@Test
	void stopBeforeTheCacheIsThereReconcilesNothing() {
		this.cluster.put("a", "1");
		Controller controller = controller(this::record).build();
		controller.run().subscribe();

		StepVerifier.create(controller.stop()).expectComplete().verify(LIMIT);
		this.factory.start();

		assertThat(this.calls).isEmpty();
		StepVerifier.create(controller.stop()).expectComplete().verify(LIMIT);
	}

	@Test
	void cancelledRunCancelsWhatRunsAndTheNextOneDoesItAgain() {
		AtomicBoolean cancelled = new AtomicBoolean();
		Controller controller = controller((key, map) -> {
			record(key, map);
			return (this.calls.size() == 1) ? Mono.<Result>never().doOnCancel(() -> cancelled.set(true)) : Mono.empty();
		}).build();
		Disposable run = controller.run().subscribe();
		this.factory.start();
		this.cluster.put("a", "1");

		run.dispose();

		assertThat(cancelled).isTrue();
		assertThat(controller.isRunning()).isFalse();
		this.cluster.delete("a");
		assertThat(this.calls).containsExactly("a=1");
		controller.run().subscribe();
		assertThat(this.calls).containsExactly("a=1", "a gone");
	}

	@Test
	void runFailsWhileAnotherRuns() {
		Controller controller = controller(this::record).name("maps").build();
		controller.run().subscribe();

		StepVerifier.create(controller.run()).expectErrorMessage("The controller of maps runs already").verify(LIMIT);

		assertThat(controller.isRunning()).isTrue();
	}

	@Test
	void runFailsIfTheInformerIsStoppedBeforeItsFirstView() {
		Controller controller = controller(this::record).rateLimiter(RateLimiter.defaults(this.time))
			.workers(3)
			.build();

		StepVerifier.create(controller.run()).then(() -> {
			this.cluster.silent = true;
			this.factory.start();
			this.informer.stop().subscribe();
		}).expectError(InformersNotSyncedException.class).verify(LIMIT);

		assertThat(controller.isRunning()).isFalse();
	}

}
