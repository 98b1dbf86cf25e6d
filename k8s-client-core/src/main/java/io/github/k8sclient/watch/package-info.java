/**
 * What a list-watch yields, and the seam between those who read a cluster (informers) and
 * those who talk to it (clients, tests).
 */
@NullMarked
package io.github.k8sclient.watch;

import org.jspecify.annotations.NullMarked;
