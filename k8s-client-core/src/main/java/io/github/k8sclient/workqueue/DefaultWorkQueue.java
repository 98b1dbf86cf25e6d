package io.github.k8sclient.workqueue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

import org.springframework.util.Assert;

/**
 * Hands the keys of a {@link KeyTable} to workers, and adds those whose time has come.
 *
 * @param <K> the type of the keys
 */
final class DefaultWorkQueue<K> implements WorkQueue<K> {

	private final String name;

	private final RateLimiter<K> rateLimiter;

	private final Scheduler scheduler;

	private final Scheduler handlerScheduler;

	private final KeyTable<K> keys = new KeyTable<>();

	private final Map<K, Delayed> delayed = new ConcurrentHashMap<>();

	private final List<KeyWorkers<K>> workers = new CopyOnWriteArrayList<>();

	private final AtomicLong retries = new AtomicLong();

	private final Sinks.Empty<Void> drained = Sinks.empty();

	private volatile boolean shuttingDown;

	DefaultWorkQueue(String name, RateLimiter<K> rateLimiter, Scheduler scheduler, Scheduler handlerScheduler) {
		this.name = name;
		this.rateLimiter = rateLimiter;
		this.scheduler = scheduler;
		this.handlerScheduler = handlerScheduler;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public void add(K key) {
		Assert.notNull(key, "'key' must not be null");
		if (!this.shuttingDown) {
			this.keys.add(key, now());
			signal();
		}
	}

	@Override
	public void addAfter(K key, Duration delay) {
		Assert.notNull(key, "'key' must not be null");
		Assert.notNull(delay, "'delay' must not be null");
		if (this.shuttingDown) {
			return;
		}
		this.retries.incrementAndGet();
		if (delay.isNegative() || delay.isZero()) {
			add(key);
		}
		else {
			this.delayed.compute(key, (same, known) -> earlier(known, new Delayed(key, now() + delay.toNanos())));
		}
	}

	private Delayed earlier(@Nullable Delayed known, Delayed other) {
		if (known != null && known.due <= other.due) {
			return known;
		}
		if (known != null) {
			known.dispose();
		}
		other.schedule();
		return other;
	}

	@Override
	public void addRateLimited(K key) {
		addAfter(key, this.rateLimiter.when(key));
	}

	@Override
	public void forget(K key) {
		this.rateLimiter.forget(key);
	}

	@Override
	public int numRequeues(K key) {
		return this.rateLimiter.numRequeues(key);
	}

	@Override
	public int len() {
		return this.keys.size();
	}

	@Override
	public Workers process(int workers, Function<? super K, ? extends Publisher<?>> handler) {
		Assert.isTrue(workers > 0, "'workers' must be positive");
		Assert.notNull(handler, "'handler' must not be null");
		KeyWorkers<K> added = new KeyWorkers<>(this, workers, handler, this.handlerScheduler);
		this.workers.add(added);
		added.begin();
		return added;
	}

	@Override
	public void shutDown() {
		this.shuttingDown = true;
		this.delayed.values().forEach(Delayed::dispose);
		this.delayed.clear();
		signal();
	}

	@Override
	public Mono<Void> shutDownWithDrain() {
		return Mono.defer(() -> {
			shutDown();
			return this.drained.asMono();
		});
	}

	@Override
	public boolean isShuttingDown() {
		return this.shuttingDown;
	}

	@Override
	public WorkQueueStatus status() {
		return this.keys.status(this.retries.get(), now());
	}

	/**
	 * Begin with the next key.
	 * @return the key, {@code null} if none waits
	 */
	@Nullable K take() {
		return this.keys.take(now());
	}

	/**
	 * End with a key that was worked on.
	 */
	void done(K key) {
		this.keys.done(key, now());
		signal();
	}

	/**
	 * End with a key that is still to be worked on.
	 */
	void putBack(K key) {
		this.keys.add(key, now());
		this.keys.done(key, now());
	}

	void remove(KeyWorkers<K> workers) {
		this.workers.remove(workers);
		signal();
	}

	private void signal() {
		this.workers.forEach(KeyWorkers::begin);
		if (this.shuttingDown && this.keys.isEmpty()) {
			this.drained.tryEmitEmpty();
		}
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	/**
	 * A key that waits for its time.
	 */
	private final class Delayed {

		private final K key;

		private final long due;

		private @Nullable Disposable timer;

		Delayed(K key, long due) {
			this.key = key;
			this.due = due;
		}

		void schedule() {
			this.timer = DefaultWorkQueue.this.scheduler.schedule(this::add, this.due - now(), TimeUnit.NANOSECONDS);
		}

		private void add() {
			if (DefaultWorkQueue.this.delayed.remove(this.key, this)) {
				DefaultWorkQueue.this.add(this.key);
			}
		}

		void dispose() {
			if (this.timer != null) {
				this.timer.dispose();
			}
		}

	}

}
