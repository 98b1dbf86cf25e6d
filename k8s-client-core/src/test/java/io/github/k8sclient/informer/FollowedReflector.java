package io.github.k8sclient.informer;

import java.util.ArrayList;
import java.util.List;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.watch.ListWatch;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reflector whose signals are recorded. Random numbers are zero unless a test says
 * otherwise, so that delays are the smallest ones.
 */
final class FollowedReflector {

	private final ListWatch<ConfigMap> server;

	private final Scheduler time;

	private final ServerPulse pulse = new ServerPulse();

	private final List<ReflectorSignal<ConfigMap>> signals = new ArrayList<>();

	private final Disposable.Composite subscriptions = Disposables.composite();

	private InformerOptions options = InformerOptions.defaults();

	private ListOptions selectors = ListOptions.builder().build();

	private double random;

	private boolean ended;

	FollowedReflector(ListWatch<ConfigMap> server, Scheduler time) {
		this.server = server;
		this.time = time;
	}

	FollowedReflector with(InformerOptions options) {
		this.options = options;
		return this;
	}

	FollowedReflector selecting(String labelSelector, String fieldSelector) {
		this.selectors = ListOptions.builder().labelSelector(labelSelector).fieldSelector(fieldSelector).build();
		return this;
	}

	void random(double random) {
		this.random = random;
	}

	ServerPulse pulse() {
		return this.pulse;
	}

	Disposable follow() {
		return follow(ReflectorCursor.start(this.options.listFreshness()));
	}

	Disposable follow(ReflectorCursor start) {
		Reflector<ConfigMap> reflector = new Reflector<>(this.server, ConfigMap.RESOURCE, this.selectors, this.options,
				this.time, () -> this.random, this.pulse);
		Disposable subscription = reflector.signals(start)
			.doOnTerminate(() -> this.ended = true)
			.subscribe(this.signals::add);
		this.subscriptions.add(subscription);
		return subscription;
	}

	List<ReflectorSignal<ConfigMap>> signals() {
		return this.signals;
	}

	List<ReflectorSignal.Failed<ConfigMap>> failures() {
		return this.signals.stream()
			.filter(ReflectorSignal.Failed.class::isInstance)
			.map((signal) -> (ReflectorSignal.Failed<ConfigMap>) signal)
			.toList();
	}

	List<StoreDelta.Replaced<ConfigMap>> replacements() {
		return this.signals.stream()
			.filter(StoreDelta.Replaced.class::isInstance)
			.map((signal) -> (StoreDelta.Replaced<ConfigMap>) signal)
			.toList();
	}

	/**
	 * Stop following, and check that it has not ended by itself.
	 */
	void cancel() {
		assertThat(this.ended).as("a reflector never ends").isFalse();
		this.subscriptions.dispose();
	}

}
