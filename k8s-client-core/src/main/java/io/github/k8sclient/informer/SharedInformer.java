package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Keeps a live copy of the objects of one resource, and tells handlers of every change.
 * <p>
 * Once started, an informer lists the objects and watches them from there on, and goes on
 * until it is stopped, whatever happens on the way: an ended watch is begun again where
 * it ended; a failure is retried with growing delays (0.8 to 30 seconds and up to as much
 * again at random); a history that the server has forgotten is made up for by another
 * list, from which changes and deletions are found by comparison. An object that the list
 * shows unchanged, by its resource version, is not reported again. An object that was
 * deleted and made again in the meantime is reported as deleted and added.
 * <p>
 * Thread-safe. No method blocks, and an informer has no thread of its own.
 *
 * @param <T> the type of the objects
 * @since 0.1.0
 * @see SharedInformerFactory
 */
public interface SharedInformer<T extends KubernetesObject> {

	/**
	 * Return what the informer watches, for logs and messages.
	 * @return a name such as {@code deployments.apps in namespace default}
	 */
	String name();

	/**
	 * Return the resource whose objects are watched.
	 * @return the resource
	 */
	ResourceDescriptor<T> resource();

	/**
	 * Return the one namespace whose objects are watched.
	 * @return the namespace, {@code null} for several or all of them and for resources
	 * without namespaces
	 * @see #namespaces()
	 */
	@Nullable String namespace();

	/**
	 * Return the namespaces whose objects are watched.
	 * @return the namespaces, empty for all of them and for resources without namespaces
	 */
	Set<String> namespaces();

	/**
	 * Return the label selector that the server applies.
	 * @return the selector, {@code null} if there is none
	 */
	@Nullable String labelSelector();

	/**
	 * Return the field selector that the server applies.
	 * @return the selector, {@code null} if there is none
	 */
	@Nullable String fieldSelector();

	/**
	 * Return the shard whose objects are watched.
	 * @return the selector, {@code null} for all objects
	 * @see InformerSpec#withShardSelector
	 */
	@Nullable String shardSelector();

	/**
	 * Return how the informer works.
	 * @return the options
	 */
	InformerOptions options();

	/**
	 * Return the objects.
	 * @return the store, empty before the first list
	 */
	Store<T> store();

	/**
	 * Return the objects with their indexes.
	 * @return the same store
	 */
	Indexer<T> indexer();

	/**
	 * Return the objects by namespace, name and label selector.
	 * @return a view of the same store
	 */
	Lister<T> lister();

	/**
	 * Estimate how many bytes the objects have in JSON, by some of them. Decoded they
	 * occupy less, the more so the more they have in common.
	 * @return the number of bytes, zero for an empty store and for objects that cannot be
	 * written, such as {@linkplain Projection projections}
	 */
	long estimatedBytes();

	/**
	 * Return a view of the objects that also shows own writes which the watch has not
	 * brought yet: up to 1,000 of them, each for 5 minutes at most.
	 * @return a new cache without any writes
	 */
	default MutationCache<T> mutationCache() {
		return mutationCache(Duration.ofMinutes(5), 1000);
	}

	/**
	 * Return a view of the objects that also shows own writes which the watch has not
	 * brought yet.
	 * @param timeToLive for how long at most a write is shown, positive
	 * @param maxMutations how many writes at most are shown, positive
	 * @return a new cache without any writes
	 */
	MutationCache<T> mutationCache(Duration timeToLive, int maxMutations);

	/**
	 * Add a handler with the default options.
	 * @param handler told of every change
	 * @return the registration of the handler
	 * @see #addHandler(ResourceEventHandler, HandlerOptions)
	 */
	default HandlerRegistration addHandler(ResourceEventHandler<? super T> handler) {
		return addHandler(handler, HandlerOptions.defaults());
	}

	/**
	 * Add a handler, before or after the informer was started. A handler that comes late
	 * is told of all objects that are there, as added initially, and then of every change
	 * after that. Adding the same handler again serves it twice.
	 * @param handler told of every change
	 * @param options how the handler is served
	 * @return the registration of the handler
	 */
	HandlerRegistration addHandler(ResourceEventHandler<? super T> handler, HandlerOptions options);

	/**
	 * Return the handlers of this informer, each subscriber of {@link #events()}
	 * included.
	 * @return the registrations of the handlers that were not removed, a copy in the
	 * order in which they were added
	 */
	List<HandlerRegistration> handlers();

	/**
	 * Return the changes as a stream, one for each subscriber: first the objects that are
	 * there, as added initially, then every change. There is no resync.
	 * @return the changes, without a limit to how many may wait
	 * @see #events(HandlerOptions)
	 */
	default Flux<InformerEvent<T>> events() {
		return events(HandlerOptions.defaults().withResync(Duration.ZERO));
	}

	/**
	 * Return the changes as a stream, one for each subscriber: first the objects that are
	 * there, as added initially, then every change.
	 * <p>
	 * The subscriber is served like a handler, on a thread that may block, and at the
	 * rate of its own demand; what it does not ask for waits in its queue, as the options
	 * say. Cancellation removes it. The {@code Flux} completes when the informer is
	 * stopped, without what waits then; subscribed to before the start, it waits for it.
	 * It fails with {@link HandlerOverflowException} if the options say so, and not
	 * otherwise.
	 * @param options how each subscriber is served
	 * @return the changes
	 */
	Flux<InformerEvent<T>> events(HandlerOptions options);

	/**
	 * Return how the informer is doing.
	 * @return the status at this moment
	 */
	InformerStatus status();

	/**
	 * Add a listener for changes of the state.
	 * @param listener told of each change from now on
	 * @return removes the listener
	 */
	Disposable addStatusListener(InformerStatusListener listener);

	/**
	 * Wait for the first view of the cluster: until the first list is in the store. Which
	 * handlers have worked it off is said by {@link HandlerRegistration#whenSynced()}.
	 * @return completes then, on a thread that serves handlers; at once if it is so
	 * already; fails with {@link InformersNotSyncedException} if the informer is stopped
	 * before. Does not start the informer
	 */
	Mono<Void> whenSynced();

	/**
	 * Wait for the first view of the cluster, but not for ever.
	 * @param timeout how long to wait at most
	 * @return completes as {@link #whenSynced()} does; fails with
	 * {@link InformersNotSyncedException} that gives the last error if it takes longer
	 */
	Mono<Void> whenSynced(Duration timeout);

	/**
	 * Wait until the objects fulfil a condition. It is asked first when the objects are
	 * known, then after each change, so that it concerns states and not events: those
	 * that follow each other quickly may be seen as one.
	 * @param condition asked of the store, on a thread that serves handlers and may block
	 * @return the store, on that thread; fails with what the condition throws. Neither
	 * starts the informer nor ends by itself if the condition is never fulfilled; see
	 * {@link Mono#timeout(Duration)}
	 * @see InformerSpec#until(Predicate)
	 */
	default Mono<Store<T>> until(Predicate<? super Store<T>> condition) {
		Assert.notNull(condition, "'condition' must not be null");
		return StoreCondition.await(this, condition);
	}

	/**
	 * Start the informer, or start it again after it was stopped. A running informer is
	 * left as it is. After a stop, the watch goes on where it ended, and the handlers get
	 * what has changed in between.
	 */
	void start();

	/**
	 * Stop the informer. The store and the handlers stay as they are; events that wait
	 * for a handler are kept for the next start.
	 * @return stops the informer when subscribed to; completes when no request and no
	 * handler is running any more. Must not be waited for in a handler of this informer
	 */
	Mono<Void> stop();

}
