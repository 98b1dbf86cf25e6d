package io.github.k8sclient.informer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HandlerThreads}.
 */
class HandlerThreadsTests {

	private final Scheduler threads = HandlerThreads.create();

	private final List<Object> seen = Collections.synchronizedList(new ArrayList<>());

	@AfterEach
	void end() {
		this.threads.dispose();
	}

	@Test
	void threadsAreDaemonsThatMayBlock() {
		CountDownLatch served = new CountDownLatch(1);

		this.threads.schedule(() -> {
			this.seen.add(Thread.currentThread().isDaemon());
			this.seen.add(Schedulers.isInNonBlockingThread());
			this.seen.add(Thread.currentThread().getName().startsWith("k8s-handler-"));
			served.countDown();
		});

		await(served);
		assertThat(this.seen).containsExactly(true, false, true);
	}

	@Test
	void nothingWaitsWhileAThreadIsFree() {
		int count = Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE;
		CountDownLatch stuck = new CountDownLatch(1);
		CountDownLatch allButOne = new CountDownLatch(count - 1);
		for (int i = 0; i < count - 1; i++) {
			this.threads.schedule(() -> {
				allButOne.countDown();
				await(stuck);
			});
		}
		await(allButOne);
		CountDownLatch served = new CountDownLatch(1000);

		for (int i = 0; i < 1000; i++) {
			this.threads.schedule(served::countDown);
		}

		await(served);
		stuck.countDown();
	}

	@Test
	void tasksOneAfterTheOtherNeedFewThreads() {
		for (int i = 0; i < 200; i++) {
			CountDownLatch served = new CountDownLatch(1);
			this.threads.schedule(() -> {
				this.seen.add(Thread.currentThread());
				served.countDown();
			});
			await(served);
		}

		assertThat(Set.copyOf(this.seen)).hasSizeLessThan(Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE);
	}

	@Test
	void nothingIsTakenOnAfterTheEnd() {
		this.threads.dispose();

		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> this.threads.schedule(() -> this.seen.add("late")));
	}

	@Test
	void taskThatEndsWithAnErrorTakesNothingWithIt() {
		CountDownLatch served = new CountDownLatch(1);

		this.threads.schedule(() -> {
			throw new IllegalStateException("broken");
		});
		this.threads.schedule(served::countDown);

		await(served);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
