package io.github.k8sclient.discovery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Remembers what an API server serves until it is told to ask again. Whoever asks while a
 * request is under way shares its answer.
 * <p>
 * An answer from which something is missing is remembered for half a minute only; a
 * failure is not remembered.
 * <p>
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class DiscoveryCache {

	private static final Duration FOR_EVER = Duration.ofMillis(Long.MAX_VALUE);

	private static final Duration INCOMPLETE = Duration.ofSeconds(30);

	private final DiscoveryClient client;

	private final AtomicReference<@Nullable Mono<ServerResources>> current = new AtomicReference<>();

	private DiscoveryCache(DiscoveryClient client) {
		Assert.notNull(client, "'client' must not be null");
		this.client = client;
	}

	/**
	 * Create a cache.
	 * @param client asks the server
	 * @return a new, empty cache
	 */
	public static DiscoveryCache create(DiscoveryClient client) {
		return new DiscoveryCache(client);
	}

	/**
	 * Return what the server serves, as far as it is known.
	 * @return the remembered answer, or a new one if there is none; fails as
	 * {@link DiscoveryClient#discover()} does
	 */
	public Mono<ServerResources> resources() {
		return Mono.defer(() -> this.current.updateAndGet((known) -> (known != null) ? known : ask()));
	}

	private Mono<ServerResources> ask() {
		return this.client.discover()
			.cache((resources) -> resources.isComplete() ? FOR_EVER : INCOMPLETE, (failure) -> Duration.ZERO,
					() -> Duration.ZERO);
	}

	/**
	 * Return what the server serves now, unless somebody has found out since.
	 * @param outdated an answer that has turned out to be too old
	 * @return another answer
	 */
	Mono<ServerResources> newerThan(ServerResources outdated) {
		return resources().flatMap((known) -> {
			if (known != outdated) {
				return Mono.just(known);
			}
			invalidate();
			return resources();
		});
	}

	/**
	 * Forget the answer, so that the server is asked when the next one wants to know.
	 */
	public void invalidate() {
		this.current.set(null);
	}

	@Override
	public String toString() {
		return "DiscoveryCache[" + this.client + "]";
	}

}
