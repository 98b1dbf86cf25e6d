package io.github.k8sclient.informer;

import io.github.k8sclient.meta.KubernetesObject;
import reactor.core.publisher.FluxSink;

/**
 * Who receives the events of a mailbox: a handler, or the subscriber of a stream.
 *
 * @param <T> the type of the objects
 */
interface Recipient<T extends KubernetesObject> {

	/**
	 * Return who is told of the events.
	 * @return the handler
	 */
	ResourceEventHandler<? super T> handler();

	/**
	 * Return whether another event is wanted now.
	 * @return {@code false} until {@link HandlerMailbox#signal()} says that this changed
	 */
	boolean wantsNext();

	/**
	 * The informer was stopped.
	 */
	void complete();

	/**
	 * There will be no further event.
	 * @param error why
	 */
	void fail(Throwable error);

	/**
	 * Return a handler that takes whatever comes.
	 * @param handler the handler
	 * @param <T> the type of the objects
	 * @return the recipient
	 */
	static <T extends KubernetesObject> Recipient<T> of(ResourceEventHandler<? super T> handler) {
		return new HandlerRecipient<>(handler);
	}

	/**
	 * Return the subscriber of a stream, who gets no more than is asked for.
	 * @param sink takes the events
	 * @param <T> the type of the objects
	 * @return the recipient
	 */
	static <T extends KubernetesObject> Recipient<T> of(FluxSink<InformerEvent<T>> sink) {
		return new StreamRecipient<>(ResourceEventHandler.of(sink::next), sink);
	}

	/**
	 * A handler, which stays through stops and restarts.
	 *
	 * @param handler the handler
	 * @param <T> the type of the objects
	 */
	record HandlerRecipient<T extends KubernetesObject>(
			ResourceEventHandler<? super T> handler) implements Recipient<T> {

		@Override
		public boolean wantsNext() {
			return true;
		}

		@Override
		public void complete() {
		}

		@Override
		public void fail(Throwable error) {
		}

	}

	/**
	 * The subscriber of a stream, which ends with the informer.
	 *
	 * @param handler puts the events into the sink
	 * @param sink the sink
	 * @param <T> the type of the objects
	 */
	record StreamRecipient<T extends KubernetesObject>(ResourceEventHandler<T> handler,
			FluxSink<InformerEvent<T>> sink) implements Recipient<T> {

		@Override
		public boolean wantsNext() {
			return this.sink.requestedFromDownstream() > 0;
		}

		@Override
		public void complete() {
			this.sink.complete();
		}

		@Override
		public void fail(Throwable error) {
			this.sink.error(error);
		}

	}

}
