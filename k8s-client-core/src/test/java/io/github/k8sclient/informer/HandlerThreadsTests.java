package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HandlerThreads}.
 */
class HandlerThreadsTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final Scheduler two = Schedulers.newBoundedElastic(2, Integer.MAX_VALUE, "two-threads");

	private final Scheduler threads = HandlerThreads.of(this.two);

	private final CountDownLatch end = new CountDownLatch(1);

	private final List<Object> done = Collections.synchronizedList(new ArrayList<>());

	@AfterEach
	void endAll() {
		this.end.countDown();
		this.two.dispose();
	}

	@Test
	void nothingWaitsForAThreadThatIsStuckWhileAnotherIsFree() {
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch served = new CountDownLatch(10);
		occupy(this.end);
		occupy(release);
		for (int i = 0; i < 10; i++) {
			int number = i;
			this.threads.schedule(() -> {
				this.done.add(number);
				served.countDown();
			});
		}

		release.countDown();

		await(served);
		assertThat(this.done).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
	}

	@Test
	void whatComesWhileTheOnlyFreeThreadEndsItsWorkIsServedToo() {
		occupy(this.end);

		for (int i = 0; i < 20_000; i++) {
			CountDownLatch served = new CountDownLatch(1);
			this.threads.schedule(served::countDown);
			await(served);
		}
	}

	@Test
	void whoeverGoesOnInAStreamFindsTheFreeThread() {
		CountDownLatch release = new CountDownLatch(1);
		occupy(this.end);
		occupy(release);
		List<Mono<Integer>> results = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			Mono<Integer> result = Mono.just(i).publishOn(this.threads).cache();
			result.subscribe();
			results.add(result);
		}

		release.countDown();

		assertThat(results).allSatisfy((result) -> assertThat(result.block(LIMIT)).isNotNull());
	}

	@Test
	void bothThreadsWorkAtOnce() {
		CountDownLatch bothInside = new CountDownLatch(2);
		CountDownLatch bothDone = new CountDownLatch(2);

		for (int i = 0; i < 2; i++) {
			this.threads.schedule(() -> {
				bothInside.countDown();
				await(bothInside);
				bothDone.countDown();
			});
		}

		await(bothDone);
	}

	@Test
	void taskThatIsDisposedOfIsNotDone() {
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch served = new CountDownLatch(1);
		occupy(this.end);
		occupy(release);
		Disposable disposed = this.threads.schedule(() -> this.done.add("disposed"));
		this.threads.schedule(served::countDown);

		disposed.dispose();
		release.countDown();

		await(served);
		assertThat(disposed.isDisposed()).isTrue();
		assertThat(this.done).isEmpty();
	}

	@Test
	void taskThatEndsWithAnErrorKeepsNoThread() {
		occupy(this.end);
		this.threads.schedule(() -> {
			throw new IllegalStateException("broken");
		});
		CountDownLatch served = new CountDownLatch(1);

		this.threads.schedule(served::countDown);

		await(served);
	}

	@Test
	void taskThatFindsNoPlaceIsRejectedAndForgotten() {
		Scheduler small = Schedulers.newBoundedElastic(1, 1, "small");
		Scheduler full = HandlerThreads.of(small);
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch served = new CountDownLatch(1);
		full.schedule(() -> {
			entered.countDown();
			await(release);
		});
		await(entered);
		full.schedule(served::countDown);

		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> full.schedule(() -> this.done.add("rejected")));
		release.countDown();

		await(served);
		assertThat(this.done).isEmpty();
		small.dispose();
	}

	@Test
	void whoHasTheSameThreadsSharesTheQueue() {
		assertThat(HandlerThreads.of(this.two)).isSameAs(this.threads);
		assertThat(HandlerThreads.of(Schedulers.parallel())).isNotSameAs(this.threads);
	}

	@Test
	void threadsOfAllFactoriesAreDaemonsThatMayBlock() {
		CountDownLatch served = new CountDownLatch(1);

		HandlerThreads.shared().schedule(() -> {
			this.done.add(Thread.currentThread().isDaemon());
			this.done.add(Schedulers.isInNonBlockingThread());
			this.done.add(Thread.currentThread().getName().startsWith("k8s-handler-"));
			served.countDown();
		});

		await(served);
		assertThat(this.done).containsExactly(true, false, true);
	}

	private void occupy(CountDownLatch until) {
		CountDownLatch entered = new CountDownLatch(1);
		this.threads.schedule(() -> {
			entered.countDown();
			await(until);
		});
		await(entered);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
