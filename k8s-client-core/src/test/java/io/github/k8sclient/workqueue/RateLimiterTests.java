package io.github.k8sclient.workqueue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RateLimiter}.
 */
class RateLimiterTests {

	private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();

	@Test
	void exponentialLimiterDoublesTheDelayOfEachKeyUpToTheMaximum() {
		RateLimiter<String> limiter = RateLimiter.exponential(Duration.ofMillis(1), Duration.ofMillis(5));

		assertThat(delays(limiter, "a", 5)).containsExactly(1L, 2L, 4L, 5L, 5L);
		assertThat(delays(limiter, "b", 2)).containsExactly(1L, 2L);
		assertThat(limiter.numRequeues("a")).isEqualTo(5);
		assertThat(limiter.numRequeues("b")).isEqualTo(2);
		assertThat(limiter.numRequeues("c")).isZero();
	}

	@Test
	void exponentialLimiterStandsManyFailures() {
		RateLimiter<String> limiter = RateLimiter.exponential(Duration.ofMillis(5), Duration.ofSeconds(1000));

		assertThat(delays(limiter, "a", 2000)).endsWith(1_000_000L).isSorted();
	}

	@Test
	void forgottenKeyBeginsAnew() {
		RateLimiter<String> limiter = RateLimiter.exponential(Duration.ofMillis(1), Duration.ofSeconds(1));
		delays(limiter, "a", 4);

		limiter.forget("a");

		assertThat(limiter.numRequeues("a")).isZero();
		assertThat(limiter.when("a")).hasMillis(1);
	}

	@Test
	void fastSlowLimiterIsFastAtFirst() {
		RateLimiter<String> limiter = RateLimiter.fastSlow(Duration.ofMillis(5), Duration.ofSeconds(10), 3);

		assertThat(delays(limiter, "a", 5)).containsExactly(5L, 5L, 5L, 10_000L, 10_000L);
	}

	@Test
	void bucketLetsABurstThroughAndThenKeepsItsRate() {
		RateLimiter<Integer> limiter = RateLimiter.bucket(10, 3, this.clock);

		assertThat(IntStream.range(0, 5).mapToObj((key) -> limiter.when(key).toMillis())).containsExactly(0L, 0L, 0L,
				100L, 200L);
		this.clock.advanceTimeBy(Duration.ofMillis(300));
		assertThat(limiter.when(5)).isZero();
		assertThat(limiter.when(6)).hasMillis(100);
		this.clock.advanceTimeBy(Duration.ofDays(1));
		assertThat(delays(limiter, 7, 4)).containsExactly(0L, 0L, 0L, 100L);
	}

	@Test
	void defaultsAreTheWorstOfDelayAndBucket() {
		RateLimiter<Integer> limiter = RateLimiter.defaults(this.clock);

		List<Long> ofOneKey = delays(limiter, 0, 5);
		assertThat(ofOneKey).containsExactly(5L, 10L, 20L, 40L, 80L);
		IntStream.rangeClosed(1, 95).forEach(limiter::when);
		assertThat(limiter.when(1000)).hasMillis(100);
		assertThat(limiter.numRequeues(0)).isEqualTo(5);
		limiter.forget(0);
		assertThat(limiter.numRequeues(0)).isZero();
	}

	@Test
	void limitsThatMakeNoSenseAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RateLimiter.exponential(Duration.ZERO, Duration.ofSeconds(1)))
			.withMessage("'base' must be positive");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RateLimiter.exponential(Duration.ofSeconds(2), Duration.ofSeconds(1)))
			.withMessage("'max' must not be less than 'base'");
		assertThatIllegalArgumentException().isThrownBy(() -> RateLimiter.bucket(0, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> RateLimiter.bucket(1, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> RateLimiter.maxOf(List.of()));
	}

	private static <K> List<Long> delays(RateLimiter<K> limiter, K key, int count) {
		return IntStream.range(0, count).mapToObj((i) -> limiter.when(key).toMillis()).toList();
	}

}
