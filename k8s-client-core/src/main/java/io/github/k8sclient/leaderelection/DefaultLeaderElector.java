package io.github.k8sclient.leaderelection;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import io.github.k8sclient.AlreadyExistsException;
import io.github.k8sclient.ConflictException;
import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.api.coordination.v1.LeaseSpec;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

import org.springframework.util.StringUtils;

/**
 * Goes from waiting for the lease to leading and back, by the attempts of a
 * {@link Candidate}.
 */
final class DefaultLeaderElector implements LeaderElector {

	private static final Log logger = LogFactory.getLog(LeaderElector.class);

	private static final LeaderElectionStatus NOTHING_SEEN = new LeaderElectionStatus(false, null, 0);

	private static final Duration EMISSION = Duration.ofSeconds(1);

	private final LeaseLock lock;

	private final LeaseTimes times;

	private final LeaderCallbacks callbacks;

	private final boolean releaseOnCancel;

	private final Scheduler scheduler;

	private final Scheduler handlerScheduler;

	private final Candidate candidate;

	private final Sinks.Many<LeaderElectionStatus> changes = Sinks.many().replay().latestOrDefault(NOTHING_SEEN);

	private final AtomicReference<@Nullable ElectionRun> current = new AtomicReference<>();

	/** What this instance leads by, {@code null} while it does not. */
	private final AtomicReference<@Nullable Term> term = new AtomicReference<>();

	private volatile LeaderElectionStatus status = NOTHING_SEEN;

	/** Whether the trouble that there is has been logged. */
	private volatile boolean warned;

	DefaultLeaderElector(LeaseLock lock, LeaseTimes times, LeaderCallbacks callbacks, boolean releaseOnCancel,
			Scheduler scheduler, Scheduler handlerScheduler) {
		this.lock = lock;
		this.times = times;
		this.callbacks = callbacks;
		this.releaseOnCancel = releaseOnCancel;
		this.scheduler = scheduler;
		this.handlerScheduler = handlerScheduler;
		this.candidate = new Candidate(lock, times.leaseDuration(), times.requestTimeout(), scheduler, this::observed);
	}

	@Override
	public String name() {
		return this.lock.toString();
	}

	@Override
	public String identity() {
		return this.lock.identity();
	}

	@Override
	public Mono<Void> run() {
		return Mono.usingWhen(Mono.fromSupplier(this::begin), this::takePart, this::end, (run, failure) -> end(run),
				this::end);
	}

	private ElectionRun begin() {
		ElectionRun run = ElectionRun.begin(this.handlerScheduler);
		if (!this.current.compareAndSet(null, run)) {
			run.dispose();
			throw new IllegalStateException("The elector of lease " + this.lock + " runs already");
		}
		logger.info("Waiting for lease " + this.lock + " as " + identity());
		return run;
	}

	private Mono<Void> takePart(ElectionRun run) {
		return acquire().takeUntilOther(run.stopRequest()).flatMap((first) -> lead(run, first));
	}

	private Mono<Term> acquire() {
		return Mono.defer(this.candidate::acquire)
			.onErrorResume((failure) -> attemptFailed("get", failure))
			.repeatWhenEmpty((attempts) -> attempts
				.concatMap((attempt) -> Mono.delay(this.times.randomPause(), this.scheduler)));
	}

	private Mono<Void> lead(ElectionRun run, Term first) {
		return Mono
			.using(() -> startLeading(run, first),
					(leadership) -> Mono.when(renew(first), work(leadership)).takeUntilOther(run.stopRequest()),
					(leadership) -> stopLeading(run))
			.onErrorResume(LeadershipLostException.class, (lost) -> lost(run, lost));
	}

	private Leadership startLeading(ElectionRun run, Term first) {
		int transitions = Candidate.transitionsOf(Candidate.specOf(first.lease()));
		logger.info("Leading by lease " + this.lock + " as " + identity() + " (fencing token " + transitions + ")");
		this.warned = false;
		this.term.set(first);
		run.led();
		update((before) -> new LeaderElectionStatus(true, identity(), transitions));
		return new Leadership(identity(), transitions);
	}

	/**
	 * Renew the lease until that does not succeed in time.
	 */
	private Mono<Void> renew(Term first) {
		return Mono.defer(this::renewOnce)
			.doOnNext(this::renewed)
			.onErrorResume((failure) -> !(failure instanceof LeadershipLostException),
					(failure) -> attemptFailed("renew", failure))
			.delaySubscription(this.times.retryPeriod(), this.scheduler)
			.repeat()
			.timeout(deadline(first), this::deadline)
			.onErrorMap(TimeoutException.class,
					(late) -> new LeadershipLostException(
							"it could not be renewed within " + this.times.renewDeadline().toMillis() + " ms"))
			.then();
	}

