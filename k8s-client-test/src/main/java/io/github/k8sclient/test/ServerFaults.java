package io.github.k8sclient.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.util.Assert;

/**
 * Makes an {@link EmbeddedApiServer} misbehave in the ways in which real API servers and
 * the networks before them do, so that a test can see what the application makes of it.
 * <p>
 * All methods may be called from any thread and take effect before they return, unless
 * they say otherwise. What was switched on stays on until it is switched off or
 * {@link #clear()} is called; it also survives a restart of the server.
 *
 * @since 0.1.0
 */
public final class ServerFaults {

	private final ObjectStore store;

	private final Runnable connectionDropper;

	private final List<PlannedAnswer> planned = new CopyOnWriteArrayList<>();

	private final List<Delay> delays = new CopyOnWriteArrayList<>();

	private final List<Predicate<String>> silent = new CopyOnWriteArrayList<>();

	private final List<Warning> warnings = new CopyOnWriteArrayList<>();

	private volatile @Nullable Trickle trickle;

	private final Set<String> forbidden = ConcurrentHashMap.newKeySet();

	ServerFaults(ObjectStore store, Runnable connectionDropper) {
		this.store = store;
		this.connectionDropper = connectionDropper;
	}

	/**
	 * End every open watch with {@code 410 Expired} and forget the history: a client that
	 * wants to go on from what it has seen gets 410 too and must list again. This is what
	 * a compaction of etcd does to a client that has fallen behind.
	 */
	public void expireWatches() {
		this.store.expireWatches();
	}

	/**
	 * End every open watch as the API server does when the time of the watch is over:
	 * normally, between two events. The history stays, so a client can go on.
	 */
	public void endWatches() {
		this.store.closeWatches();
	}

	/**
	 * Cut every TCP connection, in the middle of whatever it carries. New connections are
	 * accepted. Connections are closed soon after the method returned.
	 */
	public void dropConnections() {
		this.connectionDropper.run();
	}

	/**
	 * Hold back the events of all watches, those that are open and those to come, until
	 * {@link #resumeWatches()}. Watches are still accepted.
	 */
	public void pauseWatches() {
		this.store.pauseWatches();
	}

	/**
	 * Deliver what {@link #pauseWatches()} held back and go on normally.
	 */
	public void resumeWatches() {
		this.store.resumeWatches();
	}

	/**
	 * Say nothing any more on the watches that are open now, not even their end, as if a
	 * firewall had forgotten the connections. Watches to come are normal.
	 */
	public void blackholeWatches() {
		this.store.silenceWatches();
	}

	/**
	 * Send no bookmarks, also not to watches that asked for them.
	 * @param withhold true to send none, false to send them again
	 */
	public void withholdBookmarks(boolean withhold) {
		this.store.withholdBookmarks(withhold);
	}

	/**
	 * Send a bookmark at once to every open watch that asked for bookmarks.
	 */
	public void sendBookmarks() {
		this.store.bookmarkAll();
	}

	/**
	 * Answer the next requests with an error, whatever they are for.
	 * @param requests how many requests
	 * @param code the HTTP status code, 400 or more
	 */
	public void answerNext(int requests, int code) {
		answerNext(requests, code, null);
	}

	/**
	 * Answer the next requests with an error, whatever they are for.
	 * @param requests how many requests
	 * @param code the HTTP status code, 400 or more
	 * @param retryAfter when the client shall try again, in whole seconds; null to say
	 * nothing about it
	 */
	public void answerNext(int requests, int code, @Nullable Duration retryAfter) {
		answerNext(requests, code, retryAfter, (request) -> true);
	}

