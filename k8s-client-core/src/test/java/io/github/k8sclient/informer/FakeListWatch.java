package io.github.k8sclient.informer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.watch.ListWatch;
import io.github.k8sclient.watch.WatchEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Answers lists and watches from a script, and remembers what was asked for. A list or
 * watch beyond the script never ends. Does not stream lists unless told to.
 *
 * @param <T> the type of the objects
 */
final class FakeListWatch<T extends KubernetesObject> implements ListWatch<T> {

	private final Queue<Function<ListOptions, Mono<KubernetesList<T>>>> listScript = new ArrayDeque<>();

	private final Queue<Function<ListOptions, Flux<WatchEvent<T>>>> watchScript = new ArrayDeque<>();

	private final List<ListOptions> lists = Collections.synchronizedList(new ArrayList<>());

	private final List<ListOptions> watches = Collections.synchronizedList(new ArrayList<>());

	private boolean streaming;

	FakeListWatch<T> streaming() {
		this.streaming = true;
		return this;
	}

	FakeListWatch<T> list(Mono<KubernetesList<T>> answer) {
		this.listScript.add((options) -> answer);
		return this;
	}

	FakeListWatch<T> list(Function<ListOptions, Mono<KubernetesList<T>>> answer) {
		this.listScript.add(answer);
		return this;
	}

	FakeListWatch<T> watch(Flux<WatchEvent<T>> events) {
		this.watchScript.add((options) -> events);
		return this;
	}

	FakeListWatch<T> watch(Function<ListOptions, Flux<WatchEvent<T>>> events) {
		this.watchScript.add(events);
		return this;
	}

	FakeListWatch<T> watches(int times, Flux<WatchEvent<T>> events) {
		for (int i = 0; i < times; i++) {
			watch(events);
		}
		return this;
	}

	@Override
	public synchronized Mono<KubernetesList<T>> list(ListOptions options) {
		this.lists.add(options);
		Function<ListOptions, Mono<KubernetesList<T>>> answer = this.listScript.poll();
		return (answer != null) ? answer.apply(options) : Mono.never();
	}

	@Override
	public synchronized Flux<WatchEvent<T>> watch(ListOptions options) {
		this.watches.add(options);
		Function<ListOptions, Flux<WatchEvent<T>>> events = this.watchScript.poll();
		return (events != null) ? events.apply(options) : Flux.never();
	}

	@Override
	public boolean canStreamLists() {
		return this.streaming;
	}

	List<ListOptions> lists() {
		return List.copyOf(this.lists);
	}

	List<ListOptions> watches() {
		return List.copyOf(this.watches);
	}

	List<String> listVersions() {
		return lists().stream().map(ListOptions::resourceVersion).map(String::valueOf).toList();
	}

	List<String> watchVersions() {
		return watches().stream().map(ListOptions::resourceVersion).map(String::valueOf).toList();
	}

}
