package io.github.k8sclient.autoconfigure.controller;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import io.github.k8sclient.controller.Controller;
import io.github.k8sclient.leaderelection.LeaderElector;
import io.github.k8sclient.workqueue.WorkQueue;
import io.github.k8sclient.workqueue.WorkQueueStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of the work queues of controllers, each with the name of its queue as tag
 * {@code name}, and of leader elections. They say what client-go's metrics of the same
 * names say.
 */
final class ControllerMetrics implements MeterBinder {

	private static final String QUEUE = "k8s.client.workqueue.";

	private static final String LEADER = "k8s.client.leader.election.";

	private final List<Controller> controllers;

	private final List<LeaderElector> electors;

	ControllerMetrics(List<Controller> controllers, List<LeaderElector> electors) {
		this.controllers = controllers;
		this.electors = electors;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.controllers.forEach((controller) -> bind(controller.queue(), registry));
		this.electors.forEach((elector) -> bind(elector, registry));
	}

	private static void bind(WorkQueue<?> queue, MeterRegistry registry) {
		Gauge.builder(QUEUE + "depth", queue, WorkQueue::len)
			.tag("name", queue.name())
			.description("Number of keys that wait for a worker")
			.baseUnit("keys")
			.register(registry);
		counter(queue, "adds", "How many keys were added", WorkQueueStatus::adds, registry);
		counter(queue, "retries", "How many times keys were added for later", WorkQueueStatus::retries, registry);
		timer(queue, "queue.duration", "How long keys waited for a worker", WorkQueueStatus::takes,
				WorkQueueStatus::queueTime, registry);
		timer(queue, "work.duration", "How long workers were busy with keys", WorkQueueStatus::completed,
				WorkQueueStatus::workTime, registry);
		gauge(queue, "unfinished.work", "How long workers have been busy, together, with the keys they work on now",
				WorkQueueStatus::unfinishedWork, registry);
		gauge(queue, "longest.running", "How long the worker has been busy that began first with its key",
				WorkQueueStatus::longestRunning, registry);
	}

	private static void counter(WorkQueue<?> queue, String name, String description,
			ToLongFunction<WorkQueueStatus> count, MeterRegistry registry) {
		FunctionCounter.builder(QUEUE + name, queue, (source) -> count.applyAsLong(source.status()))
			.tag("name", queue.name())
			.description(description)
			.register(registry);
	}

	private static void timer(WorkQueue<?> queue, String name, String description,
			ToLongFunction<WorkQueueStatus> count, Function<WorkQueueStatus, Duration> time, MeterRegistry registry) {
		FunctionTimer
			.builder(QUEUE + name, queue, (source) -> count.applyAsLong(source.status()),
					(source) -> time.apply(source.status()).toNanos(), TimeUnit.NANOSECONDS)
			.tag("name", queue.name())
			.description(description)
			.register(registry);
	}

	private static void gauge(WorkQueue<?> queue, String name, String description,
			Function<WorkQueueStatus, Duration> time, MeterRegistry registry) {
		TimeGauge.builder(QUEUE + name, queue, TimeUnit.NANOSECONDS, (source) -> time.apply(source.status()).toNanos())
			.tag("name", queue.name())
			.description(description)
			.register(registry);
	}

	private static void bind(LeaderElector elector, MeterRegistry registry) {
		Gauge.builder(LEADER + "master.status", elector, (source) -> source.isLeader() ? 1 : 0)
			.tag("name", elector.name())
			.description("Whether this instance leads: 1 if so, otherwise 0")
			.register(registry);
		FunctionCounter.builder(LEADER + "slowpath", elector, LeaderElector::slowPaths)
			.tag("name", elector.name())
			.description("How many times the leader had to read the lease before it could renew it")
			.register(registry);
	}

}
