package io.github.k8sclient.leaderelection;

import io.github.k8sclient.api.coordination.v1.Lease;

/**
 * A lease that this instance holds.
 *
 * @param lease the lease as it was written last
 * @param renewedAt when the request was sent by which it was, in nanoseconds
 */
record Term(Lease lease, long renewedAt) {
}
