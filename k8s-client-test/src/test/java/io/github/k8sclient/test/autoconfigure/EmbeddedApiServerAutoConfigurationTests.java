package io.github.k8sclient.test.autoconfigure;

import java.time.Duration;

import io.github.k8sclient.autoconfigure.KubernetesClientAutoConfiguration;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.test.EmbeddedApiServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedApiServerAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(EmbeddedApiServerAutoConfiguration.class, KubernetesClientAutoConfiguration.class));

	@Test
	void isOffByDefault() {
		this.runner.withPropertyValues("k8s.client.master-url=http://127.0.0.1:1")
			.run((context) -> assertThat(context).doesNotHaveBean(EmbeddedApiServer.class));
	}

	@Test
	void clientsUseTheEmbeddedServer() {
		this.runner.withPropertyValues("k8s.client.embedded.enabled=true").run((context) -> {
			EmbeddedApiServer server = context.getBean(EmbeddedApiServer.class);

			assertThat(context.getBean(ClientConfiguration.class).server()).isEqualTo(server.url());
			assertThat(context.getBean(Clientset.class)
				.coreV1()
				.namespaces()
				.get("default")
				.block(Duration.ofSeconds(60))
				.metadata()
				.name()).isEqualTo("default");
		});
	}

	@Test
	void serverStopsWithTheContext() {
		EmbeddedApiServer[] server = new EmbeddedApiServer[1];
		this.runner.withPropertyValues("k8s.client.embedded.enabled=true").run((context) -> {
			server[0] = context.getBean(EmbeddedApiServer.class);
			assertThat(server[0].isRunning()).isTrue();
		});

		assertThat(server[0].isRunning()).isFalse();
	}

	@Test
	void backsOffFromOwnServer() {
		EmbeddedApiServer own = EmbeddedApiServer.create().start();
		this.runner.withPropertyValues("k8s.client.embedded.enabled=true")
			.withBean(EmbeddedApiServer.class, () -> own)
			.run((context) -> assertThat(context.getBean(ClientConfiguration.class).server()).isEqualTo(own.url()));
	}

}
