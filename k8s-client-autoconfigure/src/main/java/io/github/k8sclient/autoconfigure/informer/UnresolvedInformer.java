package io.github.k8sclient.autoconfigure.informer;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * An informer that does not run yet, because the API server does not serve its kind or
 * has not been asked yet.
 *
 * @param resource the name, such as {@code Prometheus.v1.monitoring.coreos.com}
 * @param property the property with the name
 * @param namespaces the namespaces to watch, empty for all
 * @param since when the server was first asked
 * @param attempts the number of failed attempts
 * @param problem the error of the last attempt, {@code null} before the first answer
 * @since 0.1.0
 */
public record UnresolvedInformer(String resource, String property, Set<String> namespaces, Instant since, long attempts,
		@Nullable String problem) {

	UnresolvedInformer failed(Throwable error) {
		return new UnresolvedInformer(this.resource, this.property, this.namespaces, this.since, this.attempts + 1,
				error.getMessage());
	}

}
