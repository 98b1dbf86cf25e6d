package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SerialWorker}.
 */
class SerialWorkerTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final Queue<Integer> queue = new ArrayDeque<>();

	private final List<Integer> done = new ArrayList<>();

	@Test
	void worksOffWhatIsThereWhenSignalled() {
		SerialWorker worker = new SerialWorker(VirtualTimeScheduler.create(), this::takeOne);
		fill(1000);

		worker.signal();

		assertThat(this.done).hasSize(1000).isSorted();
	}

	@Test
	void pausedWorkerLeavesTheWorkUntilItIsResumed() {
		SerialWorker worker = new SerialWorker(VirtualTimeScheduler.create(), this::takeOne);
		StepVerifier.create(worker.pause()).expectComplete().verify(LIMIT);
		fill(3);

		worker.signal();
		assertThat(this.done).isEmpty();
		worker.resume();

		assertThat(this.done).hasSize(3);
	}

	@Test
	void pauseInTheMidstOfWorkIsDoneWithThePieceThatRuns() {
		AtomicInteger paused = new AtomicInteger();
		List<SerialWorker> worker = new ArrayList<>();
		worker.add(new SerialWorker(VirtualTimeScheduler.create(), () -> {
			boolean taken = takeOne();
			if (this.done.size() == 2 && paused.get() == 0) {
				worker.get(0).pause().subscribe(null, null, paused::incrementAndGet);
				assertThat(paused).hasValue(0);
			}
			return taken;
		}));
		fill(5);

		worker.get(0).signal();

		assertThat(this.done).hasSize(2);
		assertThat(paused).hasValue(1);
	}

	@Test
	void resumeBeforeThePauseIsDoneEndsTheWait() {
		Scheduler later = VirtualTimeScheduler.create(true);
		SerialWorker worker = new SerialWorker(later, this::takeOne);
		fill(1);
		worker.signal();
		AtomicInteger idle = new AtomicInteger();
		worker.pause().subscribe(null, null, idle::incrementAndGet);

		worker.resume();

		assertThat(idle).hasValue(1);
		((VirtualTimeScheduler) later).advanceTime();
		assertThat(this.done).hasSize(1);
	}

	@Test
	void workThatFoundNoThreadIsDoneWithTheNextSignal() {
		AtomicInteger attempts = new AtomicInteger();
		Scheduler rejectingFirst = Schedulers.fromExecutor((task) -> {
			if (attempts.getAndIncrement() == 0) {
				throw new RejectedExecutionException("full");
			}
			task.run();
		});
		SerialWorker worker = new SerialWorker(rejectingFirst, this::takeOne);
		fill(2);

		worker.signal();
		assertThat(this.done).isEmpty();
		worker.signal();

		assertThat(this.done).hasSize(2);
	}

	@Test
	void signalThatComesWhileTheWorkerFindsNothingIsNotLost() {
		List<SerialWorker> worker = new ArrayList<>();
		AtomicInteger late = new AtomicInteger();
		worker.add(new SerialWorker(VirtualTimeScheduler.create(), () -> {
			boolean taken = takeOne();
			if (!taken && late.getAndIncrement() == 0) {
				fill(1);
				worker.get(0).signal();
			}
			return taken;
		}));

		worker.get(0).signal();

		assertThat(this.done).hasSize(1);
	}

	@Test
	void workerGivesTheThreadBackAfterSomeTimeHoweverFewPiecesItHasDone() {
		StalledScheduler oneThread = new StalledScheduler();
		List<String> order = new ArrayList<>();
		SerialWorker slow = new SerialWorker(oneThread, () -> {
			boolean taken = takeOne();
			if (taken) {
				order.add("slow");
				oneThread.elapse(Duration.ofMillis(60));
			}
			return taken;
		});
		SerialWorker other = new SerialWorker(oneThread, () -> !order.contains("other") && order.add("other"));
		fill(5);

		slow.signal();
		other.signal();
		oneThread.work();

		assertThat(order).containsExactly("slow", "slow", "other", "slow", "slow", "slow");
	}

	@Test
	void signalsFromManyThreadsLoseNoWork() throws Exception {
		Scheduler threads = Schedulers.newBoundedElastic(4, 1000, "serial-worker");
		AtomicInteger open = new AtomicInteger();
		AtomicInteger taken = new AtomicInteger();
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger overlaps = new AtomicInteger();
		SerialWorker worker = new SerialWorker(threads, () -> {
			if (inside.getAndIncrement() != 0) {
				overlaps.incrementAndGet();
			}
			boolean work = open.get() > 0;
			if (work) {
				open.decrementAndGet();
				taken.incrementAndGet();
			}
			inside.decrementAndGet();
			return work;
		});
		List<Thread> signalling = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			Thread thread = new Thread(() -> {
				for (int j = 0; j < 20_000; j++) {
					open.incrementAndGet();
					worker.signal();
				}
			});
			signalling.add(thread);
			thread.start();
		}
		for (Thread thread : signalling) {
			thread.join();
		}

		long end = System.nanoTime() + LIMIT.toNanos();
		while (taken.get() < 80_000 && System.nanoTime() < end) {
			Thread.onSpinWait();
		}
		assertThat(taken).hasValue(80_000);
		assertThat(overlaps).hasValue(0);
		threads.dispose();
	}

	private boolean takeOne() {
		Integer work = this.queue.poll();
		if (work != null) {
			this.done.add(work);
		}
		return work != null;
	}

	private void fill(int count) {
		for (int i = 0; i < count; i++) {
			this.queue.add(i);
		}
	}

}
