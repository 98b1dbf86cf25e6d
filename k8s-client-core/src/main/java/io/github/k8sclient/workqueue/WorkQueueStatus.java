package io.github.k8sclient.workqueue;

import java.time.Duration;

/**
 * How a work queue is doing, at one moment: what client-go's metrics of work queues say.
 *
 * @param depth how many keys wait for a worker, without those that wait for their time
 * @param adds how many keys were added, without those that were waiting already
 * @param retries how many times keys were added with a delay or a rate limit
 * @param takes how many keys workers have begun with
 * @param queueTime how long the keys that workers have begun with waited together
 * @param completed how many keys workers are done with
 * @param workTime how long workers were busy with these together
 * @param unfinishedWork for how long workers have been busy, together, with the keys that
 * they work on now. If it grows and grows, they are stuck
 * @param longestRunning for how long the one has been busy that began first with the key
 * it works on now, zero if none is
 * @since 0.1.0
 */
public record WorkQueueStatus(int depth, long adds, long retries, long takes, Duration queueTime, long completed,
		Duration workTime, Duration unfinishedWork, Duration longestRunning) {
}
