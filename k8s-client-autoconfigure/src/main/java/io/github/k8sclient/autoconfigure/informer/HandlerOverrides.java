package io.github.k8sclient.autoconfigure.informer;

import java.time.Duration;

import io.github.k8sclient.autoconfigure.KubernetesClientProperties;
import io.github.k8sclient.informer.HandlerOptions;
import io.github.k8sclient.informer.OverflowStrategy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.PropertyMapper;

/**
 * Handler options from properties; {@code null} for those that are not set.
 *
 * @param resync the time between two resyncs
 * @param overflow the strategy for changes that arrive faster than they are handled
 * @param maxPending the maximum number of queued changes
 */
record HandlerOverrides(@Nullable Duration resync, @Nullable OverflowStrategy overflow,
		@Nullable Integer maxPending) implements OptionsOverrides<HandlerOptions> {

	static HandlerOverrides of(KubernetesClientProperties.InformerSettings settings) {
		return new HandlerOverrides(settings.getResync(), settings.getOverflow(), settings.getMaxPending());
	}

	@Override
	public HandlerOptions defaults() {
		return HandlerOptions.defaults();
	}

	@Override
	public HandlerOptions apply(HandlerOptions options) {
		PropertyMapper map = PropertyMapper.get();
		HandlerOptions changed = map.from(this.resync).to(options, HandlerOptions::withResync);
		changed = map.from(this.overflow).to(changed, HandlerOptions::withOverflow);
		return map.from(this.maxPending).to(changed, HandlerOptions::withMaxPending);
	}

}
