package io.github.k8sclient.rest;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.github.k8sclient.observation.DefaultRequestObservationConvention;
import io.github.k8sclient.observation.RequestObservationContext;
import io.github.k8sclient.observation.RequestObservationConvention;
import io.github.k8sclient.observation.RequestObservationDocumentation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

/**
 * Observes requests, each subscription on its own. The observation in the context of the
 * subscriber is the parent, and the one of the request is that of the HTTP exchanges that
 * it makes.
 */
final class RequestObservations {

	/**
	 * The key of Micrometer's {@code ObservationThreadLocalAccessor}, which needs a
	 * library of its own.
	 */
	private static final String OBSERVATION = "micrometer.observation";

	private static final RequestObservationConvention DEFAULT_CONVENTION = new DefaultRequestObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable RequestObservationConvention convention;

	RequestObservations(ObservationRegistry registry, @Nullable RequestObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	/**
	 * Observe a request.
	 * @param target what the request is about
	 * @param verb the verb of the request
	 * @param endless whether what matters is the answer and not the end of the response
	 * @param exchange makes the request
	 */
	<T> Flux<T> observe(RequestTarget target, String verb, boolean endless,
			Function<RequestObserver, Flux<T>> exchange) {
		if (this.registry.isNoop()) {
			return exchange.apply((code, success) -> {
			});
		}
		return Flux.deferContextual((subscriber) -> {
			RequestObservationContext context = new RequestObservationContext(verb, target.groupVersion(),
					target.resource(), target.subresource());
			Observation observation = start(context, subscriber);
			return new Observed(context, observation, endless).observe(exchange)
				.contextWrite((view) -> view.put(OBSERVATION, observation));
		});
	}

	private Observation start(RequestObservationContext context, ContextView subscriber) {
		return RequestObservationDocumentation.REQUEST
			.observation(this.convention, DEFAULT_CONVENTION, () -> context, this.registry)
			.parentObservation(subscriber.getOrDefault(OBSERVATION, null))
			.start();
	}

	/**
	 * A request under observation.
	 */
	private static final class Observed implements RequestObserver {

		private final RequestObservationContext context;

		private final Observation observation;

		private final boolean endless;

		private final AtomicBoolean stopped = new AtomicBoolean();

		Observed(RequestObservationContext context, Observation observation, boolean endless) {
			this.context = context;
			this.observation = observation;
			this.endless = endless;
		}

		<T> Flux<T> observe(Function<RequestObserver, Flux<T>> exchange) {
			return exchange.apply(this).doOnError(this::fail).doOnComplete(this::stop).doOnCancel(this::cancel);
		}

		@Override
		public void answered(int code, boolean success) {
			this.context.setCode(code);
			if (this.endless && success) {
				stop();
			}
		}

		private void fail(Throwable failure) {
			if (!this.stopped.get()) {
				this.observation.error(failure);
				stop();
			}
		}

		private void cancel() {
			if (!this.stopped.get()) {
				this.context.setCancelled();
				stop();
			}
		}

		private void stop() {
			if (this.stopped.compareAndSet(false, true)) {
				this.observation.stop();
			}
		}

	}

}
