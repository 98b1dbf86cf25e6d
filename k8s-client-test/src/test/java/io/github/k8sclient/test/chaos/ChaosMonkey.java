package io.github.k8sclient.test.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Breaks a server and the network before it, again and again. A seed gives the same
 * faults in the same order again.
 */
final class ChaosMonkey {

	private static final int MIN_FAULTS = 5;

	private final ChaosServer server;

	private final Random random;

	private final List<ChaosFault> faults = new ArrayList<>();

	private final Map<String, Integer> counts = new TreeMap<>();

	/**
	 * Create a monkey.
	 * @param server breaks, and the network before it
	 * @param seed says in which order
	 * @param others what else goes wrong
	 */
	ChaosMonkey(ChaosServer server, long seed, List<ChaosFault> others) {
		this.server = server;
		this.random = new Random(seed);
		this.faults.addAll(server.faults());
		this.faults.addAll(networkFaults(server.proxy()));
		this.faults.addAll(others);
	}

	private static List<ChaosFault> networkFaults(TcpProxy proxy) {
		return List.of(new ChaosFault("connections cut", proxy::cut, proxy::thaw),
				new ChaosFault("connections frozen", proxy::freeze, proxy::thaw),
				new ChaosFault("connections frozen and cut", proxy::freeze, () -> {
					proxy.cut();
					proxy.thaw();
				}), new ChaosFault("connections forgotten", proxy::forgetConnections, proxy::thaw),
				new ChaosFault("network slow", proxy::slowDown, proxy::thaw));
	}

	/**
	 * Break something, mend it, and so on: a few times at least.
	 * @param duration for how long at least
	 * @param enough whether it may end then
	 * @return completes when everything is mended
	 */
	Mono<Void> rage(Duration duration, BooleanSupplier enough) {
		long end = System.nanoTime() + duration.toNanos();
		return Mono.defer(this::breakSomething)
			.repeat(() -> faults() < MIN_FAULTS || System.nanoTime() < end || !enough.getAsBoolean())
			.then(Mono.fromRunnable(this.server::heal));
	}

	private int faults() {
		return this.counts.values().stream().mapToInt(Integer::intValue).sum();
	}

	private Mono<Void> breakSomething() {
		ChaosFault fault = this.faults.get(this.random.nextInt(this.faults.size()));
		this.counts.merge(fault.name(), 1, Integer::sum);
		Duration broken = Duration.ofMillis(50 + this.random.nextInt(500));
		Duration whole = Duration.ofMillis(50 + this.random.nextInt(300));
		return Flux.concat(run(fault.begin()), Mono.delay(broken).then(), run(fault.end()), Mono.delay(whole).then())
			.then();
	}

	private static Mono<Void> run(Runnable task) {
		return Mono.<Void>fromRunnable(task).subscribeOn(Schedulers.boundedElastic());
	}

	/**
	 * Freeze all connections for so long that those who watch over silence lose patience.
	 * @param duration for how long
	 * @return completes when they are thawed
	 */
	Mono<Void> freeze(Duration duration) {
		TcpProxy proxy = this.server.proxy();
		return Flux.concat(run(proxy::freeze), Mono.delay(duration).then(), run(proxy::thaw)).then();
	}

	/**
	 * Return what happened.
	 * @return how many times each fault happened, by its name
	 */
	Map<String, Integer> counts() {
		return this.counts;
	}

}
