package io.github.k8sclient.autoconfigure.health;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.github.k8sclient.autoconfigure.informer.UnresolvedInformer;
import io.github.k8sclient.autoconfigure.informer.UnresolvedInformers;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;

/**
 * Health of all informers of a factory, including those that are created while the
 * application runs and those whose kind is not served yet. The entries are named after
 * the resources, such as {@code pods} or {@code deployments.apps@namespace}.
 */
final class InformersHealthContributor implements CompositeReactiveHealthContributor {

	private final SharedInformerFactory factory;

	private final UnresolvedInformers unresolved;

	private final Duration gracePeriod;

	private final Clock clock;

	InformersHealthContributor(SharedInformerFactory factory, UnresolvedInformers unresolved, Duration gracePeriod,
			Clock clock) {
		this.factory = factory;
		this.unresolved = unresolved;
		this.gracePeriod = gracePeriod;
		this.clock = clock;
	}

	@Override
	public @Nullable ReactiveHealthContributor getContributor(String name) {
		return indicators().get(name);
	}

	@Override
	public Stream<Entry> stream() {
		return indicators().entrySet().stream().map((entry) -> new Entry(entry.getKey(), entry.getValue()));
	}

	private Map<String, ReactiveHealthIndicator> indicators() {
		Map<String, ReactiveHealthIndicator> indicators = new LinkedHashMap<>();
		for (SharedInformer<?> informer : this.factory.informers()) {
			add(indicators, nameOf(informer), new InformerHealthIndicator(informer, this.gracePeriod, this.clock));
		}
		for (UnresolvedInformer informer : this.unresolved.unresolvedInformers()) {
			add(indicators, informer.resource(), new UnresolvedInformerHealthIndicator(informer));
		}
		return indicators;
	}

	private static void add(Map<String, ReactiveHealthIndicator> indicators, String name,
			ReactiveHealthIndicator indicator) {
		// Informers of one kind that differ in their selectors
		String free = name;
		for (int number = 2; indicators.containsKey(free); number++) {
			free = name + "-" + number;
		}
		indicators.put(free, indicator);
	}

	private static String nameOf(SharedInformer<?> informer) {
		String resource = informer.resource().resource().groupResource().toString();
		return informer.namespaces().isEmpty() ? resource : resource + "@" + String.join(",", informer.namespaces());
	}

}
