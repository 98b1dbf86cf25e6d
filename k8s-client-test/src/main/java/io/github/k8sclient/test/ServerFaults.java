package io.github.k8sclient.test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
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
	 * Behave again: no planned answers, nothing forbidden, watches and bookmarks flow.
	 * Watches that were silenced stay silent.
	 */
	public void clear() {
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
		boolean watch = request.parameters().isOn("watch");
		String line = (watch ? "WATCH" : request.method()) + " " + request.path();
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
		ServedResource resource = path.resource();
		if (!this.forbidden.contains(resource.name())) {
			return;
		}
		String scope = (path.namespace() != null) ? "in the namespace " + FieldError.quote(path.namespace())
				: "at the cluster scope";
		String name = (path.name() != null) ? " " + FieldError.quote(path.name()) : "";
		ObjectNode details = ModelCodec.MAPPER.createObjectNode();
		if (path.name() != null) {
			details.put("name", path.name());
		}
		if (!resource.kind().group().isEmpty()) {
			details.put("group", resource.kind().group());
		}
		details.put("kind", resource.name());
		throw Statuses.failure(403, "Forbidden",
				"%s%s is forbidden: User \"system:anonymous\" cannot %s resource %s in API group %s %s".formatted(
						resource.qualifiedName(), name, verb(request, path), FieldError.quote(resource.name()),
						FieldError.quote(resource.kind().group()), scope),
				details);
	}

	private static String verb(ApiRequest request, ResourcePath path) {
		boolean collection = path.name() == null;
		return switch (request.method()) {
			case "GET" -> request.parameters().isOn("watch") ? "watch" : (collection ? "list" : "get");
			case "POST" -> "create";
			case "PUT" -> "update";
			case "PATCH" -> "patch";
			default -> collection ? "deletecollection" : "delete";
		};
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

	private record PlannedAnswer(int requests, int code, @Nullable Duration retryAfter, Predicate<String> kind) {

		PlannedAnswer less() {
			return new PlannedAnswer(this.requests - 1, this.code, this.retryAfter, this.kind);
		}

	}

}
