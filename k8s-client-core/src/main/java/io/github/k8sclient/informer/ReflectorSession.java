package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.watch.WatchEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

import org.springframework.util.StringUtils;

/**
 * One subscription to a {@link Reflector}: the state between its requests, of which there
 * is one at a time.
 * <p>
 * After each request the cursor says what comes next. The rules, those of client-go
 * unless said otherwise:
 * <ul>
 * <li>a watch that ended, or whose connection broke after it had worked, goes on at once
 * where it ended;</li>
 * <li>410 calls for a list: at once if the watch was known to work since the last list,
 * otherwise after a delay;</li>
 * <li>a broken connection, 429, 401 and 403 call for the same watch again after a
 * delay;</li>
 * <li>so do errors of the server and watches that end at once with nothing, but after a
 * minute of them the cursor itself is suspected and a list follows;</li>
 * <li>anything else calls for a list after a delay.</li>
 * </ul>
 *
 * @param <T> the type of the objects
 */
final class ReflectorSession<T extends KubernetesObject> {

	/**
	 * How much longer than agreed a watch may last, until the connection is taken for
	 * dead.
	 */
	static final Duration WATCH_GRACE = Duration.ofSeconds(10);

	/**
	 * A watch that ends earlier without anything new did not work.
	 */
	static final Duration VERY_SHORT = Duration.ofSeconds(1);

	/**
	 * For how long errors of the server are met with the same watch again.
	 */
	static final Duration MAX_REWATCH = Duration.ofMinutes(1);

	private final Reflector<T> reflector;

	private final PagedList<T> lists;

	private final ReflectorBackoff backoff;

	private ReflectorCursor cursor;

	private String verb = "list";

	/** Whether the events of the watch come in the order of their versions. */
	private boolean ordered;

	private long watchStart;

	private ReflectorCursor watchFrom;

	/** Whether the server has been heard in the watch. */
	private boolean heard;

	/** Whether a watch has worked since the last list. */
	private boolean proven = true;

	/** Since when the server has answered watches with errors. */
	private @Nullable Long suspectSince;

	ReflectorSession(Reflector<T> reflector, ReflectorCursor start) {
		this.reflector = reflector;
		this.lists = new PagedList<>(reflector.listWatch(), reflector.options().pageSize());
		this.backoff = new ReflectorBackoff(reflector.timer(), reflector.random());
		this.cursor = start;
		this.watchFrom = start;
	}

	Flux<ReflectorSignal<T>> signals() {
		return Flux.defer(this::request).doOnNext(this::advance).onErrorResume(this::recover).repeat();
	}

	private Flux<ReflectorSignal<T>> request() {
		return this.cursor.watchable() ? watch() : list();
	}

	private Flux<ReflectorSignal<T>> list() {
		this.verb = "list";
		return list(this.cursor.resourceVersion())
			.onErrorResume(RequestFailure::isVersionUnavailable, (ex) -> listLatest())
			.flatMapMany(this::listed);
	}

	private Mono<KubernetesList<T>> list(String resourceVersion) {
		return this.lists.read(this.reflector.listOptions().resourceVersion(resourceVersion).build());
	}

	private Mono<KubernetesList<T>> listLatest() {
		this.cursor = this.cursor.unavailable();
		return list(this.cursor.resourceVersion());
	}

	private Flux<ReflectorSignal<T>> listed(KubernetesList<T> list) {
		List<ReflectorSignal<T>> signals = new ArrayList<>();
		List<T> objects = new ArrayList<>(list.items().size());
		for (T object : list.items()) {
			String problem = problemOf(object);
			if (problem == null) {
				objects.add(object);
			}
			else {
				signals.add(new ReflectorSignal.Skipped<>(problem));
			}
		}
		String version = list.metadata().resourceVersion();
		signals.add(new StoreDelta.Replaced<>(objects, (version != null) ? version : ""));
		return Flux.fromIterable(signals);
	}

	private Flux<ReflectorSignal<T>> watch() {
		this.verb = "watch";
		Duration timeout = watchTimeout();
		ListOptions options = this.reflector.listOptions()
			.resourceVersion(this.cursor.resourceVersion())
			.allowWatchBookmarks(true)
			.timeoutSeconds(timeout.toSeconds())
			.build();
		this.ordered = this.cursor.ordered();
		this.watchFrom = this.cursor;
		this.watchStart = now();
		this.heard = false;
		Flux<ReflectorSignal<T>> signals = this.reflector.listWatch()
			.watch(options)
			.takeUntilOther(silence(timeout.plus(WATCH_GRACE)))
			.handle(this::translate);
		return signals.startWith(new ReflectorSignal.WatchStarted<T>())
			.concatWith(Mono.defer(this::ended))
			.onErrorResume(this::broken);
	}

	private Duration watchTimeout() {
		double minimum = this.reflector.options().minWatchTimeout().toSeconds();
		return Duration.ofSeconds((long) (minimum * (1 + this.reflector.random().getAsDouble())));
	}

	private Mono<Void> silence(Duration limit) {
		return Mono.delay(limit, this.reflector.timer())
			.then(Mono.error(() -> new InformerException("The watch did not end when it should",
					new TimeoutException("no end of the watch within " + limit.toSeconds() + " s"))));
	}

