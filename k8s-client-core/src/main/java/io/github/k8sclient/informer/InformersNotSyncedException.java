package io.github.k8sclient.informer;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Informers did not get their first view of the cluster in time, or were stopped before.
 * The message names each of them with its state and the last error.
 *
 * @since 0.1.0
 * @see SharedInformerFactory#whenSynced(java.time.Duration)
 */
public class InformersNotSyncedException extends InformerException {

	private final transient List<SharedInformer<?>> informers;

	InformersNotSyncedException(String reason, List<? extends SharedInformer<?>> informers) {
		super(reason + ": "
				+ informers.stream().map(InformersNotSyncedException::describe).collect(Collectors.joining("; ")),
				firstCause(informers));
		this.informers = List.copyOf(informers);
	}

	/**
	 * Return the informers that are not synced.
	 * @return the informers, at least one
	 */
	public List<SharedInformer<?>> informers() {
		return this.informers;
	}

	private static String describe(SharedInformer<?> informer) {
		InformerStatus status = informer.status();
		Throwable cause = status.cause();
		return informer.name() + " is " + status.state() + ((cause != null) ? " (" + cause.getMessage() + ")" : "");
	}

	private static @Nullable Throwable firstCause(List<? extends SharedInformer<?>> informers) {
		for (SharedInformer<?> informer : informers) {
			Throwable cause = informer.status().cause();
			if (cause != null) {
				return cause;
			}
		}
		return null;
	}

}
