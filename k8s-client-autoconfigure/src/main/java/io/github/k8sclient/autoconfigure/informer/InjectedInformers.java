package io.github.k8sclient.autoconfigure.informer;

import java.util.List;

import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Finds the informer whose objects are wanted where an informer, or a part of one, is
 * injected: the one that the application has configured for the kind, else one in all
 * namespaces.
 */
final class InjectedInformers {

	private final InformerPlanner planner;

	InjectedInformers(InformerPlanner planner) {
		this.planner = planner;
	}

	/**
	 * Return an informer.
	 * @param injectionPoint where it, or a part of it, is injected
	 * @param <T> the kind that the injection point names
	 * @return the informer, which is shared with all who ask for the same one
	 * @throws FailureAnalyzedException if it cannot be told which one is meant
	 */
	@SuppressWarnings("unchecked")
	<T extends KubernetesObject> SharedInformer<T> informerFor(InjectionPoint injectionPoint) {
		Class<?> kind = kind(injectionPoint);
		if (kind == null || !KubernetesObject.class.isAssignableFrom(kind)) {
			throw unclear(injectionPoint, "no kind", "Name a kind, as in 'Lister<Pod>'.");
		}
		List<SharedInformer<?>> candidates = this.planner.informersOf(kind.asSubclass(KubernetesObject.class));
		if (candidates.size() != 1) {
			String problem = candidates.isEmpty() ? kind.getName() + ", which no informer is configured for"
					: "one of several informers: " + candidates.stream().map(SharedInformer::name).toList();
			throw unclear(injectionPoint, problem, """
					Declare which one is meant, such as:

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
				"An informer is injected into " + injectionPoint.getMember() + ", which names " + problem + ".",
				action);
	}

}