	/**
	 * Answer the next requests of a kind with an error.
	 * @param requests how many requests
	 * @param code the HTTP status code, 400 or more
	 * @param retryAfter when the client shall try again, in whole seconds; null to say
	 * nothing about it
	 * @param kind tells by method and path, such as {@code GET /api/v1/pods}, which
	 * requests are meant; a watch has the method {@code WATCH}
	 */
	public void answerNext(int requests, int code, @Nullable Duration retryAfter, Predicate<String> kind) {
		Assert.isTrue(requests > 0, "'requests' must be positive");
		Assert.isTrue(code >= 400 && code < 600, "'code' must be the code of an error");
		Assert.notNull(kind, "'kind' must not be null");
		this.planned.add(new PlannedAnswer(requests, code, retryAfter, kind));
	}

	/**
	 * Let requests wait for their answers.
	 * @param time how long
	 * @param kind tells by method and path, such as {@code GET /api/v1/pods}, which
	 * requests are meant; a watch has the method {@code WATCH}
	 */
	public void delay(Duration time, Predicate<String> kind) {
		Assert.isTrue(!time.isNegative(), "'time' must not be negative");
		Assert.notNull(kind, "'kind' must not be null");
		this.delays.add(new Delay(time, kind));
	}

	/**
	 * Take requests and never answer them, with the connections left open, as a server
	 * does that hangs.
	 * @param kind tells by method and path, such as {@code GET /api/v1/pods}, which
	 * requests are meant; a watch has the method {@code WATCH}
	 */
	public void leaveUnanswered(Predicate<String> kind) {
		Assert.notNull(kind, "'kind' must not be null");
		this.silent.add(kind);
	}

	/**
	 * Send the bodies of answers in small pieces.
	 * @param size the size of the pieces in bytes
	 * @param interval the time between two pieces
	 */
	public void trickle(int size, Duration interval) {
		Assert.isTrue(size > 0, "'size' must be positive");
		Assert.notNull(interval, "'interval' must not be null");
		this.trickle = new Trickle(size, interval);
	}

	/**
	 * Add a warning to answers, as for the use of something deprecated.
	 * @param text the text of the warning
	 * @param kind tells by method and path, such as {@code GET /api/v1/pods}, which
	 * requests are meant; a watch has the method {@code WATCH}
	 */
	public void warn(String text, Predicate<String> kind) {
		Assert.hasText(text, "'text' must not be empty");
		Assert.notNull(kind, "'kind' must not be null");
		this.warnings.add(new Warning(text, kind));
	}

	/**
	 * Forget the history: lists and watches of older resource versions, and the rest of
	 * lists that are read in pages, get {@code 410 Expired}. Open watches go on. This is
	 * what etcd does every five minutes.
	 */
	public void compact() {
		this.store.compact();
	}

	/**
	 * Deny every request for a resource with 403, as if the client lacked the rights.
	 * @param resource the name of the resource, such as {@code pods}
	 */
	public void forbid(String resource) {
		Assert.hasText(resource, "'resource' must not be empty");
		this.forbidden.add(resource);
	}

	/**
	 * Take back what {@link #forbid(String)} said.
	 * @param resource the name of the resource
	 */
	public void allow(String resource) {
		this.forbidden.remove(resource);
	}

	/**
	 * Behave again: no planned answers, delays and warnings, nothing forbidden, watches
	 * and bookmarks flow. Watches that were silenced and requests that were left
	 * unanswered stay so.
	 */
	public void clear() {
		this.delays.clear();
		this.silent.clear();
		this.warnings.clear();
		this.trickle = null;
		this.planned.clear();
		this.forbidden.clear();
		this.store.withholdBookmarks(false);
		this.store.resumeWatches();
	}

	/**
	 * Apply the planned answers.
	 * @param request a request
	 * @throws StatusException if the request is to be answered with an error
	 */
	void check(ApiRequest request) {
		String line = line(request);
		synchronized (this.planned) {
			for (PlannedAnswer answer : this.planned) {
				if (answer.kind().test(line)) {
					this.planned.remove(answer);
					if (answer.requests() > 1) {
						this.planned.add(0, answer.less());
					}
					throw failure(answer);
				}
			}
		}
	}

