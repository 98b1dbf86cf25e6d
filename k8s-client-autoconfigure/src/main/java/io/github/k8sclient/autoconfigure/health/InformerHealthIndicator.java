package io.github.k8sclient.autoconfigure.health;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.github.k8sclient.informer.InformerState;
import io.github.k8sclient.informer.InformerStatus;
import io.github.k8sclient.informer.SharedInformer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Health of one informer. It is UP while the informer is in sync, and during an outage
 * until the grace period has expired; OUT_OF_SERVICE before the first list and after a
 * stop; DOWN if the first list fails or an outage exceeds the grace period.
 */
final class InformerHealthIndicator extends AbstractReactiveHealthIndicator {

	private final SharedInformer<?> informer;

	private final Duration gracePeriod;

	private final Clock clock;

	InformerHealthIndicator(SharedInformer<?> informer, Duration gracePeriod, Clock clock) {
		super("Informer health check failed");
		this.informer = informer;
		this.gracePeriod = gracePeriod;
		this.clock = clock;
	}

	@Override
	protected Mono<Health> doHealthCheck(Health.Builder builder) {
		return Mono.fromSupplier(() -> health(builder, this.informer.status()));
	}

	private Health health(Health.Builder builder, InformerStatus status) {
		builder.status(judge(status));
		builder.withDetail("state", status.state());
		builder.withDetail("since", status.since());
		builder.withDetail("resource", this.informer.resource().toString());
		addDetail(builder, "namespace", this.informer.namespace());
		if (this.informer.namespaces().size() > 1) {
			builder.withDetail("namespaces", this.informer.namespaces());
		}
		addDetail(builder, "labelSelector", this.informer.labelSelector());
		addDetail(builder, "fieldSelector", this.informer.fieldSelector());
		builder.withDetail("objects", status.objectCount());
		addDetail(builder, "resourceVersion", status.resourceVersion());
		if (status.lastActivity() != null) {
			builder.withDetail("lastActivity", status.lastActivity());
			Duration age = Duration.between(status.lastActivity(), this.clock.instant());
			builder.withDetail("lastActivityAge", age.truncatedTo(ChronoUnit.SECONDS));
		}
		builder.withDetail("restarts", status.restarts());
		if (status.state() == InformerState.FORBIDDEN) {
			builder.withDetail("verb", status.synced() ? "watch" : "list");
		}
		if (status.cause() != null) {
			builder.withDetail("failures", status.consecutiveFailures());
			addDetail(builder, "error", status.cause().getMessage());
		}
		return builder.build();
	}

	private Status judge(InformerStatus status) {
		return switch (status.state()) {
			case SYNCED -> Status.UP;
			case STARTING, STOPPED -> Status.OUT_OF_SERVICE;
			case RETRYING, FORBIDDEN -> (status.synced() && withinGracePeriod(status)) ? Status.UP : Status.DOWN;
			case STALE -> Status.DOWN;
		};
	}

	private boolean withinGracePeriod(InformerStatus status) {
		return status.trouble().compareTo(this.gracePeriod) < 0;
	}

	private static void addDetail(Health.Builder builder, String key, @Nullable String value) {
		if (value != null) {
			builder.withDetail(key, value);
		}
	}

}
