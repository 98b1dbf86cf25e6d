package io.github.k8sclient.leaderelection;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Takes part in the election of a leader, as client-go's {@code LeaderElector} does and
 * together with it: the instance that holds a lease leads, and renews the lease as long
 * as it can; the others wait until it has not been renewed for its duration.
 *
 * <pre class="code">
 * LeaderElector elector = LeaderElector
 *     .builder(LeaseLock.of(clientset, "default", "demo", identity))
 *     .onStartedLeading((leadership) -&gt; controller.run())
 *     .build();
 * Disposable candidacy = elector.run().repeat().subscribe();
 * </pre>
 * <p>
 * The work of the leader is a {@code Publisher}, which is cancelled when this instance
 * can no longer be sure to lead: when {@code renewDeadline} has passed since it sent the
 * last renewal that succeeded, so before another instance may take over. That holds for
 * what can be cancelled. Code that blocks, and processes that are suspended, are outside
 * of that; if they matter, {@linkplain Leadership#fencingToken() fence} them.
 * <p>
 * Whether a lease has expired is judged by the time since it was seen to change, never by
 * the clocks that its times come from: these may differ.
 * <p>
 * Thread-safe. Nothing blocks.
 *
 * @since 0.1.0
 */
public interface LeaderElector {

	/**
	 * Prepare an elector.
	 * @param lock the lease
	 * @return builds the elector
	 */
	static Builder builder(LeaseLock lock) {
		return new DefaultLeaderElectorBuilder(lock);
	}

	/**
	 * Return the name of the election in logs and metrics.
	 * @return namespace and name of the lease
	 */
	String name();

	/**
	 * Return the name of this instance.
	 * @return the identity
	 */
	String identity();

	/**
	 * Take part in the election: wait until this instance leads, then have the work of
	 * the leader done.
	 * @return begins when subscribed to. Cancellation cancels the work, then gives up the
	 * lease. Completes when this instance leads no more, because it could not renew the
	 * lease in time, another one holds it, or after {@link #stop()}. Fails with the
	 * failure of the work, after it has given up the lease, and with an
	 * {@link IllegalStateException} if it runs already. May be subscribed to again to
	 * take part in the next election, such as by {@code repeat()}
	 */
	Mono<Void> run();

	/**
	 * Take part no more: cancel the work, then give up the lease.
	 * @return stops the elector when subscribed to; completes when another instance can
	 * take over, or the API server does not answer before {@code renewDeadline}; at once
	 * if it does not run
	 */
	Mono<Void> stop();

	/**
	 * Return whether this instance leads. It does not wait for a timer to say no, and so
	 * is right even after the process was suspended.
	 * @return {@code true} if the lease was renewed and {@code renewDeadline} has not
	 * passed since
	 */
	boolean isLeader();

	/**
	 * Return who leads.
	 * @return the status at this moment
	 */
	LeaderElectionStatus status();

	/**
	 * Return who leads from now on.
	 * @return the status, then each change of it, on a thread that may block. Of several
	 * changes that a subscriber is too slow for it gets the last. Does not end
	 */
	Flux<LeaderElectionStatus> changes();

	/**
	 * Return how many times the leader had to read the lease before it could renew it,
	 * because somebody else had written it.
	 * @return the number, client-go's {@code leader_election_slowpath_total}
	 */
	long slowPaths();

	/**
	 * Builds an elector.
	 */
	interface Builder {

		/**
		 * Choose after what time without a renewal another instance takes over.
		 * @param leaseDuration the time, whole seconds, longer than
		 * {@code renewDeadline}; 15 seconds without this call
		 * @return this builder
		 */
		Builder leaseDuration(Duration leaseDuration);

		/**
		 * Choose after what time without a renewal the leader stops to lead.
		 * @param renewDeadline the time, longer than 1.2 times {@code retryPeriod}; 10
		 * seconds without this call
		 * @return this builder
		 */
		Builder renewDeadline(Duration renewDeadline);

		/**
		 * Choose how long to wait between two attempts to renew the lease, or to get it;
		 * in the latter case up to 1.2 times as long again at random.
		 * @param retryPeriod the time; 2 seconds without this call
		 * @return this builder
		 */
		Builder retryPeriod(Duration retryPeriod);

		/**
		 * Choose whether to give up the lease when the run is stopped or cancelled, so
		 * that another instance can take over without waiting for its end.
		 * @param releaseOnCancel {@code true} without this call. Choose {@code false} if
		 * the work goes on for a while after it was cancelled
		 * @return this builder
		 */
		Builder releaseOnCancel(boolean releaseOnCancel);

		/**
		 * Choose what the leader does.
		 * @param work called each time this instance starts to lead, on a thread that may
		 * block. What it returns is subscribed to there, and cancelled when the instance
		 * leads no more. That it completes changes nothing; that it fails ends the run
		 * @return this builder
		 */
		Builder onStartedLeading(Function<? super Leadership, ? extends Publisher<?>> work);

		/**
		 * Choose what is called when this instance leads no more.
		 * @param callback called when the work has been cancelled, and at the end of a
		 * run in which this instance never led, as client-go does; on a thread that may
		 * block
		 * @return this builder
		 */
		Builder onStoppedLeading(Runnable callback);

		/**
		 * Choose what is called when another instance leads than before.
		 * @param callback called with the identity of the leader, which may be this
		 * instance, on a thread that may block
		 * @return this builder
		 */
		Builder onNewLeader(Consumer<String> callback);

		/**
		 * Choose what measures time.
		 * @param scheduler the scheduler,
		 * {@link reactor.core.scheduler.Schedulers#parallel()} by default
		 * @return this builder
		 */
		Builder scheduler(Scheduler scheduler);

		/**
		 * Choose where callbacks are called.
		 * @param handlerScheduler the scheduler, whose threads may block;
		 * {@link io.github.k8sclient.informer.HandlerThreads#shared()} by default
		 * @return this builder
		 */
		Builder handlerScheduler(Scheduler handlerScheduler);

		/**
		 * Build the elector. It makes no request before it
		 * {@linkplain LeaderElector#run() runs}.
		 * @return the elector
		 * @throws IllegalArgumentException if the times do not fit together; the message
		 * names all problems
		 */
		LeaderElector build();

	}

}
