package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a failed watch is worth another attempt from where it was, or whether
 * the place itself is to blame, so that the present objects must be read. For one
 * subscription of a reflector, not thread-safe.
 */
final class CursorTrust {

	/**
	 * For how long errors of the server are met with the same watch again.
	 */
	static final Duration MAX_REWATCH = Duration.ofMinutes(1);

	private final LongSupplier clock;

	private boolean proven = true;

	/** Since when the server has answered watches with errors. */
	private @Nullable Long suspectSince;

	/**
	 * Trust the place where a reflector begins.
	 * @param clock the {@link MonotonicTime}
	 */
	CursorTrust(LongSupplier clock) {
		this.clock = clock;
	}

	/**
	 * The present objects have been read: a watch has yet to show that it works from
	 * there.
	 */
	void objectsRead() {
		this.proven = false;
	}

	/**
	 * A watch has worked.
	 */
	void watchWorked() {
		this.proven = true;
		this.suspectSince = null;
	}

	/**
	 * Return whether a watch has worked since the present objects were read.
	 * @return {@code true} if one has
	 */
	boolean proven() {
		return this.proven;
	}

	/**
	 * Return whether the trust outlasts the failure of a watch.
	 * @param error why it failed
	 * @return {@code true} to try the same watch again, {@code false} to read the objects
	 */
	boolean survives(Throwable error) {
		int code = RequestFailure.code(error);
		if (RequestFailure.isThrottled(error) || RequestFailure.isDenied(error) || RequestFailure.isConnection(error)) {
			return true;
		}
		if ((code == 0 || code >= 500) && suspectedFor() < MAX_REWATCH.toMillis()) {
			return true;
		}
		this.suspectSince = null;
		return false;
	}

	private long suspectedFor() {
		long now = this.clock.getAsLong();
		if (this.suspectSince == null) {
			this.suspectSince = now;
		}
		return now - this.suspectSince;
	}

}
