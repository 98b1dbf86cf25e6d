package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.meta.ListOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConsistencyDetector}, in virtual time.
 */
@ExtendWith(CapturedLog.class)
class ConsistencyDetectorTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final FakeListWatch<ConfigMap> server = new FakeListWatch<>();

	private final List<String> errors = new ArrayList<>();

	@Test
	void storeIsComparedWithTheListAtItsVersion() {
		this.server.list(Samples.listed(10, Samples.configMap("a", 1)))
			.watch(Flux.just(Samples.bookmark(12)).concatWith(Flux.never()))
			.list(Samples.listed(12, Samples.configMap("a", 1)));

		start(Duration.ofMinutes(1));
		this.time.advanceTimeBy(Duration.ofMinutes(1));

		ListOptions options = this.server.lists().get(1);
		assertThat(options.resourceVersion()).isEqualTo("12");
		assertThat(options.resourceVersionMatch()).isEqualTo("Exact");
		assertThat(this.errors).isEmpty();
	}

	@Test
	void differencesAreReported() {
		this.server.list(Samples.listed(10, Samples.configMap("a", 1), Samples.configMap("b", 2)))
			.list(Samples.listed(10, Samples.configMap("b", 9), Samples.configMap("c", 3)));

		start(Duration.ofMinutes(1));
		this.time.advanceTimeBy(Duration.ofMinutes(1));

		assertThat(this.errors).singleElement()
			.asString()
			.contains("3 objects differ", "version 10", "default/b is uid-b@2 and should be uid-b@9",
					"default/c is null and should be uid-c@3", "default/a should not be there");
	}

	@Test
	void versionThatTheServerCannotShowIsPassedOver() {
		this.server.list(Samples.listed(10))
			.list(Mono.error(Samples.apiError(410, "Expired")))
			.list(Samples.listed(10, Samples.configMap("a", 1)));

		start(Duration.ofMinutes(1));
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(this.errors).isEmpty();
		this.time.advanceTimeBy(Duration.ofMinutes(1));

		assertThat(this.errors).hasSize(1);
	}

	@Test
	void listAtAnotherVersionIsPassedOver() {
		this.server.list(Samples.listed(10))
			.list(Samples.listed(11, Samples.configMap("a", 11)))
			.list(Samples.listed(10, Samples.configMap("a", 1)));

		start(Duration.ofMinutes(1));
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(this.errors).isEmpty();
		this.time.advanceTimeBy(Duration.ofMinutes(1));

		assertThat(this.errors).hasSize(1);
	}

	@Test
	void nothingIsComparedUnlessAskedFor() {
		this.server.list(Samples.listed(10));

		start(Duration.ZERO);
		this.time.advanceTimeBy(Duration.ofMinutes(4));

		assertThat(this.server.lists()).hasSize(1);
	}

	private void start(Duration interval) {
		SharedInformerFactory.builder(new FakeProvider(this.server))
			.options(InformerOptions.defaults().withConsistencyCheck(interval))
			.scheduler(this.time)
			.handlerScheduler(this.time)
			.errorHandler((informer, error) -> this.errors.add(error.getMessage()))
			.build()
			.forResource(ConfigMap.RESOURCE)
			.informer()
			.start();
		this.time.advanceTime();
	}

}
