package io.github.k8sclient.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.k8sclient.ConflictException;
import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.meta.Status;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KubernetesRetry}.
 */
class KubernetesRetryTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final AtomicInteger attempts = new AtomicInteger();

	@Test
	void repeatsTheWholeOperationUntilThereIsNoConflict() {
		StepVerifier.withVirtualTime(() -> KubernetesRetry.onConflict(() -> failingTimes(2, 409)))
			.thenAwait(Duration.ofMillis(30))
			.expectNext("done 3")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void givesUpAfterFiveAttemptsWithTheLastConflict() {
		StepVerifier.withVirtualTime(() -> KubernetesRetry.onConflict(() -> failingTimes(100, 409)))
			.thenAwait(Duration.ofMillis(50))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(ConflictException.class).hasMessage("5 (409)"))
			.verify(TIMEOUT);
		assertThat(this.attempts).hasValue(5);
	}

	@Test
	void waitsLongerAndLongerForBusyObjects() {
		StepVerifier.withVirtualTime(() -> KubernetesRetry.onConflictWithBackoff(() -> failingTimes(100, 409)))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(270))
			.thenAwait(Duration.ofMillis(100))
			.expectError(ConflictException.class)
			.verify(TIMEOUT);
		assertThat(this.attempts).hasValue(4);
	}

	@Test
	void doesNotRepeatOtherFailures() {
		StepVerifier.create(KubernetesRetry.onConflict(() -> failingTimes(100, 404)))
			.expectError(NotFoundException.class)
			.verify(TIMEOUT);
		assertThat(this.attempts).hasValue(1);
	}

	private Mono<String> failingTimes(int failures, int code) {
		int attempt = this.attempts.incrementAndGet();
		return (attempt <= failures)
				? Mono.error(KubernetesApiException.of(Status.builder().code(code).message("" + attempt).build()))
				: Mono.just("done " + attempt);
	}

}
