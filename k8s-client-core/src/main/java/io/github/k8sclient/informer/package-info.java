/**
 * Informers: live, indexed copies of what a cluster holds, and handlers that are told of
 * every change in order.
 */
@NullMarked
package io.github.k8sclient.informer;

import org.jspecify.annotations.NullMarked;
