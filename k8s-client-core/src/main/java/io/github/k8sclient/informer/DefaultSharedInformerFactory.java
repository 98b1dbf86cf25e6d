package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import io.github.k8sclient.api.BuiltInResources;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.Interner;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.LabelSelector;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.watch.ListWatch;
import io.github.k8sclient.watch.ListWatchProvider;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.Assert;

/**
 * Holds the informers by what they are for.
 */
final class DefaultSharedInformerFactory implements SharedInformerFactory {

	private final Builder settings;

	private final Map<InformerKey, DefaultSharedInformer<?>> byKey = new ConcurrentHashMap<>();

	private final List<SharedInformer<?>> informers = new CopyOnWriteArrayList<>();

	private final ServerPulse pulse = new ServerPulse();

	private volatile boolean started;

	private DefaultSharedInformerFactory(Builder settings) {
		this.settings = settings;
	}

	@Override
	public <T extends KubernetesObject> InformerSpec<T> forResource(Class<T> type) {
		Assert.notNull(type, "'type' must not be null");
		ResourceDescriptor<T> resource = BuiltInResources.find(type);
		if (resource == null) {
			throw new IllegalArgumentException(type.getName() + " is not the class of a built-in resource");
		}
		return forResource(resource);
	}

	@Override
	public <T extends KubernetesObject> InformerSpec<T> forResource(ResourceDescriptor<T> resource) {
		Assert.notNull(resource, "'resource' must not be null");
		Assert.isTrue(resource.verbs().containsAll(List.of("list", "watch")),
				() -> resource.resource() + " cannot be watched, only " + resource.verbs());
		return new Spec<>(resource, InformerKey.of(resource), null);
	}

	@Override
	public Collection<SharedInformer<?>> informers() {
		return List.copyOf(this.informers);
	}

	@Override
	public void start() {
		this.started = true;
		this.informers.forEach(SharedInformer::start);
	}

	@Override
	public Mono<Void> stop() {
		return Mono.defer(() -> {
			this.started = false;
			return Mono.when(this.informers.stream().map(SharedInformer::stop).toList());
		});
	}

	@Override
	public Mono<Void> whenSynced() {
		return Mono.defer(() -> Mono.when(this.informers.stream().map(SharedInformer::whenSynced).toList()));
	}

	@Override
	public Mono<Void> whenSynced(Duration timeout) {
		Assert.notNull(timeout, "'timeout' must not be null");
		return whenSynced().timeout(timeout, Mono.error(() -> notSynced(timeout)), this.settings.scheduler);
	}

	private InformersNotSyncedException notSynced(Duration timeout) {
		List<SharedInformer<?>> waiting = this.informers.stream()
			.filter((informer) -> !informer.status().synced())
			.toList();
		return new InformersNotSyncedException("Not synced within " + timeout, waiting);
	}

	private <T extends KubernetesObject> SharedInformer<T> informer(ResourceDescriptor<T> resource, InformerKey key,
			@Nullable InformerOptions options) {
		DefaultSharedInformer<?> informer = this.byKey.computeIfAbsent(key,
				(absent) -> create(resource, key, (options != null) ? options : this.settings.options));
		Assert.state(options == null || options.equals(informer.options()),
				() -> "There is an informer for " + key + " already, with other options: " + informer.options());
		if (this.started) {
			informer.start();
		}
		// the key holds the class of the objects
		@SuppressWarnings("unchecked")
		SharedInformer<T> typed = (SharedInformer<T>) informer;
		return typed;
	}

	private <T extends KubernetesObject> DefaultSharedInformer<T> create(ResourceDescriptor<T> resource,
			InformerKey key, InformerOptions options) {
		ListWatch<T> listWatch = this.settings.provider.listWatch(resource, key.namespace(), this.settings.decoding);
		Reflector<T> reflector = new Reflector<>(listWatch, resource, key.labelSelector(), key.fieldSelector(), options,
				this.settings.scheduler, () -> ThreadLocalRandom.current().nextDouble(), this.pulse);
		DefaultSharedInformer<T> informer = new DefaultSharedInformer<>(key, resource, reflector,
				this.settings.scheduler, this.settings.handlerScheduler, this.settings.errorHandler);
		this.informers.add(informer);
		return informer;
	}

