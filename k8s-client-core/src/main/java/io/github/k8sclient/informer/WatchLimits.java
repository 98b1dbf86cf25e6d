package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Says when a watch that still seems to be open is given up: a connection may be dead
 * without anybody telling.
 *
 * @param frames how the watch fares
 * @param start when it began, by {@link MonotonicTime}
 * @param timeout how long it may last, by what was agreed with the server
 * @param bookmarks whether the server is known to send bookmarks
 * @param timer measures the time
 */
record WatchLimits(WatchFrames<?> frames, long start, Duration timeout, boolean bookmarks, Scheduler timer) {

	/**
	 * How much longer than agreed a watch may last.
	 */
	static final Duration GRACE = Duration.ofSeconds(10);

	/**
	 * How long a server may be silent that sends bookmarks, which API servers do every
	 * minute.
	 */
	static final Duration BOOKMARKS_MISSING = Duration.ofMinutes(3);

	/**
	 * How long a server may be silent before it has told the end of the objects that it
	 * streams. API servers tell it right after the last object, but may first have to
	 * wait 3 seconds for their cache.
	 */
	static final Duration END_MISSING = Duration.ofSeconds(5);

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	/**
	 * Watch over the watch.
	 * @return fails when a limit is exceeded, with a failure of the connection
	 */
	Mono<Void> exceeded() {
		return Mono.defer(this::check).repeat().then();
	}

	private Mono<Long> check() {
		Limit total = new Limit("The watch did not end when it should", this.start, this.timeout.plus(GRACE));
		Limit silence = silence();
		long now = MonotonicTime.millis(this.timer);
		Limit next = (silence != null && silence.left(now) < total.left(now)) ? silence : total;
		long left = Math.min(next.left(now), INTERVAL.toMillis());
		return (left > 0) ? Mono.delay(Duration.ofMillis(left), this.timer) : Mono.error(next::failure);
	}

	private @Nullable Limit silence() {
		if (this.frames.streaming()) {
			return new Limit("The end of the streamed objects was not told", this.frames.lastHeard(), END_MISSING);
		}
		if (this.bookmarks || this.frames.bookmarked()) {
			return new Limit("The bookmarks of the watch are missing", this.frames.lastHeard(), BOOKMARKS_MISSING);
		}
		return null;
	}

	/**
	 * A time that may pass.
	 *
	 * @param problem what is wrong when it has passed
	 * @param since from when on it counts
	 * @param duration how long it is
	 */
	private record Limit(String problem, long since, Duration duration) {

		long left(long now) {
			return this.since + this.duration.toMillis() - now;
		}

		InformerException failure() {
			return new InformerException(this.problem,
					new TimeoutException("nothing heard within " + this.duration.toSeconds() + " s"));
		}

	}

}
