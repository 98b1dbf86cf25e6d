package io.github.k8sclient.test.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.k8sclient.api.coordination.v1.Lease;
import io.github.k8sclient.api.coordination.v1.LeaseSpec;
import io.github.k8sclient.client.Patch;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.leaderelection.LeaderElector;
import io.github.k8sclient.leaderelection.LeaseLock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Elections by a lease of a server.
 */
@ConformanceTest
class LeaderElectionConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	/** So long that nobody takes over because of it. */
	private static final Duration LONG = Duration.ofHours(1);

	@Parameter
	ConformanceServer server;

	private final List<String> log = new CopyOnWriteArrayList<>();

	private final Disposable.Composite runs = Disposables.composite();

	private String namespace;

	private ResourceClient<Lease> leases;

	@BeforeEach
	void makeNamespace() {
		this.namespace = this.server.newNamespace();
		this.leases = this.server.clientset().coordinationV1().leases(this.namespace);
	}

	@AfterEach
	void cancelRuns() {
		this.runs.dispose();
	}

	private LeaderElector.Builder elector(LeaseLock lock) {
		return LeaderElector.builder(lock)
			.leaseDuration(LONG)
			.renewDeadline(Duration.ofMinutes(30))
			.retryPeriod(Duration.ofMillis(200))
			.onStartedLeading((leadership) -> Mono.never()
				.doOnSubscribe((subscription) -> this.log
					.add(leadership.identity() + " leads (" + leadership.fencingToken() + ")"))
				.doOnCancel(() -> this.log.add(leadership.identity() + " cancelled")))
			.onNewLeader((leader) -> this.log.add(lock.identity() + " follows " + leader));
	}

	private LeaseLock lock(String identity) {
		return LeaseLock.of(this.server.clientset(), this.namespace, "demo", identity);
	}

	private void run(LeaderElector elector) {
		this.runs.add(elector.run().subscribe());
	}

	private void await(String line) {
		Awaitility.await().atMost(TIMEOUT).until(() -> this.log.contains(line));
	}

	private LeaseSpec lease() {
		return this.leases.get("demo").block(TIMEOUT).spec();
	}

	@Test
	void instanceThatStopsHandsOverWithoutWaitingForTheEndOfItsLease() {
		LeaderElector a = elector(lock("a")).build();
		run(a);
		await("a leads (0)");
		LeaderElector b = elector(lock("b")).build();
		run(b);
		await("b follows a");
		assertThat(this.log).doesNotContain("b leads (1)");

		a.stop().block(TIMEOUT);

		await("b leads (1)");
		assertThat(this.log).containsSubsequence("a cancelled", "b leads (1)");
		assertThat(lease().holderIdentity()).isEqualTo("b");
		assertThat(lease().leaseDurationSeconds()).isEqualTo(3600);
	}

	@Test
	void leaseThatIsGivenUpHasNoHolder() {
		LeaderElector a = elector(
				LeaseLock.of(this.server.clientset(), this.namespace, "demo", "a", Map.of("app", "shop")))
			.build();
		run(a);
		await("a leads (0)");
		assertThat(this.leases.get("demo").block(TIMEOUT).metadata().labels()).containsEntry("app", "shop");

		a.stop().block(TIMEOUT);

		assertThat(lease().holderIdentity()).isNullOrEmpty();
		assertThat(lease().leaseDurationSeconds()).isOne();
	}

	@Test
	void anotherInstanceTakesOverFromOneThatHasVanished() {
		Disposable vanishing = elector(lock("a")).leaseDuration(Duration.ofSeconds(2))
			.renewDeadline(Duration.ofMillis(1900))
			.releaseOnCancel(false)
			.build()
			.run()
			.subscribe();
		await("a leads (0)");
		vanishing.dispose();
		assertThat(lease().holderIdentity()).isEqualTo("a");

		run(elector(lock("b")).build());

		await("b leads (1)");
		assertThat(lease().leaseTransitions()).isOne();
	}

	@Test
	void leaderWithoutServerHasStoppedWhenAnotherInstanceLeads() {
		AtomicBoolean away = new AtomicBoolean();
		LeaderElector a = elector(new CutLock(lock("a"), away)).leaseDuration(Duration.ofSeconds(4))
			.renewDeadline(Duration.ofSeconds(3))
			.build();
		run(a);
		await("a leads (0)");
		run(elector(lock("b")).onStartedLeading((leadership) -> {
			this.log.add("b leads while a " + (a.isLeader() ? "leads" : "does not"));
			return Mono.never();
		}).build());
		await("b follows a");

		away.set(true);

		await("b leads while a does not");
		await("a cancelled");
		assertThat(this.log).doesNotContain("b leads while a leads");
	}

	@Test
	void leaderGoesOnAfterSomebodyElseHasWrittenItsLease() {
		LeaderElector a = elector(lock("a")).build();
		run(a);
		await("a leads (0)");

		this.leases.patch("demo", Patch.merge(Map.of("metadata", Map.of("labels", Map.of("seen", "true")))))
			.block(TIMEOUT);

		Awaitility.await().atMost(TIMEOUT).until(() -> a.slowPaths() >= 1);
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> this.leases.get("demo").block(TIMEOUT),
					(lease) -> lease.spec().renewTime().isAfter(lease.spec().acquireTime())
							&& lease.metadata().labels().containsKey("seen"));
		assertThat(a.isLeader()).isTrue();
	}

	/**
	 * A lock that gets no answers while the server is away.
	 */
	private record CutLock(LeaseLock lock, AtomicBoolean away) implements LeaseLock {

		@Override
		public String identity() {
			return this.lock.identity();
		}

		@Override
		public Mono<Lease> get() {
			return answer(this.lock.get());
		}

		@Override
		public Mono<Lease> create(LeaseSpec spec) {
			return answer(this.lock.create(spec));
		}

		@Override
		public Mono<Lease> update(Lease lease, LeaseSpec spec) {
			return answer(this.lock.update(lease, spec));
		}

		private Mono<Lease> answer(Mono<Lease> request) {
			return Mono.defer(() -> this.away.get() ? Mono.never() : request);
		}

	}

}
