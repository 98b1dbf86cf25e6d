package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListOptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/**
 * One subscription to a {@link Reflector}: the state between its requests, of which there
 * is one at a time.
 * <p>
 * After each request the cursor says what comes next. The rules, those of client-go
 * unless said otherwise:
 * <ul>
 * <li>a watch that ended, or whose connection broke after it had worked, goes on at once
 * where it ended;</li>
 * <li>410 calls for the present objects: at once if the watch was known to work since
 * they were last read, otherwise after a delay;</li>
 * <li>a frame that cannot be read calls for the newest objects, at once but not often;
 * client-go does the same, however often;</li>
 * <li>a broken connection, 429, 401 and 403 call for the same watch again after a
 * delay;</li>
 * <li>so do errors of the server and watches that end at once with nothing, but after a
 * minute of them the cursor itself is suspected and the objects are read;</li>
 * <li>anything else calls for the objects after a delay.</li>
 * </ul>
 * The present objects are streamed or listed, as the {@link StreamingPolicy} says. A
 * stream that ends early is begun again with nothing; 429 and servers that cannot be
 * reached are waited for; 410 and versions that the server has not come to call for the
 * newest state instead; anything else calls for a list at once.
 *
 * @param <T> the type of the objects
 */
final class ReflectorSession<T extends KubernetesObject> {

	/**
	 * A watch that ends earlier without anything new did not work.
	 */
	static final Duration VERY_SHORT = Duration.ofSeconds(1);

	private final Reflector<T> reflector;

	private final ObjectCheck<T> check;

	private final PagedList<T> lists;

	private final ReflectorBackoff backoff;

	private final StreamingPolicy streaming;

	private final RecentDeletions deletions = new RecentDeletions();

	private final LostFrames lost = new LostFrames(this::now);

	private final CursorTrust trust = new CursorTrust(this::now);

	private ReflectorCursor cursor;

	private String verb = "list";

	/** Whether the last request failed, and nothing has worked since. */
	private boolean failing;

	private volatile long watchStart;

	private ReflectorCursor watchFrom;

	private WatchFrames<T> frames;

	/** Whether the server is known to send bookmarks. */
	private boolean bookmarks;

	ReflectorSession(Reflector<T> reflector, ReflectorCursor start) {
		this.reflector = reflector;
		this.check = new ObjectCheck<>(reflector.resource());
		this.lists = new PagedList<>(reflector.listWatch(), reflector.options().pageSize());
		this.backoff = new ReflectorBackoff(reflector.timer(), reflector.random(), reflector.pulse());
		this.streaming = new StreamingPolicy(reflector.options().initialList() == InitialListStrategy.STREAMING_LIST
				&& reflector.listWatch().canStreamLists());
		this.cursor = start;
		this.watchFrom = start;
		this.frames = frames(false);
	}

	Flux<ReflectorSignal<T>> signals() {
		return Flux.defer(this::request).doOnNext(this::advance).onErrorResume(this::recover).repeat();
	}

	private Flux<ReflectorSignal<T>> request() {
		if (this.cursor.watchable()) {
			this.verb = "watch";
			return watch(false, this.reflector.selectors().toBuilder().resourceVersion(this.cursor.resourceVersion()));
		}
		this.verb = "list";
		return this.streaming.next() ? stream() : list();
	}

	private Flux<ReflectorSignal<T>> list() {
		return list(this.cursor).onErrorResume(RequestFailure::isVersionUnavailable, (ex) -> listNewest())
			.flatMap((list) -> isBehind(list) ? listNewest() : Mono.just(list))
			.flatMapMany(this::listed);
	}

	private Mono<KubernetesList<T>> list(ReflectorCursor from) {
		return this.lists.read(this.reflector.selectors().toBuilder().resourceVersion(from.resourceVersion()).build());
	}

	private Mono<KubernetesList<T>> listNewest() {
		this.cursor = this.cursor.unavailable();
		return list(this.cursor);
	}

	/**
	 * Return whether a list is older than it was asked to be.
	 */
	private boolean isBehind(KubernetesList<T> list) {
		return ResourceVersions.isOlder(list.metadata().resourceVersion(), this.cursor.resourceVersion());
	}

