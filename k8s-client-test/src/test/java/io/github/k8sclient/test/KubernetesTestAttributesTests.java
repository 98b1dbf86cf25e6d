package io.github.k8sclient.test;

import java.time.Duration;

import io.github.k8sclient.client.Clientset;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the attributes of {@link KubernetesTest @KubernetesTest}.
 */
@KubernetesTest(classes = KubernetesTestAttributesTests.Application.class, properties = "demo.namespace=kube-system",
		args = "--demo.verbose", webEnvironment = WebEnvironment.RANDOM_PORT)
class KubernetesTestAttributesTests {

	@Test
	void applicationGetsPropertiesAndArguments(@Value("${demo.namespace}") String namespace,
			@Autowired ApplicationArguments arguments) {
		assertThat(namespace).isEqualTo("kube-system");
		assertThat(arguments.containsOption("demo.verbose")).isTrue();
	}

	@Test
	void applicationServesRequests(@LocalServerPort int port) {
		String phase = WebClient.create("http://localhost:" + port)
			.get()
			.uri("/phase")
			.retrieve()
			.bodyToMono(String.class)
			.block(Duration.ofSeconds(60));

		assertThat(phase).isEqualTo("Active");
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@RestController
	static class Application {

		private final Clientset clientset;

		private final String namespace;

		Application(Clientset clientset, @Value("${demo.namespace}") String namespace) {
			this.clientset = clientset;
			this.namespace = namespace;
		}

		@GetMapping("/phase")
		Mono<String> phase() {
			return this.clientset.coreV1().namespaces().get(this.namespace).map((found) -> found.status().phase());
		}

	}

}
