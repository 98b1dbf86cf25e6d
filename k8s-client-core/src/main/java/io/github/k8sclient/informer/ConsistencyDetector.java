package io.github.k8sclient.informer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListOptions;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.util.StringUtils;

/**
 * Compares the store of an informer with the server again and again: lists the objects as
 * they were at the very version that the store has come to
 * ({@code resourceVersionMatch=Exact}). A version that the server cannot show any more,
 * or not exactly, is passed over.
 *
 * @param <T> the type of the objects
 */
final class ConsistencyDetector<T extends KubernetesObject> {

	private static final Log logger = LogFactory.getLog(SharedInformer.class);

	private static final int MAX_EXAMPLES = 10;

	private final Reflector<T> reflector;

	private final Store<T> store;

	private final Scheduler loop;

	private final Consumer<String> report;

	/**
	 * Create a detector.
	 * @param reflector lists
	 * @param store the store to compare
	 * @param loop where the store changes
	 * @param report told of each difference
	 */
	ConsistencyDetector(Reflector<T> reflector, Store<T> store, Scheduler loop, Consumer<String> report) {
		this.reflector = reflector;
		this.store = store;
		this.loop = loop;
		this.report = report;
	}

	/**
	 * Compare at the interval of the options.
	 * @return never ends, and does nothing if the interval is zero
	 */
	Flux<Void> checks() {
		if (this.reflector.options().consistencyCheck().isZero()) {
			return Flux.never();
		}
		return Mono.delay(this.reflector.options().consistencyCheck(), this.reflector.timer()).then(check()).repeat();
	}

	private Mono<Void> check() {
		return Mono.fromCallable(this::snapshot)
			.subscribeOn(this.loop)
			.filter(Snapshot::isComparable)
			.flatMap((snapshot) -> list(snapshot.version()).filter(snapshot::isOf)
				.doOnNext((list) -> compare(snapshot, list)))
			.onErrorResume(this::notComparable)
			.then();
	}

	private Snapshot snapshot() {
		return new Snapshot(this.store.resourceVersion(), versions(this.store.list()));
	}

	private Mono<KubernetesList<T>> list(@Nullable String version) {
		ListOptions options = this.reflector.selectors()
			.toBuilder()
			.resourceVersion(version)
			.resourceVersionMatch("Exact")
			.build();
		return this.reflector.listWatch().list(options);
	}

	private void compare(Snapshot snapshot, KubernetesList<T> list) {
		Map<String, String> expected = versions(list.items());
		List<String> differences = new ArrayList<>();
		expected.forEach((key, version) -> {
			String known = snapshot.objects().get(key);
			if (!version.equals(known)) {
				differences.add(key + " is " + known + " and should be " + version);
			}
		});
		snapshot.objects()
			.keySet()
			.stream()
			.filter((key) -> !expected.containsKey(key))
			.forEach((key) -> differences.add(key + " should not be there"));
		if (!differences.isEmpty()) {
			List<String> examples = differences.subList(0, Math.min(MAX_EXAMPLES, differences.size()));
			this.report.accept(differences.size() + " objects differ from the server at version " + snapshot.version()
					+ ": " + String.join(", ", examples));
		}
	}

	private Mono<KubernetesList<T>> notComparable(Throwable error) {
		logger.debug("Cannot compare a store with the server", error);
		return Mono.empty();
	}

	private static Map<String, String> versions(Collection<? extends KubernetesObject> objects) {
		Map<String, String> versions = new TreeMap<>();
		objects.forEach((object) -> versions.put(ObjectKey.of(object).toString(),
				object.metadata().uid() + "@" + object.metadata().resourceVersion()));
		return versions;
	}

	/**
	 * What a store held at one moment.
	 *
	 * @param version the version that it had come to
	 * @param objects the uids and versions of the objects by key
	 */
	private record Snapshot(@Nullable String version, Map<String, String> objects) {

		boolean isComparable() {
			return StringUtils.hasLength(this.version) && !"0".equals(this.version);
		}

		/**
		 * Return whether a list shows the same moment: servers before 1.19 do not know
		 * {@code resourceVersionMatch}, and list at a later version as well.
		 */
		boolean isOf(KubernetesList<?> list) {
			return Objects.equals(list.metadata().resourceVersion(), this.version);
		}

	}

}
