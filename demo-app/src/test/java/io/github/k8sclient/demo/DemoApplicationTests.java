package io.github.k8sclient.demo;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import io.github.k8sclient.test.EmbeddedApiServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class DemoApplicationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Pattern DEPLOYMENTS = Pattern.compile("(New deployment|Deployment) was .*");

	private static final Pattern CLAIMS = Pattern.compile("(---|NAME|my-|Total|PVC|Claim|\\*\\*\\*|At ).*");

	@Test
	void playsItsScriptOnTheServerInMemory(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run("--demo.script.pause=20ms")) {
			Awaitility.await()
				.atMost(TIMEOUT)
				.untilAsserted(() -> assertThat(lines(output, DEPLOYMENTS)).containsExactly(
						"New deployment was added, default/demo-deployment",
						"Deployment was updated, default/demo-deployment",
						"Deployment was deleted, default/demo-deployment"));

			String last = "At 62.5% claim capcity (125Gi/200Gi)";
			Awaitility.await().atMost(TIMEOUT).until(() -> lines(output, CLAIMS).contains(last));
			List<String> claims = lines(output, CLAIMS);
			assertThat(claims).startsWith("--- PVCs ----", "NAME                            STATUS  CAPACITY",
					"my-cassandra-0                  Pending 50Gi", "my-redis-data                   Pending 100Gi",
					"Total capacity claimed: 150Gi", "--- PVC Watch (max claims 200Gi) ----");
			assertThat(claims).contains("PVC my-cassandra-0 added, claim size 50Gi",
					"PVC my-redis-data added, claim size 100Gi", "At 75.0% claim capcity (150Gi/200Gi)");
			assertThat(claims).endsWith("PVC my-redis-master added, claim size 75Gi",
					"Claim overage reached: max 200Gi at 225Gi", "*** Taking action ***",
					"At 112.5% claim capcity (225Gi/200Gi)", "PVC my-redis-data removed, size 100Gi",
					"Claim usage normal: max 200Gi at 125Gi", "*** Taking action ***", last);
			assertThat(output.getOut()).contains("Built kube clientset successfully", "Node count: 2", "node 0, node-a",
					"node 1, node-b");
			JsonNode health = health(context);
			assertThat(health.at("/status").stringValue()).isEqualTo("UP");
			assertThat(health.at("/components/kubernetesInformers").toString()).contains("\"SYNCED\"")
				.doesNotContain("\"STARTING\"");
		}
	}

	@Test
	void endsItsScriptInTheMiddle(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run("--demo.script.pause=1ms")) {
			Awaitility.await()
				.atMost(TIMEOUT)
				.until(() -> context.isActive() && output.getOut().contains("PVC my-redis-master added"));
		}

		assertThat(output).doesNotContain("ended early");
	}

	@Test
	void followsTheClusterThatAKubeconfigNames(CapturedOutput output, @TempDir Path folder) throws IOException {
		try (EmbeddedApiServer cluster = EmbeddedApiServer.create().start()) {
			Path kubeconfig = Files.writeString(folder.resolve("config"), cluster.kubeconfig());
			try (ConfigurableApplicationContext context = run("--k8s.client.kubeconfig=" + kubeconfig,
					"--max-claims=10Gi")) {
				assertThat(context.getBeansOfType(EmbeddedApiServer.class)).isEmpty();
				assertThat(context.getBeansOfType(DemoScript.class)).isEmpty();
				assertThat(output.getOut()).contains("Using kubeconfig: " + kubeconfig, "Node count: 0",
						"--- PVC Watch (max claims 10Gi) ----");
			}
		}
	}

	@Test
	void saysHowToUseAnotherPort(CapturedOutput output) throws IOException {
		try (ServerSocket other = new ServerSocket(0)) {
			assertThatExceptionOfType(ApplicationContextException.class)
				.isThrownBy(() -> DemoApplication.application().run("--server.port=" + other.getLocalPort()));

			assertThat(output).contains("Port " + other.getLocalPort() + " is in use", "--server.port=8081");
		}
	}

	private static ConfigurableApplicationContext run(String... arguments) {
		String[] all = new String[arguments.length + 1];
		all[0] = "--server.port=0";
		System.arraycopy(arguments, 0, all, 1, arguments.length);
		return DemoApplication.application().run(all);
	}

	private static JsonNode health(ConfigurableApplicationContext context) {
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		return WebClient.create("http://localhost:" + port)
			.get()
			.uri("/actuator/health")
			.retrieve()
			.bodyToMono(JsonNode.class)
			.blockOptional(TIMEOUT)
			.orElseThrow();
	}

	private static List<String> lines(CapturedOutput output, Pattern pattern) {
		return output.getOut().lines().filter(pattern.asMatchPredicate()).toList();
	}

}
