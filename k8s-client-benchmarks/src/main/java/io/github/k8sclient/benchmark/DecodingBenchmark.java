package io.github.k8sclient.benchmark;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.Interner;
import io.github.k8sclient.wire.EncodedObject;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.WireFormat;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * How fast pods are read and written, one at a time and from memory. An operation is one
 * pod.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(1)
public class DecodingBenchmark {

	private static final int PODS = 4000;

	@Param({ "PROTOBUF", "JSON" })
	private WireFormat format = WireFormat.PROTOBUF;

	@Param({ "true", "false" })
	private boolean interned;

	@Param({ "keep", "drop" })
	private String managedFields = "keep";

	private List<Pod> pods = List.of();

	private byte[][] encoded = {};

	private DecodingOptions options = DecodingOptions.defaults();

	/**
	 * Make the pods, once.
	 */
	@Setup
	public void encode() {
		this.pods = SamplePods.create(PODS);
		this.encoded = this.pods.stream().map(this::encode).toArray(byte[][]::new);
		this.options = DecodingOptions.defaults()
			.withInterner(this.interned ? Interner.create() : null)
			.withDropManagedFields("drop".equals(this.managedFields));
	}

	private byte[] encode(Pod pod) {
		EncodedObject object = ObjectDecoder.encode(Pod.CODEC, pod, this.format);
		return object.bytes();
	}

	/**
	 * Read each pod.
	 * @param sink takes the pods
	 */
	@Benchmark
	@OperationsPerInvocation(PODS)
	public void decode(Blackhole sink) {
		for (byte[] pod : this.encoded) {
			sink.consume(ObjectDecoder.decode(Pod.CODEC, this.format, pod, this.options));
		}
	}

	/**
	 * Write each pod.
	 * @param sink takes the documents
	 */
	@Benchmark
	@OperationsPerInvocation(PODS)
	public void encode(Blackhole sink) {
		for (Pod pod : this.pods) {
			sink.consume(encode(pod));
		}
	}

}
