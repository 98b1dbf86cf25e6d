package io.github.k8sclient.informer;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;

import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;

/**
 * Keeps for each object what the handler must still be told of it, in the order in which
 * the objects first changed. The lock is held for the bookkeeping alone, never while the
 * handler works.
 *
 * @param <T> the type of the objects
 */
final class CoalescedEvents<T extends KubernetesObject> implements PendingEvents<T> {

	private final Map<ObjectKey, PendingChange<T>> changes = new LinkedHashMap<>();

	/** The batches whose end is of interest. */
	private final Queue<End<T>> ends = new ArrayDeque<>();

	private long lastNumber;

	private int size;

	private boolean delivering;

	@Override
	public synchronized boolean offer(EventBatch<T> batch) {
		for (InformerEvent<T> event : batch.events()) {
			merge(event);
		}
		if (!batch.isChanges()) {
			this.ends.add(new End<>(batch, this.lastNumber));
		}
		return true;
	}

	private void merge(InformerEvent<T> event) {
		ObjectKey key = event.key();
		PendingChange<T> change = this.changes.computeIfAbsent(key, (absent) -> new PendingChange<>(++this.lastNumber));
		this.size -= change.size();
		change.merge(event);
		this.size += change.size();
		if (change.size() == 0) {
			this.changes.remove(key);
		}
	}

	@Override
	public boolean deliverNext(HandlerMailbox<T> mailbox) {
		boolean ended = deliverEnds(mailbox);
		InformerEvent<T> event = poll();
		if (event == null) {
			return ended;
		}
		mailbox.deliver(event);
		delivered();
		deliverEnds(mailbox);
		return true;
	}

	private boolean deliverEnds(HandlerMailbox<T> mailbox) {
		EventBatch<T> batch = pollEnd();
		boolean any = batch != null;
		while (batch != null) {
			mailbox.delivered(batch);
			batch = pollEnd();
		}
		return any;
	}

	private synchronized @Nullable EventBatch<T> pollEnd() {
		End<T> end = this.ends.peek();
		if (end == null || !this.changes.isEmpty() && first().number() <= end.lastNumber()) {
			return null;
		}
		this.ends.remove();
		return end.batch();
	}

	private synchronized @Nullable InformerEvent<T> poll() {
		if (this.changes.isEmpty()) {
			return null;
		}
		PendingChange<T> change = first();
		InformerEvent<T> event = change.take();
		if (change.size() == 0) {
			this.changes.remove(event.key());
		}
		this.size--;
		this.delivering = true;
		return event;
	}

	private PendingChange<T> first() {
		Iterator<PendingChange<T>> inOrder = this.changes.values().iterator();
		return inOrder.next();
	}

	private synchronized void delivered() {
		this.delivering = false;
	}

	@Override
	public synchronized int size() {
		return this.size + (this.delivering ? 1 : 0);
	}

	@Override
	public synchronized void clear() {
		this.changes.clear();
		this.ends.clear();
		this.size = 0;
	}

	/**
	 * The end of a batch.
	 *
	 * @param batch the batch
	 * @param lastNumber the number of the last change that was there when it came
	 * @param <T> the type of the objects
	 */
	private record End<T extends KubernetesObject>(EventBatch<T> batch, long lastNumber) {

	}

}
