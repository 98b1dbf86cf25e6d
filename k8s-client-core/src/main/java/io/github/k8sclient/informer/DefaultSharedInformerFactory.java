package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.k8sclient.api.BuiltInResources;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.PartialObjectMetadata;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.meta.ShardSelector;
import io.github.k8sclient.resource.Resources;
import io.github.k8sclient.watch.ListWatch;
import io.github.k8sclient.watch.ListWatchProvider;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.util.Assert;

/**
 * Holds the informers by what they are for.
 */
final class DefaultSharedInformerFactory implements SharedInformerFactory {

	private final ListWatchProvider provider;

	private final InformerOptions options;

	private final Scheduler scheduler;

	private final Scheduler handlerScheduler;

	private final @Nullable InformerErrorHandler errorHandler;

	private final Supplier<DecodingOptions> decoding;

	private final Map<InformerKey, DefaultSharedInformer<?>> byKey = new ConcurrentHashMap<>();

	private final Map<List<InformerKey>, MergedInformer<?>> merged = new ConcurrentHashMap<>();

	/** Those that have been asked for, in order. */
	private final Set<SharedInformer<?>> informers = new CopyOnWriteArraySet<>();

	private final List<Consumer<SharedInformer<?>>> listeners = new CopyOnWriteArrayList<>();

	private final ServerPulse pulse = new ServerPulse();

	/** With the lock on the informers, so that none is overlooked by start and stop. */
	private boolean started;

	DefaultSharedInformerFactory(ListWatchProvider provider, InformerOptions options, Scheduler scheduler,
			Scheduler handlerScheduler, @Nullable InformerErrorHandler errorHandler,
			Supplier<DecodingOptions> decoding) {
		this.provider = provider;
		this.options = options;
		this.scheduler = scheduler;
		this.handlerScheduler = handlerScheduler;
		this.errorHandler = errorHandler;
		this.decoding = decoding;
	}

	@Override
	public <T extends KubernetesObject> InformerSpec<T> forResource(Class<T> type) {
		return forResource(Resources.of(type));
	}

	@Override
	public InformerSpec<Unstructured> forResource(GroupVersionResource resource) {
		return forResource(treesOf(resource));
	}

	@Override
	public InformerSpec<PartialObjectMetadata> forMetadata(GroupVersionResource resource) {
		return forMetadata(treesOf(resource));
	}

	private static ResourceDescriptor<Unstructured> treesOf(GroupVersionResource resource) {
		ResourceDescriptor.Builder<Unstructured> trees = Unstructured.descriptor(resource, ResourceDescriptor.ANY_KIND);
		ResourceDescriptor<?> builtIn = BuiltInResources.find(resource);
		if (builtIn == null) {
			return trees.build();
		}
		trees.verbs(builtIn.verbs().toArray(String[]::new));
		return (builtIn.namespaced() ? trees : trees.clusterScoped()).build();
	}

	@Override
	public InformerSpec<PartialObjectMetadata> forMetadata(Class<? extends KubernetesObject> type) {
		return forMetadata(Resources.of(type));
	}

	@Override
	public InformerSpec<PartialObjectMetadata> forMetadata(ResourceDescriptor<?> resource) {
		return forResource(Resources.metadataOf(resource));
	}

	@Override
	public <T extends ProjectedObject> InformerSpec<T> forProjection(Class<T> view) {
		Assert.notNull(view, "'view' must not be null");
		return forResource(ProjectedResource.describe(view));
	}

	@Override
	public <T extends KubernetesObject> InformerSpec<T> forResource(ResourceDescriptor<T> resource) {
		Assert.notNull(resource, "'resource' must not be null");
		Assert.isTrue(resource.verbs().containsAll(List.of("list", "watch")),
				() -> resource.resource() + " cannot be watched, only " + resource.verbs());
		return new DefaultInformerSpec<>(this, resource, InformerKey.of(resource), Set.of(), null);
	}

	@Override
	public Collection<SharedInformer<?>> informers() {
		return List.copyOf(this.informers);
	}

	@Override
	public Disposable addInformerListener(Consumer<? super SharedInformer<?>> listener) {
		Assert.notNull(listener, "'listener' must not be null");
		Set<SharedInformer<?>> told = ConcurrentHashMap.newKeySet();
		Consumer<SharedInformer<?>> once = (informer) -> {
			if (told.add(informer)) {
				listener.accept(informer);
			}
		};
		this.listeners.add(once);
		this.informers.forEach(once);
		return () -> this.listeners.remove(once);
	}

	@Override
	public void start() {
		synchronized (this.informers) {
			this.started = true;
			this.informers.forEach(SharedInformer::start);
		}
	}

	@Override
	public Mono<Void> stop() {
		return Mono.defer(() -> {
			synchronized (this.informers) {
				this.started = false;
				return Mono.when(this.informers.stream().map(SharedInformer::stop).toList());
			}
		});
	}

	@Override
	public Mono<Void> whenSynced() {
		return Mono.defer(() -> Mono.when(this.informers.stream().map(SharedInformer::whenSynced).toList()));
	}

	@Override
	public Mono<Void> whenSynced(Duration timeout) {
		Assert.notNull(timeout, "'timeout' must not be null");
		return whenSynced().timeout(timeout, Mono.error(() -> notSynced(timeout)), this.scheduler);
	}

