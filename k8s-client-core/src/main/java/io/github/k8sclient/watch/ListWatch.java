package io.github.k8sclient.watch;

import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListOptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lists and watches the objects of one resource, in one namespace or in all of them. This
 * is all that an informer knows of a cluster.
 * <p>
 * An implementation may add to the options, such as a label selector of its own, and then
 * does so in both methods.
 *
 * @param <T> the type of the objects
 * @since 0.1.0
 * @see ListWatchProvider
 */
public interface ListWatch<T extends KubernetesObject> {

	/**
	 * Read the objects as they are now, or one page of them if the options have a limit.
	 * <p>
	 * Nothing happens until subscription, and each subscription makes a request. The
	 * {@code Mono} emits one list, with the resource version at which a watch can go on,
	 * or fails with a {@link io.github.k8sclient.KubernetesApiException} if the server
	 * refuses and with another {@link io.github.k8sclient.KubernetesException} if it
	 * cannot be reached or understood.
	 * @param options what to list
	 * @return the list
	 */
	Mono<KubernetesList<T>> list(ListOptions options);

	/**
	 * Follow the changes after the resource version of the options.
	 * <p>
	 * Nothing happens until subscription, each subscription makes a request, and
	 * cancellation ends it. If bookmarks are asked for, the first event should be a
	 * bookmark for the resource version of the options, as soon as the server has
	 * accepted the watch: so an informer knows that a quiet watch works. The {@code Flux}
	 * ends in one of these ways:
	 * <ul>
	 * <li>it <em>completes</em> when the server ends the watch, which every server does
	 * after a while: the normal end, to go on after the last version seen. The last event
	 * before it may be an {@link WatchEvent.Error};</li>
	 * <li>it fails with a {@link io.github.k8sclient.KubernetesApiException} when the
	 * server refuses to watch; {@link io.github.k8sclient.GoneException} then says that
	 * the resource version is too old;</li>
	 * <li>it fails with another {@link io.github.k8sclient.KubernetesException} when the
	 * server cannot be reached, the connection breaks or falls silent, or the stream
	 * cannot be read any further. All events before are valid, and the watch may go on
	 * after them.</li>
	 * </ul>
	 * @param options what to watch; {@code watch=true} need not be set
	 * @return the events in the order of the server
	 */
	Flux<WatchEvent<T>> watch(ListOptions options);

	/**
	 * Return whether a watch may be asked to begin with the objects as they are, and to
	 * tell their end ({@code sendInitialEvents}). A server that does not know how is
	 * noticed by its answer; an implementation that does not talk to a server, or that
	 * makes requests of its own, says {@code false} here if it cannot do so.
	 * @return {@code true} unless an implementation says otherwise
	 */
	default boolean canStreamLists() {
		return true;
	}

}
