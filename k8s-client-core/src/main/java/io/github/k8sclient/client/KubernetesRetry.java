package io.github.k8sclient.client;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.k8sclient.ConflictException;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

import org.springframework.util.Assert;

/**
 * Repeats a read-change-update when somebody else has updated the object in between.
 *
 * <pre class="code">
 * KubernetesRetry.onConflict(() -&gt; pods.get("web-0").map(this::change).flatMap(pods::update));
 * </pre>
 * <p>
 * The operation must read the object anew each time: an update of what was read before
 * would conflict again. Only a {@link ConflictException} leads to another attempt; after
 * the last one it is passed on.
 *
 * @since 0.1.0
 */
public final class KubernetesRetry {

	private static final Duration FIRST_DELAY = Duration.ofMillis(10);

	private static final double JITTER = 0.1;

	private KubernetesRetry() {
	}

	/**
	 * Repeat an operation on a conflict with other clients that change the same object,
	 * as client-go's {@code retry.DefaultRetry}: 5 attempts, about 10 ms between them.
	 * @param operation makes the operation, which reads the object and updates it; called
	 * for each attempt
	 * @param <T> the type of the result
	 * @return the result of the first attempt that meets no conflict
	 */
	public static <T> Mono<T> onConflict(Supplier<? extends Mono<T>> operation) {
		return onConflict(conflicts(4, 1), operation);
	}

	/**
	 * Repeat an operation on a conflict with controllers that change the same object all
	 * the time, as client-go's {@code retry.DefaultBackoff}: 4 attempts, about 10, 50 and
	 * 250 ms between them.
	 * @param operation makes the operation, which reads the object and updates it; called
	 * for each attempt
	 * @param <T> the type of the result
	 * @return the result of the first attempt that meets no conflict
	 */
	public static <T> Mono<T> onConflictWithBackoff(Supplier<? extends Mono<T>> operation) {
		return onConflict(conflicts(3, 5), operation);
	}

	private static <T> Mono<T> onConflict(Retry retry, Supplier<? extends Mono<T>> operation) {
		Assert.notNull(operation, "'operation' must not be null");
		return Mono.defer(operation).retryWhen(retry);
	}

	private static RetryBackoffSpec conflicts(int retries, double factor) {
		return Retry.backoff(retries, FIRST_DELAY)
			.multiplier(factor)
			.jitter(JITTER)
			.filter(ConflictException.class::isInstance)
			.onRetryExhaustedThrow((spec, signal) -> signal.failure());
	}

}
