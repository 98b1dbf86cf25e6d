package io.github.k8sclient.test;

import java.time.Duration;

import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.config.ClientConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

@KubernetesTest
class KubernetesTestTests {

	@Test
	void applicationUsesTheEmbeddedServer(@Autowired ClientConfiguration configuration, @Autowired Clientset clientset,
			@Autowired EmbeddedApiServer server) {
		assertThat(configuration.server()).isEqualTo(server.url());
		assertThat(clientset.coreV1().namespaces().list().block(Duration.ofSeconds(60)).items())
			.extracting((namespace) -> namespace.metadata().name())
			.contains("default", "kube-system");
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

	}

}
