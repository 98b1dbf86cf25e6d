package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.ListMeta;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.watch.ListWatch;
import io.github.k8sclient.watch.WatchEvent;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * A small API server with a history, that may be told to misbehave: it compacts its
 * history, fails lists and watches in all known ways, lists late, cuts watches in the
 * midst, does not tell the end of what it streams, withholds bookmarks, and sends frames
 * twice, long after their time, or broken.
 */
final class RandomServer implements ListWatch<ConfigMap> {

	private final Random random;

	private final Scheduler time;

	private final TreeMap<String, ConfigMap> objects = new TreeMap<>();

	private final List<WatchEvent<ConfigMap>> history = new ArrayList<>();

	private final List<Long> versions = new ArrayList<>();

	private final List<Watcher> watchers = new ArrayList<>();

	private final Map<String, Integer> faults = new HashMap<>();

	private long version = 1;

	private long compacted = 1;

	private int incarnation;

	private final boolean streaming;

	private boolean faulty = true;

	RandomServer(Random random, Scheduler time, boolean streaming) {
		this.random = random;
		this.time = time;
		this.streaming = streaming;
	}

	Collection<ConfigMap> objects() {
		return List.copyOf(this.objects.values());
	}

	int faults(String kind) {
		return this.faults.getOrDefault(kind, 0);
	}

	/**
	 * Change something. Not every version is a change of an object that is watched.
	 */
	void change() {
		this.version += 1 + this.random.nextInt(3);
		String namespace = "ns" + this.random.nextInt(2);
		String name = "o" + this.random.nextInt(12);
		ConfigMap known = this.objects.get(namespace + "/" + name);
		if (known == null) {
			ConfigMap object = Samples.configMap(namespace, name, this.version, "uid-" + this.incarnation++);
			this.objects.put(namespace + "/" + name, object);
			record(new WatchEvent.Added<>(object));
			return;
		}
		ConfigMap object = Samples.configMap(namespace, name, this.version, String.valueOf(known.metadata().uid()));
		if (this.random.nextInt(3) == 0) {
			this.objects.remove(namespace + "/" + name);
			record(new WatchEvent.Deleted<>(object));
		}
		else {
			this.objects.put(namespace + "/" + name, object);
			record(new WatchEvent.Modified<>(object));
		}
	}

	/**
	 * Forget the history so far.
	 */
	void compact() {
		this.compacted = this.version;
	}

	/**
	 * End a watch in some way.
	 */
	void fail() {
		if (this.watchers.isEmpty()) {
			return;
		}
		count("watches");
		Watcher watcher = this.watchers.remove(this.random.nextInt(this.watchers.size()));
		switch (this.random.nextInt(5)) {
			case 0 -> watcher.sink.tryEmitComplete();
			case 1 -> watcher.sink.tryEmitError(Samples.connectionReset());
			case 2 -> watcher.sink.tryEmitNext(Samples.errorFrame(500, "InternalError"));
			case 3 -> watcher.sink.tryEmitNext(Samples.errorFrame(410, "Expired"));
			default -> watcher.sink.tryEmitError(new IllegalStateException("broken decoder"));
		}
		watcher.sink.tryEmitComplete();
	}

	/**
	 * Behave from now on.
	 */
	void heal() {
		this.faulty = false;
	}

	@Override
	public Mono<KubernetesList<ConfigMap>> list(ListOptions options) {
		if (this.faulty && this.random.nextInt(3) == 0) {
			count("lists");
			return switch (this.random.nextInt(6)) {
				case 0 -> Mono.error(Samples.connectionRefused());
				case 1 -> Mono.error(Samples.apiError(500, "InternalError"));
				case 2 -> Mono.error(Samples.throttled(3));
				case 3 -> Mono.error(Samples.apiError(403, "Forbidden"));
				case 4 -> Mono.error(Samples.versionTooLarge());
				default -> Mono.error(Samples.apiError(410, "Expired"));
			};
		}
		Duration delay = Duration.ofMillis(this.faulty ? this.random.nextInt(3000) : 1);
		KubernetesList<ConfigMap> list = new KubernetesList<>("v1", "ConfigMapList",
				ListMeta.builder().resourceVersion(String.valueOf(this.version)).build(),
				List.copyOf(this.objects.values()));
		return Mono.delay(delay, this.time).thenReturn(list);
	}

