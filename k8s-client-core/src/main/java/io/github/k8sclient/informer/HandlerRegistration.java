package io.github.k8sclient.informer;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * A handler's place at an informer. Thread-safe.
 *
 * @since 0.1.0
 * @see SharedInformer#addHandler(ResourceEventHandler, HandlerOptions)
 */
public interface HandlerRegistration extends Disposable {

	/**
	 * Return the name of the handler in logs.
	 * @return the name
	 */
	String name();

	/**
	 * Wait until the handler has worked off its first view of the cluster: until it
	 * returned from the last {@link ResourceEventHandler#onAdd onAdd} of an object that
	 * existed when the handler joined, or when the informer first listed.
	 * @return completes then, on a thread that serves handlers; at once if it is so
	 * already; fails with {@link InformersNotSyncedException} if the informer is stopped
	 * before, with a {@link java.util.concurrent.CancellationException} if the handler is
	 * removed before, with a {@link HandlerOverflowException} if it is too slow
	 */
	Mono<Void> whenSynced();

	/**
	 * Return how many events wait for the handler, the one it works on included.
	 * @return the number of events, a momentary value
	 */
	int pending();

	/**
	 * Return how many events were delivered, those included at which the handler threw an
	 * exception.
	 * @return the number of events since the handler was added
	 */
	long delivered();

	/**
	 * Return how long the handler has worked: how long all calls took together that have
	 * returned.
	 * @return the time since the handler was added
	 */
	Duration processingTime();

	/**
	 * Return since when the handler has been in the call that runs now. If that is long
	 * ago, it is stuck: its events wait, and it keeps a thread.
	 * @return when the call began, {@code null} between calls
	 */
	@Nullable Instant busySince();

	/**
	 * Return how many times the handler threw an exception.
	 * @return the number of exceptions since the handler was added
	 */
	long failures();

	/**
	 * Return why the informer removed the handler.
	 * @return a {@link HandlerOverflowException} if it was too slow, {@code null} while
	 * it is served and if it was removed by {@link #dispose()}
	 */
	@Nullable Throwable failure();

	/**
	 * Remove the handler. Events that still wait are dropped. No further call begins once
	 * this method has returned; one that is running then runs to its end.
	 */
	@Override
	void dispose();

	/**
	 * Remove the handler and wait for the call that is running.
	 * @return removes the handler when subscribed to, as {@link #dispose()} does;
	 * completes when no call runs any more. Must not be waited for in the handler itself
	 */
	Mono<Void> disposeGracefully();

	/**
	 * Return whether the handler was removed.
	 * @return {@code true} after {@link #dispose()}, and when the handler was too slow
	 */
	@Override
	boolean isDisposed();

}
