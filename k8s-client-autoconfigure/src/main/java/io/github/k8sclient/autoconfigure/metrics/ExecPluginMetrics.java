package io.github.k8sclient.autoconfigure.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.github.k8sclient.auth.ExecPluginCall;
import io.github.k8sclient.auth.ExecPluginListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;

/**
 * Meters of credential plugins, with the tag {@code plugin}, the command of the plugin
 * without its arguments. They are registered with the first call.
 */
final class ExecPluginMetrics implements ExecPluginListener {

	private static final String PREFIX = "k8s.client.exec.plugin.";

	private static final String PLUGIN = "plugin";

	private final MeterRegistry registry;

	private final Clock clock;

	/** The expiry of the latest credentials of each plugin. */
	private final Map<String, Instant> expiries = new ConcurrentHashMap<>();

	ExecPluginMetrics(MeterRegistry registry, Clock clock) {
		this.registry = registry;
		this.clock = clock;
	}

	@Override
	public void onCall(ExecPluginCall call) {
		String plugin = call.plugin().command();
		Counter.builder(PREFIX + "calls")
			.tag(PLUGIN, plugin)
			.tag("outcome", call.outcome().name().toLowerCase(Locale.ROOT))
			.description("Number of calls of the credential plugin")
			.register(this.registry)
			.increment();
		if (call.expiry() != null) {
			this.expiries.put(plugin, call.expiry());
			TimeGauge.builder(PREFIX + "ttl", () -> timeToLive(plugin), TimeUnit.SECONDS)
				.tag(PLUGIN, plugin)
				.description("Time until the credentials expire, negative if they have expired")
				.register(this.registry);
		}
	}

	private double timeToLive(String plugin) {
		Instant expiry = this.expiries.get(plugin);
		return (expiry != null) ? Duration.between(this.clock.instant(), expiry).toSeconds() : Double.NaN;
	}

}
