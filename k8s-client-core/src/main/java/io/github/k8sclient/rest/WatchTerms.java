package io.github.k8sclient.rest;

import java.time.Duration;
import java.util.Map;

import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.watch.WatchEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.StringUtils;

/**
 * What the parameters of a watch say about its course.
 *
 * @param silence how long the connection may be silent before it is taken for dead
 * @param acceptedAt the resource version at which there is to be a bookmark as soon as
 * the server has accepted the watch, {@code null} for no such bookmark
 */
record WatchTerms(Duration silence, @Nullable String acceptedAt) {

	// The server may end a watch a moment late, and its last bytes need a moment to
	// arrive
	private static final Duration MARGIN = Duration.ofSeconds(5);

	// Unless told otherwise, an API server ends each watch after 30 to 60 minutes
	private static final Duration DEFAULT_SILENCE = Duration.ofMinutes(65);

	static WatchTerms of(QueryParameters parameters) {
		return new WatchTerms(silence(parameters), acceptedAt(parameters));
	}

	private static Duration silence(QueryParameters parameters) {
		String seconds = parameters.first("timeoutSeconds");
		long limit = (seconds != null) ? Long.parseLong(seconds) : 0;
		return (limit > 0) ? Duration.ofSeconds(limit).plus(MARGIN) : DEFAULT_SILENCE;
	}

	/**
	 * All that precedes the version of the request is known to who asks, so a bookmark
	 * for it is true. A streaming list begins before its version.
	 */
	private static @Nullable String acceptedAt(QueryParameters parameters) {
		String version = parameters.first("resourceVersion");
		boolean wanted = "true".equals(parameters.first("allowWatchBookmarks"))
				&& parameters.first("sendInitialEvents") == null;
		return (wanted && StringUtils.hasLength(version) && !version.equals("0")) ? version : null;
	}

	/**
	 * Return the event that tells that the server has accepted the watch.
	 */
	<T extends KubernetesObject> Mono<WatchEvent<T>> accepted() {
		return (this.acceptedAt != null) ? Mono.just(new WatchEvent.Bookmark<>(this.acceptedAt, Map.of()))
				: Mono.empty();
	}

}
