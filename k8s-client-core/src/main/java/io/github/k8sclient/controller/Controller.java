package io.github.k8sclient.controller;

import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.github.k8sclient.informer.ObjectKey;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.workqueue.RateLimiter;
import io.github.k8sclient.workqueue.WorkQueue;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Reconciles the objects of an informer: adds the key of each that comes, changes or goes
 * to a work queue, and calls a {@link Reconciler} with it.
 *
 * <pre class="code">
 * Controller controller = Controller.builder(deployments, reconciler).workers(2).build();
 * Disposable running = controller.run().subscribe();
 * </pre>
 * <p>
 * A key whose reconciliation succeeds is forgotten by the rate limiter, and added again
 * later if the result says so. One that fails is added again as the rate limiter says,
 * until it is given up. No failure ends the controller.
 * <p>
 * Thread-safe.
 *
 * @since 0.1.0
 */
public interface Controller {

	/**
	 * Prepare a controller.
	 * @param informer whose objects are reconciled. It is neither started nor stopped by
	 * the controller
	 * @param reconciler called with each object
	 * @param <T> the type of the objects
	 * @return builds the controller
	 */
	static <T extends KubernetesObject> Builder builder(SharedInformer<T> informer, Reconciler<T> reconciler) {
		return new DefaultControllerBuilder<>(informer, reconciler);
	}

	/**
	 * Return the name of the controller in logs and metrics.
	 * @return the name
	 */
	String name();

	/**
	 * Return what is called with the objects.
	 * @return the reconciler
	 */
	Reconciler<?> reconciler();

	/**
	 * Return the keys that wait to be reconciled. Others may be added, such as for what
	 * happens outside of the cluster.
	 * @return the queue, the same for all runs
	 */
	WorkQueue<ObjectKey> queue();

	/**
	 * Run the controller. It waits until the informers have their first view of the
	 * cluster, then reconciles every object, and from then on what changes. It may run
	 * again after it ended.
	 * @return runs the controller when subscribed to. Cancellation ends it at once and
	 * cancels what runs, so that it can be the work of a leader. Completes after
	 * {@link #stop()}; fails with an {@link IllegalStateException} if it runs already,
	 * and with {@link io.github.k8sclient.informer.InformersNotSyncedException} if an
	 * informer is stopped before its first view
	 */
	Mono<Void> run();

	/**
	 * End the run, but let reconciliations that are going on come to their end.
	 * @return stops the controller when subscribed to; completes when nothing runs any
	 * more, at once if it does not run. Must not be waited for in the reconciler
	 */
	Mono<Void> stop();

	/**
	 * Return whether the controller runs.
	 * @return {@code true} from the subscription to {@link #run()} to its end
	 */
	boolean isRunning();

	/**
	 * Builds a controller.
	 */
	interface Builder {

		/**
		 * Name the controller.
		 * @param name the name in logs and metrics; that of the informer without this
		 * call
		 * @return this builder
		 */
		Builder name(String name);

		/**
		 * Also reconcile when other objects change that an object depends on, or that
		 * were made for it.
		 * @param informer the informer of the other objects
		 * @param keys gives the keys of the objects to reconcile for one of the others;
		 * called with each that comes and goes, and with both states of one that changes
		 * @param <S> the type of the other objects
		 * @return this builder
		 */
		<S extends KubernetesObject> Builder watch(SharedInformer<S> informer,
				Function<? super S, ? extends Collection<ObjectKey>> keys);

		/**
		 * Choose how many keys are reconciled at the same time.
		 * @param workers the number, positive; 1 without this call
		 * @return this builder
		 */
		Builder workers(int workers);

		/**
		 * Choose how many times a key is tried again that fails again and again, before
		 * it is given up until its object changes.
		 * @param maxRetries the number, zero or more; without this call a key is never
		 * given up
		 * @return this builder
		 */
		Builder maxRetries(int maxRetries);

		/**
		 * Choose who is told of keys that are given up.
		 * @param handler told of the key and its last failure, which are logged in any
		 * case
		 * @return this builder
		 */
		Builder onGivenUp(BiConsumer<ObjectKey, Throwable> handler);

		/**
		 * Choose how long keys wait that have failed.
		 * @param rateLimiter the limiter; {@link RateLimiter#defaults()} without this
		 * call
		 * @return this builder
		 */
		Builder rateLimiter(RateLimiter<ObjectKey> rateLimiter);

		/**
		 * Choose what measures time.
		 * @param scheduler the scheduler,
		 * {@link reactor.core.scheduler.Schedulers#parallel()} by default
		 * @return this builder
		 */
		Builder scheduler(Scheduler scheduler);

		/**
		 * Choose where the reconciler is called.
		 * @param handlerScheduler the scheduler, whose threads may block;
		 * {@link io.github.k8sclient.informer.HandlerThreads#shared()} by default
		 * @return this builder
		 */
		Builder handlerScheduler(Scheduler handlerScheduler);

		/**
		 * Build the controller. It does nothing before it {@linkplain Controller#run()
		 * runs}.
		 * @return the controller
		 */
		Controller build();

	}

}
