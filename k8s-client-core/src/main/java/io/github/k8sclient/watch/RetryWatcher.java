package io.github.k8sclient.watch;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListOptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.Assert;

/**
 * A watch that outlives the ends which every watch has: it goes on after the last event
 * seen, so that each event comes once and in order. What {@code RetryWatcher} and
 * {@code Until} of client-go's package {@code tools/watch} are.
 *
 * <pre class="code">
 * pods.create(pod)
 *     .flatMap((created) -&gt; RetryWatcher.startingAfter(created.metadata().resourceVersion(), pods::watch)
 *         .until((event) -&gt; event.type() == WatchEvent.Type.DELETED))
 * </pre>
 *
 * It does not list. When the server has forgotten the changes after the last event, it
 * cannot go on and fails: an informer can, and is what most programs want
 * ({@link io.github.k8sclient.informer.InformerSpec#until InformerSpec.until}). Immutable
 * and thread-safe.
 *
 * @param <T> the type of the objects
 * @since 0.1.0
 */
public final class RetryWatcher<T extends KubernetesObject> {

	private final String resourceVersion;

	private final Function<ListOptions, Flux<WatchEvent<T>>> watch;

	private final Scheduler timer;

	RetryWatcher(String resourceVersion, Function<ListOptions, Flux<WatchEvent<T>>> watch, Scheduler timer) {
		Assert.hasText(resourceVersion, "'resourceVersion' must not be empty");
		Assert.isTrue(!resourceVersion.equals("0"),
				"'resourceVersion' must not be \"0\": such a watch begins with objects in no particular order");
		Assert.notNull(watch, "'watch' must not be null");
		this.resourceVersion = resourceVersion;
		this.watch = watch;
		this.timer = timer;
	}

	/**
	 * Return a watcher for what happens after a resource version.
	 * @param resourceVersion the version of a list or an object, neither empty nor
	 * {@code "0"}
	 * @param watch makes one watch with the given options, such as {@code pods::watch};
	 * it may add selectors to them. They ask for a watch of five to ten minutes
	 * @param <T> the type of the objects
	 * @return the watcher; no request is made before somebody subscribes
	 * @throws IllegalArgumentException if the version is empty or {@code "0"}
	 */
	public static <T extends KubernetesObject> RetryWatcher<T> startingAfter(String resourceVersion,
			Function<ListOptions, Flux<WatchEvent<T>>> watch) {
		return new RetryWatcher<>(resourceVersion, watch, Schedulers.parallel());
	}

	/**
	 * Return the events. An end of the watch, a broken connection and what the server
	 * refuses lead to the next watch, at most one each second and not before the server
	 * wants it. Each subscriber has watches of its own, and ends them by cancellation.
	 * @return additions, changes and deletions in the order of the server, without end;
	 * fails with {@link io.github.k8sclient.GoneException} if the server has forgotten
	 * the version at which the watch should go on, with
	 * {@link io.github.k8sclient.UnauthorizedException} or
	 * {@link io.github.k8sclient.ForbiddenException} if it must not watch, and with
	 * another {@link io.github.k8sclient.KubernetesException} if an event cannot be read
	 */
	public Flux<WatchEvent<T>> events() {
		return Flux.defer(() -> new RetriedWatch<>(this.resourceVersion, this.watch, this.timer).events());
	}

	/**
	 * Wait for an event. Does not end by itself if it never comes; see
	 * {@link Mono#timeout(java.time.Duration)}.
	 * @param condition what must happen; asked where the events are received, and so must
	 * not block
	 * @return the first event that fulfils the condition; fails as {@link #events()}
	 * does, and with what the condition throws
	 */
	public Mono<WatchEvent<T>> until(Predicate<? super WatchEvent<T>> condition) {
		Assert.notNull(condition, "'condition' must not be null");
		return events().filter(condition).next();
	}

	/**
	 * Wait for events that fulfil one condition after the other: the event that fulfils
	 * one is the first to be asked of the next.
	 * @param conditions what must happen, at least one condition
	 * @return the event that fulfilled the last condition; fails as {@link #events()}
	 * does, and with what a condition throws
	 * @see #until(Predicate)
	 */
	public Mono<WatchEvent<T>> untilEach(List<? extends Predicate<? super WatchEvent<T>>> conditions) {
		Assert.notEmpty(conditions, "'conditions' must not be empty");
		return Mono.defer(() -> until(new Sequence<>(conditions)));
	}

	/**
	 * Conditions of which one is fulfilled after the other.
	 *
	 * @param <E> the type of the events
	 */
	private static final class Sequence<E> implements Predicate<E> {

		private final List<? extends Predicate<? super E>> conditions;

		private int fulfilled;

		Sequence(List<? extends Predicate<? super E>> conditions) {
			this.conditions = List.copyOf(conditions);
		}

		@Override
		public boolean test(E event) {
			while (this.fulfilled < this.conditions.size() && this.conditions.get(this.fulfilled).test(event)) {
				this.fulfilled++;
			}
			return this.fulfilled == this.conditions.size();
		}

	}

}
