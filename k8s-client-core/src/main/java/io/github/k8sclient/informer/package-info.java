/**
 * Informers: live, indexed copies of what a cluster holds, and handlers that are told of
 * every change in order.
 * <p>
 * Begin with {@link io.github.k8sclient.informer.SharedInformerFactory}. What a
 * {@link io.github.k8sclient.informer.SharedInformer} knows is read by its
 * {@link io.github.k8sclient.informer.Lister} and
 * {@link io.github.k8sclient.informer.Indexer} and told to its
 * {@link io.github.k8sclient.informer.ResourceEventHandler}s. The package sees a cluster
 * only as {@link io.github.k8sclient.watch.ListWatch}.
 */
@NullMarked
package io.github.k8sclient.informer;

import org.jspecify.annotations.NullMarked;
