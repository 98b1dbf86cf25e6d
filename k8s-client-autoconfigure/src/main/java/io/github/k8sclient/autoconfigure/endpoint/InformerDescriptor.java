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
 * An informer, as the endpoint shows it.
 *
 * @param name what the informer watches
 * @param resource the resource, such as {@code deployments.v1.apps}
 * @param namespaces the namespaces, empty for all
 * @param labelSelector the label selector, {@code null} if there is none
 * @param fieldSelector the field selector, {@code null} if there is none
 * @param state how the informer is doing
 * @param since since when it is in this state
 * @param synced whether the objects have been listed
 * @param objects how many objects the store holds
 * @param resourceVersion up to which version the store is complete, {@code null} before
 * the first list
 * @param lastActivity when the API server was last heard of, {@code null} if never
 * @param restarts how many watches were begun after the first
 * @param error what led to the state, {@code null} if all is well
 * @param counters what has happened so far
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
	 * A handler of an informer.
	 *
	 * @param name the name of the handler
	 * @param pending how many events wait for it
	 * @param delivered how many events were delivered
	 * @param failures how many times it threw an exception
	 * @param processingTime how long its calls took together
	 * @param busySince since when it has been in the call that runs now, {@code null}
	 * between calls
	 */
	public record HandlerDescriptor(String name, int pending, long delivered, long failures, Duration processingTime,
			@Nullable Instant busySince) {

		static HandlerDescriptor of(HandlerRegistration handler) {
			return new HandlerDescriptor(handler.name(), handler.pending(), handler.delivered(), handler.failures(),
					handler.processingTime(), handler.busySince());
		}

	}

}
