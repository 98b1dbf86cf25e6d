package io.github.k8sclient.autoconfigure.health;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;

/**
 * Health of all informers of a factory, those included that code asks for while the
 * application runs. The names of the entries are those of the resources, such as
 * {@code pods} or {@code deployments.apps@namespace}.
 */
final class InformersHealthContributor implements CompositeReactiveHealthContributor {

	private final SharedInformerFactory factory;

	private final Duration gracePeriod;

	private final Clock clock;

	InformersHealthContributor(SharedInformerFactory factory, Duration gracePeriod, Clock clock) {
		this.factory = factory;
		this.gracePeriod = gracePeriod;
		this.clock = clock;
	}

	@Override
	public @Nullable ReactiveHealthContributor getContributor(String name) {
		SharedInformer<?> informer = informersByName().get(name);
		return (informer != null) ? indicator(informer) : null;
	}

	@Override
	public Stream<Entry> stream() {
		return informersByName().entrySet()
			.stream()
			.map((entry) -> new Entry(entry.getKey(), indicator(entry.getValue())));
	}

	private InformerHealthIndicator indicator(SharedInformer<?> informer) {
		return new InformerHealthIndicator(informer, this.gracePeriod, this.clock);
	}

	private Map<String, SharedInformer<?>> informersByName() {
		Map<String, SharedInformer<?>> informers = new LinkedHashMap<>();
		for (SharedInformer<?> informer : this.factory.informers()) {
			String name = nameOf(informer);
			// Informers of one kind that differ in their selectors
			for (int number = 2; informers.containsKey(name); number++) {
				name = nameOf(informer) + "-" + number;
			}
			informers.put(name, informer);
		}
		return informers;
	}

	private static String nameOf(SharedInformer<?> informer) {
		String resource = informer.resource().resource().groupResource().toString();
		return (informer.namespace() != null) ? resource + "@" + informer.namespace() : resource;
	}

}
