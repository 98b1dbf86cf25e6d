package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.List;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.watch.WatchEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DefaultSharedInformer} with streaming lists, in virtual time.
 */
@ExtendWith(CapturedLog.class)
class StreamingInformerTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final FakeListWatch<ConfigMap> server = new FakeListWatch<ConfigMap>().streaming();

	private final SharedInformer<ConfigMap> informer = SharedInformerFactory.builder(new FakeProvider(this.server))
		.scheduler(this.time)
		.handlerScheduler(this.time)
		.build()
		.forResource(ConfigMap.RESOURCE)
		.informer();

	private final RecordingHandler<ConfigMap> handler = new RecordingHandler<>();

	private final Sinks.Many<WatchEvent<ConfigMap>> first = Sinks.many().unicast().onBackpressureBuffer();

	private final Sinks.Many<WatchEvent<ConfigMap>> second = Sinks.many().unicast().onBackpressureBuffer();

	@Test
	void informerIsSyncedWhenTheEndOfTheObjectsIsTold() {
		this.server.watch(this.first.asFlux());
		start();

		send(this.first, Samples.added(Samples.configMap("a", 1)));
		assertThat(this.informer.status().synced()).isFalse();
		assertThat(this.informer.store().size()).isZero();
		send(this.first, Samples.endOfObjects(10));

		assertThat(this.informer.status().state()).isEqualTo(InformerState.SYNCED);
		assertThat(this.informer.store().resourceVersion()).isEqualTo("10");
		assertThat(this.handler.events()).containsExactly("++a@1");
	}

	@Test
	void storeKeepsWhatItHasWhileTheObjectsAreStreamedAgain() {
		this.server.watch(this.first.asFlux()).watch(this.second.asFlux());
		start();
		send(this.first, Samples.added(Samples.configMap("a", 1)), Samples.added(Samples.configMap("b", 2)),
				Samples.endOfObjects(10));
		this.time.advanceTimeBy(Duration.ofSeconds(2));

		send(this.first, Samples.errorFrame(410, "Expired"));
		send(this.second, Samples.added(Samples.configMap("b", 15)));

		assertThat(names()).containsExactly("a", "b");
		assertThat(this.informer.store().resourceVersion()).isEqualTo("10");
		assertThat(this.server.watchVersions()).containsExactly("", "10");
	}

	@Test
	void differencesAreReportedWhenTheObjectsHaveBeenStreamedAgain() {
		this.server.watch(this.first.asFlux()).watch(this.second.asFlux());
		start();
		send(this.first, Samples.added(Samples.configMap("a", 1)), Samples.added(Samples.configMap("b", 2)),
				Samples.endOfObjects(10));
		this.time.advanceTimeBy(Duration.ofSeconds(2));

		send(this.first, Samples.errorFrame(410, "Expired"));
		send(this.second, Samples.added(Samples.configMap("b", 15)), Samples.added(Samples.configMap("c", 16)),
				Samples.endOfObjects(20));

		assertThat(names()).containsExactly("b", "c");
		assertThat(this.handler.events()).containsExactly("++a@1", "++b@2", "-?a@1", "b@2->15", "+c@16");
	}

	@Test
	void serverThatDoesNotKnowStreamingListsIsNoReasonForAWarning(CapturedLog log) {
		this.server.watch(Flux.error(Samples.apiError(422, "Invalid")))
			.list(Samples.listed(10, Samples.configMap("a", 1)));

		start();

		assertThat(this.informer.status().state()).isEqualTo(InformerState.SYNCED);
		assertThat(this.informer.status().counters().failures()).isZero();
		assertThat(log.lines("WARN")).isEmpty();
	}

	@Test
	void endOfTheObjectsThatIsMissingIsWarnedOf(CapturedLog log) {
		this.server.watch(Flux.just(Samples.added(Samples.configMap("a", 1))).concatWith(Flux.never()))
			.list(Samples.listed(10, Samples.configMap("a", 1)));

		start();
		this.time.advanceTimeBy(Duration.ofSeconds(5));

		assertThat(this.informer.status().state()).isEqualTo(InformerState.SYNCED);
		assertThat(log.lines("WARN")).singleElement().asString().contains("end of the streamed objects was not told");
	}

	private void start() {
		this.informer.addHandler(this.handler);
		this.informer.start();
		this.time.advanceTime();
	}

	@SafeVarargs
	private void send(Sinks.Many<WatchEvent<ConfigMap>> watch, WatchEvent<ConfigMap>... events) {
		for (WatchEvent<ConfigMap> event : events) {
			watch.tryEmitNext(event).orThrow();
		}
		this.time.advanceTime();
	}

	private List<String> names() {
		return this.informer.store().list().stream().map((object) -> object.metadata().name()).sorted().toList();
	}

}
