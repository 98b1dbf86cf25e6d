package io.github.k8sclient.autoconfigure.health;

import io.github.k8sclient.autoconfigure.informer.UnresolvedInformer;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health of an informer that waits for the API server to serve its kind: OUT_OF_SERVICE
 * before the first answer, DOWN after a failed attempt.
 */
final class UnresolvedInformerHealthIndicator extends AbstractReactiveHealthIndicator {

	private final UnresolvedInformer informer;

	UnresolvedInformerHealthIndicator(UnresolvedInformer informer) {
		super("Informer health check failed");
		this.informer = informer;
	}

	@Override
	protected Mono<Health> doHealthCheck(Health.Builder builder) {
		return Mono.fromSupplier(() -> health(builder));
	}

	private Health health(Health.Builder builder) {
		builder.withDetail("state", "UNRESOLVED");
		builder.withDetail("since", this.informer.since());
		builder.withDetail("resource", this.informer.resource());
		builder.withDetail("property", this.informer.property());
		if (!this.informer.namespaces().isEmpty()) {
			builder.withDetail("namespaces", this.informer.namespaces());
		}
		if (this.informer.attempts() == 0) {
			return builder.outOfService().build();
		}
		builder.withDetail("failures", this.informer.attempts());
		if (this.informer.problem() != null) {
			builder.withDetail("error", this.informer.problem());
		}
		return builder.down().build();
	}

}
