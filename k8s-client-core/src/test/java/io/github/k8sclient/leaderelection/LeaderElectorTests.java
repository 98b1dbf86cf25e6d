package io.github.k8sclient.leaderelection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.api.coordination.v1.LeaseSpec;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LeaderElector}.
 */
class LeaderElectorTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	/** The longest pause between two attempts to get the lease. */
	private static final Duration PAUSE = Duration.ofMillis(4400);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final FakeLease lease = new FakeLease();

	/** Such as {@code 0 a leads (0)}, with the time in seconds. */
	private final List<String> log = Collections.synchronizedList(new ArrayList<>());

	private LeaderElector.Builder elector(String identity) {
		return LeaderElector.builder(this.lease.lock(identity))
			.scheduler(this.time)
			.handlerScheduler(this.time)
			.onStartedLeading((leadership) -> Mono.never()
				.doOnSubscribe((subscription) -> note(identity + " leads (" + leadership.fencingToken() + ")"))
				.doOnCancel(() -> note(identity + " cancelled")))
			.onStoppedLeading(() -> note(identity + " stopped"))
			.onNewLeader((leader) -> note(identity + " follows " + leader));
	}

	private void note(String event) {
		this.log.add(this.time.now(TimeUnit.SECONDS) + " " + event);
	}

	private void advance(Duration duration) {
		this.time.advanceTimeBy(duration);
	}

	@Test
	void firstInstanceLeadsAtOnceAndTheLeaseSaysSo() {
		LeaderElector a = elector("a").build();
		assertThat(a.isLeader()).isFalse();

		a.run().subscribe();

		assertThat(a.isLeader()).isTrue();
		assertThat(this.log).containsExactly("0 a follows a", "0 a leads (0)");
		Instant now = Instant.ofEpochMilli(0);
		assertThat(this.lease.spec()).isEqualTo(LeaseSpec.builder()
			.holderIdentity("a")
			.leaseDurationSeconds(15)
			.acquireTime(now)
			.renewTime(now)
			.leaseTransitions(0)
			.build());
	}

	@Test
	void leaderRenewsTheLeaseByOneRequestEachRetryPeriod() {
		elector("a").build().run().subscribe();
		this.lease.requests.clear();

		advance(Duration.ofSeconds(7));

		assertThat(this.lease.requests).containsExactly("a update", "a update", "a update");
		assertThat(this.lease.spec().renewTime()).isEqualTo(Instant.ofEpochSecond(6));
		assertThat(this.lease.spec().acquireTime()).isEqualTo(Instant.ofEpochSecond(0));
	}

	@Test
	void anotherInstanceTakesOverWhenTheLeaseHasNotChangedForItsDuration() {
		Disposable a = elector("a").releaseOnCancel(false).build().run().subscribe();
		LeaderElector b = elector("b").build();
		b.run().subscribe();
		assertThat(this.log).endsWith("0 b follows a");
		advance(Duration.ofSeconds(60));
		assertThat(b.isLeader()).isFalse();

		a.dispose();

		// seen at 60 s at the latest; changed last at 60 s
		advance(Duration.ofMillis(14_999));
		assertThat(b.isLeader()).isFalse();
		advance(PAUSE.multipliedBy(2));
		assertThat(b.isLeader()).isTrue();
		assertThat(this.lease.spec().leaseTransitions()).isOne();
		assertThat(this.log).contains("60 a cancelled", "60 a stopped").last().asString().endsWith("b leads (1)");
	}

	@Test
	void clocksOfOtherInstancesDoNotMatter() {
		this.lease.write((spec) -> spec.holderIdentity("slow clock")
			.leaseDurationSeconds(15)
			.renewTime(Instant.EPOCH.minusSeconds(10_000)));
		LeaderElector b = elector("b").build();
		b.run().subscribe();

		for (int i = 0; i < 10; i++) {
			advance(Duration.ofSeconds(10));
			int n = i + 1;
			this.lease.write((spec) -> spec.renewTime(Instant.EPOCH.minusSeconds(10_000 - n)));
		}
		assertThat(b.isLeader()).isFalse();

		this.lease.write((spec) -> spec.renewTime(Instant.EPOCH.plusSeconds(1_000_000)));
		advance(Duration.ofSeconds(15).plus(PAUSE.multipliedBy(2)));
		assertThat(b.isLeader()).isTrue();
	}

	@Test
	void stopGivesUpTheLeaseSoThatAnotherInstanceNeedNotWaitForItsEnd() {
		LeaderElector a = elector("a").build();
		a.run().subscribe();
		LeaderElector b = elector("b").build();
		b.run().subscribe();
		advance(Duration.ofSeconds(30));

		StepVerifier.create(a.stop()).expectComplete().verify(LIMIT);

		assertThat(a.isLeader()).isFalse();
		assertThat(this.lease.spec().holderIdentity()).isEmpty();
		assertThat(this.lease.spec().leaseDurationSeconds()).isOne();
		assertThat(this.log).endsWith("30 a cancelled", "30 a stopped");
		advance(PAUSE);
		assertThat(b.isLeader()).isTrue();
		assertThat(this.lease.spec().leaseTransitions()).isOne();
	}

	@Test
	void cancelledRunGivesUpTheLease() {
		LeaderElector a = elector("a").build();
		Disposable run = a.run().subscribe();

		run.dispose();

		assertThat(a.isLeader()).isFalse();
		assertThat(this.lease.spec().holderIdentity()).isEmpty();
		assertThat(this.log).endsWith("0 a cancelled", "0 a stopped");
	}

	@Test
	void renewalThatArrivesLateDoesNotKeepTheLeaseFromBeingGivenUp() {
		LeaderElector a = elector("a").build();
		a.run().subscribe();
		List<String> before = List.copyOf(this.lease.requests);
		this.lease.fault = (answer) -> {
			// the renewal arrives between the reading and the writing of the release
			if (this.lease.requests.size() == before.size() + 2) {
				this.lease.write((spec) -> spec.renewTime(Instant.EPOCH.plusSeconds(1)));
			}
			return answer;
		};

		StepVerifier.create(a.stop()).expectComplete().verify(LIMIT);

		assertThat(this.lease.spec().holderIdentity()).isEmpty();
		assertThat(this.lease.requests).endsWith("a get", "a update", "a get", "a update");
	}

	@Test
	void leaderThatLosesTheServerStopsBeforeAnotherInstanceTakesOver() {
		LeaderElector a = elector("a").build();
		a.run().subscribe();
		advance(Duration.ofSeconds(5));
		this.lease.fault = (answer) -> this.lease.requests.get(this.lease.requests.size() - 1).startsWith("a")
				? Mono.error(new KubernetesException("The server is away")) : answer;
		elector("b").build().run().subscribe();

		// renewed last at 4 s
		advance(Duration.ofMillis(8_999));
		assertThat(a.isLeader()).isTrue();
		advance(Duration.ofMillis(1));
		assertThat(a.isLeader()).isFalse();
		assertThat(this.log).endsWith("14 a cancelled", "14 a stopped");
		advance(Duration.ofSeconds(5));
		assertThat(this.log).last().isEqualTo("14 a stopped");
		advance(Duration.ofSeconds(15));
		assertThat(this.log).last().asString().endsWith("b leads (1)");
	}

	@Test
	void leaderWhoseServerDoesNotAnswerStopsInTime() {
		LeaderElector a = elector("a").build();
		Disposable run = a.run().subscribe();
		advance(Duration.ofSeconds(5));

		this.lease.fault = (answer) -> Mono.never();
		advance(Duration.ofSeconds(9));

		assertThat(a.isLeader()).isFalse();
		assertThat(run.isDisposed()).isTrue();
		assertThat(this.log).endsWith("14 a cancelled", "14 a stopped");
		assertThat(this.lease.requests.stream().filter("a update"::equals).count())
			.as("a request that is not answered leaves time for another one")
			.isGreaterThanOrEqualTo(4);
	}

	@Test
	void leaderSurvivesAShortOutage() {
		LeaderElector a = elector("a").build();
		a.run().subscribe();
		this.lease.fault = (answer) -> Mono.error(new KubernetesException("The server is away"));
		advance(Duration.ofSeconds(7));

		this.lease.fault = (answer) -> answer;
		advance(Duration.ofSeconds(100));

		assertThat(a.isLeader()).isTrue();
		assertThat(this.log).containsExactly("0 a follows a", "0 a leads (0)");
	}

	@Test
	void suspendedLeaderKnowsThatItLeadsNoMoreBeforeAnyTimerTellsIt() {
		SkippingClock clock = new SkippingClock(this.time);
		LeaderElector a = elector("a").scheduler(clock).build();
		a.run().subscribe();
		assertThat(a.isLeader()).isTrue();

		clock.skip(Duration.ofSeconds(10));

		assertThat(a.isLeader()).isFalse();
	}

	@Test
	void leaderThatFindsAnotherHolderStopsAtOnce() {
		LeaderElector a = elector("a").build();
		Disposable run = a.run().subscribe();

		this.lease.write((spec) -> spec.holderIdentity("b").leaseTransitions(1));
		advance(Duration.ofSeconds(2));

		assertThat(a.isLeader()).isFalse();
		assertThat(run.isDisposed()).isTrue();
		assertThat(this.log).containsExactlyInAnyOrder("0 a follows a", "0 a leads (0)", "2 a cancelled", "2 a stopped",
				"2 a follows b");
		assertThat(this.lease.spec().holderIdentity()).isEqualTo("b");
	}

	@Test
	void leaderReadsTheLeaseOnlyIfSomebodyElseHasWrittenIt() {
		LeaderElector a = elector("a").build();
		a.run().subscribe();
		this.lease.requests.clear();

		this.lease.write((spec) -> spec.strategy("somebody's"));
		advance(Duration.ofSeconds(4));

		assertThat(this.lease.requests).containsExactly("a update", "a get", "a update", "a update");
		assertThat(this.lease.spec().strategy()).isEqualTo("somebody's");
		assertThat(a.slowPaths()).isOne();
		assertThat(a.isLeader()).isTrue();
	}

	@Test
	void leaderMakesADeletedLeaseAgainWithTheSameFencingToken() {
		this.lease.write((spec) -> spec.holderIdentity("").leaseTransitions(7));
		LeaderElector a = elector("a").build();
		a.run().subscribe();

		this.lease.delete();
		advance(Duration.ofSeconds(2));

		assertThat(a.isLeader()).isTrue();
		assertThat(this.lease.spec().leaseTransitions()).isEqualTo(8);
	}

	@Test
	void instanceThatSeesTheLeaseDeletedTakesAHigherFencingToken() {
		this.lease.write((spec) -> spec.holderIdentity("b").leaseDurationSeconds(15).leaseTransitions(7));
		LeaderElector a = elector("a").build();
		a.run().subscribe();

		this.lease.delete();
		advance(PAUSE);

		assertThat(this.log).last().asString().endsWith("a leads (8)");
	}

	@Test
	void restartedInstanceOfTheSameNameNeedNotWait() {
		this.lease.write((spec) -> spec.holderIdentity("a").leaseDurationSeconds(15).leaseTransitions(3));

		elector("a").build().run().subscribe();

		assertThat(this.log).endsWith("0 a leads (3)");
	}

	@Test
	void onlyOneOfManyLeads() {
		List<LeaderElector> electors = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			LeaderElector elector = elector("e" + i).build();
			electors.add(elector);
			elector.run().repeat().subscribe();
		}

		for (int second = 0; second < 300; second++) {
			if (second % 50 == 20) {
				this.lease.write((spec) -> spec.holderIdentity("nobody").leaseDurationSeconds(5));
			}
			advance(Duration.ofSeconds(1));
			assertThat(electors.stream().filter(LeaderElector::isLeader).count()).isLessThanOrEqualTo(1);
		}

		assertThat(electors).filteredOn(LeaderElector::isLeader).hasSize(1);
	}

	@Test
	void instanceThatNeverLedIsToldThatItStopped() {
		this.lease.write((spec) -> spec.holderIdentity("b").leaseDurationSeconds(15));
		LeaderElector a = elector("a").build();
		a.run().subscribe();

		StepVerifier.create(a.stop()).expectComplete().verify(LIMIT);

		assertThat(this.log).containsExactly("0 a follows b", "0 a stopped");
		assertThat(this.lease.spec().holderIdentity()).isEqualTo("b");
	}

	@Test
	void workThatFailsGivesUpTheLeaseAndFailsTheRun() {
		Sinks.Empty<Void> work = Sinks.empty();
		LeaderElector a = elector("a").onStartedLeading((leadership) -> work.asMono()).build();

		StepVerifier.create(a.run())
			.then(() -> work.tryEmitError(new IllegalStateException("failed on purpose")))
			.expectErrorMessage("failed on purpose")
			.verify(LIMIT);

		assertThat(this.lease.spec().holderIdentity()).isEmpty();
		assertThat(this.log).endsWith("0 a stopped");
	}

	@Test
	void errorOfTheJvmInTheWorkDoesNotLeaveALeaderThatDoesNothing() {
		LeaderElector a = elector("a").onStartedLeading((leadership) -> {
			throw new NoClassDefFoundError("thrown on purpose");
		}).build();

		StepVerifier.create(a.run())
			.expectErrorSatisfies((failure) -> assertThat(failure).hasCauseInstanceOf(NoClassDefFoundError.class))
			.verify(LIMIT);

		assertThat(this.lease.spec().holderIdentity()).isEmpty();
	}

	@Test
	void workThatCompletesLeavesTheInstanceLeading() {
		LeaderElector a = elector("a").onStartedLeading((leadership) -> Mono.empty()).build();
		a.run().subscribe();

		advance(Duration.ofSeconds(100));

		assertThat(a.isLeader()).isTrue();
	}

	@Test
	void callbackThatThrowsStopsNothing() {
		LeaderElector a = elector("a").onNewLeader((leader) -> {
			throw new IllegalStateException("thrown on purpose");
		}).build();
		a.run().subscribe();

		StepVerifier.create(a.stop()).expectComplete().verify(LIMIT);

		assertThat(this.log).containsExactly("0 a leads (0)", "0 a cancelled", "0 a stopped");
	}

	@Test
	void electorTakesPartAgainAfterItsRunButNotTwiceAtATime() {
		LeaderElector a = elector("a").build();
		a.run().subscribe();

		StepVerifier.create(a.run()).expectErrorMessage("The elector of lease default/demo runs already").verify(LIMIT);
		assertThat(a.isLeader()).isTrue();
		StepVerifier.create(a.stop()).expectComplete().verify(LIMIT);
		a.run().subscribe();

		assertThat(a.isLeader()).isTrue();
		assertThat(this.log).last().isEqualTo("0 a leads (1)");
	}

	@Test
	void changesTellWhoLeads() {
		this.lease.write((spec) -> spec.holderIdentity("b").leaseDurationSeconds(15).leaseTransitions(2));
		LeaderElector a = elector("a").build();
		List<LeaderElectionStatus> changes = new ArrayList<>();
		a.changes().subscribe(changes::add);

		a.run().subscribe();
		advance(Duration.ofSeconds(15).plus(PAUSE));
		StepVerifier.create(a.stop()).expectComplete().verify(LIMIT);

		assertThat(changes).containsExactly(new LeaderElectionStatus(false, null, 0),
				new LeaderElectionStatus(false, "b", 2), new LeaderElectionStatus(false, "a", 3),
				new LeaderElectionStatus(true, "a", 3), new LeaderElectionStatus(false, "a", 3),
				new LeaderElectionStatus(false, null, 3));
		assertThat(a.status()).isEqualTo(new LeaderElectionStatus(false, null, 3));
	}

	@Test
	void timesThatDoNotFitAreRefusedWithEveryProblem() {
		LeaderElector.Builder builder = elector("a").leaseDuration(Duration.ofMillis(1500))
			.renewDeadline(Duration.ofSeconds(2))
			.retryPeriod(Duration.ofSeconds(2));

		assertThatIllegalArgumentException().isThrownBy(builder::build)
			.withMessage("'leaseDuration' must be one or more whole seconds but is PT1.5S; "
					+ "'leaseDuration' (PT1.5S) must be longer than 'renewDeadline' (PT2S); "
					+ "'renewDeadline' (PT2S) must be longer than 1.2 times 'retryPeriod' (PT2S)");
		assertThatIllegalArgumentException()
			.isThrownBy(elector("a").renewDeadline(Duration.ZERO).retryPeriod(Duration.ofSeconds(-1))::build)
			.withMessage("'retryPeriod' must be positive but is PT-1S");
	}

	/**
	 * A clock that may skip time, as it does for a process that is suspended.
	 */
	private static final class SkippingClock implements Scheduler {

		private final Scheduler time;

		private volatile Duration skipped = Duration.ZERO;

		SkippingClock(Scheduler time) {
			this.time = time;
		}

		void skip(Duration duration) {
			this.skipped = this.skipped.plus(duration);
		}

		@Override
		public long now(TimeUnit unit) {
			return this.time.now(unit) + unit.convert(this.skipped);
		}

		@Override
		public Disposable schedule(Runnable task) {
			return this.time.schedule(task);
		}

		@Override
		public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
			return this.time.schedule(task, delay, unit);
		}

		@Override
		public Worker createWorker() {
			return this.time.createWorker();
		}

	}

}
