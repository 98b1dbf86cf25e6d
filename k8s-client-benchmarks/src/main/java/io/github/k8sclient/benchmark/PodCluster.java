package io.github.k8sclient.benchmark;

import java.util.List;
import java.util.function.Supplier;

import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListMeta;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.watch.ListWatch;
import io.github.k8sclient.watch.ListWatchProvider;
import io.github.k8sclient.watch.WatchEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A cluster in memory that has pods and nothing to decode, so that what is measured is
 * the informer alone.
 */
final class PodCluster implements ListWatchProvider, ListWatch<Pod> {

	private final List<Pod> pods;

	private final Sinks.Many<WatchEvent<Pod>> watch = Sinks.many().unicast().onBackpressureBuffer();

	PodCluster(List<Pod> pods) {
		this.pods = pods;
	}

	/**
	 * Let a pod change.
	 * @param number the number of the pod
	 * @param version its new version
	 */
	void change(int number, long version) {
		Pod pod = this.pods.get(number);
		Pod changed = pod.toBuilder()
			.metadata(pod.metadata().toBuilder().resourceVersion(String.valueOf(version)).build())
			.build();
		this.watch.tryEmitNext(new WatchEvent.Modified<>(changed)).orThrow();
	}

	// the benchmarks ask for pods only
	@SuppressWarnings("unchecked")
	@Override
	public <T extends KubernetesObject> ListWatch<T> listWatch(ResourceDescriptor<T> resource,
			@Nullable String namespace, Supplier<DecodingOptions> decoding) {
		return (ListWatch<T>) this;
	}

	@Override
	public Mono<KubernetesList<Pod>> list(ListOptions options) {
		return Mono.just(new KubernetesList<>("v1", "PodList", ListMeta.builder().resourceVersion("9000000").build(),
				this.pods));
	}

	@Override
	public Flux<WatchEvent<Pod>> watch(ListOptions options) {
		return this.watch.asFlux();
	}

	@Override
	public boolean canStreamLists() {
		return false;
	}

}
