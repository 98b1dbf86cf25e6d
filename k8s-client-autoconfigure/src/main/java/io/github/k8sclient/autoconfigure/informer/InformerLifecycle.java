package io.github.k8sclient.autoconfigure.informer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

import io.github.k8sclient.discovery.ServerResource;
import io.github.k8sclient.informer.HandlerOptions;
import io.github.k8sclient.informer.HandlerRegistration;
import io.github.k8sclient.informer.InformerStatus;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.KubernetesObject;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the informers as long as the application runs: they start before the web server
 * and stop after it. The startup waits for them only if {@code await-sync} is set.
 */
final class InformerLifecycle implements SmartLifecycle {

	/**
	 * The phase of the informers, below the one of the web server
	 * ({@code DEFAULT_PHASE - 2048}).
	 */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

	private static final Log logger = LogFactory.getLog(InformerLifecycle.class);

	private final SharedInformerFactory factory;

	private final ResourceEventScope scope;

	private final ApplicationEventPublisher publisher;

	private final InformerPlanner planner;

	private final DeferredInformers deferred;

	private final @Nullable Duration awaitSync;

	private final Map<SharedInformer<?>, HandlerRegistration> handlers = new ConcurrentHashMap<>();

	private Mono<Void> found = Mono.empty();

	private final ThreadLocal<Boolean> publishing = ThreadLocal.withInitial(() -> false);

	private @Nullable KeepAliveThread keepAlive;

	private volatile boolean running;

	private volatile boolean synced;

	InformerLifecycle(SharedInformerFactory factory, ResourceEventScope scope, InformerPlanner planner,
			DeferredInformers deferred, @Nullable Duration awaitSync) {
		this.factory = factory;
		this.scope = scope;
		this.publisher = scope.publisher();
		this.planner = planner;
		this.deferred = deferred;
		this.awaitSync = awaitSync;
	}

	@Override
	public void start() {
		// Handlers survive a stop, so that a later start resumes where it stopped
		if (this.handlers.isEmpty() && this.deferred.isEmpty()) {
			InformerPlan plan = this.planner.planFor(this.scope.findListeners());
			plan.informers().forEach(this::publishEventsOf);
			plan.deferred().forEach(this.deferred::add);
		}
		this.running = true;
		if (!this.handlers.isEmpty() || !this.deferred.isEmpty()) {
			this.keepAlive = KeepAliveThread.start();
		}
		this.factory.start();
		this.found = this.deferred.find(this::runDeferred);
		Collection<SharedInformer<?>> informers = this.factory.informers();
		if (!informers.isEmpty()) {
			logger.info("Started informers of " + informers.stream().map(SharedInformer::name).toList());
		}
		if (this.awaitSync != null) {
			whenSynced(this.awaitSync).block();
		}
	}

	private void runDeferred(DeferredInformer informer, ServerResource resource) {
		this.planner.planFor(informer.registration(resource)).informers().forEach(this::publishEventsOf);
	}

	private <T extends KubernetesObject> void publishEventsOf(SharedInformer<T> informer, HandlerOptions options) {
		this.handlers.computeIfAbsent(informer,
				(key) -> informer.addHandler(new ResourceEventPublisher<>(informer, this::publish), options));
	}

	private void publish(Object event) {
		this.publishing.set(true);
		try {
			this.publisher.publishEvent(event);
		}
		finally {
			this.publishing.remove();
		}
	}

	/**
	 * Wait for the informers.
	 * @param timeout the time for both, finding the kinds and syncing
	 * @return completes when all informers have synced; fails with
	 * {@link FailureAnalyzedException} if that takes longer
	 */
	Mono<Void> whenSynced(Duration timeout) {
		return this.found.then(Mono.defer(this.factory::whenSynced))
			.timeout(timeout)
			.onErrorMap(TimeoutException.class, (ex) -> notSynced(timeout, ex));
	}

	private FailureAnalyzedException notSynced(Duration timeout, TimeoutException ex) {
		List<String> problems = new ArrayList<>();
		for (UnresolvedInformer informer : this.deferred.unresolvedInformers()) {
			problems.add("the API server does not serve '" + informer.resource() + "'");
		}
		for (SharedInformer<?> informer : this.factory.informers()) {
			InformerStatus status = informer.status();
			if (!status.synced()) {
				problems.add(informer.name() + " is " + status.state()
						+ ((status.cause() != null) ? " (" + status.cause().getMessage() + ")" : ""));
			}
		}
		return new FailureAnalyzedException(
				"The informers did not sync within " + timeout.toMillis() + " ms: " + String.join("; ", problems) + ".",
				"Fix the cause, or increase 'k8s.client.startup.await-sync'. Without this property, the application"
						+ " starts immediately and becomes ready when its informers have synced.",
				ex);
	}

	/**
	 * Return whether all informers have listed their objects once.
	 * @return {@code true} from the first time on that this is so, whatever happens to
	 * the informers later
	 */
	boolean hasSynced() {
		if (!this.synced) {
			this.synced = this.running && this.deferred.isEmpty()
					&& this.factory.informers().stream().allMatch((informer) -> informer.status().synced());
		}
		return this.synced;
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		this.deferred.stop();
		if (this.keepAlive != null) {
			this.keepAlive.stop();
		}
		if (!this.scope.ownsFactory()) {
			this.handlers.values().forEach(HandlerRegistration::dispose);
			this.handlers.clear();
			callback.run();
		}
		else if (this.publishing.get()) {
			// A listener closes the application: waiting for this listener would never
			// end
			stopFactory(() -> {
			});
			callback.run();
		}
		else {
			stopFactory(callback);
		}
	}

	private void stopFactory(Runnable callback) {
		this.factory.stop()
			.doFinally((signal) -> callback.run())
			.subscribe(null, (ex) -> logger.warn("The informers did not stop cleanly", ex));
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
