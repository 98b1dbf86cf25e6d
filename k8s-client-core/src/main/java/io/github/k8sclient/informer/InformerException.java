package io.github.k8sclient.informer;

import io.github.k8sclient.KubernetesException;
import org.jspecify.annotations.Nullable;

/**
 * Something went wrong at an informer. The message says what the informer was doing.
 *
 * @since 0.1.0
 */
public class InformerException extends KubernetesException {

	/**
	 * Create an exception.
	 * @param message what the informer was doing
	 * @param cause what went wrong, {@code null} if the message says it all
	 */
	public InformerException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
