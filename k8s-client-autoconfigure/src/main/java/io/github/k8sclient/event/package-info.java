/**
 * Changes of Kubernetes resources as Spring application events.
 * <p>
 * Begin with {@link io.github.k8sclient.event.ResourceEvent}: an {@code @EventListener}
 * method that takes it, or one of its three subtypes, for a kind such as {@code Pod}
 * makes the starter run an informer of that kind. Events of one informer are published
 * one after the other, in the order of the cluster, on a thread that may block.
 */
@NullMarked
package io.github.k8sclient.event;

import org.jspecify.annotations.NullMarked;
