package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.util.Assert;

/**
 * The informers of several namespaces as one. Each handler has one mailbox, which all of
 * them fill: it is told of one event at a time, and its first view is complete when that
 * of each namespace is.
 *
 * @param <T> the type of the objects
 */
final class MergedInformer<T extends KubernetesObject> implements SharedInformer<T> {

	private final Map<String, DefaultSharedInformer<T>> members;

	private final DefaultSharedInformer<T> first;

	private final String name;

	private final MergedStore<T> store;

	private final Scheduler scheduler;

	private final InformerCounters counters = new InformerCounters();

	private final InformerNotifier notifier;

	private final InformerMonitor failures;

	private final HandlerRegistrar<T> registrar;

	private InformerStatus lastStatus;

	/**
	 * Create an informer.
	 * @param members the informers by namespace, at least one, in the order of names
	 * @param scheduler measures time
	 * @param handlerScheduler where handlers and listeners are called
	 * @param errorHandler told of what handlers and listeners throw
	 */
	MergedInformer(Map<String, DefaultSharedInformer<T>> members, Scheduler scheduler, Scheduler handlerScheduler,
			@Nullable InformerErrorHandler errorHandler) {
		this.members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
		this.first = this.members.values().iterator().next();
		this.name = this.first.key().describe(this.members.keySet());
		Map<String, IndexedStore<T>> stores = new LinkedHashMap<>();
		this.members.forEach((namespace, member) -> stores.put(namespace, member.store()));
		this.store = new MergedStore<>(stores);
		this.scheduler = scheduler;
		this.notifier = new InformerNotifier(this, errorHandler, handlerScheduler, this::listenerFailed);
		this.failures = new InformerMonitor(this.name, this.store, scheduler, options().staleAfter(), this.notifier,
				this.counters);
		this.registrar = new HandlerRegistrar<>(
				this.members.values().stream().map(DefaultSharedInformer::places).toList(), () -> options().resync(),
				handlerScheduler, this::handlerFailed);
		this.lastStatus = status();
		this.members.values()
			.forEach((member) -> member.addStatusListener((informer, before, after) -> memberChanged()));
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public ResourceDescriptor<T> resource() {
		return this.first.resource();
	}

	@Override
	public @Nullable String namespace() {
		return null;
	}

	@Override
	public Set<String> namespaces() {
		return this.members.keySet();
	}

	@Override
	public @Nullable String labelSelector() {
		return this.first.labelSelector();
	}

	@Override
	public @Nullable String fieldSelector() {
		return this.first.fieldSelector();
	}

	@Override
	public InformerOptions options() {
		return this.first.options();
	}

	@Override
	public Store<T> store() {
		return this.store;
	}

	@Override
	public Indexer<T> indexer() {
		return this.store;
	}

	@Override
	public Lister<T> lister() {
		return new Lister<>(this.store, resource());
	}

	@Override
	public long estimatedBytes() {
		return this.members.values().stream().mapToLong(SharedInformer::estimatedBytes).sum();
	}

	@Override
	public MutationCache<T> mutationCache(Duration timeToLive, int maxMutations) {
		return new OverlaidStore<>(this.store, resource(), timeToLive, maxMutations, this.scheduler);
	}

	@Override
	public HandlerRegistration addHandler(ResourceEventHandler<? super T> handler, HandlerOptions options) {
		return this.registrar.addHandler(handler, options);
	}

	@Override
	public List<HandlerRegistration> handlers() {
		return this.registrar.handlers();
	}

	@Override
	public Flux<InformerEvent<T>> events(HandlerOptions options) {
		return this.registrar.events(options);
	}

	@Override
	public InformerStatus status() {
		return MergedStatus.of(this.members.values().stream().map(SharedInformer::status).toList(),
				this.store.resourceVersion(), this.counters.handlerFailures.get());
	}

	@Override
	public Disposable addStatusListener(InformerStatusListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return this.notifier.addListener(listener);
	}

	private synchronized void memberChanged() {
		InformerStatus before = this.lastStatus;
		InformerStatus now = status();
		this.lastStatus = now;
		if (now.state() != before.state()) {
			this.notifier.stateChanged(before, now);
		}
	}

	@Override
	public Mono<Void> whenSynced() {
		return Mono.when(this.members.values().stream().map(SharedInformer::whenSynced).toList());
	}

	@Override
	public Mono<Void> whenSynced(Duration timeout) {
		Assert.notNull(timeout, "'timeout' must not be null");
		return whenSynced().timeout(timeout,
				Mono.error(() -> new InformersNotSyncedException("Not synced within " + timeout,
						this.members.values().stream().filter((member) -> !member.status().synced()).toList())),
				this.scheduler);
	}

	@Override
	public void start() {
		this.members.values().forEach(SharedInformer::start);
	}

	@Override
	public Mono<Void> stop() {
		return Mono.when(this.members.values().stream().map(SharedInformer::stop).toList());
	}

	private void handlerFailed(HandlerMailbox<T> handler, Throwable error) {
		this.failures.userCodeFailed("Handler " + handler.name(), error);
	}

	private void listenerFailed(Throwable error) {
		this.failures.listenerFailed(error);
	}

}
