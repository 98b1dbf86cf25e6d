package io.github.k8sclient.rest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.Assert;

/**
 * Receives the <a href=
 * "https://kubernetes.io/docs/reference/using-api/deprecation-policy/">warnings</a> of
 * API servers. A {@link RESTClient} without a handler of its own logs each one once.
 *
 * @since 0.1.0
 * @see RESTClient.Builder#warningHandler(WarningHandler)
 */
@FunctionalInterface
public interface WarningHandler {

	/**
	 * Handle a warning. Called on the thread that receives the response, before the
	 * response is read, and so must not block. What it throws is logged, and changes
	 * nothing for the request.
	 * @param warning the warning
	 */
	void handleWarning(Warning warning);

	/**
	 * Return a handler that passes each warning on to this handler, then to another one.
	 * @param next the other handler
	 * @return the combination of both
	 */
	default WarningHandler andThen(WarningHandler next) {
		Assert.notNull(next, "'next' must not be null");
		return (warning) -> {
			handleWarning(warning);
			next.handleWarning(warning);
		};
	}

	/**
	 * Return a handler that passes each warning on to this handler once, however often it
	 * comes.
	 * @return a handler that remembers the last thousand warnings
	 */
	default WarningHandler once() {
		Set<Warning> seen = Collections.newSetFromMap(Collections.synchronizedMap(new LinkedHashMap<>() {

			@Override
			protected boolean removeEldestEntry(Map.Entry<Warning, Boolean> eldest) {
				return size() > 1000;
			}

		}));
		return (warning) -> {
			if (seen.add(warning)) {
				handleWarning(warning);
			}
		};
	}

	/**
	 * Return a handler that logs the text of warnings, as client-go's
	 * {@code WarningLogger} does.
	 * @return a handler that logs at level WARN
	 */
	static WarningHandler logging() {
		Log logger = LogFactory.getLog(WarningHandler.class);
		return (warning) -> {
			if (warning.code() == 299 && !warning.text().isEmpty()) {
				logger.warn("The Kubernetes API server warns: " + warning.text());
			}
		};
	}

}
