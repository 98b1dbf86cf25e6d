package io.github.k8sclient.autoconfigure.controller;

import java.util.concurrent.atomic.AtomicReference;

import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.api.coordination.v1.Lease;
import io.github.k8sclient.api.coordination.v1.LeaseSpec;
import io.github.k8sclient.leaderelection.LeaseLock;
import io.github.k8sclient.meta.Status;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A lease in memory.
 */
final class MemoryLeaseLock implements LeaseLock {

	private final AtomicReference<@Nullable Lease> lease = new AtomicReference<>();

	private volatile boolean stolen;

	/**
	 * Let somebody hold the lease.
	 * @param identity who holds it, empty for nobody
	 */
	void hold(String identity) {
		this.lease.set(Lease.builder()
			.spec((spec) -> spec.holderIdentity(identity).leaseDurationSeconds(3600).leaseTransitions(4))
			.build());
	}

	/**
	 * Let somebody take the lease from its holder, whose next renewal fails.
	 * @param identity who takes it
	 */
	void steal(String identity) {
		this.stolen = true;
		hold(identity);
	}

	@Nullable String holder() {
		Lease now = this.lease.get();
		return (now != null) ? now.spec().holderIdentity() : null;
	}

	@Override
	public String identity() {
		return "me";
	}

	@Override
	public Mono<Lease> get() {
		return Mono.fromSupplier(this.lease::get);
	}

	@Override
	public Mono<Lease> create(LeaseSpec spec) {
		return Mono.fromSupplier(() -> store(Lease.builder().spec(spec).build()));
	}

	@Override
	public Mono<Lease> update(Lease old, LeaseSpec spec) {
		return Mono.fromSupplier(() -> {
			if (this.stolen) {
				this.stolen = false;
				throw KubernetesApiException
					.of(Status.builder().code(409).reason("Conflict").message("stolen").build());
			}
			return store(old.toBuilder().spec(spec).build());
		});
	}

	private Lease store(Lease written) {
		this.lease.set(written);
		return written;
	}

	@Override
	public String toString() {
		return "memory/lease";
	}

}
