package io.github.k8sclient.autoconfigure.informer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.github.k8sclient.autoconfigure.InformerRegistration;
import io.github.k8sclient.informer.HandlerOptions;
import io.github.k8sclient.informer.HandlerRegistration;
import io.github.k8sclient.informer.InformerSpec;
import io.github.k8sclient.informer.InformersNotSyncedException;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.KubernetesObject;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the informers as long as the application runs: they start before the web server
 * takes requests, and stop after it. The start does not wait for them, unless the
 * application says so.
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

	private final InformerPlan plan;

	private final @Nullable Duration awaitSync;

	private final List<HandlerRegistration> handlers = new ArrayList<>();

	private final ThreadLocal<Boolean> publishing = ThreadLocal.withInitial(() -> false);

	private @Nullable KeepAliveThread keepAlive;

	private volatile boolean running;

	InformerLifecycle(SharedInformerFactory factory, ResourceEventScope scope, InformerPlan plan,
			@Nullable Duration awaitSync) {
		this.factory = factory;
		this.scope = scope;
		this.publisher = scope.publisher();
		this.plan = plan;
		this.awaitSync = awaitSync;
	}

	@Override
	public void start() {
		// Handlers outlive a stop, so that a later start goes on where the stop was
		if (this.handlers.isEmpty()) {
			Collection<InformerRegistration<?>> registrations = this.plan.informersFor(this.scope.findListeners());
			registrations.forEach((registration) -> this.handlers.add(addHandler(registration)));
		}
		this.running = true;
		if (!this.handlers.isEmpty()) {
			this.keepAlive = KeepAliveThread.start();
		}
		this.factory.start();
		logger.info("Started informers of " + this.factory.informers().stream().map(SharedInformer::name).toList());
		if (this.awaitSync != null) {
			awaitSync(this.awaitSync);
		}
	}

	private <T extends KubernetesObject> HandlerRegistration addHandler(InformerRegistration<T> registration) {
		InformerSpec<T> spec = this.factory.forResource(registration.resource());
		if (registration.namespace() != null) {
			spec = spec.inNamespace(registration.namespace());
		}
		if (registration.labelSelector() != null) {
			spec = spec.withLabelSelector(registration.labelSelector());
		}
		if (registration.fieldSelector() != null) {
			spec = spec.withFieldSelector(registration.fieldSelector());
		}
		if (registration.initialList() != null) {
			spec = spec.withInitialList(registration.initialList());
		}
		SharedInformer<T> informer = spec.informer();
		HandlerOptions options = HandlerOptions.defaults().withName("application events");
		if (registration.resync() != null) {
			options = options.withResync(registration.resync());
		}
		return informer.addHandler(new ResourceEventPublisher<>(informer, this::publish), options);
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

	private void awaitSync(Duration timeout) {
		try {
			this.factory.whenSynced(timeout).block();
		}
		catch (InformersNotSyncedException ex) {
			throw new FailureAnalyzedException(String.valueOf(ex.getMessage()),
					"Remove what holds the informers up, or wait longer with 'k8s.client.startup.await-sync'."
							+ " Without this property the start does not wait, and readiness does.",
					ex);
		}
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		if (this.keepAlive != null) {
			this.keepAlive.stop();
		}
		if (!this.scope.ownsFactory()) {
			this.handlers.forEach(HandlerRegistration::dispose);
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
