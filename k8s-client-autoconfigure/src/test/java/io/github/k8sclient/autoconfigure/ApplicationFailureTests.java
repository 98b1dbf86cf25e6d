package io.github.k8sclient.autoconfigure;

import io.github.k8sclient.informer.Lister;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for what the user of an application sees whose configuration is wrong.
 */
@ExtendWith(OutputCaptureExtension.class)
class ApplicationFailureTests {

	@Test
	void missingKubeconfigIsExplainedWithoutStackTrace(CapturedOutput output) {
		run("--k8s.client.kubeconfig=/nowhere/config");

		assertExplained(output, "/nowhere/config");
	}

	@Test
	void unknownKindIsExplainedWithoutStackTrace(CapturedOutput output) {
		run("--k8s.client.kubeconfig=src/test/resources/kubeconfig", "--k8s.client.informers.web.resource=deploymnets");

		assertExplained(output, "'k8s.client.informers.web.resource'");
		assertThat(output).contains("Did you mean deployments.apps?");
	}

	@Test
	void injectedListerOfNoKindIsExplainedWithoutStackTrace(CapturedOutput output) {
		run(ListerReader.class, "--k8s.client.kubeconfig=src/test/resources/kubeconfig");

		assertExplained(output, "Name a kind, as in 'Lister<Pod>'");
	}

	private static void run(String... args) {
		run(Application.class, args);
	}

	private static void run(Class<?> application, String... args) {
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(application).web(WebApplicationType.NONE).run(args).close());
	}

	private static void assertExplained(CapturedOutput output, String text) {
		assertThat(output).contains("APPLICATION FAILED TO START").contains(text).doesNotContain("\tat ");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ListerReader {

		ListerReader(Lister<?> pods) {
		}

	}

}
