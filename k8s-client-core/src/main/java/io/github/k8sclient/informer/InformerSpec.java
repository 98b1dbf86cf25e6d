package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.github.k8sclient.meta.FieldQuery;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.LabelQuery;
import io.github.k8sclient.meta.LabelSelector;
import io.github.k8sclient.meta.ShardSelector;
import reactor.core.publisher.Mono;

/**
 * Says which objects an informer is for. Immutable: each method returns a changed copy.
 *
 * @param <T> the type of the objects
 * @since 0.1.0
 * @see SharedInformerFactory#forResource(Class)
 */
public interface InformerSpec<T extends KubernetesObject> {

	/**
	 * Watch the objects of one namespace only.
	 * @param namespace the namespace
	 * @return the changed specification
	 * @throws IllegalArgumentException if the resource has no namespaces
	 */
	InformerSpec<T> inNamespace(String namespace);

	/**
	 * Watch the objects of some namespaces, by one watch for each of them. The informer
	 * is one to its user: one store, one view for each handler, one status that is as bad
	 * as that of the worst namespace. Whoever watches one of these namespaces alone
	 * shares its watch; stopping one stops the other.
	 * @param namespaces the namespaces, at least one
	 * @return the changed specification
	 * @throws IllegalArgumentException if the resource has no namespaces
	 */
	InformerSpec<T> inNamespaces(String... namespaces);

	/**
	 * Watch the objects of all namespaces, which is the default.
	 * @return the changed specification
	 */
	InformerSpec<T> inAllNamespaces();

	/**
	 * Watch only the objects that a label selector matches. An object whose labels cease
	 * to match is reported as deleted.
	 * @param labelSelector the selector in the syntax of the API; empty for all objects
	 * @return the changed specification
	 * @throws IllegalArgumentException if the selector is not valid
	 */
	InformerSpec<T> withLabelSelector(String labelSelector);

	/**
	 * Watch only the objects that a label selector matches.
	 * @param labelSelector the selector as objects such as Deployments hold it
	 * @return the changed specification
	 * @throws IllegalArgumentException if the selector is not valid
	 */
	InformerSpec<T> withLabelSelector(LabelSelector labelSelector);

	/**
	 * Watch only the objects with certain labels.
	 * @param labels what is required of the labels
	 * @return the changed specification
	 */
	InformerSpec<T> withLabelSelector(LabelQuery labels);

	/**
	 * Watch only the objects that a field selector matches. Which fields can be selected
	 * is up to the server; a selector that it does not know shows as a failure of the
	 * informer.
	 * @param fieldSelector the selector in the syntax of the API, such as
	 * {@code spec.nodeName=worker-1}; empty for all objects
	 * @return the changed specification
	 */
	InformerSpec<T> withFieldSelector(String fieldSelector);

	/**
	 * Watch only the objects with certain fields.
	 * @param fields what is required of the fields
	 * @return the changed specification
	 * @see #withFieldSelector(String)
	 */
	InformerSpec<T> withFieldSelector(FieldQuery fields);

	/**
	 * Watch only the objects of one shard, where several instances of an application
	 * divide them among themselves. A server that does not know shards sends all objects,
	 * and those of other shards are left out here, before anybody sees them: what the
	 * informer shows is the same, but saves memory only, not the work of reading.
	 * @param shard the shard
	 * @return the changed specification
	 */
	InformerSpec<T> withShardSelector(ShardSelector shard);

	/**
	 * Change each object before it is kept, such as to leave out parts that nobody needs.
	 * Handlers and readers see the result only. Informers share what they keep if they
	 * have the same transformation: the same instance, or an equal one.
	 * @param transform gives the object to keep, with the same namespace, name, UID and
	 * resource version. It must be quick, must not block, and is called from several
	 * threads. An object for which it throws, or that it gives another identity, is left
	 * out and reported like one that cannot be read; what is known of it stays until the
	 * next list
	 * @return the changed specification
	 */
	InformerSpec<T> withTransform(UnaryOperator<T> transform);

	/**
	 * Show every object to the handlers again and again.
	 * @param resync the time between two rounds, at least one second; zero for never
	 * @return the changed specification
	 * @see InformerOptions#withResync(Duration)
	 */
	InformerSpec<T> withResync(Duration resync);

	/**
	 * Choose how the informer learns of the objects that are there already.
	 * @param initialList the strategy
	 * @return the changed specification
	 * @see InformerOptions#withInitialList(InitialListStrategy)
	 */
	InformerSpec<T> withInitialList(InitialListStrategy initialList);

	/**
	 * Choose how the informer works.
	 * @param options the options, instead of those of the factory
	 * @return the changed specification
	 */
	InformerSpec<T> withOptions(InformerOptions options);

	/**
	 * Change how the informer works, and leave the rest as the factory says.
	 * @param change changes the options: those that were chosen before, or those of the
	 * factory
	 * @return the changed specification
	 */
	InformerSpec<T> withOptions(UnaryOperator<InformerOptions> change);

	/**
	 * Return the one informer of the factory for these objects, made when it is asked for
	 * first. It is started if the factory is.
	 * @return the informer
	 * @throws IllegalStateException if this specification has options of its own and the
	 * informer is there already with others
	 */
	SharedInformer<T> informer();

	/**
	 * Wait until these objects fulfil a condition, by an informer that runs only as long
	 * as somebody waits and is shared with nobody: {@code UntilWithSync} of client-go.
	 * Whatever happens to its watch, the condition is asked of the present state again.
	 * It is asked first when the objects are known, then after each change, and concerns
	 * states, not events: those that follow each other quickly may be seen as one.
	 *
	 * <pre class="code">
	 * factory.forResource(Deployment.class).inNamespace("default")
	 *     .withFieldSelector(FieldQuery.where("metadata.name").is("web"))
	 *     .until((store) -&gt; store.get("default/web").filter(this::isAvailable).isPresent())
	 *     .timeout(Duration.ofMinutes(2))
	 * </pre>
	 * @param condition asked of the store, on a thread that serves handlers and may block
	 * @return the store as it is from then on; fails with what the condition throws. Does
	 * not end by itself if the condition is never fulfilled
	 * @see SharedInformer#until(Predicate)
	 */
	Mono<Store<T>> until(Predicate<? super Store<T>> condition);

}
