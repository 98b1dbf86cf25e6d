package io.github.k8sclient.leaderelection;

import java.util.Map;

import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.coordination.v1.Lease;
import io.github.k8sclient.api.coordination.v1.LeaseSpec;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.client.ResourceClient;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * A lease that an API server holds.
 */
final class ApiLeaseLock implements LeaseLock {

	private final ResourceClient<Lease> leases;

	private final String namespace;

	private final String name;

	private final String identity;

	private final Map<String, String> labels;

	ApiLeaseLock(Clientset clientset, String namespace, String name, String identity, Map<String, String> labels) {
		Assert.notNull(clientset, "'clientset' must not be null");
		Assert.hasText(namespace, "'namespace' must not be empty");
		Assert.hasText(name, "'name' must not be empty");
		Assert.hasText(identity, "'identity' must not be empty");
		this.leases = clientset.coordinationV1().leases(namespace);
		this.namespace = namespace;
		this.name = name;
		this.identity = identity;
		this.labels = labels;
	}

	@Override
	public String identity() {
		return this.identity;
	}

	@Override
	public Mono<Lease> get() {
		return this.leases.get(this.name).onErrorResume(NotFoundException.class, (none) -> Mono.empty());
	}

	@Override
	public Mono<Lease> create(LeaseSpec spec) {
		return this.leases
			.create(labelled(Lease.builder().metadata((metadata) -> metadata.name(this.name)).spec(spec)));
	}

	@Override
	public Mono<Lease> update(Lease lease, LeaseSpec spec) {
		return this.leases.update(labelled(lease.toBuilder().spec(spec)));
	}

	private Lease labelled(Lease.Builder lease) {
		return lease.metadata((metadata) -> this.labels.forEach(metadata::putLabel)).build();
	}

	@Override
	public String toString() {
		return this.namespace + "/" + this.name;
	}

}
