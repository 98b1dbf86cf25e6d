package io.github.k8sclient.autoconfigure.endpoint;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.autoconfigure.FakeCluster;
import io.github.k8sclient.autoconfigure.KubernetesClientAutoConfiguration;
import io.github.k8sclient.autoconfigure.KubernetesConnectionDetails;
import io.github.k8sclient.autoconfigure.endpoint.KubernetesEndpoint.KubernetesDescriptor;
import io.github.k8sclient.autoconfigure.informer.KubernetesInformerAutoConfiguration;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.Credentials;
import io.github.k8sclient.informer.HandlerOptions;
import io.github.k8sclient.informer.InformerState;
import io.github.k8sclient.informer.ResourceEventHandler;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KubernetesEndpointAutoConfiguration} and {@link KubernetesEndpoint}.
 */
class KubernetesEndpointAutoConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final MockWebServer server = new MockWebServer();

	private final FakeCluster cluster = new FakeCluster();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KubernetesClientAutoConfiguration.class,
				KubernetesInformerAutoConfiguration.class, KubernetesEndpointAutoConfiguration.class))
		.withBean(KubernetesConnectionDetails.class, () -> this::configuration)
		.withBean(SharedInformerFactory.class, () -> SharedInformerFactory.create(this.cluster))
		.withPropertyValues("management.endpoints.web.exposure.include=kubernetes", "k8s.client.health.timeout=20s");

	@BeforeEach
	void start() throws IOException {
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private ClientConfiguration configuration() {
		return ClientConfiguration.builder()
			.server(URI.create(this.server.url("/").toString()))
			.source("kubeconfig /home/joe/.kube/config, context prod")
			.context("prod")
			.namespace("web")
			.credentials(Credentials.bearerToken("very-secret"))
			.build();
	}

	@Test
	void showsClientServerAndInformers() {
		this.server.enqueue(new MockResponse.Builder().setHeader("Content-Type", "application/json").body("""
				{"major":"1","minor":"36","gitVersion":"v1.36.0","platform":"linux/amd64"}
				""").build());
		this.cluster.add(Pod.builder()
			.metadata((metadata) -> metadata.namespace("web").name("a").uid("a").resourceVersion("7"))
			.build());
		this.contextRunner.run((context) -> {
			SharedInformer<Pod> informer = context.getBean(SharedInformerFactory.class)
				.forResource(Pod.class)
				.inNamespaces("web", "api")
				.withLabelSelector("app")
				.informer();
			informer.addHandler(ResourceEventHandler.of((event) -> {
			}), HandlerOptions.defaults().withName("counter")).whenSynced().and(start(informer)).block(TIMEOUT);

			KubernetesDescriptor descriptor = context.getBean(KubernetesEndpoint.class).kubernetes().block(TIMEOUT);

			assertThat(descriptor.client().source()).isEqualTo("kubeconfig /home/joe/.kube/config, context prod");
			assertThat(descriptor.client().context()).isEqualTo("prod");
			assertThat(descriptor.client().namespace()).isEqualTo("web");
			assertThat(descriptor.server().version()).isEqualTo("v1.36.0");
			assertThat(descriptor.server().platform()).isEqualTo("linux/amd64");
			assertThat(descriptor.server().error()).isNull();
			assertThat(descriptor.toString()).doesNotContain("very-secret");
			assertThat(descriptor.informers()).singleElement().satisfies((shown) -> {
				assertThat(shown.name()).isEqualTo("pods in namespaces api, web with labels app");
				assertThat(shown.namespaces()).containsExactly("api", "web");
				assertThat(shown.state()).isEqualTo(InformerState.SYNCED);
				assertThat(shown.objects()).isEqualTo(1);
				assertThat(shown.labelSelector()).isEqualTo("app");
				assertThat(shown.error()).isNull();
				assertThat(shown.handlers()).singleElement().satisfies((handler) -> {
					assertThat(handler.name()).isEqualTo("counter");
					assertThat(handler.delivered()).isEqualTo(1);
					assertThat(handler.pending()).isZero();
					assertThat(handler.processingTime()).isGreaterThanOrEqualTo(Duration.ZERO);
					assertThat(handler.busySince()).isNull();
				});
			});
		});
	}

	private static Mono<Void> start(SharedInformer<?> informer) {
		informer.start();
		return informer.whenSynced();
	}

	@Test
	void showsWhyTheServerDoesNotAnswer() {
		this.contextRunner.withPropertyValues("k8s.client.health.timeout=50ms").run((context) -> {
			KubernetesDescriptor descriptor = context.getBean(KubernetesEndpoint.class).kubernetes().block(TIMEOUT);

			assertThat(descriptor.server().version()).isNull();
			assertThat(descriptor.server().error()).isEqualTo("no answer within 50 ms");
		});
	}

	@Test
	void showsTheInformersOfAResource() {
		this.contextRunner.run((context) -> {
			context.getBean(SharedInformerFactory.class).forResource(Pod.class).informer();
			KubernetesEndpoint endpoint = context.getBean(KubernetesEndpoint.class);

			assertThat(endpoint.informers("pods")).singleElement()
				.extracting(InformerDescriptor::name)
				.isEqualTo("pods in all namespaces");
			assertThat(endpoint.informers("nodes")).isNull();
		});
	}

	@Test
	void isNotThereUnlessExposed() {
		this.contextRunner.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(KubernetesEndpoint.class));
	}

	@Test
	void backsOffWithoutActuator() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(KubernetesEndpoint.class));
	}

	@Test
	void backsOffWhenClientIsDisabled() {
		this.contextRunner.withPropertyValues("k8s.client.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(KubernetesEndpoint.class));
	}

}