	/**
	 * Apply what is forbidden.
	 * @param request a request
	 * @param path what it is for
	 * @throws StatusException 403 if the request is forbidden
	 */
	void check(ApiRequest request, ResourcePath path) {
		if (this.forbidden.contains(path.resource().name())) {
			throw ApiAction.of(request, path).forbidden("system:anonymous");
		}
	}

	/**
	 * Apply delays, warnings and silence.
	 * @param request a request
	 * @param answer its answer
	 * @return the answer as it is to be sent, empty to say nothing at all
	 */
	Mono<ApiResponse> shape(ApiRequest request, ApiResponse answer) {
		String line = line(request);
		if (this.silent.stream().anyMatch((kind) -> kind.test(line))) {
			return Mono.never();
		}
		ApiResponse shaped = answer;
		for (Warning warning : this.warnings) {
			if (warning.kind().test(line)) {
				shaped = shaped.withHeader("Warning", "299 - " + FieldError.quote(warning.text()));
			}
		}
		Trickle trickle = this.trickle;
		if (trickle != null) {
			shaped = trickle.apply(shaped);
		}
		Duration delay = this.delays.stream()
			.filter((planned) -> planned.kind().test(line))
			.map(Delay::time)
			.reduce(Duration.ZERO, Duration::plus);
		return delay.isZero() ? Mono.just(shaped) : Mono.just(shaped).delayElement(delay);
	}

	private static String line(ApiRequest request) {
		boolean watch = request.parameters().isOn("watch");
		return (watch ? "WATCH" : request.method()) + " " + request.path();
	}

	private static StatusException failure(PlannedAnswer answer) {
		ObjectNode details = ModelCodec.MAPPER.createObjectNode();
		if (answer.retryAfter() != null) {
			details.put("retryAfterSeconds", Math.max(1, answer.retryAfter().toSeconds()));
		}
		return switch (answer.code()) {
			case 401 -> Statuses.failure(401, "Unauthorized", "Unauthorized", details);
			case 403 -> Statuses.failure(403, "Forbidden", "forbidden: planned by the test", details);
			case 404 -> Statuses.noSuchResource();
			case 409 -> Statuses.failure(409, "Conflict", "conflict: planned by the test", details);
			case 410 -> Statuses.expired("too old resource version: planned by the test");
			case 429 -> Statuses.failure(429, "TooManyRequests",
					"the server has received too many requests and has asked us to try again later", details);
			case 500 -> Statuses.failure(500, "InternalError", "Internal error occurred: planned by the test", details);
			case 503 -> Statuses.failure(503, "ServiceUnavailable",
					"the server is currently unable to handle the request", details);
			case 504 -> Statuses.failure(504, "Timeout", "Timeout: planned by the test", details);
			default -> Statuses.failure(answer.code(), null, "planned by the test", details);
		};
	}

	private record Delay(Duration time, Predicate<String> kind) {

	}

	private record Warning(String text, Predicate<String> kind) {

	}

	/**
	 * How slowly bodies are sent.
	 *
	 * @param size the size of the pieces
	 * @param interval the time between two pieces
	 */
	private record Trickle(int size, Duration interval) {

		ApiResponse apply(ApiResponse answer) {
			Flux<byte[]> pieces = answer.body().concatMapIterable(this::pieces).delayElements(this.interval);
			return answer.withBody(pieces, answer.length(), true);
		}

		private List<byte[]> pieces(byte[] bytes) {
			List<byte[]> pieces = new ArrayList<>();
			for (int i = 0; i < bytes.length; i += this.size) {
				pieces.add(Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + this.size)));
			}
			return pieces;
		}

	}

	private record PlannedAnswer(int requests, int code, @Nullable Duration retryAfter, Predicate<String> kind) {

		PlannedAnswer less() {
			return new PlannedAnswer(this.requests - 1, this.code, this.retryAfter, this.kind);
		}

	}

}
