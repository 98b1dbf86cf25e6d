package io.github.k8sclient.benchmark;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ContentTypePreference;
import io.github.k8sclient.informer.InformerOptions;
import io.github.k8sclient.informer.InformerState;
import io.github.k8sclient.informer.InitialListStrategy;
import io.github.k8sclient.informer.ResourceEventHandler;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.watch.ListWatch;
import io.github.k8sclient.watch.ListWatchProvider;
import io.github.k8sclient.watch.WatchEvent;
import io.github.k8sclient.wire.ListDecoder;
import io.github.k8sclient.wire.ListHeader;
import io.github.k8sclient.wire.WatchDecoder;
import io.github.k8sclient.wire.WatchFrameType;
import io.github.k8sclient.wire.WatchFrames;
import io.github.k8sclient.wire.WireFormat;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Starts many informers of small namespaces in one JVM, and prints what they occupy.
 * Without a URL the cluster is in memory, but what it answers is decoded as from the
 * wire: a list, and then a watch that brings one change of each object and stays open.
 * With the URL of an API server, connections and requests are part of what is measured;
 * the namespaces are called {@code team-0}, {@code team-1} and so on, and the config maps
 * are those that are there. With {@code pods=URL} one more informer then holds all pods
 * of that API server, beside the others.
 *
 * <pre>{@code
 * java -cp informer-benchmark.jar io.github.k8sclient.benchmark.ManyInformers
 *     [informers] [objects of each] [url] [pods=url]
 * }</pre>
 */
public final class ManyInformers {

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private static final String PODS = "pods=";

	private ManyInformers() {
	}

	/**
	 * Run the measurement.
	 * @param args the number of informers, of the objects of each, the URL, and the one
	 * of the server with pods
	 */
	public static void main(String[] args) {
		Predicate<String> forPods = (argument) -> argument.startsWith(PODS);
		String[] arguments = Stream.of(args).filter(forPods.negate()).toArray(String[]::new);
		int informers = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 1000;
		int objects = (arguments.length > 1) ? Integer.parseInt(arguments[1]) : 10;
		Supplier<ListWatchProvider> clusters = (arguments.length > 2)
				? () -> remote(arguments[2], ContentTypePreference.JSON) : () -> new Cluster(objects);
		// what the first informer loads and starts is not counted
		start(clusters.get(), 1, objects);
		long before = Footprint.liveHeap();
		int threadsBefore = Footprint.threads();
		long start = System.nanoTime();
		SharedInformerFactory factory = start(clusters.get(), informers, objects);
		long millis = (System.nanoTime() - start) / 1_000_000;
		long heap = Footprint.liveHeap() - before;
		System.out.printf(
				"informers n=%d objects=%d sync_ms=%d heap_bytes_per_informer=%d further_threads=%d peak_rss_kb=%d%n",
				factory.informers().size(), objects, millis, heap / informers, Footprint.threads() - threadsBefore,
				Footprint.peakResidentKib());
		Stream.of(args).filter(forPods).forEach((argument) -> holdPods(argument.substring(PODS.length()), factory));
		System.exit(0);
	}

	private static void holdPods(String url, SharedInformerFactory others) {
		long before = Footprint.liveHeap();
		long start = System.nanoTime();
		SharedInformerFactory factory = SharedInformerFactory.create(remote(url, ContentTypePreference.PROTOBUF));
		SharedInformer<Pod> informer = factory.forResource(Pod.class).inAllNamespaces().informer();
		factory.start();
		factory.whenSynced(LIMIT).block();
		long millis = (System.nanoTime() - start) / 1_000_000;
		int pods = informer.store().size();
		System.out.printf("pods n=%d sync_ms=%d heap_bytes_per_object=%d peak_rss_kb=%d informers_in_sync=%d%n", pods,
				millis, (Footprint.liveHeap() - before) / Math.max(pods, 1), Footprint.peakResidentKib(),
				others.informers().stream().filter((other) -> other.status().state() == InformerState.SYNCED).count());
	}

	private static Clientset remote(String url, ContentTypePreference contentType) {
		return Clientset.create(ClientConfiguration.builder().server(URI.create(url)).contentType(contentType).build());
	}

