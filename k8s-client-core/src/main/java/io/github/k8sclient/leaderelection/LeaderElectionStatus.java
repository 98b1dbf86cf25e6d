package io.github.k8sclient.leaderelection;

import org.jspecify.annotations.Nullable;

/**
 * Who leads, as one instance knows it.
 *
 * @param leading whether this instance leads
 * @param leader the identity of the instance that was seen to lead last, {@code null} if
 * none was, or it gave up the lease
 * @param leaseTransitions how many times the lease has changed hands, as it was seen
 * last. While this instance leads it is its fencing token: no leader after it has one as
 * small. Zero before the lease was seen
 * @since 0.1.0
 */
public record LeaderElectionStatus(boolean leading, @Nullable String leader, int leaseTransitions) {
}
