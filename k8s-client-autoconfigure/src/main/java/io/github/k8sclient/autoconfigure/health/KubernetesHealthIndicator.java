package io.github.k8sclient.autoconfigure.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;

import io.github.k8sclient.ForbiddenException;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.discovery.DiscoveryClient;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health of the connection to the API server, which is asked for its version. An API
 * server that has answered before is reported as UP, with the error as a detail, until
 * the grace period of an outage has expired.
 */
final class KubernetesHealthIndicator extends AbstractReactiveHealthIndicator {

	private static final Log logger = LogFactory.getLog(KubernetesHealthIndicator.class);

	private final DiscoveryClient discoveryClient;

	private final ClientConfiguration configuration;

	private final Duration firstTimeout;

	private final Duration timeout;

	private final Duration gracePeriod;

	private final Clock clock;

	private volatile boolean reachedBefore;

	private volatile @Nullable Instant failingSince;

	/**
	 * Create an indicator.
	 * @param discoveryClient asks the API server
	 * @param configuration the configuration to show
	 * @param firstTimeout how long the first answer may take, for which a cold JVM has to
	 * load classes and to connect
	 * @param timeout how long other answers may take
	 * @param gracePeriod how long an outage is only a detail
	 * @param clock measures the outage
	 */
	KubernetesHealthIndicator(DiscoveryClient discoveryClient, ClientConfiguration configuration, Duration firstTimeout,
			Duration timeout, Duration gracePeriod, Clock clock) {
		super("Kubernetes health check failed");
		this.discoveryClient = discoveryClient;
		this.configuration = configuration;
		this.firstTimeout = firstTimeout;
		this.timeout = timeout;
		this.gracePeriod = gracePeriod;
		this.clock = clock;
	}

	@Override
	protected Mono<Health> doHealthCheck(Health.Builder builder) {
		builder.withDetail("server", this.configuration.server().toString());
		builder.withDetail("source", this.configuration.source());
		boolean first = !this.reachedBefore && this.failingSince == null;
		Duration limit = first ? this.firstTimeout : this.timeout;
		return this.discoveryClient.serverVersion()
			.timeout(limit, Mono.error(() -> new TimeoutException("no answer within " + limit.toMillis() + " ms")))
			.map((version) -> answered(builder, version.gitVersion()))
			.onErrorResume((ex) -> Mono.just(failed(builder, ex)));
	}

	private Health answered(Health.Builder builder, String version) {
		if (this.failingSince != null) {
			logger.info("The Kubernetes API server " + this.configuration.server() + " answers again");
		}
		this.reachedBefore = true;
		this.failingSince = null;
		return builder.up().withDetail("version", version).build();
	}

	private Health failed(Health.Builder builder, Throwable ex) {
		if (ex instanceof ForbiddenException) {
			// The server has answered and authenticated the client
			return answered(builder, "forbidden");
		}
		Instant now = this.clock.instant();
		String error = String.valueOf(ex.getMessage());
		Instant since = this.failingSince;
		if (since == null) {
			since = now;
			this.failingSince = now;
			logger.warn("The Kubernetes API server " + this.configuration.server() + " does not answer: " + error);
		}
		boolean tolerable = this.reachedBefore && Duration.between(since, now).compareTo(this.gracePeriod) < 0;
		return (tolerable ? builder.up() : builder.down()).withDetail("error", error)
			.withDetail("failingSince", since)
			.build();
	}

}
