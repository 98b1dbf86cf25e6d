package io.github.k8sclient.benchmark;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.informer.HandlerOptions;
import io.github.k8sclient.informer.OverflowStrategy;
import io.github.k8sclient.informer.ResourceEventHandler;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures how many changes go through store, index and mailbox to a handler.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class DeliveryBenchmark {

	private static final int CHANGES = 10_000;

	private static final int PODS = 1000;

	private static final Duration LIMIT = Duration.ofMinutes(1);

	/**
	 * What becomes of changes that the handler is too slow for.
	 */
	@Param({ "BUFFER", "COALESCE" })
	public OverflowStrategy overflow = OverflowStrategy.BUFFER;

	private final PodCluster cluster = new PodCluster(SamplePods.create(PODS));

	private final SharedInformer<Pod> informer = SharedInformerFactory.create(this.cluster)
		.forResource(Pod.class)
		.informer();

	private volatile long seen;

	private long version = 10_000_000;

	/**
	 * Start the informer.
	 */
	@Setup
	public void start() {
		this.informer.indexer().addIndex("node", LookupBenchmark::nodes);
		this.informer.addHandler(
				ResourceEventHandler.of((event) -> this.seen = Math.max(this.seen,
						Long.parseLong(String.valueOf(event.resource().metadata().resourceVersion())))),
				HandlerOptions.defaults().withOverflow(this.overflow));
		this.informer.start();
		this.informer.whenSynced(LIMIT).block();
	}

	/**
	 * Let pods change, and wait for the handler to see the last change.
	 */
	@Benchmark
	@OperationsPerInvocation(CHANGES)
	public void changes() {
		for (int i = 0; i < CHANGES; i++) {
			this.cluster.change(i % PODS, ++this.version);
		}
		while (this.seen < this.version) {
			Thread.onSpinWait();
		}
	}

}
