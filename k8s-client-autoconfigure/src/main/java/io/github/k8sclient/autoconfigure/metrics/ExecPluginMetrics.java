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
 * Meters of credential plugins, with the tag {@code plugin}, which is the command of the
 * plugin without its arguments. There are none before the first call.
 */
final class ExecPluginMetrics implements ExecPluginListener {

	private static final String PREFIX = "k8s.client.exec.plugin.";

	private static final String PLUGIN = "plugin";

	private final MeterRegistry registry;

	private final Clock clock;

	/** When the credentials end that a plugin has printed last. */
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
			.description("How many times credentials were asked for")
			.register(this.registry)
			.increment();
		if (call.expiry() != null) {
			this.expiries.put(plugin, call.expiry());
			TimeGauge.builder(PREFIX + "ttl", () -> timeToLive(plugin), TimeUnit.SECONDS)
				.tag(PLUGIN, plugin)
				.description("Time until the credentials end, negative if they have ended")
				.register(this.registry);
		}
	}

	private double timeToLive(String plugin) {
		Instant expiry = this.expiries.get(plugin);
		return (expiry != null) ? Duration.between(this.clock.instant(), expiry).toSeconds() : Double.NaN;
	}

}