	private InformersNotSyncedException notSynced(Duration timeout) {
		List<SharedInformer<?>> waiting = this.informers.stream()
			.filter((informer) -> !informer.status().synced())
			.toList();
		return new InformersNotSyncedException("Not synced within " + timeout, waiting);
	}

	InformerOptions optionsOf(DefaultInformerSpec<?> spec) {
		return (spec.options() != null) ? spec.options() : this.options;
	}

	/**
	 * Return the informer that all who ask for the same objects share.
	 */
	<T extends KubernetesObject> SharedInformer<T> sharedInformer(DefaultInformerSpec<T> spec) {
		SharedInformer<T> informer = (spec.namespaces().size() > 1) ? mergedInformer(spec)
				: informer(spec, spec.key().withNamespace(spec.namespaces().stream().findFirst().orElse(null)));
		enlist(informer);
		return informer;
	}

	/**
	 * Return an informer that nobody else gets.
	 */
	<T extends KubernetesObject> SharedInformer<T> ownInformer(DefaultInformerSpec<T> spec) {
		Map<String, DefaultSharedInformer<T>> members = new LinkedHashMap<>();
		spec.namespaces()
			.forEach((namespace) -> members.put(namespace, create(spec, spec.key().withNamespace(namespace))));
		return switch (members.size()) {
			case 0 -> create(spec, spec.key().withNamespace(null));
			case 1 -> members.values().iterator().next();
			default -> merge(spec, members);
		};
	}

	private <T extends KubernetesObject> DefaultSharedInformer<T> informer(DefaultInformerSpec<T> spec,
			InformerKey key) {
		DefaultSharedInformer<?> informer = this.byKey.computeIfAbsent(key, (absent) -> create(spec, key));
		InformerOptions options = spec.options();
		Assert.state(options == null || options.equals(informer.options()),
				() -> "There is an informer for " + key + " already, with other options: " + informer.options());
		// the key holds the class of the objects
		@SuppressWarnings("unchecked")
		DefaultSharedInformer<T> typed = (DefaultSharedInformer<T>) informer;
		return typed;
	}

	private <T extends KubernetesObject> MergedInformer<T> mergedInformer(DefaultInformerSpec<T> spec) {
		Map<String, DefaultSharedInformer<T>> members = new LinkedHashMap<>();
		spec.namespaces()
			.forEach((namespace) -> members.put(namespace, informer(spec, spec.key().withNamespace(namespace))));
		List<InformerKey> keys = members.values().stream().map(DefaultSharedInformer::key).toList();
		MergedInformer<?> informer = this.merged.computeIfAbsent(keys, (absent) -> merge(spec, members));
		// the keys hold the class of the objects
		@SuppressWarnings("unchecked")
		MergedInformer<T> typed = (MergedInformer<T>) informer;
		return typed;
	}

	/**
	 * Take an informer in among those that are started and stopped together.
	 */
	private void enlist(SharedInformer<?> informer) {
		boolean added;
		synchronized (this.informers) {
			added = this.informers.add(informer);
			if (this.started) {
				informer.start();
			}
		}
		if (added) {
			this.listeners.forEach((listener) -> listener.accept(informer));
		}
	}

	private <T extends KubernetesObject> MergedInformer<T> merge(DefaultInformerSpec<T> spec,
			Map<String, DefaultSharedInformer<T>> members) {
		return new MergedInformer<>(spec.key(), spec.resource(), members, this.scheduler, this.handlerScheduler,
				this.errorHandler);
	}

	private <T extends KubernetesObject> DefaultSharedInformer<T> create(DefaultInformerSpec<T> spec, InformerKey key) {
		InformerOptions options = optionsOf(spec);
		return new DefaultSharedInformer<>(key, spec.resource(),
				(skipped) -> new Reflector<>(listWatch(spec, key, options, skipped), spec.resource(), key.selectors(),
						options, this.scheduler, () -> ThreadLocalRandom.current().nextDouble(), this.pulse),
				this.scheduler, this.handlerScheduler, this.errorHandler);
	}

	private <T extends KubernetesObject> ListWatch<T> listWatch(DefaultInformerSpec<T> spec, InformerKey key,
			InformerOptions options, Consumer<String> onSkipped) {
		ListWatch<T> listWatch = this.provider.listWatch(spec.resource(), key.namespace(),
				() -> decoding(options, onSkipped));
		String shard = key.selectors().shardSelector();
		if (shard != null) {
			listWatch = new ShardedListWatch<>(listWatch, ShardSelector.parse(shard), key.toString());
		}
		// a specification takes none but those of its objects
		@SuppressWarnings("unchecked")
		UnaryOperator<T> transform = (UnaryOperator<T>) key.transform();
		return (transform != null) ? new TransformedListWatch<>(listWatch, transform, onSkipped) : listWatch;
	}

	private DecodingOptions decoding(InformerOptions options, Consumer<String> onSkipped) {
		DecodingOptions decoding = this.decoding.get()
			.withUnreadableItems((problem) -> onSkipped.accept(String.valueOf(problem.getMessage())));
		return options.dropManagedFields() ? decoding.withDropManagedFields(true) : decoding;
	}

}
