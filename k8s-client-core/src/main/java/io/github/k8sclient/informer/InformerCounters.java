package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what happens at an informer. Thread-safe.
 */
final class InformerCounters {

	final AtomicLong lists = new AtomicLong();

	final AtomicLong watches = new AtomicLong();

	final AtomicLong failures = new AtomicLong();

	final AtomicLong skipped = new AtomicLong();

	final AtomicLong handlerFailures = new AtomicLong();

	private final AtomicLong handlerCalls = new AtomicLong();

	private final AtomicLong handlerNanos = new AtomicLong();

	private final AtomicLong added = new AtomicLong();

	private final AtomicLong updated = new AtomicLong();

	private final AtomicLong deleted = new AtomicLong();

	void count(List<? extends InformerEvent<?>> events) {
		for (InformerEvent<?> event : events) {
			if (event instanceof InformerEvent.Added<?>) {
				this.added.incrementAndGet();
			}
			else if (event instanceof InformerEvent.Updated<?>) {
				this.updated.incrementAndGet();
			}
			else {
				this.deleted.incrementAndGet();
			}
		}
	}

	void handled(long nanos) {
		this.handlerCalls.incrementAndGet();
		this.handlerNanos.addAndGet(nanos);
	}

	InformerStatus.Counters snapshot() {
		return new InformerStatus.Counters(this.lists.get(), this.watches.get(), this.added.get(), this.updated.get(),
				this.deleted.get(), this.failures.get(), this.skipped.get(), this.handlerFailures.get(),
				this.handlerCalls.get(), Duration.ofNanos(this.handlerNanos.get()));
	}

}
