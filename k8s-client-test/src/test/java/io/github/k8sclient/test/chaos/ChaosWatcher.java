package io.github.k8sclient.test.chaos;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.informer.HandlerOptions;
import io.github.k8sclient.informer.HandlerRegistration;
import io.github.k8sclient.informer.InformerState;
import io.github.k8sclient.informer.OverflowStrategy;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.meta.LabelQuery;
import io.github.k8sclient.meta.ShardSelector;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An informer and its handlers: one that does its work, one that takes its time, one that
 * throws now and then, one that is stuck until it is released and has its changes merged
 * meanwhile, and one that leaves and is followed by another.
 */
final class ChaosWatcher {

	private static final HandlerOptions COALESCE = HandlerOptions.defaults().withOverflow(OverflowStrategy.COALESCE);

	private final String selector;

	private final SharedInformer<ConfigMap> informer;

	private final List<ShadowView> views = new CopyOnWriteArrayList<>();

	private final List<ShadowView> formerViews = new CopyOnWriteArrayList<>();

	private final AtomicInteger events = new AtomicInteger();

	private final CountDownLatch released = new CountDownLatch(1);

	private ShadowView passing;

	private HandlerRegistration passingRegistration;

	ChaosWatcher(String selector, SharedInformer<ConfigMap> informer) {
		this.selector = selector;
		this.informer = informer;
		addHandler(() -> {
		}, HandlerOptions.defaults());
		addHandler(() -> LockSupport.parkNanos(100_000), HandlerOptions.defaults());
		addHandler(this::throwNowAndThen, HandlerOptions.defaults());
		if (selector.equals(WriteLoad.LABEL)) {
			addStuckHandler();
		}
		this.passing = passingView();
		this.passingRegistration = informer.addHandler(this.passing);
	}

	/**
	 * Add a handler that is stuck until it is released.
	 */
	void addStuckHandler() {
		addHandler(this::awaitRelease, COALESCE);
	}

	private void addHandler(Runnable behaviour, HandlerOptions options) {
		ShadowView view = new ShadowView(behaviour, options.overflow());
		this.views.add(view);
		this.informer.addHandler(view, options);
	}

	private static ShadowView passingView() {
		return new ShadowView(() -> {
		}, OverflowStrategy.BUFFER);
	}

	private void throwNowAndThen() {
		if (this.events.incrementAndGet() % 500 == 0) {
			throw new IllegalStateException("a handler that throws now and then");
		}
	}

	private void awaitRelease() {
		try {
			this.released.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Stop the informer, which has stopped wholly when no handler is stuck any more.
	 */
	void stop() {
		this.informer.stop().subscribe();
	}

	void start() {
		this.informer.start();
	}

	/**
	 * Let the stuck handlers go on.
	 */
	void release() {
		this.released.countDown();
	}

	/**
	 * Let a handler leave, and another one join.
	 * @param limit how long the handler may take to leave
	 */
	synchronized void exchangeHandler(Duration limit) {
		this.passingRegistration.disposeGracefully().block(limit);
		this.passing.leave();
		this.formerViews.add(this.passing);
		this.passing = passingView();
		this.passingRegistration = this.informer.addHandler(this.passing);
	}

	/**
	 * Check that the informer and its handlers have the state of the server.
	 * @param all the objects that the server has
	 */
	synchronized void check(Collection<ConfigMap> all) {
		LabelQuery labels = LabelQuery.parse(this.selector);
		Map<String, String> expected = ShadowView.versions(all.stream()
			.filter((map) -> labels.matches(map.metadata().labels()))
			.filter(this::isFollowed)
			.toList());
		assertThat(this.informer.status().state()).as(this.selector).isEqualTo(InformerState.SYNCED);
		assertThat(ShadowView.versions(this.informer.store().list())).as("store of " + this.selector)
			.isEqualTo(expected);
		assertThat(this.views).as("handlers of " + this.selector)
			.allSatisfy((view) -> assertThat(view.versions()).isEqualTo(expected));
		assertThat(this.passing.versions()).as("last handler of " + this.selector).isEqualTo(expected);
	}

	private boolean isFollowed(ConfigMap map) {
		Set<String> namespaces = this.informer.namespaces();
		String shard = this.informer.shardSelector();
		return (namespaces.isEmpty() || namespaces.contains(map.metadata().namespace()))
				&& (shard == null || ShardSelector.parse(shard).matches(map.metadata()));
	}

	/**
	 * Check that no event was out of place.
	 */
	synchronized void checkEvents() {
		this.views.forEach(this::checkEvents);
		this.formerViews.forEach(this::checkEvents);
		checkEvents(this.passing);
	}

	private void checkEvents(ShadowView view) {
		assertThat(view.problems()).as("events of " + this.selector).isEmpty();
	}

	@Override
	public String toString() {
		return this.informer.name() + " " + this.informer.status().counters();
	}

}
