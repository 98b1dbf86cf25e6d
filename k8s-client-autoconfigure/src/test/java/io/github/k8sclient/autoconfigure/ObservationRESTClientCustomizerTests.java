package io.github.k8sclient.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.k8sclient.observation.DefaultRequestObservationConvention;
import io.github.k8sclient.rest.RESTClient;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ObservationRESTClientCustomizer}.
 */
class ObservationRESTClientCustomizerTests {

	@RegisterExtension
	final ScriptedCluster cluster = new ScriptedCluster();

	private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner contextRunner = this.cluster.contextRunner();

	@Test
	void requestsAreObserved() {
		withObservations().run((context) -> {
			getPod(context.getBean(RESTClient.class));

			assertThat(this.stopped).singleElement().satisfies((observation) -> {
				assertThat(observation.getName()).isEqualTo("kubernetes.client.requests");
				assertThat(tags(observation)).containsEntry("verb", "get")
					.containsEntry("resource", "pods")
					.containsEntry("code", "200")
					.doesNotContainValue("web")
					.doesNotContainValue("shop");
			});
		});
	}

	@Test
	void requestsAreNamedByTheConventionOfTheApplication() {
		withObservations()
			.withBean(DefaultRequestObservationConvention.class, () -> new DefaultRequestObservationConvention("mine"))
			.run((context) -> {
				getPod(context.getBean(RESTClient.class));

				assertThat(this.stopped).extracting(Observation.Context::getName).containsExactly("mine");
			});
	}

	@Test
	void customizersOfTheApplicationHaveTheLastWord() {
		withObservations()
			.withBean(RESTClientCustomizer.class,
					() -> (builder) -> builder.observationRegistry(ObservationRegistry.NOOP))
			.run((context) -> {
				getPod(context.getBean(RESTClient.class));

				assertThat(this.stopped).isEmpty();
			});
	}

	@Test
	void requestsAreMadeWithoutMetricsOnTheClassPath() {
		// Observations themselves are a part of WebClient
		this.contextRunner
			.withClassLoader(new FilteredClassLoader("io.micrometer.core", "io.micrometer.tracing",
					"org.springframework.boot.micrometer", "org.springframework.boot.actuate"))
			.run((context) -> {
				assertThat(context).doesNotHaveBean(ObservationRegistry.class);
				getPod(context.getBean(RESTClient.class));
			});
	}

	private ApplicationContextRunner withObservations() {
		return this.contextRunner.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
			.withBean(ObservationHandler.class, () -> new Recorder(this.stopped));
	}

	private void getPod(RESTClient client) {
		this.cluster.answer(new MockResponse.Builder().body("{}"));
		client.get().namespace("shop").resource("pods").name("web").send().block(Duration.ofSeconds(60));
	}

	private static Map<String, String> tags(Observation.Context observation) {
		Map<String, String> tags = new TreeMap<>();
		for (KeyValue tag : observation.getAllKeyValues()) {
			tags.put(tag.getKey(), tag.getValue());
		}
		return tags;
	}

	private record Recorder(List<Observation.Context> stopped) implements ObservationHandler<Observation.Context> {

		@Override
		public void onStop(Observation.Context context) {
			this.stopped.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
