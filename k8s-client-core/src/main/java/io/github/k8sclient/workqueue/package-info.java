/**
 * Work queues: keys that wait for workers, each key once and never worked on twice at the
 * same time, with delays and rate limits for those that are tried again.
 * <p>
 * Begin with {@link io.github.k8sclient.workqueue.WorkQueue}. Whoever wants the usual
 * loop of a controller around it takes {@code io.github.k8sclient.controller}.
 */
@NullMarked
package io.github.k8sclient.workqueue;

import org.jspecify.annotations.NullMarked;
