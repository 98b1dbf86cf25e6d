package io.github.k8sclient.workqueue;

import java.time.Duration;
import java.util.function.Function;

import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Keys that wait for workers, as client-go's {@code workqueue} has it:
 * <ul>
 * <li>A key that is added while it waits is worked on once.</li>
 * <li>A key is never worked on twice at the same time. One that is added while it is
 * worked on is worked on again afterwards.</li>
 * <li>Keys are worked on in the order in which they were added.</li>
 * <li>A key can be added for later: after a delay, or as a rate limiter says.</li>
 * </ul>
 * Like client-go's, a queue holds keys and not objects or events: whoever works on a key
 * looks at the state of that moment.
 *
 * <pre class="code">
 * WorkQueue&lt;ObjectKey&gt; queue = WorkQueue.create("pods");
 * WorkQueue.Workers workers = queue.process(2, this::syncHandler);
 * queue.add(key);
 * </pre>
 * <p>
 * Thread-safe. No method blocks, and a queue without work occupies no thread.
 *
 * @param <K> the type of the keys, with {@code equals} and {@code hashCode}
 * @since 0.1.0
 */
public interface WorkQueue<K> {

	/**
	 * Return a queue with the default settings.
	 * @param name the name of the queue in logs and metrics
	 * @param <K> the type of the keys
	 * @return the queue
	 */
	static <K> WorkQueue<K> create(String name) {
		return WorkQueue.<K>builder(name).build();
	}

	/**
	 * Prepare a queue.
	 * @param name the name of the queue in logs and metrics
	 * @param <K> the type of the keys
	 * @return builds the queue
	 */
	static <K> Builder<K> builder(String name) {
		return new DefaultWorkQueueBuilder<>(name);
	}

	/**
	 * Return the name of the queue.
	 * @return the name
	 */
	String name();

	/**
	 * Add a key, unless it waits already.
	 * @param key the key. Ignored after the queue was shut down
	 */
	void add(K key);

	/**
	 * Add a key after a delay. If it is to be added later than that already, it is added
	 * earlier; if earlier, that remains.
	 * @param key the key. Ignored after the queue was shut down
	 * @param delay the delay; zero or less for none
	 */
	void addAfter(K key, Duration delay);

	/**
	 * Add a key when the rate limiter allows it, such as after a failure.
	 * @param key the key. Ignored after the queue was shut down
	 */
	void addRateLimited(K key);

	/**
	 * Let the rate limiter forget a key, after success or when it is given up. It is not
	 * taken out of the queue.
	 * @param key the key
	 */
	void forget(K key);

	/**
	 * Return how many times a key was added by {@link #addRateLimited}.
	 * @param key the key
	 * @return the number since it was forgotten
	 */
	int numRequeues(K key);

	/**
	 * Return how many keys wait for a worker.
	 * @return the number of keys, without those that wait for their time
	 */
	int len();

	/**
	 * Let workers work on the keys, until these are disposed of or the queue is shut
	 * down.
	 * @param workers how many keys are worked on at the same time, positive
	 * @param handler called with each key, on a thread that may block. It is done with a
	 * key when it has returned and what it returned has ended. If it fails, that is
	 * logged and the next key follows; to try the key again, it has to be
	 * {@linkplain #addRateLimited added}
	 * @return the workers
	 */
	Workers process(int workers, Function<? super K, ? extends Publisher<?>> handler);

	/**
	 * Accept no more keys. Those that wait are still worked on, but not those that wait
	 * for their time.
	 */
	void shutDown();

	/**
	 * Accept no more keys, and wait until those that are there have been worked on.
	 * @return shuts down when subscribed to; completes when no key waits and none is
	 * worked on, which takes workers
	 */
	Mono<Void> shutDownWithDrain();

	/**
	 * Return whether the queue has been shut down.
	 * @return {@code true} from then on
	 */
	boolean isShuttingDown();

	/**
	 * Return how the queue is doing.
	 * @return the status at this moment
	 */
	WorkQueueStatus status();

	/**
	 * Those who work on the keys of a queue.
	 */
	interface Workers extends Disposable {

		/**
		 * Begin with no other key, and cancel what runs. Keys that were not worked on to
		 * their end go back into the queue. A call of the handler that blocks goes on to
		 * its end, and until then nobody else works on its key.
		 */
		@Override
		void dispose();

		/**
		 * Begin with no other key, but let what runs go on to its end.
		 * @return stops the workers when subscribed to; completes when nothing runs any
		 * more. Must not be waited for in the handler
		 */
		Mono<Void> disposeGracefully();

	}

	/**
	 * Builds a queue.
	 *
	 * @param <K> the type of the keys
	 */
	interface Builder<K> {

		/**
		 * Choose how long keys wait that are added with a rate limit.
		 * @param rateLimiter the limiter; {@link RateLimiter#defaults()} without this
		 * call
		 * @return this builder
		 */
		Builder<K> rateLimiter(RateLimiter<K> rateLimiter);

		/**
		 * Choose what measures time.
		 * @param scheduler the scheduler,
		 * {@link reactor.core.scheduler.Schedulers#parallel()} by default
		 * @return this builder
		 */
		Builder<K> scheduler(Scheduler scheduler);

		/**
		 * Choose where handlers are called.
		 * @param handlerScheduler the scheduler, whose threads may block;
		 * {@link io.github.k8sclient.informer.HandlerThreads#shared()} by default
		 * @return this builder
		 */
		Builder<K> handlerScheduler(Scheduler handlerScheduler);

		/**
		 * Build the queue.
		 * @return the queue
		 */
		WorkQueue<K> build();

	}

}
