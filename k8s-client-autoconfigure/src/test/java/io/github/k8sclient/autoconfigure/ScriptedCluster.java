package io.github.k8sclient.autoconfigure;

import java.io.IOException;
import java.net.URI;

import io.github.k8sclient.config.ClientConfiguration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * A server that answers with what a test has queued, and applications that are connected
 * to it.
 */
final class ScriptedCluster implements BeforeEachCallback, AfterEachCallback {

	private final MockWebServer server = new MockWebServer();

	@Override
	public void beforeEach(ExtensionContext context) throws IOException {
		this.server.start();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.server.close();
	}

	ApplicationContextRunner contextRunner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KubernetesClientAutoConfiguration.class))
			.withBean(ClientConfiguration.class,
					() -> ClientConfiguration.builder().server(URI.create(this.server.url("").toString())).build());
	}

	void answer(MockResponse.Builder response) {
		this.server.enqueue(response.build());
	}

}
