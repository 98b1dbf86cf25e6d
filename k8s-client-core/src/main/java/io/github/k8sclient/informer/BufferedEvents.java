package io.github.k8sclient.informer;

import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;
import reactor.util.concurrent.Queues;

/**
 * Keeps every event, up to a number of changes.
 *
 * @param <T> the type of the objects
 */
final class BufferedEvents<T extends KubernetesObject> implements PendingEvents<T> {

	private final int maxChanges;

	private final Queue<EventBatch<T>> batches = Queues.<EventBatch<T>>unboundedMultiproducer().get();

	private final AtomicInteger size = new AtomicInteger();

	private final AtomicInteger changes = new AtomicInteger();

	/** On the worker only, with the position in it. */
	private @Nullable EventBatch<T> batch;

	private int position;

	BufferedEvents(int maxChanges) {
		this.maxChanges = maxChanges;
	}

	@Override
	public boolean offer(EventBatch<T> batch) {
		int count = batch.events().size();
		if (batch.isChanges() && this.changes.addAndGet(count) > this.maxChanges) {
			return false;
		}
		this.size.addAndGet(count);
		this.batches.offer(batch);
		return true;
	}

	@Override
	public boolean deliverNext(HandlerMailbox<T> mailbox) {
		EventBatch<T> current = (this.batch != null) ? this.batch : this.batches.poll();
		if (current == null) {
			return false;
		}
		this.batch = current;
		if (this.position < current.events().size()) {
			mailbox.deliver(current.events().get(this.position++));
			this.size.decrementAndGet();
			if (current.isChanges()) {
				this.changes.decrementAndGet();
			}
		}
		if (this.position >= current.events().size()) {
			this.batch = null;
			this.position = 0;
			mailbox.delivered(current);
		}
		return true;
	}

	@Override
	public int size() {
		return this.size.get();
	}

	@Override
	public void clear() {
		this.batch = null;
		this.batches.clear();
		this.size.set(0);
	}

}
