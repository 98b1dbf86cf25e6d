package io.github.k8sclient.rest;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * The rate limit of a client: a bucket of tokens, which is full at first and gets new
 * ones at a constant rate, as client-go's {@code flowcontrol} has it. Requests wait for a
 * token in the order in which they came. One that is cancelled while it waits takes none.
 */
final class RateLimit {

	private static final Log logger = LogFactory.getLog(RateLimit.class);

	private static final long NOTABLE = TimeUnit.SECONDS.toNanos(1);

	private final float qps;

	private final long interval;

	private final long capacity;

	private final Scheduler scheduler;

	private final Queue<MonoSink<Void>> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger work = new AtomicInteger();

	private volatile boolean alarmSet;

	/**
	 * When the bucket will be full again. Only touched by who does the work.
	 */
	private long fullAt;

	private RateLimit(float qps, int burst, Scheduler scheduler) {
		this.qps = qps;
		this.interval = (long) (TimeUnit.SECONDS.toNanos(1) / (double) qps);
		this.capacity = this.interval * burst;
		this.scheduler = scheduler;
		this.fullAt = now();
	}

	/**
	 * Return the permissions to send requests.
	 * @param qps requests per second in the long run, zero or less for no limit
	 * @param burst requests at once
	 * @param scheduler tells the time, and waits
	 * @return completes for each subscriber when it may send one request
	 */
	static Mono<Void> permits(float qps, int burst, Scheduler scheduler) {
		return (qps > 0) ? new RateLimit(qps, burst, scheduler).permit() : Mono.empty();
	}

	private Mono<Void> permit() {
		return Mono.defer(() -> {
			long since = now();
			return Mono.create(this::enqueue).doOnSuccess((ready) -> report(now() - since));
		});
	}

	private void report(long waited) {
		if (waited >= NOTABLE && logger.isInfoEnabled()) {
			logger.info("A request waited " + Duration.ofNanos(waited).toMillis() + " ms for the limit of " + this.qps
					+ " requests per second that this client sets itself");
		}
	}

	private void enqueue(MonoSink<Void> request) {
		this.waiting.add(request);
		request.onCancel(() -> this.waiting.remove(request));
		work();
	}

	private void work() {
		if (this.work.getAndIncrement() != 0) {
			return;
		}
		int missed = 1;
		while (missed != 0) {
			admit();
			missed = this.work.addAndGet(-missed);
		}
	}

	private void admit() {
		MonoSink<Void> request = this.waiting.peek();
		while (request != null) {
			long now = now();
			// Whatever the clock does, the bucket is neither more than full nor less than
			// empty
			this.fullAt = Math.min(Math.max(this.fullAt, now), now + this.capacity);
			long wait = this.fullAt + this.interval - this.capacity - now;
			if (wait > 0) {
				setAlarm(wait);
				return;
			}
			if (this.waiting.remove(request)) {
				this.fullAt += this.interval;
				request.success();
			}
			request = this.waiting.peek();
		}
	}

	private void setAlarm(long wait) {
		if (!this.alarmSet) {
			this.alarmSet = true;
			this.scheduler.schedule(() -> {
				this.alarmSet = false;
				work();
			}, wait, TimeUnit.NANOSECONDS);
		}
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

}
