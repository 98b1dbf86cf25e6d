package io.github.k8sclient.test.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.github.k8sclient.test.ServerFaults;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Breaks a server and the network before it, again and again. A seed gives the same
 * faults in the same order again.
 */
final class ChaosMonkey {

	private final ChaosServer server;

	private final Random random;

	private final List<Fault> faults = new ArrayList<>();

	private final Map<String, Integer> counts = new TreeMap<>();

	ChaosMonkey(ChaosServer server, long seed) {
		this.server = server;
		this.random = new Random(seed);
		TcpProxy proxy = server.proxy();
		fault("killed", server.kill(), server.start());
		fault("killed", server.kill(), server.start());
		fault("connections cut", proxy::cut, proxy::thaw);
		fault("connections frozen", proxy::freeze, proxy::thaw);
		fault("connections frozen and cut", proxy::freeze, () -> {
			proxy.cut();
			proxy.thaw();
		});
		fault("connections forgotten", proxy::forgetConnections, proxy::thaw);
		fault("network slow", proxy::slowDown, proxy::thaw);
		if (server.faults() != null) {
			addFaultsOfTheServer(server.faults());
		}
	}

	private void addFaultsOfTheServer(ServerFaults faults) {
		fault("history compacted", faults::expireWatches, faults::clear);
		fault("history compacted", faults::expireWatches, faults::clear);
		fault("watches ended", faults::endWatches, faults::clear);
		fault("watches silenced", faults::blackholeWatches, faults::dropConnections);
		fault("watches paused", faults::pauseWatches, faults::resumeWatches);
		fault("bookmarks withheld", () -> faults.withholdBookmarks(true), () -> faults.withholdBookmarks(false));
		fault("throttled", () -> faults.answerNext(3, 429, Duration.ofSeconds(1)), faults::clear);
		fault("internal errors", () -> faults.answerNext(3, 500, null, (line) -> line.startsWith("WATCH")),
				faults::clear);
		fault("unavailable", () -> faults.answerNext(5, 503), faults::clear);
		fault("forbidden", () -> faults.forbid("configmaps"), () -> faults.allow("configmaps"));
	}

	private void fault(String name, Runnable begin, Runnable end) {
		this.faults.add(new Fault(name, begin, end));
	}

	/**
	 * Break something, mend it, and so on.
	 * @param duration for how long
	 * @return completes when everything is mended
	 */
	Mono<Void> rage(Duration duration) {
		long end = System.nanoTime() + duration.toNanos();
		return Mono.defer(this::breakSomething)
			.repeat(() -> System.nanoTime() < end)
			.then(Mono.fromRunnable(this.server::heal));
	}

	private Mono<Void> breakSomething() {
		Fault fault = this.faults.get(this.random.nextInt(this.faults.size()));
		this.counts.merge(fault.name(), 1, Integer::sum);
		Duration broken = Duration.ofMillis(50 + this.random.nextInt(700));
		Duration whole = Duration.ofMillis(50 + this.random.nextInt(500));
		return Flux.concat(run(fault.begin()), Mono.delay(broken).then(), run(fault.end()), Mono.delay(whole).then())
			.then();
	}

	private static Mono<Void> run(Runnable task) {
		return Mono.<Void>fromRunnable(task).subscribeOn(Schedulers.boundedElastic());
	}

	/**
	 * Return what happened.
	 * @return how many times each fault happened, by its name
	 */
	Map<String, Integer> counts() {
		return this.counts;
	}

	/**
	 * Something that goes wrong for a while.
	 *
	 * @param name what it is
	 * @param begin breaks it
	 * @param end mends it
	 */
	private record Fault(String name, Runnable begin, Runnable end) {

	}

}