	private Flux<ReflectorSignal<T>> listed(KubernetesList<T> list) {
		this.check.check(list);
		this.backoff.answered();
		this.streaming.complete();
		List<ReflectorSignal<T>> signals = new ArrayList<>();
		List<T> objects = new ArrayList<>(list.items().size());
		for (T object : list.items()) {
			String problem = this.check.problemOf(object);
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

	private Flux<ReflectorSignal<T>> stream() {
		return watch(true,
				this.reflector.selectors()
					.toBuilder()
					.resourceVersion(this.cursor.ordered() ? this.cursor.resourceVersion() : "")
					.resourceVersionMatch("NotOlderThan")
					.sendInitialEvents(true));
	}

	private Flux<ReflectorSignal<T>> watch(boolean streams, ListOptions.Builder options) {
		Duration timeout = watchTimeout();
		this.watchFrom = this.cursor;
		this.watchStart = now();
		this.frames = frames(streams);
		WatchLimits limits = new WatchLimits(this.frames, this.watchStart, timeout, this.bookmarks,
				this.reflector.timer());
		Flux<ReflectorSignal<T>> signals = this.reflector.listWatch()
			.watch(options.allowWatchBookmarks(true).timeoutSeconds(timeout.toSeconds()).build())
			.takeUntilOther(limits.exceeded())
			.handle(this.frames::read);
		return (this.failing ? onProbation(signals) : signals).startWith(new ReflectorSignal.WatchStarted<T>())
			.concatWith(Flux.defer(this::ended))
			.onErrorResume(this::broken);
	}

	/**
	 * Watch after a failure. That the watch is accepted is no news until it has lasted: a
	 * proxy may accept and end one after the other.
	 */
	private Flux<ReflectorSignal<T>> onProbation(Flux<ReflectorSignal<T>> signals) {
		Mono<Signal<ReflectorSignal<T>>> works = Flux.interval(VERY_SHORT, this.reflector.timer())
			.filter((tick) -> this.frames.heard() && !this.frames.streaming() && lasted())
			.next()
			.map((tick) -> Signal.next(new ReflectorSignal.WatchWorks<T>()));
		// as signals, so that the end of the watch is the end of both
		return signals.materialize()
			.mergeWith(works)
			.<ReflectorSignal<T>>dematerialize()
			.filter((signal) -> !isAcceptance(signal) || lasted());
	}

	private boolean isAcceptance(ReflectorSignal<T> signal) {
		return signal instanceof StoreDelta.Progressed<T> progressed
				&& progressed.resourceVersion().equals(this.cursor.resourceVersion());
	}

	private Duration watchTimeout() {
		double minimum = this.reflector.options().minWatchTimeout().toSeconds();
		return Duration.ofSeconds((long) (minimum * (1 + this.reflector.random().getAsDouble())));
	}

	private WatchFrames<T> frames(boolean streams) {
		return new WatchFrames<>(this.check, this.deletions, this.lost, this.cursor, streams, this::now,
				this.backoff::answered);
	}

	private void advance(ReflectorSignal<T> signal) {
		if (!(signal instanceof StoreDelta<T> delta) || delta.resourceVersion() == null) {
			return;
		}
		this.cursor = ReflectorCursor.at(delta.resourceVersion());
		if (delta instanceof StoreDelta.Replaced<T>) {
			this.trust.objectsRead();
			this.lost.objectsRead();
			this.verb = "watch";
			// the rest of a streaming list is a watch that has to show that it works
			this.watchFrom = this.cursor;
			this.watchStart = now();
			this.streaming.complete();
		}
	}

	private Flux<ReflectorSignal<T>> ended() {
		this.bookmarks |= this.frames.bookmarked();
		if (this.frames.streaming()) {
			return streamEnded();
		}
		if (!moved() && !lasted()) {
			return Flux.error(new InformerException("The watch ended at once without any event", null));
		}
		worked();
		if (this.lost.isDue()) {
			this.cursor = this.cursor.unavailable();
		}
		return Flux.just(new ReflectorSignal.WatchEnded<>(null));
	}

	private Flux<ReflectorSignal<T>> streamEnded() {
		InformerException incomplete = new InformerException("The objects were not streamed to their end", null);
		boolean began = this.frames.heard() || lasted();
		if (began && this.streaming.again()) {
			return Flux.just(new ReflectorSignal.WatchEnded<>(incomplete));
		}
		return giveUpStreaming(incomplete);
	}

	private Flux<ReflectorSignal<T>> broken(Throwable error) {
		boolean bookmarksExpected = this.bookmarks;
		boolean givenUp = error instanceof InformerException && RequestFailure.isConnection(error);
		this.bookmarks = this.frames.bookmarked() || this.bookmarks && !givenUp;
		if (this.frames.behind()) {
			this.cursor = this.cursor.unavailable();
			return Flux.error(error);
		}
		if (this.frames.incomplete()) {
			this.cursor = this.cursor.unavailable();
			return Flux.just(new ReflectorSignal.WatchEnded<>(error));
		}
		if (givenUp && bookmarksExpected && !this.frames.bookmarked() && !moved()) {
			// A server sends nothing, not even bookmarks, to who is ahead of it
			this.cursor = this.cursor.expired();
		}
		return this.frames.streaming() ? streamBroken(error) : watchBroken(error);
	}

	private Flux<ReflectorSignal<T>> streamBroken(Throwable error) {
		if (RequestFailure.isVersionUnavailable(error) && this.cursor.ordered()) {
			this.cursor = this.cursor.unavailable();
			return Flux.just(new ReflectorSignal.WatchEnded<>(error));
		}
		if (RequestFailure.isUnreachable(error)) {
			return Flux.error(error);
		}
		if (error instanceof InformerException && this.frames.heard()) {
			this.streaming.endless();
			return giveUpStreaming(error);
		}
		boolean broken = RequestFailure.isConnection(error) && !(error instanceof InformerException);
		if ((broken || RequestFailure.isThrottled(error)) && this.streaming.again()) {
			return (this.frames.heard() && broken) ? Flux.just(new ReflectorSignal.WatchEnded<>(error))
					: Flux.error(error);
		}
		return giveUpStreaming(error);
	}

	private Flux<ReflectorSignal<T>> giveUpStreaming(Throwable cause) {
		this.streaming.listOnce();
		return Flux.just(new ReflectorSignal.StreamingGivenUp<>(cause));
	}

	private Flux<ReflectorSignal<T>> watchBroken(Throwable error) {
		boolean worked = moved() || this.frames.heard() && lasted();
		if (worked) {
			worked();
		}
		if (RequestFailure.isExpired(error)) {
			this.cursor = this.cursor.expired();
			return this.trust.proven() ? Flux.just(new ReflectorSignal.WatchEnded<>(error)) : Flux.error(error);
		}
		if (worked && RequestFailure.isConnection(error)) {
			return Flux.just(new ReflectorSignal.WatchEnded<>(error));
		}
		return Flux.error(error);
	}

	private boolean moved() {
		return !this.cursor.equals(this.watchFrom);
	}

	private boolean lasted() {
		return now() - this.watchStart >= VERY_SHORT.toMillis();
	}

	private void worked() {
		this.failing = false;
		this.trust.watchWorked();
		this.backoff.worked(now() - this.watchStart);
	}

	private Flux<ReflectorSignal<T>> recover(Throwable error) {
		this.failing = true;
		if (this.cursor.watchable() && !this.trust.survives(error)) {
			this.cursor = this.cursor.expired();
		}
		boolean unreachable = RequestFailure.isUnreachable(error)
				|| this.cursor.watchable() && RequestFailure.isConnection(error);
		Duration delay = unreachable ? this.backoff.afterSilence() : this.backoff.afterFailure(error);
		Mono<Void> pause = unreachable ? this.backoff.awaitServer(delay) : this.backoff.await(delay);
		return Flux.concat(Mono.just(new ReflectorSignal.Failed<>(this.verb, error, delay)), pause.then(Mono.empty()));
	}

	private long now() {
		return MonotonicTime.millis(this.reflector.timer());
	}

}
