package io.github.k8sclient.informer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The informers of several namespaces as one. Each handler has one mailbox, which all of
 * them fill: it is told of one event at a time, and its first view is complete when that
 * of each namespace is.
 *
 * @param <T> the type of the objects
 */
final class MergedInformer<T extends KubernetesObject> extends AbstractSharedInformer<T> {

	private final Map<String, DefaultSharedInformer<T>> members;

	private final String name;

	private final MergedStore<T> store;

	private final InformerMonitor failures;

	private final HandlerRegistrar<T> registrar;

	private InformerStatus lastStatus;

	/**
	 * Create an informer.
	 * @param key which objects are watched, without a namespace
	 * @param resource their resource
	 * @param members the informers by namespace, at least one, in the order of names
	 * @param scheduler measures time
	 * @param handlerScheduler where handlers and listeners are called
	 * @param errorHandler told of what handlers and listeners throw
	 */
	MergedInformer(InformerKey key, ResourceDescriptor<T> resource, Map<String, DefaultSharedInformer<T>> members,
			Scheduler scheduler, Scheduler handlerScheduler, @Nullable InformerErrorHandler errorHandler) {
		super(key, resource, scheduler, handlerScheduler, errorHandler);
		this.members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
		this.name = key.describe(this.members.keySet());
		Map<String, IndexedStore<T>> stores = new LinkedHashMap<>();
		this.members.forEach((namespace, member) -> stores.put(namespace, member.store()));
		this.store = new MergedStore<>(stores);
		this.failures = new InformerMonitor(this.name, this.store, scheduler, options().staleAfter(), notifier(),
				counters());
		this.registrar = new HandlerRegistrar<>(members().stream().map(DefaultSharedInformer::places).toList(),
				() -> options().resync(), handlerScheduler, this);
		this.lastStatus = status();
		members().forEach((member) -> member.addStatusListener((informer, before, after) -> memberChanged()));
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public Set<String> namespaces() {
		return this.members.keySet();
	}

	@Override
	public InformerOptions options() {
		return this.members.values().iterator().next().options();
	}

	@Override
	public MergedStore<T> store() {
		return this.store;
	}

	@Override
	public long estimatedBytes() {
		return members().stream().mapToLong(SharedInformer::estimatedBytes).sum();
	}

	@Override
	HandlerRegistrar<T> registrar() {
		return this.registrar;
	}

	@Override
	InformerMonitor monitor() {
		return this.failures;
	}

	@Override
	List<DefaultSharedInformer<T>> members() {
		return List.copyOf(this.members.values());
	}

	@Override
	public InformerStatus status() {
		return MergedStatus.of(members().stream().map(SharedInformer::status).toList(), this.store.resourceVersion(),
				counters().snapshot());
	}

	private synchronized void memberChanged() {
		InformerStatus before = this.lastStatus;
		InformerStatus now = status();
		this.lastStatus = now;
		if (now.state() != before.state()) {
			notifier().stateChanged(before, now);
		}
	}

	@Override
	public Mono<Void> whenSynced() {
		return Mono.when(members().stream().map(SharedInformer::whenSynced).toList());
	}

	@Override
	public void start() {
		members().forEach(SharedInformer::start);
	}

	@Override
	public Mono<Void> stop() {
		return Mono.when(members().stream().map(SharedInformer::stop).toList());
	}

}
