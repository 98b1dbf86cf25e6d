package io.github.k8sclient.leaderelection;

import java.util.Map;

import io.github.k8sclient.api.coordination.v1.Lease;
import io.github.k8sclient.api.coordination.v1.LeaseSpec;
import io.github.k8sclient.client.Clientset;
import reactor.core.publisher.Mono;

/**
 * The lease by which instances agree on their leader, as one of them sees it.
 *
 * @since 0.1.0
 */
public interface LeaseLock {

	/**
	 * Return the lock that a lease of the API server is. The instances need the rights to
	 * {@code get}, {@code create} and {@code update} the resource {@code leases} of the
	 * group {@code coordination.k8s.io} in the namespace.
	 * @param clientset where the lease is
	 * @param namespace the namespace of the lease
	 * @param name the name of the lease, the same for all instances
	 * @param identity the name of this instance, different from that of all others
	 * @return the lock
	 */
	static LeaseLock of(Clientset clientset, String namespace, String name, String identity) {
		return of(clientset, namespace, name, identity, Map.of());
	}

	/**
	 * Return the lock that a lease of the API server is.
	 * @param clientset where the lease is
	 * @param namespace the namespace of the lease
	 * @param name the name of the lease, the same for all instances
	 * @param identity the name of this instance, different from that of all others
	 * @param labels labels that the leader gives the lease, besides others that it has
	 * @return the lock
	 * @see #of(Clientset, String, String, String)
	 */
	static LeaseLock of(Clientset clientset, String namespace, String name, String identity,
			Map<String, String> labels) {
		return new ApiLeaseLock(clientset, namespace, name, identity, Map.copyOf(labels));
	}

	/**
	 * Return the name of this instance.
	 * @return the identity, not empty
	 */
	String identity();

	/**
	 * Read the lease as it is now.
	 * @return the lease, empty if there is none
	 */
	Mono<Lease> get();

	/**
	 * Create the lease.
	 * @param spec what it says
	 * @return the lease; fails with {@link io.github.k8sclient.AlreadyExistsException} if
	 * another instance was faster
	 */
	Mono<Lease> create(LeaseSpec spec);

	/**
	 * Replace what the lease says.
	 * @param lease the lease as it was read or written last
	 * @param spec what it says from now on
	 * @return the lease; fails with {@link io.github.k8sclient.ConflictException} if
	 * another instance was faster
	 */
	Mono<Lease> update(Lease lease, LeaseSpec spec);

	/**
	 * Return the lease in words, for logs.
	 * @return such as {@code default/demo}
	 */
	@Override
	String toString();

}
