package io.github.k8sclient.workqueue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WorkQueue}.
 */
class WorkQueueTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final WorkQueue<String> queue = WorkQueue.<String>builder("test")
		.scheduler(this.time)
		.handlerScheduler(this.time)
		.build();

	private final List<String> begun = new ArrayList<>();

	/** What the handler returned for the keys that are worked on. */
	private final Map<String, Sinks.Empty<Void>> open = new TreeMap<>();

	private final List<String> cancelled = new ArrayList<>();

	private Mono<Void> work(String key) {
		this.begun.add(key);
		Sinks.Empty<Void> end = Sinks.empty();
		this.open.put(key, end);
		return end.asMono().doOnCancel(() -> {
			this.open.remove(key);
			this.cancelled.add(key);
		});
	}

	private void finish(String key) {
		this.open.remove(key).tryEmitEmpty();
	}

	@Test
	void keysAreWorkedOnInTheirOrderEachOnce() {
		List.of("b", "a", "b", "c", "a").forEach(this.queue::add);
		assertThat(this.queue.len()).isEqualTo(3);

		this.queue.process(1, (key) -> Mono.fromRunnable(() -> this.begun.add(key)));

		assertThat(this.begun).containsExactly("b", "a", "c");
		assertThat(this.queue.len()).isZero();
	}

	@Test
	void asManyKeysAreWorkedOnAtATimeAsThereAreWorkers() {
		this.queue.process(2, this::work);

		List.of("a", "b", "c", "d").forEach(this.queue::add);

		assertThat(this.open).containsOnlyKeys("a", "b");
		finish("b");
		assertThat(this.open).containsOnlyKeys("a", "c");
		finish("a");
		assertThat(this.open).containsOnlyKeys("c", "d");
	}

	@Test
	void keyAddedWhileItIsWorkedOnIsWorkedOnAgainAfterwards() {
		this.queue.process(5, this::work);
		this.queue.add("a");

		this.queue.add("a");
		this.queue.add("a");

		assertThat(this.begun).containsExactly("a");
		assertThat(this.queue.len()).isZero();
		finish("a");
		assertThat(this.begun).containsExactly("a", "a");
		finish("a");
		assertThat(this.begun).containsExactly("a", "a");
	}

	@Test
	void keyIsAddedAfterItsDelay() {
		this.queue.process(1, (key) -> Mono.fromRunnable(() -> this.begun.add(key)));

		this.queue.addAfter("later", Duration.ofSeconds(2));
		this.queue.addAfter("now", Duration.ZERO);
		this.queue.addAfter("soon", Duration.ofSeconds(1));

		assertThat(this.begun).containsExactly("now");
		this.time.advanceTimeBy(Duration.ofMillis(999));
		assertThat(this.begun).containsExactly("now");
		this.time.advanceTimeBy(Duration.ofMillis(1));
		assertThat(this.begun).containsExactly("now", "soon");
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.begun).containsExactly("now", "soon", "later");
	}

	@Test
	void ofTwoDelaysTheShorterCounts() {
		this.queue.process(1, (key) -> Mono.fromRunnable(() -> this.begun.add(key)));

		this.queue.addAfter("a", Duration.ofSeconds(10));
		this.queue.addAfter("a", Duration.ofSeconds(1));
		this.queue.addAfter("a", Duration.ofSeconds(5));

		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.begun).containsExactly("a");
		this.time.advanceTimeBy(Duration.ofHours(1));
		assertThat(this.begun).containsExactly("a");
	}

	@Test
	void keyOfAFailureWaitsLongerEachTimeUntilItIsForgotten() {
		List<Long> times = new ArrayList<>();
		this.queue.process(1, (key) -> Mono.fromRunnable(() -> {
			times.add(this.time.now(TimeUnit.MILLISECONDS));
			if (times.size() == 4) {
				this.queue.forget(key);
			}
			if (times.size() < 6) {
				this.queue.addRateLimited(key);
			}
		}));

		this.queue.add("a");
		this.time.advanceTimeBy(Duration.ofMinutes(1));

		assertThat(times).containsExactly(0L, 5L, 15L, 35L, 40L, 50L);
		assertThat(this.queue.numRequeues("a")).isEqualTo(2);
	}

	@Test
	void nothingThatAHandlerThrowsStopsTheWorkers() {
		this.queue.process(1, (key) -> {
			this.begun.add(key);
			switch (key) {
				case "exception" -> throw new IllegalStateException("thrown on purpose");
				case "error" -> throw new StackOverflowError("thrown on purpose");
				case "deep error" -> {
					return Mono.fromRunnable(() -> {
						throw new NoClassDefFoundError("thrown on purpose");
					});
				}
				case "failure" -> {
					return Mono.error(new IllegalStateException("failed on purpose"));
				}
				case "null" -> {
					return null;
				}
				default -> {
					return Mono.empty();
				}
			}
		});

		List.of("exception", "error", "deep error", "failure", "null", "good").forEach(this.queue::add);
		List.of("exception", "error", "deep error", "failure", "null", "good").forEach(this.queue::add);

		assertThat(this.begun).hasSize(12);
		assertThat(this.queue.status().completed()).isEqualTo(12);
	}

	@Test
	void shutDownQueueTakesNoKeysAndWorksOffWhatWaits() {
		this.queue.add("a");
		this.queue.addAfter("delayed", Duration.ofSeconds(1));

		this.queue.shutDown();
		this.queue.add("b");
		this.queue.addAfter("c", Duration.ofSeconds(1));
		this.queue.addRateLimited("d");

		assertThat(this.queue.isShuttingDown()).isTrue();
		this.queue.process(1, (key) -> Mono.fromRunnable(() -> this.begun.add(key)));
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(this.begun).containsExactly("a");
	}

	@Test
	void drainWaitsForWhatIsQueuedAndForWhatIsWorkedOn() {
		this.queue.process(1, this::work);
		this.queue.add("a");
		this.queue.add("b");
		AtomicBoolean drained = new AtomicBoolean();

		this.queue.shutDownWithDrain().subscribe(null, null, () -> drained.set(true));

		finish("a");
		assertThat(drained).isFalse();
		finish("b");
		assertThat(drained).isTrue();
		StepVerifier.create(this.queue.shutDownWithDrain()).expectComplete().verify(LIMIT);
	}

	@Test
	void keyThatIsAddedAgainBeforeTheQueueIsShutDownIsDrainedToo() {
		this.queue.process(1, this::work);
		this.queue.add("a");
		this.queue.add("a");
		AtomicBoolean drained = new AtomicBoolean();

		this.queue.shutDownWithDrain().subscribe(null, null, () -> drained.set(true));

		finish("a");
		assertThat(drained).isFalse();
		finish("a");
		assertThat(drained).isTrue();
	}

	@Test
	void disposedWorkersCancelWhatRunsAndLeaveItsKeysToOthers() {
		WorkQueue.Workers workers = this.queue.process(2, this::work);
		List.of("a", "b", "c").forEach(this.queue::add);

		workers.dispose();

		assertThat(workers.isDisposed()).isTrue();
		assertThat(this.cancelled).containsExactlyInAnyOrder("a", "b");
		assertThat(this.queue.len()).isEqualTo(3);
		this.begun.clear();
		this.queue.process(3, this::work);
		assertThat(this.begun).containsExactlyInAnyOrder("a", "b", "c");
	}

	@Test
	void workersThatEndGracefullyLetWhatRunsGoOn() {
		WorkQueue.Workers workers = this.queue.process(2, this::work);
		List.of("a", "b", "c").forEach(this.queue::add);
		AtomicBoolean ended = new AtomicBoolean();

		workers.disposeGracefully().subscribe(null, null, () -> ended.set(true));

		finish("a");
		assertThat(ended).isFalse();
		finish("b");
		assertThat(ended).isTrue();
		assertThat(this.begun).containsExactly("a", "b");
		assertThat(this.queue.len()).isOne();
	}

	@Test
	void callThatBlocksKeepsItsKeyWhenItsWorkersAreGone() throws InterruptedException {
		Scheduler threads = Schedulers.newBoundedElastic(4, 100, "work-queue-tests");
		WorkQueue<String> blocking = WorkQueue.<String>builder("blocking").handlerScheduler(threads).build();
		CountDownLatch called = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		WorkQueue.Workers first = blocking.process(1, (key) -> Mono.fromRunnable(() -> {
			called.countDown();
			await(end);
		}));
		blocking.add("a");
		await(called);

		first.dispose();
		CountDownLatch others = new CountDownLatch(1);
		CountDownLatch again = new CountDownLatch(1);
		blocking.process(2, (key) -> Mono.fromRunnable(("a".equals(key) ? again : others)::countDown));
		blocking.add("a");
		blocking.add("b");

		await(others);
		assertThat(again.getCount()).isOne();
		end.countDown();
		await(again);
		threads.dispose();
	}

	@Test
	void threadsWorkOnEveryKeyAfterItsLastAddAndNeverOnOneAtTheSameTime() {
		Map<Integer, AtomicInteger> added = new ConcurrentHashMap<>();
		Map<Integer, Integer> seen = new ConcurrentHashMap<>();
		Map<Integer, AtomicInteger> active = new ConcurrentHashMap<>();
		AtomicBoolean parallel = new AtomicBoolean();
		WorkQueue<Integer> numbers = WorkQueue.create("numbers");
		numbers.process(8, (key) -> Mono.fromRunnable(() -> {
			AtomicInteger workers = active.computeIfAbsent(key, (same) -> new AtomicInteger());
			if (workers.incrementAndGet() > 1) {
				parallel.set(true);
			}
			seen.put(key, added.get(key).get());
			workers.decrementAndGet();
		}));

		List<Thread> producers = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			Thread producer = new Thread(() -> {
				for (int n = 0; n < 20_000; n++) {
					int key = n % 17;
					added.computeIfAbsent(key, (same) -> new AtomicInteger()).incrementAndGet();
					numbers.add(key);
				}
			});
			producer.start();
			producers.add(producer);
		}
		producers.forEach(WorkQueueTests::join);
		numbers.shutDownWithDrain().block(LIMIT);

		assertThat(parallel).isFalse();
		added.forEach((key, count) -> assertThat(seen).containsEntry(key, count.get()));
	}

	@Test
	void statusSaysWhatMetricsOfWorkQueuesSay() {
		this.queue.add("a");
		this.queue.add("a");
		this.queue.add("b");
		this.queue.addAfter("c", Duration.ofHours(1));
		this.time.advanceTimeBy(Duration.ofSeconds(3));
		this.queue.process(1, this::work);
		this.time.advanceTimeBy(Duration.ofSeconds(4));

		assertThat(this.queue.status()).isEqualTo(new WorkQueueStatus(1, 2, 1, 1, Duration.ofSeconds(3), 0,
				Duration.ZERO, Duration.ofSeconds(4), Duration.ofSeconds(4)));

		finish("a");
		this.time.advanceTimeBy(Duration.ofSeconds(1));

		assertThat(this.queue.status()).isEqualTo(new WorkQueueStatus(0, 2, 1, 2, Duration.ofSeconds(10), 1,
				Duration.ofSeconds(4), Duration.ofSeconds(1), Duration.ofSeconds(1)));
	}

	@Test
	void keyThatFoundNoThreadIsWorkedOnWithTheNextOne() {
		AtomicBoolean refusing = new AtomicBoolean(true);
		Scheduler threads = Schedulers.fromExecutor((task) -> {
			if (refusing.get()) {
				throw new RejectedExecutionException("full");
			}
			task.run();
		});
		WorkQueue<String> refused = WorkQueue.<String>builder("refused")
			.scheduler(this.time)
			.handlerScheduler(threads)
			.build();
		refused.process(2, (key) -> Mono.fromRunnable(() -> this.begun.add(key)));

		refused.add("a");
		assertThat(refused.len()).isOne();
		refusing.set(false);
		refused.add("b");

		assertThat(this.begun).containsExactly("a", "b");
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private static void join(Thread thread) {
		try {
			thread.join(LIMIT.toMillis());
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
