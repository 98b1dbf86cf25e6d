package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import io.github.k8sclient.meta.KubernetesObject;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

import org.springframework.util.Assert;

/**
 * Takes in the handlers and streams of an informer, and gives each its mailbox.
 * Thread-safe.
 *
 * @param <T> the type of the objects
 */
final class HandlerRegistrar<T extends KubernetesObject> {

	private final List<InformerHandlers<T>> places;

	private final Supplier<Duration> resync;

	private final Scheduler scheduler;

	private final HandlerObserver<T> observer;

	private final List<HandlerMailbox<T>> mailboxes = new CopyOnWriteArrayList<>();

	/**
	 * Create a registrar without handlers.
	 * @param places where each handler has its place: the informer, or all those that
	 * appear as one
	 * @param resync the period for handlers that do not choose one
	 * @param scheduler where handlers work
	 * @param observer told how the handlers fare
	 */
	HandlerRegistrar(List<InformerHandlers<T>> places, Supplier<Duration> resync, Scheduler scheduler,
			HandlerObserver<T> observer) {
		this.places = places;
		this.resync = resync;
		this.scheduler = scheduler;
		this.observer = observer;
	}

	HandlerRegistration addHandler(ResourceEventHandler<? super T> handler, HandlerOptions options) {
		Assert.notNull(handler, "'handler' must not be null");
		Assert.notNull(options, "'options' must not be null");
		String name = (options.name() != null) ? options.name() : handler.getClass().getName();
		return add(name, Recipient.of(handler), options);
	}

	Flux<InformerEvent<T>> events(HandlerOptions options) {
		Assert.notNull(options, "'options' must not be null");
		String name = (options.name() != null) ? options.name() : "events()";
		return Flux.create((sink) -> {
			HandlerMailbox<T> mailbox = add(name, Recipient.of(sink), options);
			sink.onRequest((demand) -> mailbox.signal());
			sink.onDispose(mailbox);
		});
	}

	private HandlerMailbox<T> add(String name, Recipient<T> recipient, HandlerOptions options) {
		HandlerMailbox<T> mailbox = new HandlerMailbox<>(name, options, recipient, this.places.size(), this.scheduler,
				this.observer, this::remove);
		this.mailboxes.add(mailbox);
		Duration period = (options.resync() != null) ? options.resync() : this.resync.get();
		this.places.forEach((place) -> place.add(mailbox, period));
		return mailbox;
	}

	private void remove(HandlerMailbox<T> mailbox) {
		this.mailboxes.remove(mailbox);
		this.places.forEach((place) -> place.remove(mailbox));
	}

	/**
	 * Return the handlers that were added and not removed.
	 * @return the handlers, in the order in which they were added
	 */
	List<HandlerRegistration> handlers() {
		return List.copyOf(this.mailboxes);
	}

}
