package io.github.k8sclient.informer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.util.Assert;

/**
 * What the informer of one watch and several that appear as one have in common: how the
 * objects are read, and how handlers and listeners are served.
 *
 * @param <T> the type of the objects
 */
abstract sealed class AbstractSharedInformer<T extends KubernetesObject>
		implements SharedInformer<T>, HandlerObserver<T> permits DefaultSharedInformer, MergedInformer {

	private static final Log logger = LogFactory.getLog(SharedInformer.class);

	private final InformerKey key;

	private final ResourceDescriptor<T> resource;

	private final Scheduler scheduler;

	private final InformerCounters counters = new InformerCounters();

	private final InformerNotifier notifier;

	/**
	 * Create an informer.
	 * @param key which objects are watched
	 * @param resource their resource
	 * @param scheduler measures time
	 * @param handlerScheduler where listeners are called
	 * @param errorHandler told of everything that goes wrong
	 */
	AbstractSharedInformer(InformerKey key, ResourceDescriptor<T> resource, Scheduler scheduler,
			Scheduler handlerScheduler, @Nullable InformerErrorHandler errorHandler) {
		this.key = key;
		this.resource = resource;
		this.scheduler = scheduler;
		this.notifier = new InformerNotifier(this, errorHandler, handlerScheduler, this::listenerFailed);
	}

	/**
	 * Return which objects are watched.
	 * @return the key of this informer, without a namespace if it is for several
	 */
	final InformerKey key() {
		return this.key;
	}

	@Override
	public final ResourceDescriptor<T> resource() {
		return this.resource;
	}

	@Override
	public final @Nullable String labelSelector() {
		return this.key.selectors().labelSelector();
	}

	@Override
	public final @Nullable String fieldSelector() {
		return this.key.selectors().fieldSelector();
	}

	@Override
	public final @Nullable String shardSelector() {
		return this.key.selectors().shardSelector();
	}

	@Override
	public final @Nullable String namespace() {
		return this.key.namespace();
	}

	@Override
	public abstract LocalIndexer<T> store();

	/**
	 * Return what takes in the handlers.
	 * @return the registrar
	 */
	abstract HandlerRegistrar<T> registrar();

	/**
	 * Return what notes the failures of handlers and listeners.
	 * @return the monitor
	 */
	abstract InformerMonitor monitor();

	/**
	 * Return the informers that have a watch.
	 * @return this informer, or those that appear as one
	 */
	abstract List<DefaultSharedInformer<T>> members();

	final InformerCounters counters() {
		return this.counters;
	}

	final InformerNotifier notifier() {
		return this.notifier;
	}

	@Override
	public final Indexer<T> indexer() {
		return store();
	}

	@Override
	public final Lister<T> lister() {
		return new Lister<>(store(), resource());
	}

	@Override
	public final MutationCache<T> mutationCache(Duration timeToLive, int maxMutations) {
		return new OverlaidStore<>(store(), resource(), timeToLive, maxMutations, this.scheduler);
	}

	@Override
	public final HandlerRegistration addHandler(ResourceEventHandler<? super T> handler, HandlerOptions options) {
		return registrar().addHandler(handler, options);
	}

	@Override
	public final List<HandlerRegistration> handlers() {
		return registrar().handlers();
	}

	@Override
	public final Flux<InformerEvent<T>> events(HandlerOptions options) {
		return registrar().events(options);
	}

	@Override
	public final Disposable addStatusListener(InformerStatusListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return this.notifier.addListener(listener);
	}

	@Override
	public final Mono<Void> whenSynced(Duration timeout) {
		Assert.notNull(timeout, "'timeout' must not be null");
		return whenSynced().timeout(timeout, Mono.error(() -> notSynced("Not synced within " + timeout)),
				this.scheduler);
	}

	final InformersNotSyncedException notSynced(String reason) {
		return new InformersNotSyncedException(reason,
				members().stream().filter((member) -> !member.status().synced()).toList());
	}

	@Override
	public final void handlerReturned(long nanos) {
		this.counters.handled(nanos);
	}

	@Override
	public final void handlerFailed(HandlerMailbox<T> handler, Throwable error) {
		monitor().userCodeFailed("Handler " + handler.name(), error);
	}

	@Override
	public final void handlerStuck(HandlerMailbox<T> handler, Instant since) {
		logger.warn("Handler " + handler.name() + " of " + name() + " has been in one call since " + since + ", while "
				+ handler.pending() + " events wait for it");
	}

	private void listenerFailed(Object listener, Throwable error) {
		monitor().listenerFailed(listener.getClass().getName(), error);
	}

}
