package io.github.k8sclient.autoconfigure.informer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.github.k8sclient.discovery.RESTMapper;
import io.github.k8sclient.discovery.ServerResource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The informers of kinds that only the API server knows. Asks the server for the kinds
 * until it serves them.
 */
final class DeferredInformers implements UnresolvedInformers {

	private static final Log logger = LogFactory.getLog(DeferredInformers.class);

	private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

	private static final Duration LAST_RETRY = Duration.ofMinutes(1);

	private final RESTMapper mapper;

	/** The informers that are not resolved yet, with their status. */
	private final Map<DeferredInformer, UnresolvedInformer> waiting = Collections
		.synchronizedMap(new LinkedHashMap<>());

	private Disposable.Composite lookups = Disposables.composite();

	DeferredInformers(RESTMapper mapper) {
		this.mapper = mapper;
	}

	void add(DeferredInformer informer) {
		this.waiting.put(informer, informer.unresolved());
	}

	boolean isEmpty() {
		return this.waiting.isEmpty();
	}

	@Override
	public List<UnresolvedInformer> unresolvedInformers() {
		synchronized (this.waiting) {
			return List.copyOf(this.waiting.values());
		}
	}

	private List<DeferredInformer> informers() {
		synchronized (this.waiting) {
			return List.copyOf(this.waiting.keySet());
		}
	}

	/**
	 * Start to resolve all kinds.
	 * @param run starts an informer whose kind has been found, before it is removed from
	 * the unresolved ones
	 * @return completes when all kinds have been found
	 */
	Mono<Void> find(BiConsumer<DeferredInformer, ServerResource> run) {
		this.lookups = Disposables.composite();
		List<Mono<Void>> all = new ArrayList<>();
		for (DeferredInformer informer : informers()) {
			Mono<Void> lookup = this.mapper.resourceFor(informer.resource())
				.retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_RETRY)
					.maxBackoff(LAST_RETRY)
					.doBeforeRetry((signal) -> warn(informer, signal)))
				.doOnNext((resource) -> found(informer, resource, run))
				.doOnError((ex) -> failed(informer, ex))
				.then()
				.cache();
			all.add(lookup);
			this.lookups.add(lookup.subscribe(null,
					(ex) -> logger.error("Could not start the informer of '" + informer.property() + "'", ex)));
		}
		return Mono.when(all);
	}

	private void found(DeferredInformer informer, ServerResource resource,
			BiConsumer<DeferredInformer, ServerResource> run) {
		run.accept(informer, resource);
		this.waiting.remove(informer);
		logger.info("Started informer of " + resource.resource());
	}

	private void failed(DeferredInformer informer, Throwable error) {
		this.waiting.computeIfPresent(informer, (key, unresolved) -> unresolved.failed(error));
	}

	private void warn(DeferredInformer informer, Retry.RetrySignal signal) {
		failed(informer, signal.failure());
		logger.warn("'" + informer.property() + "' could not be resolved, retrying (attempt "
				+ (signal.totalRetries() + 1) + "): " + signal.failure().getMessage());
	}

	/**
	 * Stop asking, until {@link #find(BiConsumer)} is called again.
	 */
	void stop() {
		this.lookups.dispose();
	}

}
