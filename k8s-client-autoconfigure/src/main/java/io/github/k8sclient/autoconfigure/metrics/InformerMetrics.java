package io.github.k8sclient.autoconfigure.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.github.k8sclient.informer.HandlerRegistration;
import io.github.k8sclient.informer.InformerStatus;
import io.github.k8sclient.informer.ResourceVersions;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of all informers of a factory, including those that are created while the
 * application runs. Each meter has the tags {@code informer}, the name of the informer,
 * and {@code resource}. There are no meters of individual handlers, because handlers come
 * and go: pending events are reported as the sum of all handlers of an informer and for
 * the slowest one.
 */
final class InformerMetrics implements MeterBinder {

	private static final String PREFIX = "k8s.client.informer.";

	private final SharedInformerFactory factory;

	private final Clock clock;

	InformerMetrics(SharedInformerFactory factory, Clock clock) {
		this.factory = factory;
		this.clock = clock;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.factory.addInformerListener((informer) -> bind(informer, registry));
	}

	private void bind(SharedInformer<?> informer, MeterRegistry registry) {
		Tags tags = Tags.of("informer", informer.name(), "resource",
				informer.resource().resource().groupResource().toString());
		bindStore(informer, tags, registry);
		bindHandlers(informer, tags, registry);
		bindCounters(informer, tags, registry);
	}

	private void bindStore(SharedInformer<?> informer, Tags tags, MeterRegistry registry) {
		gauge(informer, "objects", (source) -> source.store().size(), tags)
			.description("Number of objects in the store")
			.baseUnit("objects")
			.register(registry);
		gauge(informer, "size", SharedInformer::estimatedBytes, tags)
			.description("Estimated size of the objects in the store as JSON")
			.baseUnit("bytes")
			.register(registry);
		gauge(informer, "synced", (source) -> source.status().synced() ? 1 : 0, tags)
			.description("Whether the informer has synced: 1 if so, otherwise 0")
			.register(registry);
		gauge(informer, "resource.version", InformerMetrics::resourceVersion, tags)
			.description("Resource version of the store")
			.register(registry);
		TimeGauge.builder(PREFIX + "age", informer, TimeUnit.MILLISECONDS, this::age)
			.tags(tags)
			.description("Time since the API server last sent data")
			.register(registry);
	}

	private static double resourceVersion(SharedInformer<?> informer) {
		String version = informer.store().resourceVersion();
		return (version != null && ResourceVersions.isComparable(version)) ? Double.parseDouble(version) : Double.NaN;
	}

	private double age(SharedInformer<?> informer) {
		Instant lastActivity = informer.status().lastActivity();
		return (lastActivity != null) ? Duration.between(lastActivity, this.clock.instant()).toMillis() : Double.NaN;
	}

	private void bindHandlers(SharedInformer<?> informer, Tags tags, MeterRegistry registry) {
		gauge(informer, "handlers", (source) -> source.handlers().size(), tags).description("Number of handlers")
			.baseUnit("handlers")
			.register(registry);
		gauge(informer, "pending", (source) -> source.handlers().stream().mapToInt(HandlerRegistration::pending).sum(),
				tags)
			.description("Number of events queued for all handlers")
			.baseUnit("events")
			.register(registry);
		gauge(informer, "pending.max",
				(source) -> source.handlers().stream().mapToInt(HandlerRegistration::pending).max().orElse(0), tags)
			.description("Number of events queued for the slowest handler")
			.baseUnit("events")
			.register(registry);
		TimeGauge.builder(PREFIX + "handler.busy", informer, TimeUnit.MILLISECONDS, this::busy)
			.tags(tags)
			.description("Duration of the longest handler call in progress, zero if there is none")
			.register(registry);
		FunctionTimer
			.builder(PREFIX + "handler.calls", informer, (source) -> source.status().counters().handlerCalls(),
					(source) -> source.status().counters().handlerTime().toNanos(), TimeUnit.NANOSECONDS)
			.tags(tags)
			.description("Handler calls")
			.register(registry);
	}

	private double busy(SharedInformer<?> informer) {
		return informer.handlers()
			.stream()
			.map(HandlerRegistration::busySince)
			.filter(Objects::nonNull)
			.mapToLong((since) -> Duration.between(since, this.clock.instant()).toMillis())
			.max()
			.orElse(0);
	}

	private static Gauge.Builder<SharedInformer<?>> gauge(SharedInformer<?> informer, String name,
			ToDoubleFunction<SharedInformer<?>> value, Tags tags) {
		return Gauge.<SharedInformer<?>>builder(PREFIX + name, informer, value).tags(tags);
	}

	private void bindCounters(SharedInformer<?> informer, Tags tags, MeterRegistry registry) {
		counter(informer, "events", "Number of changes of objects", InformerStatus.Counters::added,
				tags.and("type", "added"), registry);
		counter(informer, "events", "Number of changes of objects", InformerStatus.Counters::updated,
				tags.and("type", "updated"), registry);
		counter(informer, "events", "Number of changes of objects", InformerStatus.Counters::deleted,
				tags.and("type", "deleted"), registry);
		counter(informer, "lists", "Number of lists", InformerStatus.Counters::lists, tags, registry);
		counter(informer, "watches", "Number of watches", InformerStatus.Counters::watches, tags, registry);
		counter(informer, "failures", "Number of failed lists and watches", InformerStatus.Counters::failures, tags,
				registry);
		counter(informer, "skipped", "Number of objects that could not be read or used",
				InformerStatus.Counters::skipped, tags, registry);
		counter(informer, "handler.failures", "Number of failures of handlers, listeners and index functions",
				InformerStatus.Counters::handlerFailures, tags, registry);
	}

	private static void counter(SharedInformer<?> informer, String name, String description,
			ToLongFunction<InformerStatus.Counters> count, Tags tags, MeterRegistry registry) {
		FunctionCounter.builder(PREFIX + name, informer, (source) -> count.applyAsLong(source.status().counters()))
			.tags(tags)
			.description(description)
			.register(registry);
	}

}
