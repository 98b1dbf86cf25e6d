package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.PartialObjectMetadata;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.watch.ListWatchProvider;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Hands out informers, one for each resource, namespace, pair of selectors and
 * transformation: whoever asks for the same objects shares one watch and one store.
 * Thread-safe. An informer costs no thread, so that there may be thousands.
 *
 * <pre>{@code
 * SharedInformerFactory factory = SharedInformerFactory.create(clientset);
 * SharedInformer<Pod> pods = factory.forResource(Pod.class).inNamespace("default").informer();
 * pods.addHandler(handler);
 * factory.start();
 * }</pre>
 *
 * @since 0.1.0
 */
public interface SharedInformerFactory {

	/**
	 * Prepare a factory.
	 * @param provider lists and watches the resources, such as a {@code Clientset}
	 * @return builds the factory
	 */
	static Builder builder(ListWatchProvider provider) {
		return new DefaultSharedInformerFactoryBuilder(provider);
	}

	/**
	 * Return a factory with the default settings.
	 * @param provider lists and watches the resources, such as a {@code Clientset}
	 * @return the factory
	 */
	static SharedInformerFactory create(ListWatchProvider provider) {
		return builder(provider).build();
	}

	/**
	 * Ask for an informer of a kind with a class.
	 * @param type the class of the objects: of a built-in kind, such as {@code Pod}, or
	 * annotated with {@link io.github.k8sclient.meta.CustomResource}
	 * @param <T> the type of the objects
	 * @return says which objects
	 * @throws IllegalArgumentException if the class is neither, or the resource cannot be
	 * watched
	 */
	<T extends KubernetesObject> InformerSpec<T> forResource(Class<T> type);

	/**
	 * Ask for an informer of any resource.
	 * @param resource the resource
	 * @param <T> the type of the objects
	 * @return says which objects
	 * @throws IllegalArgumentException if the resource cannot be watched
	 */
	<T extends KubernetesObject> InformerSpec<T> forResource(ResourceDescriptor<T> resource);

	/**
	 * Ask for an informer of any resource by its name alone, whose objects are trees:
	 * what {@code dynamicinformer} is in client-go. Nobody is asked whether there is such
	 * a resource; one that the server does not serve shows as a failure of the informer,
	 * which goes on when it is served.
	 * @param resource the resource, such as {@code prometheuses.v1.monitoring.coreos.com}
	 * @return says which objects. Of a resource that is not built-in it is not known
	 * whether it has namespaces, so that any is accepted
	 * @throws IllegalArgumentException if the resource cannot be watched
	 */
	InformerSpec<Unstructured> forResource(GroupVersionResource resource);

	/**
	 * Ask for an informer of the metadata of a built-in kind: of name, labels,
	 * annotations, owners and so on. The server sends nothing else, which saves most of
	 * the memory and time of a whole informer.
	 * @param type the class of the objects, such as {@code Pod}
	 * @return says which objects
	 * @throws IllegalArgumentException if the class is not that of a built-in resource,
	 * or the resource cannot be watched
	 */
	InformerSpec<PartialObjectMetadata> forMetadata(Class<? extends KubernetesObject> type);

	/**
	 * Ask for an informer of the metadata of any resource.
	 * @param resource the resource
	 * @return says which objects
	 * @throws IllegalArgumentException if the resource cannot be watched
	 * @see #forMetadata(Class)
	 */
	InformerSpec<PartialObjectMetadata> forMetadata(ResourceDescriptor<?> resource);

	/**
	 * Ask for an informer of the metadata of any resource by its name alone: what
	 * {@code metadatainformer} is in client-go.
	 * @param resource the resource
	 * @return says which objects
	 * @throws IllegalArgumentException if the resource cannot be watched
	 * @see #forMetadata(Class)
	 * @see #forResource(GroupVersionResource)
	 */
	InformerSpec<PartialObjectMetadata> forMetadata(GroupVersionResource resource);

	/**
	 * Ask for an informer of a part of a built-in kind: of the fields that a record
	 * names. The server sends whole objects, but the others are never decoded.
	 * @param view the class of a record with the annotation {@link Projection}
	 * @param <T> the type of the record
	 * @return says which objects
	 * @throws IllegalArgumentException if the record does not fit the kind; the message
	 * says why
	 */
	<T extends ProjectedObject> InformerSpec<T> forProjection(Class<T> view);

	/**
	 * Return the informers that have been asked for.
	 * @return the informers, a copy in the order in which they were asked for
	 */
	Collection<SharedInformer<?>> informers();

	/**
	 * Tell of every informer, those that are there and those that are asked for later.
	 * @param listener told of each informer once, by the thread that adds the listener or
	 * asks for the informer
	 * @return removes the listener
	 */
	Disposable addInformerListener(Consumer<? super SharedInformer<?>> listener);

	/**
	 * Start all informers, those that are asked for later as well. Informers that run are
	 * left as they are.
	 */
	void start();

	/**
	 * Stop all informers. They may be started again; see {@link SharedInformer#stop()}.
	 * @return stops the informers when subscribed to; completes when no request and no
	 * handler is running any more
	 */
	Mono<Void> stop();

	/**
	 * Wait until all informers that have been asked for have their first view of the
	 * cluster.
	 * @return completes then, on a thread that serves handlers; fails with
	 * {@link InformersNotSyncedException} if one is stopped before. Does not start the
	 * informers
	 */
	Mono<Void> whenSynced();

	/**
	 * Wait until all informers that have been asked for have their first view of the
	 * cluster, but not for ever.
	 * @param timeout how long to wait at most
	 * @return completes as {@link #whenSynced()} does; fails with
	 * {@link InformersNotSyncedException} that names the informers which are not synced,
	 * each with its state and last error, if it takes longer
	 */
	Mono<Void> whenSynced(Duration timeout);

	/**
	 * Builds a factory.
	 */
	interface Builder {

		/**
		 * Choose how informers work that are asked for without options of their own.
		 * @param options the options
		 * @return this builder
		 */
		Builder options(InformerOptions options);

		/**
		 * Choose where the informers apply changes and measure time. Each informer uses
		 * one worker of it, for short tasks that do not block.
		 * @param scheduler the scheduler,
		 * {@link reactor.core.scheduler.Schedulers#parallel()} by default; also the clock
		 * @return this builder
		 */
		Builder scheduler(Scheduler scheduler);

		/**
		 * Choose where handlers, listeners and error handlers are called. A handler
		 * occupies a thread only while it works.
		 * @param handlerScheduler the scheduler, whose threads may block and should have
		 * one queue, as those of an executor do: a
		 * {@link reactor.core.scheduler.Schedulers#boundedElastic() bounded elastic} one
		 * lets a handler wait for a thread that another does not give back. By default
		 * daemon threads that all factories share and nobody else, up to ten for each
		 * core
		 * @return this builder
		 */
		Builder handlerScheduler(Scheduler handlerScheduler);

		/**
		 * Choose who is told of everything that goes wrong.
		 * @param errorHandler told of each error
		 * @return this builder
		 */
		Builder errorHandler(InformerErrorHandler errorHandler);

		/**
		 * Choose how objects are decoded. By default equal parts of the objects of an
		 * informer are shared.
		 * @param decoding called for the options of the first list or watch of an
		 * informer, and of each one that begins while others run or after one was
		 * cancelled; the rest have the options of the one before
		 * @return this builder
		 */
		Builder decoding(Supplier<DecodingOptions> decoding);

		/**
		 * Build the factory. It makes no request before it is started.
		 * @return the factory
		 */
		SharedInformerFactory build();

	}

}