	@Override
	public Flux<WatchEvent<ConfigMap>> watch(ListOptions options) {
		if (Boolean.TRUE.equals(options.sendInitialEvents())) {
			return stream(options);
		}
		long from = Long.parseLong(String.valueOf(options.resourceVersion()));
		if (from < this.compacted) {
			count("gone");
			return this.random.nextBoolean() ? Flux.error(Samples.apiError(410, "Expired"))
					: Flux.just(Samples.errorFrame(410, "Expired"));
		}
		if (this.faulty && this.random.nextInt(3) == 0) {
			count("watches");
			return switch (this.random.nextInt(6)) {
				case 0 -> Flux.error(Samples.connectionRefused());
				case 1 -> Flux.error(Samples.apiError(500, "InternalError"));
				case 2 -> Flux.error(Samples.throttled(1));
				case 3 -> Flux.error(Samples.apiError(401, "Unauthorized"));
				case 4 -> Flux.empty();
				default -> Flux.error(Samples.apiError(400, "BadRequest"));
			};
		}
		Watcher watcher = new Watcher();
		for (int i = 0; i < this.history.size(); i++) {
			if (this.versions.get(i) > from) {
				send(watcher, this.history.get(i));
			}
		}
		return open(watcher, options);
	}

	private Flux<WatchEvent<ConfigMap>> stream(ListOptions options) {
		if (this.faulty && this.random.nextInt(3) == 0) {
			count("streams");
			return switch (this.random.nextInt(6)) {
				case 0 -> Flux.error(Samples.connectionRefused());
				case 1 -> Flux.error(Samples.apiError(422, "Invalid"));
				case 2 -> Flux.error(Samples.throttled(1));
				case 3 -> Flux.error(Samples.versionTooLarge());
				case 4 -> Flux.empty();
				default -> Flux.error(Samples.apiError(410, "Expired"));
			};
		}
		Watcher watcher = new Watcher();
		List<ConfigMap> present = new ArrayList<>(this.objects.values());
		Collections.shuffle(present, this.random);
		present.forEach((object) -> watcher.sink.tryEmitNext(new WatchEvent.Added<>(object)));
		if (this.faulty && this.random.nextInt(4) == 0) {
			count("ends");
		}
		else {
			watcher.end = this.time.schedule(() -> endObjects(watcher), this.random.nextInt(4000),
					TimeUnit.MILLISECONDS);
		}
		return open(watcher, options);
	}

	private void endObjects(Watcher watcher) {
		if (this.watchers.contains(watcher)) {
			watcher.sink.tryEmitNext(Samples.bookmark(this.version));
			watcher.sink.tryEmitNext(Samples.endOfObjects(this.version));
		}
	}

	private Flux<WatchEvent<ConfigMap>> open(Watcher watcher, ListOptions options) {
		this.watchers.add(watcher);
		long seconds = Long.parseLong(String.valueOf(options.timeoutSeconds()));
		Disposable bookmarks = this.time.schedulePeriodically(() -> bookmark(watcher), 1, 1, TimeUnit.MINUTES);
		return watcher.sink.asFlux().take(Duration.ofSeconds(seconds), this.time).doFinally((signal) -> {
			bookmarks.dispose();
			watcher.end.dispose();
			this.watchers.remove(watcher);
		});
	}

	@Override
	public boolean canStreamLists() {
		return this.streaming;
	}

	private void bookmark(Watcher watcher) {
		if (this.faulty && this.random.nextInt(3) == 0) {
			count("bookmarks");
		}
		else if (this.watchers.contains(watcher)) {
			watcher.sink.tryEmitNext(Samples.bookmark(this.version));
		}
	}

	private void record(WatchEvent<ConfigMap> event) {
		this.history.add(event);
		this.versions.add(this.version);
		List.copyOf(this.watchers).forEach((watcher) -> send(watcher, event));
	}

	private void send(Watcher watcher, WatchEvent<ConfigMap> event) {
		if (this.faulty && this.random.nextInt(30) == 0) {
			count("frames");
			watcher.sink.tryEmitNext(WatchEvent.Error.ofUnreadableFrame("noise"));
		}
		watcher.sink.tryEmitNext(event);
		watcher.sent.add(event);
		if (this.faulty && this.random.nextInt(30) == 0) {
			count("duplicates");
			watcher.sink.tryEmitNext(event);
		}
		if (this.faulty && this.random.nextInt(30) == 0) {
			count("late");
			watcher.sink.tryEmitNext(watcher.sent.get(this.random.nextInt(watcher.sent.size())));
		}
	}

	private void count(String kind) {
		this.faults.merge(kind, 1, Integer::sum);
	}

	/**
	 * One watch.
	 */
	private static final class Watcher {

		private final Sinks.Many<WatchEvent<ConfigMap>> sink = Sinks.many().unicast().onBackpressureBuffer();

		private final List<WatchEvent<ConfigMap>> sent = new ArrayList<>();

		private Disposable end = Disposables.disposed();

	}

}
