/**
 * Changes of Kubernetes resources as Spring application events.
 * <p>
 * Begin with {@link io.github.k8sclient.event.ResourceEvent}: an {@code @EventListener}
 * method for this event or one of its three subtypes, with a kind such as {@code Pod} as
 * type parameter, makes the starter run an informer of that kind. The events of an
 * informer are published one at a time, in the order of the changes, on a thread that may
 * block. With leader election, {@link io.github.k8sclient.event.LeadershipGrantedEvent}
 * and {@link io.github.k8sclient.event.LeadershipRevokedEvent} tell whether this instance
 * of the application leads.
 */
@NullMarked
package io.github.k8sclient.event;

import org.jspecify.annotations.NullMarked;
