package io.github.k8sclient.autoconfigure.informer;

import java.time.Duration;

import io.github.k8sclient.autoconfigure.KubernetesClientProperties;
import io.github.k8sclient.informer.InformerOptions;
import io.github.k8sclient.informer.InitialListStrategy;
import io.github.k8sclient.informer.ListFreshness;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.PropertyMapper;

/**
 * Informer options from properties; {@code null} for those that are not set.
 *
 * @param initialList the strategy for the initial list
 * @param listFreshness the required freshness of the first list
 * @param pageSize the number of objects per page
 * @param minWatchTimeout the minimum duration of a watch
 * @param staleAfter the time without data after which the store is stale
 * @param consistencyCheck the time between two comparisons with the server
 * @param dropManagedFields whether to drop managed fields
 */
record InformerOverrides(@Nullable InitialListStrategy initialList, @Nullable ListFreshness listFreshness,
		@Nullable Integer pageSize, @Nullable Duration minWatchTimeout, @Nullable Duration staleAfter,
		@Nullable Duration consistencyCheck,
		@Nullable Boolean dropManagedFields) implements OptionsOverrides<InformerOptions> {

	/**
	 * No property is set.
	 */
	static final InformerOverrides NONE = new InformerOverrides(null, null, null, null, null, null, null);

	static InformerOverrides of(KubernetesClientProperties.InformerSettings settings) {
		return new InformerOverrides(settings.getInitialList(), settings.getListFreshness(), settings.getPageSize(),
				settings.getMinWatchTimeout(), settings.getStaleAfter(), settings.getConsistencyCheck(),
				settings.getDropManagedFields());
	}

	@Override
	public InformerOptions defaults() {
		return InformerOptions.defaults();
	}

	@Override
	public InformerOptions apply(InformerOptions options) {
		PropertyMapper map = PropertyMapper.get();
		InformerOptions changed = map.from(this.initialList).to(options, InformerOptions::withInitialList);
		changed = map.from(this.listFreshness).to(changed, InformerOptions::withListFreshness);
		changed = map.from(this.pageSize).to(changed, InformerOptions::withPageSize);
		changed = map.from(this.minWatchTimeout).to(changed, InformerOptions::withMinWatchTimeout);
		changed = map.from(this.staleAfter).to(changed, InformerOptions::withStaleAfter);
		changed = map.from(this.consistencyCheck).to(changed, InformerOptions::withConsistencyCheck);
		return map.from(this.dropManagedFields).to(changed, InformerOptions::withDropManagedFields);
	}

}
