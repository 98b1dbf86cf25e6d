/**
 * What a list or a watch yields, and the seam between those who read a cluster
 * (informers) and those who talk to it (clients, tests).
 * <p>
 * Begin with {@link io.github.k8sclient.watch.WatchEvent} to handle a watch, and with
 * {@link io.github.k8sclient.watch.ListWatch} to give informers another source.
 */
@NullMarked
package io.github.k8sclient.watch;

import org.jspecify.annotations.NullMarked;