	private static SharedInformerFactory start(ListWatchProvider cluster, int informers, int objects) {
		SharedInformerFactory factory = SharedInformerFactory.builder(cluster)
			.options(InformerOptions.defaults().withInitialList(InitialListStrategy.PAGED_LIST))
			.build();
		for (int i = 0; i < informers; i++) {
			factory.forResource(ConfigMap.class)
				.inNamespace("team-" + i)
				.informer()
				.addHandler(new ResourceEventHandler<ConfigMap>() {
				});
		}
		factory.start();
		factory.whenSynced(LIMIT).block();
		awaitChanges(factory, cluster, objects);
		for (SharedInformer<?> informer : factory.informers()) {
			if (informer.store().size() != objects) {
				throw new IllegalStateException(informer.name() + " has " + informer.store().size() + " objects");
			}
		}
		return factory;
	}

	private static void awaitChanges(SharedInformerFactory factory, ListWatchProvider cluster, int objects) {
		if (cluster instanceof Cluster) {
			String last = String.valueOf(1000 + objects);
			Mono.when(factory.informers().stream().map((informer) -> informer.store().atLeast(last)).toList())
				.block(LIMIT);
		}
	}

	/**
	 * A cluster in memory.
	 *
	 * @param objects how many objects a namespace has
	 */
	private record Cluster(int objects) implements ListWatchProvider {

		@Override
		public <T extends KubernetesObject> ListWatch<T> listWatch(ResourceDescriptor<T> resource,
				@Nullable String namespace, Supplier<DecodingOptions> decoding) {
			return new DecodingListWatch<>(resource, String.valueOf(namespace), decoding, this.objects);
		}

	}

	private record DecodingListWatch<T extends KubernetesObject>(ResourceDescriptor<T> resource, String namespace,
			Supplier<DecodingOptions> decoding, int objects) implements ListWatch<T> {

		@Override
		public Mono<KubernetesList<T>> list(ListOptions options) {
			return Mono.fromSupplier(() -> {
				StringBuilder json = new StringBuilder("{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",")
					.append("\"metadata\":{\"resourceVersion\":\"1000\"},\"items\":[");
				for (int i = 0; i < this.objects; i++) {
					json.append((i > 0) ? "," : "").append(object(i, i + 1));
				}
				List<T> items = new ArrayList<>();
				ListDecoder<T> decoder = ListDecoder.json(this.resource.codec(), this.decoding.get());
				byte[] bytes = json.append("]}").toString().getBytes();
				decoder.decode(bytes, 0, bytes.length, items::add);
				ListHeader header = decoder.end();
				return new KubernetesList<>("v1", "ConfigMapList", header.metadata(), items);
			});
		}

		@Override
		public Flux<WatchEvent<T>> watch(ListOptions options) {
			return Flux.defer(() -> {
				List<WatchEvent<T>> events = new ArrayList<>();
				WatchDecoder<T> decoder = WatchDecoder.of(WireFormat.JSON, this.resource.codec(), this.decoding.get());
				for (int i = 0; i < this.objects; i++) {
					byte[] frame = ("{\"type\":\"MODIFIED\",\"object\":" + object(i, 1001 + i) + "}\n").getBytes();
					decoder.decode(frame, 0, frame.length, new WatchFrames<T>() {

						@Override
						public void object(WatchFrameType type, T object) {
							events.add(new WatchEvent.Modified<>(object));
						}

						@Override
						public void error(Status status) {
							throw new IllegalStateException(status.toString());
						}

						@Override
						public void problem(DecodingException problem) {
							throw problem;
						}

					});
				}
				// as long as the watch is open, its decoder is in use
				return Flux.fromIterable(events).concatWith(Flux.never()).doOnCancel(() -> decoder.isInFrame());
			});
		}

		private String object(int number, int version) {
			return """
					{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"map-%d","namespace":"%s",
					"uid":"%s-%d","resourceVersion":"%d","creationTimestamp":"2026-01-01T00:00:00Z",
					"labels":{"app":"demo","tier":"web"},"managedFields":[{"manager":"kubectl",
					"operation":"Update","apiVersion":"v1","time":"2026-01-01T00:00:00Z",
					"fieldsType":"FieldsV1","fieldsV1":{"f:data":{".":{},"f:value":{}}}}]},
					"data":{"value":"%d"}}""".formatted(number, this.namespace, this.namespace, number, version,
					version);
		}

		@Override
		public boolean canStreamLists() {
			return false;
		}

	}

}
