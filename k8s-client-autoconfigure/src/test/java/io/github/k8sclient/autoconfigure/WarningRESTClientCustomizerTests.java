package io.github.k8sclient.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.rest.Warning;
import io.github.k8sclient.rest.WarningHandler;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WarningRESTClientCustomizer}.
 */
@ExtendWith(OutputCaptureExtension.class)
class WarningRESTClientCustomizerTests {

	@RegisterExtension
	final ScriptedCluster cluster = new ScriptedCluster();

	private final List<Warning> first = new CopyOnWriteArrayList<>();

	private final List<Warning> second = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner contextRunner = this.cluster.contextRunner();

	@Test
	void warningsAreLoggedOnce(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			warn(context.getBean(RESTClient.class), "old API", "old API");

			assertThat(output.toString()).containsOnlyOnce("The Kubernetes API server warns: old API");
		});
	}

	@Test
	void handlersOfTheApplicationGetEachWarningOnceAsWell(CapturedOutput output) {
		this.contextRunner.withBean("first", WarningHandler.class, () -> this.first::add)
			.withBean("second", WarningHandler.class, () -> this.second::add)
			.run((context) -> {
				warn(context.getBean(RESTClient.class), "a", "b", "a");

				assertThat(this.first).extracting(Warning::text).containsExactly("a", "b");
				assertThat(this.second).isEqualTo(this.first);
				assertThat(output.toString()).contains("warns: a", "warns: b");
			});
	}

	private void warn(RESTClient client, String... texts) {
		for (String text : texts) {
			this.cluster.answer(new MockResponse.Builder().addHeader("Warning", "299 - \"" + text + "\""));
			client.get().absPath("/x").send().block(Duration.ofSeconds(60));
		}
	}

}
