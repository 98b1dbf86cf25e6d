package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Decides when the objects must be read again because a frame of a watch could not be
 * read: nobody knows which object has changed or is gone. That happens at once, but not
 * again and again for an object that can never be read and often changes: then the frames
 * of a while are made up for together. For one subscription of a reflector, not
 * thread-safe.
 */
final class LostFrames {

	/**
	 * How often the objects are read again at most.
	 */
	static final Duration INTERVAL = Duration.ofMinutes(5);

	private final LongSupplier clock;

	private boolean lost;

	/** When the objects were last read because of lost frames. */
	private @Nullable Long lastRead;

	/**
	 * Create with nothing lost.
	 * @param clock the {@link MonotonicTime}
	 */
	LostFrames(LongSupplier clock) {
		this.clock = clock;
	}

	/**
	 * A frame could not be read.
	 */
	void add() {
		this.lost = true;
	}

	/**
	 * Return whether it is time to read the objects again.
	 * @return {@code true} if a frame is lost, and nothing was read too recently because
	 * of another
	 */
	boolean isDue() {
		return this.lost && (this.lastRead == null || this.clock.getAsLong() - this.lastRead >= INTERVAL.toMillis());
	}

	/**
	 * The objects have been read, for whatever reason.
	 */
	void objectsRead() {
		if (this.lost) {
			this.lost = false;
			this.lastRead = this.clock.getAsLong();
		}
	}

}