	private void translate(WatchEvent<T> event, SynchronousSink<ReflectorSignal<T>> sink) {
		this.heard = true;
		if (event instanceof WatchEvent.Bookmark<T> bookmark) {
			sink.next(progress(bookmark.resourceVersion()));
		}
		else if (event instanceof WatchEvent.Error<T> error) {
			if (error.unreadableFrame()) {
				sink.next(new ReflectorSignal.Skipped<>(String.valueOf(error.status().message())));
			}
			else {
				sink.error(error.exception());
			}
		}
		else {
			sink.next(change(event, event.object()));
		}
	}

	private ReflectorSignal<T> progress(String resourceVersion) {
		if (resourceVersion.isEmpty()) {
			return new ReflectorSignal.Skipped<>("a bookmark has no resource version");
		}
		this.ordered = true;
		return new StoreDelta.Progressed<>(resourceVersion);
	}

	private ReflectorSignal<T> change(WatchEvent<T> event, @Nullable T object) {
		String problem = problemOf(object);
		if (object == null || problem != null) {
			return new ReflectorSignal.Skipped<>(event.type() + " without an object of use: " + problem);
		}
		this.ordered |= event.type() != WatchEvent.Type.ADDED;
		String version = this.ordered ? object.metadata().resourceVersion() : null;
		if (event.type() == WatchEvent.Type.DELETED) {
			return new StoreDelta.Removed<>(object, version);
		}
		return new StoreDelta.Upserted<>(object, version);
	}

	/**
	 * Return what is wrong with an object, which may be of any class in spite of its
	 * declared type when list and watch are not those of this client.
	 * @param object the object
	 * @return why it cannot be used, {@code null} if it can
	 */
	private @Nullable String problemOf(@Nullable Object object) {
		if (!this.reflector.type().isInstance(object)) {
			String actual = (object != null) ? object.getClass().getName() : "nothing";
			return "expected " + this.reflector.type().getName() + " but got " + actual;
		}
		T resource = this.reflector.type().cast(object);
		if (!StringUtils.hasLength(resource.metadata().name())) {
			return "an object has no name";
		}
		if (!StringUtils.hasLength(resource.metadata().resourceVersion())) {
			return ObjectKey.of(resource) + " has no resource version";
		}
		return null;
	}

	private void advance(ReflectorSignal<T> signal) {
		if (signal instanceof StoreDelta<T> delta && delta.resourceVersion() != null) {
			this.cursor = ReflectorCursor.at(delta.resourceVersion());
			if (delta instanceof StoreDelta.Replaced<T>) {
				this.proven = false;
			}
		}
	}

	private Mono<ReflectorSignal<T>> ended() {
		this.heard = true;
		if (!worked()) {
			return Mono.error(new InformerException("The watch ended at once without any event", null));
		}
		return Mono.just(new ReflectorSignal.WatchEnded<>(null));
	}

	private Flux<ReflectorSignal<T>> broken(Throwable error) {
		boolean worked = worked();
		if (RequestFailure.isExpired(error)) {
			this.cursor = this.cursor.expired();
			return this.proven ? Flux.just(new ReflectorSignal.WatchEnded<>(error)) : Flux.error(error);
		}
		if (worked && RequestFailure.isConnection(error)) {
			return Flux.just(new ReflectorSignal.WatchEnded<>(error));
		}
		return Flux.error(error);
	}

	/**
	 * Return whether the last watch did what it is for, and remember it if so.
	 * @return whether it brought something new, or was answered and lasted for a while
	 */
	private boolean worked() {
		boolean lasted = this.heard && now() - this.watchStart >= VERY_SHORT.toMillis();
		boolean worked = lasted || !this.cursor.equals(this.watchFrom);
		if (worked) {
			this.proven = true;
			this.suspectSince = null;
		}
		return worked;
	}

	private Flux<ReflectorSignal<T>> recover(Throwable error) {
		if (this.cursor.watchable() && !canWatchAgain(error)) {
			this.suspectSince = null;
			this.cursor = this.cursor.expired();
		}
		Duration delay = this.backoff.next();
		Duration wanted = RequestFailure.retryAfter(error);
		if (wanted.compareTo(delay) > 0) {
			delay = wanted;
		}
		ReflectorSignal<T> failure = new ReflectorSignal.Failed<>(this.verb, error, delay);
		return Flux.concat(Mono.just(failure), Mono.delay(delay, this.reflector.timer()).then(Mono.empty()));
	}

	private boolean canWatchAgain(Throwable error) {
		int code = RequestFailure.code(error);
		if (code == 429 || RequestFailure.isDenied(error) || RequestFailure.isConnection(error)) {
			return true;
		}
		if (code != 0 && code < 500) {
			return false;
		}
		if (this.suspectSince == null) {
			this.suspectSince = now();
		}
		return now() - this.suspectSince < MAX_REWATCH.toMillis();
	}

	private long now() {
		return this.reflector.timer().now(TimeUnit.MILLISECONDS);
	}

}