	/**
	 * The settings, copied when the factory is built.
	 */
	static final class Builder implements SharedInformerFactory.Builder {

		private final ListWatchProvider provider;

		private InformerOptions options = InformerOptions.defaults();

		private Scheduler scheduler = Schedulers.parallel();

		private Scheduler handlerScheduler = Schedulers.boundedElastic();

		private @Nullable InformerErrorHandler errorHandler;

		private Supplier<DecodingOptions> decoding = () -> DecodingOptions.defaults().withInterner(Interner.create());

		Builder(ListWatchProvider provider) {
			Assert.notNull(provider, "'provider' must not be null");
			this.provider = provider;
		}

		private Builder(Builder other) {
			this.provider = other.provider;
			this.options = other.options;
			this.scheduler = other.scheduler;
			this.handlerScheduler = other.handlerScheduler;
			this.errorHandler = other.errorHandler;
			this.decoding = other.decoding;
		}

		@Override
		public Builder options(InformerOptions options) {
			Assert.notNull(options, "'options' must not be null");
			this.options = options;
			return this;
		}

		@Override
		public Builder scheduler(Scheduler scheduler) {
			Assert.notNull(scheduler, "'scheduler' must not be null");
			this.scheduler = scheduler;
			return this;
		}

		@Override
		public Builder handlerScheduler(Scheduler handlerScheduler) {
			Assert.notNull(handlerScheduler, "'handlerScheduler' must not be null");
			this.handlerScheduler = handlerScheduler;
			return this;
		}

		@Override
		public Builder errorHandler(InformerErrorHandler errorHandler) {
			Assert.notNull(errorHandler, "'errorHandler' must not be null");
			this.errorHandler = errorHandler;
			return this;
		}

		@Override
		public Builder decoding(Supplier<DecodingOptions> decoding) {
			Assert.notNull(decoding, "'decoding' must not be null");
			this.decoding = decoding;
			return this;
		}

		@Override
		public SharedInformerFactory build() {
			return new DefaultSharedInformerFactory(new Builder(this));
		}

	}

	/**
	 * A specification on the way to its informer.
	 *
	 * @param <T> the type of the objects
	 */
	private final class Spec<T extends KubernetesObject> implements InformerSpec<T> {

		private final ResourceDescriptor<T> resource;

		private final InformerKey key;

		private final @Nullable InformerOptions options;

		Spec(ResourceDescriptor<T> resource, InformerKey key, @Nullable InformerOptions options) {
			this.resource = resource;
			this.key = key;
			this.options = options;
		}

		@Override
		public InformerSpec<T> inNamespace(String namespace) {
			Assert.hasText(namespace, "'namespace' must not be empty");
			Assert.isTrue(this.resource.namespaced(), () -> this.key + " have no namespaces");
			return with(this.key.withNamespace(namespace));
		}

		@Override
		public InformerSpec<T> inAllNamespaces() {
			return with(this.key.withNamespace(null));
		}

		@Override
		public InformerSpec<T> withLabelSelector(String labelSelector) {
			return with(this.key.withLabelSelector(LabelMatcher.parse(labelSelector)));
		}

		@Override
		public InformerSpec<T> withLabelSelector(LabelSelector labelSelector) {
			return with(this.key.withLabelSelector(LabelMatcher.of(labelSelector)));
		}

		@Override
		public InformerSpec<T> withFieldSelector(String fieldSelector) {
			Assert.notNull(fieldSelector, "'fieldSelector' must not be null");
			return with(this.key.withFieldSelector(fieldSelector));
		}

		@Override
		public InformerSpec<T> withResync(Duration resync) {
			InformerOptions base = (this.options != null) ? this.options : settings().options;
			return withOptions(base.withResync(resync));
		}

		@Override
		public InformerSpec<T> withOptions(InformerOptions options) {
			Assert.notNull(options, "'options' must not be null");
			return new Spec<>(this.resource, this.key, options);
		}

		@Override
		public SharedInformer<T> informer() {
			return DefaultSharedInformerFactory.this.informer(this.resource, this.key, this.options);
		}

		private InformerSpec<T> with(InformerKey changed) {
			return new Spec<>(this.resource, changed, this.options);
		}

		private Builder settings() {
			return DefaultSharedInformerFactory.this.settings;
		}

	}

}