	private Mono<Term> renewOnce() {
		Term last = this.term.get();
		return (last != null) ? this.candidate.renew(last) : Mono.empty();
	}

	private void renewed(Term renewed) {
		this.warned = false;
		this.term.updateAndGet((last) -> (last != null) ? renewed : null);
	}

	private Mono<Long> deadline(Term last) {
		return Mono.defer(() -> Mono.delay(timeLeft(last), this.scheduler));
	}

	private Duration timeLeft(Term last) {
		return this.times.renewDeadline().minusNanos(this.scheduler.now(TimeUnit.NANOSECONDS) - last.renewedAt());
	}

	private Mono<Void> work(Leadership leadership) {
		return Flux.defer(() -> start(leadership)).subscribeOn(this.handlerScheduler).then(Mono.never());
	}

	private Publisher<?> start(Leadership leadership) {
		try {
			return this.callbacks.onStartedLeading().apply(leadership);
		}
		// an error of the JVM would end the stream without telling anybody
		catch (Error ex) {
			return Mono.error(new KubernetesException("The work of the leader failed: " + ex, ex));
		}
	}

	private void stopLeading(ElectionRun run) {
		this.term.set(null);
		update((before) -> new LeaderElectionStatus(false, before.leader(), before.leaseTransitions()));
		run.call(this.callbacks.onStoppedLeading());
	}

	private Mono<Void> lost(ElectionRun run, LeadershipLostException lost) {
		logger.warn("Lost lease " + this.lock + ": " + lost.getMessage());
		run.lost();
		return Mono.empty();
	}

	private Mono<Void> end(ElectionRun run) {
		Mono<Void> release = (run.isHolding() && this.releaseOnCancel) ? release() : Mono.empty();
		return release.then(Mono.fromRunnable(() -> ended(run)));
	}

	private Mono<Void> release() {
		return this.candidate.release()
			.timeout(this.times.renewDeadline(), this.scheduler)
			.doOnSuccess((done) -> logger.info("Gave up lease " + this.lock))
			.onErrorResume((failure) -> {
				logger.warn("Cannot give up lease " + this.lock + ", which ends by itself: " + failure);
				return Mono.empty();
			});
	}

	private void ended(ElectionRun run) {
		if (!run.hasLed()) {
			run.call(this.callbacks.onStoppedLeading());
		}
		this.current.set(null);
		run.dispose();
	}

	@Override
	public Mono<Void> stop() {
		return Mono.defer(() -> {
			ElectionRun run = this.current.get();
			return (run != null) ? run.stop() : Mono.empty();
		});
	}

	@Override
	public boolean isLeader() {
		Term last = this.term.get();
		return last != null && timeLeft(last).compareTo(Duration.ZERO) > 0;
	}

	@Override
	public LeaderElectionStatus status() {
		return this.status;
	}

	@Override
	public Flux<LeaderElectionStatus> changes() {
		return this.changes.asFlux().distinctUntilChanged().onBackpressureLatest().publishOn(this.handlerScheduler, 1);
	}

	@Override
	public long slowPaths() {
		return this.candidate.slowPaths();
	}

	private void observed(LeaseSpec spec) {
		String leader = StringUtils.hasLength(spec.holderIdentity()) ? spec.holderIdentity() : null;
		int transitions = Candidate.transitionsOf(spec);
		LeaderElectionStatus before = update((now) -> new LeaderElectionStatus(now.leading(), leader, transitions));
		ElectionRun run = this.current.get();
		if (leader != null && !leader.equals(before.leader()) && run != null) {
			run.call(() -> this.callbacks.onNewLeader().accept(leader));
		}
	}

	private LeaderElectionStatus update(UnaryOperator<LeaderElectionStatus> change) {
		LeaderElectionStatus before;
		synchronized (this.changes) {
			before = this.status;
			this.status = change.apply(before);
		}
		this.changes.emitNext(this.status, Sinks.EmitFailureHandler.busyLooping(EMISSION));
		return before;
	}

	private <T> Mono<T> attemptFailed(String verb, Throwable failure) {
		boolean race = failure instanceof ConflictException || failure instanceof AlreadyExistsException;
		String message = "Cannot " + verb + " lease " + this.lock + ", trying again: " + failure;
		if (race || this.warned) {
			logger.debug(message);
		}
		else {
			logger.warn(message);
			this.warned = true;
		}
		return Mono.empty();
	}

}
