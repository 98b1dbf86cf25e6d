package io.github.k8sclient.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ContentTypePreference;
import io.github.k8sclient.informer.ResourceEventHandler;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import org.apache.commons.logging.LogFactory;

/**
 * One informer of all pods, through the public API: how long until it is in sync, what it
 * occupies, how fast watch events reach a handler. The server is one that can emit events
 * on request: {@code POST /emit?k=1000}.
 */
public final class InformerBenchmark {

	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	private static final Duration WATCH_STARTS = Duration.ofMillis(500);

	private final BenchmarkOptions options;

	private InformerBenchmark(BenchmarkOptions options) {
		this.options = options;
	}

	/**
	 * Runs the benchmark and prints a line of figures for each measurement.
	 * @param args
	 * {@code [--url URL] [--content-type protobuf|json] [--initial streaming|paged]
	 * [--managed-fields keep|drop] [--events K] [--rounds R]}
	 * @throws Exception if the server cannot be reached or does not answer in time
	 */
	public static void main(String[] args) throws Exception {
		// An application has its log before it has a client
		LogFactory.getLog(InformerBenchmark.class).debug("The clock starts");
		new InformerBenchmark(BenchmarkOptions.parse(args)).run();
		// The event loops are daemon threads, but the schedulers of a client in full use
		// need not be
		System.exit(0);
	}

	private void run() throws IOException, InterruptedException {
		long heapBefore = Footprint.liveHeap();
		long start = System.nanoTime();
		SharedInformer<Pod> informer = sync(new EventCounter());
		long millis = millisSince(start);
		int count = informer.store().size();
		long heap = Footprint.liveHeap() - heapBefore;
		System.out.printf("sync n=%d sync_ms=%d heap_bytes_per_object=%d peak_rss_kb=%d threads=%d%n", count, millis,
				heap / Math.max(count, 1), Footprint.peakResidentKib(), Footprint.threads());
		for (int i = 0; i < this.options.rounds(); i++) {
			long warmStart = System.nanoTime();
			SharedInformer<Pod> warm = sync(new EventCounter());
			System.out.printf("warm sync_ms=%d%n", millisSince(warmStart));
			warm.stop().block(TIMEOUT);
		}
		informer.stop().block(TIMEOUT);
		if (this.options.events() > 0) {
			for (int i = 0; i < this.options.rounds(); i++) {
				receiveEvents();
			}
		}
	}

	/**
	 * Measures one burst. The server sends the same burst each time, so each needs an
	 * informer that has not seen it: of an object's version that is there already, an
	 * informer tells nothing.
	 */
	private void receiveEvents() throws IOException, InterruptedException {
		EventCounter counter = new EventCounter();
		SharedInformer<Pod> informer = sync(counter);
		// The server cannot say when the watch that follows the list has reached it
		Thread.sleep(WATCH_STARTS.toMillis());
		emit(counter);
		informer.stop().block(TIMEOUT);
	}

	private SharedInformer<Pod> sync(EventCounter counter) {
		ClientConfiguration configuration = ClientConfiguration.builder()
			.server(URI.create(this.options.url()))
			.contentType(this.options.protobuf() ? ContentTypePreference.PROTOBUF : ContentTypePreference.JSON)
			.build();
		SharedInformerFactory factory = SharedInformerFactory.builder(Clientset.create(configuration))
			.options(this.options.informer())
			.build();
		SharedInformer<Pod> informer = factory.forResource(Pod.class).inAllNamespaces().informer();
		informer.addHandler(counter);
		factory.start();
		factory.whenSynced(TIMEOUT).block();
		return informer;
	}

	private void emit(EventCounter counter) throws IOException, InterruptedException {
		int count = this.options.events();
		CountDownLatch received = counter.expect(count);
		URI uri = URI.create(this.options.url() + "/emit?k=" + count);
		long start = System.nanoTime();
		HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build(),
					BodyHandlers.discarding());
		if (!received.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
			throw new IllegalStateException(
					"%d of %d events did not arrive within %s".formatted(received.getCount(), count, TIMEOUT));
		}
		long nanos = System.nanoTime() - start;
		System.out.printf("events n=%d ms=%d per_second=%d%n", count, nanos / 1_000_000,
				count * 1_000_000_000L / nanos);
	}

	private static long millisSince(long start) {
		return (System.nanoTime() - start) / 1_000_000;
	}

	/** Counts updates, as the Go client's benchmark does. */
	private static final class EventCounter implements ResourceEventHandler<Pod> {

		private volatile CountDownLatch expected = new CountDownLatch(0);

		CountDownLatch expect(int count) {
			this.expected = new CountDownLatch(count);
			return this.expected;
		}

		@Override
		public void onUpdate(Pod previous, Pod current) {
			this.expected.countDown();
		}

	}

}
