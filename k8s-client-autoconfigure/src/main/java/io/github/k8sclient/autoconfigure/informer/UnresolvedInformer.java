package io.github.k8sclient.autoconfigure.informer;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * An informer that does not run yet, because the API server has to tell first what the
 * name of its kind means.
 *
 * @param resource the name, such as {@code Prometheus.v1.monitoring.coreos.com}
 * @param property the property that has it
 * @param namespaces the namespaces to watch, empty for all
 * @param since since when the server is asked
 * @param attempts how often it was asked in vain
 * @param problem why, {@code null} as long as there is no answer
 * @since 0.1.0
 */
public record UnresolvedInformer(String resource, String property, Set<String> namespaces, Instant since, long attempts,
		@Nullable String problem) {

	UnresolvedInformer failed(Throwable error) {
		return new UnresolvedInformer(this.resource, this.property, this.namespaces, this.since, this.attempts + 1,
				error.getMessage());
	}

}
