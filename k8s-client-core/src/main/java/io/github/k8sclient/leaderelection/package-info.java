/**
 * Leader election: of several instances of an application, one leads as long as it renews
 * a lease, and another takes over when it does not. Begin with
 * {@link io.github.k8sclient.leaderelection.LeaderElector}.
 */
@NullMarked
package io.github.k8sclient.leaderelection;

import org.jspecify.annotations.NullMarked;
