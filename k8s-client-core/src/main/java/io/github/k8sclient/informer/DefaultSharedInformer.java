package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Leads the signals of the reflector to the store, and the events that come of it to the
 * handlers.
 * <p>
 * All that changes happens on the <em>loop</em>, a serial view of one worker of the
 * shared scheduler: signals are applied there, and handlers join and leave, resync, start
 * and stop by tasks that are posted to it. So there is no lock and no race between them.
 * Code of the user runs on the loop only where it indexes.
 *
 * @param <T> the type of the objects
 */
final class DefaultSharedInformer<T extends KubernetesObject> extends AbstractSharedInformer<T>
		implements ReflectorObserver<T> {

	private static final Duration RESTART_DELAY = Duration.ofSeconds(5);

	private final Reflector<T> reflector;

	private final Scheduler scheduler;

	private final Scheduler handlerScheduler;

	private final Scheduler loop;

	private final IndexedStore<T> store;

	private final InformerMonitor monitor;

	private final SizeEstimate<T> size;

	private final InformerHandlers<T> handlers;

	private final HandlerRegistrar<T> registrar;

	private final FirstView firstView = new FirstView();

	/** On the loop only. */
	private @Nullable Disposable running;

	private volatile boolean relist;

	/** On the loop only. */
	private Mono<Void> lastStop = Mono.empty();

	/**
	 * Create an informer.
	 * @param key which objects are watched
	 * @param resource their resource
	 * @param reflector makes the reflector, which tells here of objects that it never
	 * sees
	 * @param scheduler where changes are applied
	 * @param handlerScheduler where handlers and listeners are called
	 * @param errorHandler told of everything that goes wrong
	 */
	DefaultSharedInformer(InformerKey key, ResourceDescriptor<T> resource,
			Function<Consumer<String>, Reflector<T>> reflector, Scheduler scheduler, Scheduler handlerScheduler,
			@Nullable InformerErrorHandler errorHandler) {
		super(key, resource, scheduler, handlerScheduler, errorHandler);
		this.scheduler = scheduler;
		this.handlerScheduler = handlerScheduler;
		this.loop = Schedulers.single(scheduler);
		this.reflector = reflector.apply((problem) -> this.loop.schedule(() -> onSkipped(problem)));
		this.store = new IndexedStore<>(this.loop, handlerScheduler, this::indexFailed);
		this.monitor = new InformerMonitor(key.toString(), this.store, scheduler, options().staleAfter(), notifier(),
				counters());
		this.size = new SizeEstimate<>(this.store, resource.codec());
		this.handlers = new InformerHandlers<>(this.loop, this.store, this.monitor::isSynced);
		this.registrar = new HandlerRegistrar<>(List.of(this.handlers), () -> options().resync(), handlerScheduler,
				this);
	}

	@Override
	public String name() {
		return key().toString();
	}

	@Override
	public Set<String> namespaces() {
		String namespace = namespace();
		return (namespace != null) ? Set.of(namespace) : Set.of();
	}

	@Override
	public InformerOptions options() {
		return this.reflector.options();
	}

	@Override
	public IndexedStore<T> store() {
		return this.store;
	}

	@Override
	public long estimatedBytes() {
		return this.size.bytes();
	}

	@Override
	HandlerRegistrar<T> registrar() {
		return this.registrar;
	}

	@Override
	InformerMonitor monitor() {
		return this.monitor;
	}

	@Override
	List<DefaultSharedInformer<T>> members() {
		return List.of(this);
	}

	/**
	 * Return where handlers have their place.
	 * @return the place at this informer
	 */
	InformerHandlers<T> places() {
		return this.handlers;
	}

	@Override
	public InformerStatus status() {
		return this.monitor.status();
	}

	@Override
	public Mono<Void> whenSynced() {
		return Mono.defer(
				() -> this.monitor.isSynced() ? Mono.empty() : this.firstView.await().publishOn(this.handlerScheduler));
	}

	@Override
	public void start() {
		this.loop.schedule(this::startOnLoop);
	}

	private void startOnLoop() {
		if (this.running != null) {
			return;
		}
		this.monitor.started();
		Disposable.Composite work = Disposables.composite();
		this.running = work;
		this.handlers.start();
		watchSilence(work, options().staleAfter());
		work.add(Flux.defer(() -> this.reflector.signals(cursor()))
			.publishOn(this.loop)
			.doOnNext(this::take)
			.onErrorResume(this::crashed)
			.repeat()
			.subscribe());
		work.add(new ConsistencyDetector<>(this.reflector, this.store, this.loop, this.monitor::inconsistent).checks()
			.subscribe());
	}

	private void take(ReflectorSignal<T> signal) {
		try {
			signal.deliverTo(this);
		}
		catch (Error ex) {
			// streams let errors of the JVM pass, and would stand still without a word
			throw new InformerException("Cannot take over what the server sent: " + ex, ex);
		}
	}

	private ReflectorCursor cursor() {
		String version = this.store.resourceVersion();
		if (version == null) {
			return ReflectorCursor.start(options().listFreshness());
		}
		ReflectorCursor last = ReflectorCursor.at(version);
		return this.relist ? last.expired() : last;
	}

	@Override
	public Mono<Void> stop() {
		return Mono.<Mono<Void>>create((sink) -> this.loop.schedule(() -> sink.success(stopOnLoop())))
			.flatMap((stopped) -> stopped)
			.publishOn(this.handlerScheduler);
	}

	private Mono<Void> stopOnLoop() {
		if (this.running == null) {
			return this.lastStop;
		}
		this.running.dispose();
		this.running = null;
		this.lastStop = this.handlers.stop(this);
		this.monitor.stopped();
		if (!this.monitor.isSynced()) {
			this.firstView.postpone(new InformersNotSyncedException("Stopped before the first list", List.of(this)))
				.run();
		}
		return this.lastStop;
	}

	@Override
	public void onReplaced(StoreDelta.Replaced<T> delta) {
		boolean first = !this.monitor.isSynced();
		List<InformerEvent<T>> events = delta.applyTo(this.store);
		counters().count(events);
		this.relist = false;
		this.handlers.dispatch(first ? EventBatch.firstList(events) : EventBatch.changes(events));
		this.monitor.listed();
		if (first) {
			this.firstView.complete();
		}
	}

	@Override
	public void onDelta(StoreDelta<T> delta) {
		List<InformerEvent<T>> events = delta.applyTo(this.store);
		counters().count(events);
		this.monitor.alive();
		if (!events.isEmpty()) {
			this.handlers.dispatch(EventBatch.changes(events));
		}
	}

	@Override
	public void onWatchStarted() {
		counters().watches.incrementAndGet();
	}

	@Override
	public void onWatchWorks() {
		this.monitor.alive();
	}

	@Override
	public void onWatchEnded(@Nullable Throwable cause) {
		this.monitor.watchEnded(cause);
	}

	@Override
	public void onStreamingGivenUp(Throwable cause) {
		this.monitor.streamingGivenUp(cause);
	}

	@Override
	public void onSkipped(String problem) {
		this.monitor.skipped(problem);
	}

	@Override
	public void onFailure(ReflectorSignal.Failed<T> failure) {
		this.monitor.failed(failure);
	}

	/**
	 * Begin anew with a list, which sets right what a failure of this code may have left.
	 * @param error what went wrong
	 * @return ends when it is time to begin
	 */
	private Mono<ReflectorSignal<T>> crashed(Throwable error) {
		this.relist = true;
		this.monitor.crashed(error);
		return Mono.delay(RESTART_DELAY, this.scheduler).then(Mono.empty());
	}

	private void watchSilence(Disposable.Composite work, Duration delay) {
		Disposable.Swap check = Disposables.swap();
		work.add(check);
		scheduleCheck(check, delay);
	}

	private void scheduleCheck(Disposable.Swap check, Duration delay) {
		check.replace(this.loop.schedule(() -> scheduleCheck(check, this.monitor.checkSilence()), delay.toMillis(),
				TimeUnit.MILLISECONDS));
	}

	private void indexFailed(String index, Throwable error) {
		this.monitor.userCodeFailed("Index " + index, error);
	}

}
