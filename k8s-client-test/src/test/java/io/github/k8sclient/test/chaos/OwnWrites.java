package io.github.k8sclient.test.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.informer.MutationCache;
import io.github.k8sclient.informer.ObjectKey;
import io.github.k8sclient.informer.ResourceVersions;
import io.github.k8sclient.informer.SharedInformer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads what was written: each write shows at once in a cache of own writes that is laid
 * over an informer, and the informer itself comes to it in the end.
 */
final class OwnWrites {

	private final SharedInformer<ConfigMap> informer;

	private final MutationCache<ConfigMap> cache;

	private final List<CompletableFuture<Void>> awaited = new CopyOnWriteArrayList<>();

	private final List<String> problems = new CopyOnWriteArrayList<>();

	OwnWrites(SharedInformer<ConfigMap> informer) {
		this.informer = informer;
		this.cache = informer.mutationCache();
	}

	/**
	 * A config map was written.
	 * @param map the answer of the server
	 */
	void written(ConfigMap map) {
		String version = String.valueOf(map.metadata().resourceVersion());
		this.cache.updated(map);
		Optional<String> shown = this.cache.indexer()
			.get(ObjectKey.of(map))
			.map((known) -> String.valueOf(known.metadata().resourceVersion()));
		if (shown.isEmpty() || ResourceVersions.isOlder(shown.get(), version)) {
			this.problems.add(ObjectKey.of(map) + " was written at " + version + " and shown at " + shown);
		}
		this.awaited.add(this.informer.store().atLeast(version).toFuture());
	}

	/**
	 * Check that all writes were shown, and wait for the informer.
	 * @param limit how long to wait at most
	 */
	void check(Duration limit) {
		assertThat(this.problems).as("own writes over " + this.informer.name()).isEmpty();
		assertThat(this.awaited).as("versions of " + this.informer.name())
			.isNotEmpty()
			.allSatisfy((version) -> assertThat(version).succeedsWithin(limit));
	}

}
