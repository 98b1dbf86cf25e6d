package io.github.k8sclient.informer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.watch.WatchEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is known of the calls of handlers.
 */
@ExtendWith(CapturedLog.class)
class HandlerCallTests {

	private final VirtualTimeScheduler loop = VirtualTimeScheduler.create();

	private final StalledScheduler handlers = new StalledScheduler();

	private final Sinks.Many<WatchEvent<ConfigMap>> watch = Sinks.many().unicast().onBackpressureBuffer();

	private final FakeListWatch<ConfigMap> server = new FakeListWatch<>();

	private final SharedInformer<ConfigMap> informer = SharedInformerFactory.builder(new FakeProvider(this.server))
		.scheduler(this.loop)
		.handlerScheduler(this.handlers)
		.build()
		.forResource(ConfigMap.RESOURCE)
		.informer();

	@Test
	void timeThatCallsTakeIsCounted() {
		HandlerRegistration registration = addHandler(() -> this.handlers.elapse(Duration.ofMillis(30)));

		start(Samples.configMap("a", 1), Samples.configMap("b", 2));

		assertThat(registration.processingTime()).isEqualTo(Duration.ofMillis(60));
		assertThat(registration.busySince()).isNull();
		assertThat(this.informer.status().counters().handlerCalls()).isEqualTo(2);
		assertThat(this.informer.status().counters().handlerTime()).isEqualTo(Duration.ofMillis(60));
		registration.dispose();
		assertThat(this.informer.status().counters().handlerCalls()).as("counted for ever").isEqualTo(2);
	}

	@Test
	void callThatRunsIsKnownByItsBeginning() {
		List<@Nullable Instant> since = new ArrayList<>();
		this.handlers.elapse(Duration.ofSeconds(5));
		addHandler(() -> since.add(this.informer.handlers().get(0).busySince()));

		start(Samples.configMap("a", 1));

		assertThat(since).containsExactly(Instant.EPOCH.plusSeconds(5));
	}

	@Test
	void handlerThatIsStuckIsLoggedOnceWhenMoreComesForIt(CapturedLog log) {
		AtomicBoolean stuck = new AtomicBoolean(true);
		addHandler(() -> {
			if (!stuck.getAndSet(false)) {
				return;
			}
			this.handlers.elapse(Duration.ofSeconds(59));
			change(11);
			assertThat(log.lines("WARN")).isEmpty();
			this.handlers.elapse(Duration.ofSeconds(1));
			change(12);
			change(13);
		});

		start(Samples.configMap("a", 1));

		assertThat(log.lines("WARN")).first()
			.asString()
			.contains("Handler slow of configmaps in all namespaces")
			.contains("since 1970-01-01T00:00:00Z")
			.contains("2 events wait");
		assertThat(log.lines("WARN")).hasSize(1);
	}

	@Test
	void callsThatEndInTimeAreNotWorthALine(CapturedLog log) {
		HandlerRegistration registration = addHandler(() -> this.handlers.elapse(Duration.ofSeconds(59)));
		start(Samples.configMap("a", 1), Samples.configMap("b", 2));

		change(11);
		this.handlers.work();

		assertThat(registration.delivered()).isEqualTo(3);
		assertThat(log.lines("WARN")).isEmpty();
	}

	private HandlerRegistration addHandler(Runnable call) {
		return this.informer.addHandler(ResourceEventHandler.of((event) -> call.run()),
				HandlerOptions.defaults().withName("slow"));
	}

	private void start(ConfigMap... objects) {
		this.server.list(Samples.listed(10, objects)).watch(this.watch.asFlux());
		this.informer.start();
		this.loop.advanceTime();
		this.handlers.work();
	}

	private void change(long version) {
		this.watch.tryEmitNext(Samples.modified(Samples.configMap("a", version)));
		this.loop.advanceTime();
	}

}
