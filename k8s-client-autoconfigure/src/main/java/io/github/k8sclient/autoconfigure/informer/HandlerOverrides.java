package io.github.k8sclient.autoconfigure.informer;

import java.time.Duration;

import io.github.k8sclient.autoconfigure.KubernetesClientProperties;
import io.github.k8sclient.informer.HandlerOptions;
import io.github.k8sclient.informer.OverflowStrategy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.PropertyMapper;

/**
 * What properties say of how the application's listeners are served; {@code null} where
 * they say nothing.
 *
 * @param resync the time between two resyncs
 * @param overflow what becomes of the changes that the listeners are too slow for
 * @param maxPending how many of them may wait
 */
record HandlerOverrides(@Nullable Duration resync, @Nullable OverflowStrategy overflow,
		@Nullable Integer maxPending) implements OptionsOverrides<HandlerOptions> {

	/**
	 * Nothing is said.
	 */
	static final HandlerOverrides NONE = new HandlerOverrides(null, null, null);

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
