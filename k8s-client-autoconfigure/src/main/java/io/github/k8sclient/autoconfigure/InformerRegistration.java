package io.github.k8sclient.autoconfigure;

import io.github.k8sclient.informer.HandlerOptions;
import io.github.k8sclient.informer.InformerSpec;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.KubernetesObject;

/**
 * An informer that runs as long as the application and publishes what it sees as
 * {@link io.github.k8sclient.event application events}. Each bean of this type adds one,
 * and replaces the informer that would run by itself for a kind that a listener asks for:
 *
 * <pre class="code">
 * &#064;Bean
 * InformerRegistration&lt;Pod&gt; webPods() {
 *     return (informers) -&gt; informers.forResource(Pod.class).inNamespace("web").withLabelSelector("app=shop");
 * }
 * </pre>
 * <p>
 * Whatever a {@link SharedInformerFactory} offers can be registered: metadata and
 * projections, whose types listeners then name, transformations, several namespaces. Two
 * beans that ask for the same informer register it once.
 *
 * @param <T> the type of the resources
 * @since 0.1.0
 */
@FunctionalInterface
public interface InformerRegistration<T extends KubernetesObject> {

	/**
	 * Specify the informer. Called once, when the application starts.
	 * @param informers the informers of the application
	 * @return which resources the informer watches, and how
	 */
	InformerSpec<T> specify(SharedInformerFactory informers);

	/**
	 * Choose how the handler that publishes the events is served.
	 * @param options the options that such handlers have: those of the properties
	 * {@code k8s.client.informer-defaults.*}
	 * @return the options of this one, by default the same
	 */
	default HandlerOptions handlerOptions(HandlerOptions options) {
		return options;
	}

}
