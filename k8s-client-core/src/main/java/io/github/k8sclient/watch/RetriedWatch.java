package io.github.k8sclient.watch;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.k8sclient.ForbiddenException;
import io.github.k8sclient.GoneException;
import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.UnauthorizedException;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListOptions;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;

import org.springframework.util.StringUtils;

/**
 * The watches of one subscriber of a {@link RetryWatcher}, one after the other. Its state
 * changes on the way of the events only.
 *
 * @param <T> the type of the objects
 */
final class RetriedWatch<T extends KubernetesObject> {

	private static final Log logger = LogFactory.getLog(RetryWatcher.class);

	/** From the start of one watch to that of the next, as in client-go. */
	private static final Duration INTERVAL = Duration.ofSeconds(1);

	/**
	 * As a reflector asks for: up to twice as long, so that watches do not end together.
	 */
	private static final long LENGTH_SECONDS = 300;

	private final Function<ListOptions, Flux<WatchEvent<T>>> watch;

	private final Scheduler timer;

	private volatile String resourceVersion;

	private volatile long started;

	private volatile Duration retryAfter = Duration.ZERO;

	RetriedWatch(String resourceVersion, Function<ListOptions, Flux<WatchEvent<T>>> watch, Scheduler timer) {
		this.resourceVersion = resourceVersion;
		this.watch = watch;
		this.timer = timer;
	}

	Flux<WatchEvent<T>> events() {
		return Flux.defer(this::watch).repeatWhen((ends) -> ends.concatMap((events) -> pause()));
	}

	private Flux<WatchEvent<T>> watch() {
		this.started = now();
		this.retryAfter = Duration.ZERO;
		return this.watch.apply(options())
			.<WatchEvent<T>>handle(this::accept)
			.onErrorResume(RetriedWatch::isPassing, this::passOver);
	}

	// A watch with a known end is known to be dead when it is silent after it
	private ListOptions options() {
		return ListOptions.builder()
			.resourceVersion(this.resourceVersion)
			.allowWatchBookmarks(true)
			.timeoutSeconds(ThreadLocalRandom.current().nextLong(LENGTH_SECONDS, 2 * LENGTH_SECONDS + 1))
			.build();
	}

	private void accept(WatchEvent<T> event, SynchronousSink<WatchEvent<T>> sink) {
		if (event instanceof WatchEvent.Error<T> error) {
			// a frame that cannot be read may be an event that must not be missed
			sink.error(error.unreadableFrame() ? new UnusableEventException(error.exception()) : error.exception());
			return;
		}
		String version = versionOf(event);
		if (!StringUtils.hasLength(version)) {
			sink.error(new UnusableEventException("A watch cannot go on after an event without a resource version"));
			return;
		}
		this.resourceVersion = version;
		if (event.type() != WatchEvent.Type.BOOKMARK) {
			sink.next(event);
		}
	}

	private static @Nullable String versionOf(WatchEvent<? extends KubernetesObject> event) {
		KubernetesObject object = event.object();
		return (event instanceof WatchEvent.Bookmark<?> bookmark) ? bookmark.resourceVersion()
				: (object != null) ? object.metadata().resourceVersion() : null;
	}

	private static boolean isPassing(Throwable failure) {
		return failure instanceof KubernetesException
				&& !(failure instanceof GoneException || failure instanceof UnauthorizedException
						|| failure instanceof ForbiddenException || failure instanceof UnusableEventException);
	}

	private Flux<WatchEvent<T>> passOver(Throwable failure) {
		logger.debug("A watch failed and goes on after version " + this.resourceVersion, failure);
		if (failure instanceof KubernetesApiException refused) {
			this.retryAfter = Objects.requireNonNullElse(refused.retryAfter(), Duration.ZERO);
		}
		return Flux.empty();
	}

	private Mono<Long> pause() {
		Duration remaining = INTERVAL.minusMillis(now() - this.started);
		Duration pause = (remaining.compareTo(this.retryAfter) > 0) ? remaining : this.retryAfter;
		return pause.isNegative() ? Mono.just(0L) : Mono.delay(pause, this.timer);
	}

	private long now() {
		// in milliseconds, a scheduler would give the time of day, which may be set
		return TimeUnit.NANOSECONDS.toMillis(this.timer.now(TimeUnit.NANOSECONDS));
	}

	/**
	 * An event after which it is not known what has happened.
	 */
	private static final class UnusableEventException extends KubernetesException {

		UnusableEventException(String message) {
			super(message);
		}

		UnusableEventException(KubernetesApiException unreadable) {
			super(String.valueOf(unreadable.status().message()), unreadable);
		}

	}

}
