package io.github.k8sclient.leaderelection;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.api.coordination.v1.Lease;
import io.github.k8sclient.api.coordination.v1.LeaseSpec;
import io.github.k8sclient.meta.Status;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A lease as a server holds it, and what may happen to requests for it.
 */
final class FakeLease {

	/** Such as {@code a update}. */
	final List<String> requests = new ArrayList<>();

	/** Changes the answer to each request. */
	UnaryOperator<Mono<Lease>> fault = UnaryOperator.identity();

	private @Nullable Lease lease;

	private int version;

	LeaseLock lock(String identity) {
		return new Lock(identity);
	}

	LeaseSpec spec() {
		return Objects.requireNonNull(this.lease).spec();
	}

	/**
	 * Write the lease past all instances.
	 */
	void write(UnaryOperator<LeaseSpec.Builder> change) {
		LeaseSpec.Builder spec = (this.lease != null) ? this.lease.spec().toBuilder() : LeaseSpec.builder();
		store(change.apply(spec).build());
	}

	void delete() {
		this.lease = null;
	}

	private Lease store(LeaseSpec spec) {
		this.version++;
		this.lease = Lease.builder()
			.metadata((metadata) -> metadata.name("demo").resourceVersion(String.valueOf(this.version)))
			.spec(spec)
			.build();
		return this.lease;
	}

	private static <T> Mono<T> refuse(int code, String reason) {
		return Mono
			.error(KubernetesApiException.of(Status.builder().code(code).reason(reason).message(reason).build()));
	}

	private final class Lock implements LeaseLock {

		private final String identity;

		Lock(String identity) {
			this.identity = identity;
		}

		@Override
		public String identity() {
			return this.identity;
		}

		@Override
		public Mono<Lease> get() {
			return request("get", Mono.fromSupplier(() -> FakeLease.this.lease));
		}

		@Override
		public Mono<Lease> create(LeaseSpec spec) {
			return request("create", Mono
				.defer(() -> (FakeLease.this.lease == null) ? Mono.just(store(spec)) : refuse(409, "AlreadyExists")));
		}

		@Override
		public Mono<Lease> update(Lease old, LeaseSpec spec) {
			return request("update", Mono.defer(() -> {
				if (FakeLease.this.lease == null) {
					return refuse(404, "NotFound");
				}
				String version = FakeLease.this.lease.metadata().resourceVersion();
				return Objects.equals(version, old.metadata().resourceVersion()) ? Mono.just(store(spec))
						: refuse(409, "Conflict");
			}));
		}

		private Mono<Lease> request(String verb, Mono<Lease> answer) {
			return Mono.defer(() -> {
				FakeLease.this.requests.add(this.identity + " " + verb);
				return FakeLease.this.fault.apply(answer);
			});
		}

		@Override
		public String toString() {
			return "default/demo";
		}

	}

}
