package io.github.k8sclient.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.api.core.v1.PodSpec;
import io.github.k8sclient.informer.Lister;
import io.github.k8sclient.informer.ObjectKey;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures reads of a store of 20,000 pods in 40 namespaces.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class LookupBenchmark {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private final List<Pod> pods = SamplePods.create(20_000);

	private final ObjectKey key = ObjectKey.of(this.pods.get(10_000));

	private final SharedInformer<Pod> informer = SharedInformerFactory.create(new PodCluster(this.pods))
		.forResource(Pod.class)
		.informer();

	private final Lister<Pod> lister = this.informer.lister();

	/**
	 * Fill the store.
	 */
	@Setup
	public void start() {
		this.informer.indexer().addIndex("node", LookupBenchmark::nodes);
		this.informer.start();
		this.informer.whenSynced(LIMIT).block();
	}

	/**
	 * Read one object.
	 * @return the object
	 */
	@Benchmark
	public Optional<Pod> byKey() {
		return this.informer.store().get(this.key);
	}

	/**
	 * Read the objects of a namespace.
	 * @return the objects
	 */
	@Benchmark
	public List<Pod> byNamespace() {
		return this.lister.namespace("team-07").list();
	}

	/**
	 * Read the objects with a value in an index.
	 * @return the objects
	 */
	@Benchmark
	public List<Pod> byIndex() {
		return this.informer.indexer().byIndex("node", nodes(this.pods.get(10_000)).get(0));
	}

	static List<String> nodes(Pod pod) {
		PodSpec spec = pod.spec();
		return (spec != null && spec.nodeName() != null) ? List.of(spec.nodeName()) : List.of();
	}

	/**
	 * Read the objects that a label selector matches, of all.
	 * @return the objects
	 */
	@Benchmark
	public List<Pod> byLabels() {
		return this.lister.list("app.kubernetes.io/name=service-007");
	}

	/**
	 * Read the objects that a field selector matches, of all.
	 * @return the objects
	 */
	@Benchmark
	public List<Pod> byFields() {
		return this.lister.list("", "status.phase!=Running");
	}

	/**
	 * Read all objects.
	 * @return the objects
	 */
	@Benchmark
	public List<Pod> all() {
		return this.lister.list();
	}

}
