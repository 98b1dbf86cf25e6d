package io.github.k8sclient.controller;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.github.k8sclient.api.core.v1.ConfigMap;
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
 * Config maps of a cluster.
 */
final class FakeCluster implements ListWatchProvider, ListWatch<ConfigMap> {

	private final Map<String, ConfigMap> maps = new TreeMap<>();

	private final Sinks.Many<WatchEvent<ConfigMap>> events = Sinks.many().multicast().directBestEffort();

	private int version = 1;

	/** Whether lists are not answered. */
	boolean silent;

	void put(String name, String value) {
		this.version++;
		ConfigMap map = ConfigMap.builder()
			.metadata((metadata) -> metadata.namespace("default")
				.name(name)
				.uid("uid-" + name)
				.resourceVersion(String.valueOf(this.version)))
			.data(Map.of("value", value))
			.build();
		boolean known = this.maps.put(name, map) != null;
		this.events.tryEmitNext(known ? new WatchEvent.Modified<>(map) : new WatchEvent.Added<>(map));
	}

	void delete(String name) {
		this.version++;
		ConfigMap map = this.maps.remove(name);
		this.events.tryEmitNext(new WatchEvent.Deleted<>(map.toBuilder()
			.metadata((metadata) -> metadata.resourceVersion(String.valueOf(this.version)))
			.build()));
	}

	@Override
	public Mono<KubernetesList<ConfigMap>> list(ListOptions options) {
		return this.silent ? Mono.never()
				: Mono.fromSupplier(() -> new KubernetesList<>("v1", "ConfigMapList",
						ListMeta.builder().resourceVersion(String.valueOf(this.version)).build(),
						this.maps.values().stream().toList()));
	}

	@Override
	public Flux<WatchEvent<ConfigMap>> watch(ListOptions options) {
		return this.events.asFlux();
	}

	@Override
	public boolean canStreamLists() {
		return false;
	}

	@SuppressWarnings("unchecked")
	@Override
	public <T extends KubernetesObject> ListWatch<T> listWatch(ResourceDescriptor<T> resource,
			@Nullable String namespace, Supplier<DecodingOptions> decoding) {
		return (ListWatch<T>) this;
	}

}
