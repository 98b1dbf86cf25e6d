package io.github.k8sclient.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

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
 * A cluster in memory, as far as informers see one: objects to list, and changes to
 * watch. It knows no selectors.
 */
public final class FakeCluster implements ListWatchProvider {

	private final Map<Class<?>, Kind> kinds = new ConcurrentHashMap<>();

	private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

	/**
	 * Create an object that is there when informers list, or is watched by those that
	 * have listed.
	 * @param object the object
	 * @return this cluster
	 */
	public FakeCluster add(KubernetesObject object) {
		kind(object.getClass()).add(object);
		return this;
	}

	/**
	 * Change an object.
	 * @param previous the object as it is
	 * @param object the object as it shall be
	 */
	public void update(KubernetesObject previous, KubernetesObject object) {
		kind(object.getClass()).update(previous, object);
	}

	/**
	 * Delete an object.
	 * @param object the object
	 */
	public void delete(KubernetesObject object) {
		kind(object.getClass()).delete(object);
	}

	/**
	 * Let lists and watches of a kind fail from now on.
	 * @param type the kind
	 * @param failure the error, {@code null} to let them succeed again
	 */
	public void fail(Class<?> type, @Nullable Throwable failure) {
		kind(type).failure = failure;
	}

	/**
	 * Return the lists that were asked for so far.
	 * @return the requests in their order
	 */
	public List<Request> requests() {
		return List.copyOf(this.requests);
	}

	private Kind kind(Class<?> type) {
		return this.kinds.computeIfAbsent(type, (key) -> new Kind());
	}

	@Override
	public <T extends KubernetesObject> ListWatch<T> listWatch(ResourceDescriptor<T> resource,
			@Nullable String namespace, Supplier<DecodingOptions> decoding) {
		return new FakeListWatch<>(resource, namespace);
	}

	/**
	 * A list that was asked for.
	 *
	 * @param type the kind
	 * @param namespace the namespace, {@code null} for all
	 * @param labelSelector the label selector
	 * @param fieldSelector the field selector
	 */
	public record Request(Class<?> type, @Nullable String namespace, @Nullable String labelSelector,
			@Nullable String fieldSelector) {

	}

	private static final class Kind {

		private final List<KubernetesObject> objects = new ArrayList<>();

		private final Sinks.Many<WatchEvent<KubernetesObject>> events = Sinks.many().replay().all();

		private int version;

		private volatile @Nullable Throwable failure;

		synchronized void add(KubernetesObject object) {
			this.objects.add(object);
			emit(new WatchEvent.Added<>(object));
		}

		synchronized void update(KubernetesObject previous, KubernetesObject object) {
			this.objects.remove(previous);
			this.objects.add(object);
			emit(new WatchEvent.Modified<>(object));
		}

		synchronized void delete(KubernetesObject object) {
			this.objects.remove(object);
			emit(new WatchEvent.Deleted<>(object));
		}

		private void emit(WatchEvent<KubernetesObject> event) {
			this.version++;
			this.events.tryEmitNext(event).orThrow();
		}

		synchronized <T> KubernetesList<T> list(ResourceDescriptor<?> resource, List<T> items) {
			ListMeta metadata = ListMeta.builder().resourceVersion(String.valueOf(this.version)).build();
			return new KubernetesList<>(resource.kind().groupVersion().toString(), resource.listKind(), metadata,
					items);
		}

		synchronized List<KubernetesObject> objects() {
			return List.copyOf(this.objects);
		}

	}

	private final class FakeListWatch<T extends KubernetesObject> implements ListWatch<T> {

		private final ResourceDescriptor<T> resource;

		private final @Nullable String namespace;

		FakeListWatch(ResourceDescriptor<T> resource, @Nullable String namespace) {
			this.resource = resource;
			this.namespace = namespace;
		}

		@Override
		public Mono<KubernetesList<T>> list(ListOptions options) {
			return Mono.defer(() -> {
				FakeCluster.this.requests.add(new Request(this.resource.type(), this.namespace, options.labelSelector(),
						options.fieldSelector()));
				Kind kind = kind(this.resource.type());
				Throwable failure = kind.failure;
				return (failure != null) ? Mono.error(failure) : Mono.just(list(kind));
			});
		}

		private KubernetesList<T> list(Kind kind) {
			synchronized (kind) {
				List<T> items = kind.objects()
					.stream()
					.filter(this::isInNamespace)
					.map(this.resource.type()::cast)
					.toList();
				return kind.list(this.resource, items);
			}
		}

		@Override
		@SuppressWarnings("unchecked")
		public Flux<WatchEvent<T>> watch(ListOptions options) {
			return Flux.defer(() -> {
				Kind kind = kind(this.resource.type());
				Throwable failure = kind.failure;
				if (failure != null) {
					return Flux.error(failure);
				}
				return kind.events.asFlux()
					.skip(Long.parseLong(options.resourceVersion()))
					.filter((event) -> isInNamespace(event.object()))
					.map((event) -> (WatchEvent<T>) event);
			});
		}

		@Override
		public boolean canStreamLists() {
			return false;
		}

		private boolean isInNamespace(KubernetesObject object) {
			return this.namespace == null || this.namespace.equals(object.metadata().namespace());
		}

	}

}
