package io.github.k8sclient.informer;

import java.util.concurrent.TimeUnit;

import reactor.core.scheduler.Scheduler;

/**
 * Time that passes evenly whatever is done to the clock of the machine. The schedulers of
 * Reactor give the time of day in milliseconds, and time of this kind in nanoseconds.
 */
final class MonotonicTime {

	private MonotonicTime() {
	}

	/**
	 * Return the time.
	 * @param timer measures it
	 * @return milliseconds since some moment, also negative; only differences say
	 * something
	 */
	static long millis(Scheduler timer) {
		return TimeUnit.NANOSECONDS.toMillis(timer.now(TimeUnit.NANOSECONDS));
	}

}
