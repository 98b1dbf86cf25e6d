package io.github.k8sclient.autoconfigure.informer;

import java.util.List;

import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Finds the informer for an injection point of the type informer, lister or indexer: the
 * one that is configured for the kind, or else the one that a listener would start.
 */
final class InjectedInformers {

	private final InformerPlanner planner;

	InjectedInformers(InformerPlanner planner) {
		this.planner = planner;
	}

	/**
	 * Return an informer.
	 * @param injectionPoint the injection point of the informer, or of a part of it
	 * @param <T> the kind that the injection point specifies
	 * @return the informer, shared with all other users of the same one
	 * @throws FailureAnalyzedException if there is not exactly one candidate
	 */
	@SuppressWarnings("unchecked")
	<T extends KubernetesObject> SharedInformer<T> informerFor(InjectionPoint injectionPoint) {
		Class<?> kind = kind(injectionPoint);
		if (kind == null || !KubernetesObject.class.isAssignableFrom(kind)) {
			throw unclear(injectionPoint, "does not specify the kind", "Name a kind, as in 'Lister<Pod>'.");
		}
		List<SharedInformer<?>> candidates = this.planner.informersOf(kind.asSubclass(KubernetesObject.class));
		if (candidates.size() != 1) {
			String problem = candidates.isEmpty()
					? "requires one of " + kind.getName() + ", but no informer is configured for this kind"
					: "requires one of several candidates: " + candidates.stream().map(SharedInformer::name).toList();
			throw unclear(injectionPoint, problem, """
					Declare a bean that selects the informer, such as:

						@Bean
						Lister<Pod> webPods(SharedInformerFactory informers) {
							return informers.forResource(Pod.class).inNamespace("web").informer().lister();
						}""");
		}
		return (SharedInformer<T>) candidates.get(0);
	}

	private static @Nullable Class<?> kind(InjectionPoint injectionPoint) {
		return (injectionPoint instanceof DependencyDescriptor descriptor)
				? descriptor.getResolvableType().getGeneric(0).resolve() : null;
	}

	private static FailureAnalyzedException unclear(InjectionPoint injectionPoint, String problem, String action) {
		return new FailureAnalyzedException(
				"The injection point of an informer, " + injectionPoint.getMember() + ", " + problem + ".", action);
	}

}
