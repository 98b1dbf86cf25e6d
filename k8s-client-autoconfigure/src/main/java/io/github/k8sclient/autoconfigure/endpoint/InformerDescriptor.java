package io.github.k8sclient.autoconfigure.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.github.k8sclient.informer.HandlerRegistration;
import io.github.k8sclient.informer.InformerState;
import io.github.k8sclient.informer.InformerStatus;
import io.github.k8sclient.informer.SharedInformer;
import org.jspecify.annotations.Nullable;

/**
 * Description of an informer.
 *
 * @param name the name, which says what the informer watches
 * @param resource the resource, such as {@code deployments.v1.apps}
 * @param namespaces the namespaces, empty for all
 * @param labelSelector the label selector, {@code null} if there is none
 * @param fieldSelector the field selector, {@code null} if there is none
 * @param state the state of the informer
 * @param since when the informer entered the state
 * @param synced whether the objects have been listed
 * @param objects the number of objects in the store
 * @param resourceVersion the resource version of the store, {@code null} before the first
 * list
 * @param lastActivity when the API server last sent data, {@code null} if never
 * @param restarts the number of watches after the first one
 * @param error the cause of the state, {@code null} if there is none
 * @param counters the counters of events and requests
 * @param handlers the handlers
 * @since 0.1.0
 */
public record InformerDescriptor(String name, String resource, Collection<String> namespaces,
		@Nullable String labelSelector, @Nullable String fieldSelector, InformerState state, Instant since,
		boolean synced, int objects, @Nullable String resourceVersion, @Nullable Instant lastActivity, long restarts,
		@Nullable String error, InformerStatus.Counters counters, List<HandlerDescriptor> handlers) {

	static InformerDescriptor of(SharedInformer<?> informer) {
		InformerStatus status = informer.status();
		Throwable cause = status.cause();
		return new InformerDescriptor(informer.name(), informer.resource().toString(), informer.namespaces(),
				informer.labelSelector(), informer.fieldSelector(), status.state(), status.since(), status.synced(),
				status.objectCount(), status.resourceVersion(), status.lastActivity(), status.restarts(),
				(cause != null) ? cause.getMessage() : null, status.counters(),
				informer.handlers().stream().map(HandlerDescriptor::of).toList());
	}

	/**
	 * Description of a handler.
	 *
	 * @param name the name of the handler
	 * @param pending the number of queued events
	 * @param delivered the number of delivered events
	 * @param failures the number of exceptions that it has thrown
	 * @param processingTime the total duration of its calls
	 * @param busySince when the current call began, {@code null} between calls
	 */
	public record HandlerDescriptor(String name, int pending, long delivered, long failures, Duration processingTime,
			@Nullable Instant busySince) {

		static HandlerDescriptor of(HandlerRegistration handler) {
			return new HandlerDescriptor(handler.name(), handler.pending(), handler.delivered(), handler.failures(),
					handler.processingTime(), handler.busySince());
		}

	}

}
