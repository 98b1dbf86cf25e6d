package io.github.k8sclient.leaderelection;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.k8sclient.ConflictException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.coordination.v1.Lease;
import io.github.k8sclient.api.coordination.v1.LeaseSpec;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

import org.springframework.util.StringUtils;

/**
 * Makes single attempts to get, renew and give up a lease, one at a time, by the rules
 * that all instances keep.
 */
final class Candidate {

	private final LeaseLock lock;

	private final int leaseSeconds;

	private final Duration requestTimeout;

	private final Scheduler clock;

	private final Consumer<LeaseSpec> onObserved;

	private final AtomicLong slowPaths = new AtomicLong();

	/** What the lease said last, {@code null} before it was seen. */
	private volatile @Nullable LeaseSpec observed;

	/** When it was first seen to say so, in nanoseconds. */
	private volatile long observedAt;

	/**
	 * Create a candidate.
	 * @param lock the lease
	 * @param leaseDuration for how long to hold the lease
	 * @param requestTimeout how long to wait for an answer
	 * @param clock tells the time
	 * @param onObserved told each time the lease says something else
	 */
	Candidate(LeaseLock lock, Duration leaseDuration, Duration requestTimeout, Scheduler clock,
			Consumer<LeaseSpec> onObserved) {
		this.lock = lock;
		this.leaseSeconds = (int) leaseDuration.toSeconds();
		this.requestTimeout = requestTimeout;
		this.clock = clock;
		this.onObserved = onObserved;
	}

	long slowPaths() {
		return this.slowPaths.get();
	}

	/**
	 * Try to get the lease.
	 * @return the lease; empty if another instance holds it
	 */
	Mono<Term> acquire() {
		return read().flatMap((found) -> found.map(this::take).orElseGet(this::create));
	}

	private Mono<Term> take(Lease lease) {
		return isFree(specOf(lease)) ? write(lease) : Mono.empty();
	}

	private boolean isFree(LeaseSpec spec) {
		return !StringUtils.hasLength(spec.holderIdentity()) || isMine(spec) || isExpired(spec);
	}

	private boolean isMine(LeaseSpec spec) {
		return this.lock.identity().equals(spec.holderIdentity());
	}

	/**
	 * Return whether the lease has not changed for its duration. What it says of its own
	 * time does not count, as the clock of its holder may be wrong.
	 */
	private boolean isExpired(LeaseSpec spec) {
		Integer seconds = spec.leaseDurationSeconds();
		return now() - this.observedAt >= TimeUnit.SECONDS.toNanos((seconds != null) ? seconds : 0);
	}

	/**
	 * Try to renew the lease, on the assumption that nobody has written it since. Only if
	 * somebody has, it is read.
	 * @param term the lease as this instance wrote it last
	 * @return the lease; fails with {@link LeadershipLostException} if another instance
	 * holds it
	 */
	Mono<Term> renew(Term term) {
		return write(term.lease()).onErrorResume(
				(failure) -> failure instanceof ConflictException || failure instanceof NotFoundException,
				(changed) -> renewSlowly());
	}

	private Mono<Term> renewSlowly() {
		this.slowPaths.incrementAndGet();
		return read().flatMap((found) -> found.map(this::keep).orElseGet(this::create));
	}

	private Mono<Term> keep(Lease lease) {
		LeaseSpec spec = specOf(lease);
		return isMine(spec) ? write(lease)
				: Mono.error(new LeadershipLostException("it is held by '" + spec.holderIdentity() + "'"));
	}

	/**
	 * Give up the lease if this instance holds it.
	 * @return completes when another instance can take it
	 */
	Mono<Void> release() {
		return read().flatMap(Mono::justOrEmpty)
			.filter((lease) -> isMine(specOf(lease)))
			.flatMap((lease) -> send(() -> this.lock.update(lease, released(specOf(lease)))))
			// a renewal that was cancelled may yet arrive
			.retryWhen(Retry.indefinitely().filter(ConflictException.class::isInstance))
			.then();
	}

	private Mono<Optional<Lease>> read() {
		return this.lock.get()
			.timeout(this.requestTimeout, this.clock)
			.singleOptional()
			.doOnNext((found) -> found.ifPresent(this::observe));
	}

	private Mono<Term> create() {
		return send(() -> this.lock.create(held(this.observed)));
	}

	private Mono<Term> write(Lease lease) {
		return send(() -> this.lock.update(lease, held(specOf(lease))));
	}

	private Mono<Term> send(Supplier<Mono<Lease>> request) {
		return Mono.defer(() -> {
			long sent = now();
			return request.get()
				.timeout(this.requestTimeout, this.clock)
				.doOnNext(this::observe)
				.map((lease) -> new Term(lease, sent));
		});
	}

	private void observe(Lease lease) {
		LeaseSpec spec = specOf(lease);
		if (!spec.equals(this.observed)) {
			this.observed = spec;
			this.observedAt = now();
			this.onObserved.accept(spec);
		}
	}

	private LeaseSpec held(@Nullable LeaseSpec previous) {
		LeaseSpec.Builder spec = (previous != null) ? previous.toBuilder() : LeaseSpec.builder();
		if (previous == null || !isMine(previous)) {
			spec.acquireTime(timeOfDay()).leaseTransitions((previous != null) ? transitionsOf(previous) + 1 : 0);
		}
		return spec.holderIdentity(this.lock.identity())
			.leaseDurationSeconds(this.leaseSeconds)
			.renewTime(timeOfDay())
			.build();
	}

	private LeaseSpec released(LeaseSpec spec) {
		return spec.toBuilder()
			.holderIdentity("")
			.leaseDurationSeconds(1)
			.acquireTime(timeOfDay())
			.renewTime(timeOfDay())
			.build();
	}

	static LeaseSpec specOf(Lease lease) {
		LeaseSpec spec = lease.spec();
		return (spec != null) ? spec : LeaseSpec.builder().build();
	}

	static int transitionsOf(LeaseSpec spec) {
		Integer transitions = spec.leaseTransitions();
		return (transitions != null) ? transitions : 0;
	}

	private Instant timeOfDay() {
		return Instant.ofEpochMilli(this.clock.now(TimeUnit.MILLISECONDS));
	}

	private long now() {
		return this.clock.now(TimeUnit.NANOSECONDS);
	}

}
