package io.github.k8sclient.autoconfigure.informer;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;

import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.autoconfigure.FakeCluster;
import io.github.k8sclient.autoconfigure.InformerRegistration;
import io.github.k8sclient.autoconfigure.KubernetesClientAutoConfiguration;
import io.github.k8sclient.autoconfigure.KubernetesConnectionDetails;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.event.ResourceAddedEvent;
import io.github.k8sclient.informer.Indexer;
import io.github.k8sclient.informer.Lister;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesObject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InjectedInformers}.
 */
class InjectedInformersTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final FakeCluster cluster = new FakeCluster().add(pod("web", "shop-0")).add(node("worker-1"));

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KubernetesClientAutoConfiguration.class,
				KubernetesInformerAutoConfiguration.class))
		.withBean(KubernetesConnectionDetails.class,
				() -> () -> ClientConfiguration.builder().server(URI.create("http://localhost:1")).build())
		.withBean(SharedInformerFactory.class, () -> SharedInformerFactory.create(this.cluster));

	@Test
	void partsOfInformersAreInjectedByTheirKind() {
		this.contextRunner.withBean(Parts.class).run((context) -> {
			Parts parts = context.getBean(Parts.class);

			awaitTrue(() -> parts.pods.list().size() == 1 && parts.podIndexer.size() == 1
					&& parts.nodes.status().synced());
			assertThat(parts.pods.get("web/shop-0")).isNotNull();
			assertThat(parts.podIndexer.byIndex(Indexer.NAMESPACE_INDEX, "web")).hasSize(1);
			assertThat(parts.nodes.lister().list()).extracting((node) -> node.metadata().name())
				.containsExactly("worker-1");
			assertThat(this.cluster.requests()).containsExactlyInAnyOrder(request(Pod.class, null),
					request(Node.class, null));
		});
	}

	@Test
	void parametersAndProvidersAreInjectionPointsToo() {
		this.contextRunner.withUserConfiguration(ParameterConfiguration.class)
			.run((context) -> awaitTrue(context.getBean(BooleanSupplier.class)));
	}

	@Test
	void informerOfPropertiesIsTheOneInjected() {
		this.contextRunner.withBean(Parts.class)
			.withPropertyValues("k8s.client.informers.web.resource=pods", "k8s.client.informers.web.namespace=web")
			.run((context) -> {
				awaitTrue(() -> context.getBean(Parts.class).pods.list().size() == 1);
				assertThat(this.cluster.requests()).contains(request(Pod.class, "web"))
					.doesNotContain(request(Pod.class, null));
			});
	}

	@Test
	void informerOfListenerIsTheOneInjected() {
		this.contextRunner.withBean(Parts.class).withBean(Listener.class).run((context) -> {
			awaitTrue(() -> context.getBean(Listener.class).heard);
			assertThat(context.getBean(Parts.class).pods.list()).hasSize(1);
			assertThat(this.cluster.requests()).containsOnlyOnce(request(Pod.class, null));
		});
	}

	@Test
	void unstructuredInformerOfRegistrationIsInjected() {
		this.contextRunner.withUserConfiguration(UnstructuredConfiguration.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void informerOfRegistrationIsSpecifiedOnce() {
		this.contextRunner.withUserConfiguration(TransformationConfiguration.class)
			.run((context) -> assertThat(context.getBean(SharedInformerFactory.class).informers()).hasSize(1));
	}

	@Test
	void defaultNamespacesNarrowTheInformerInjected() {
		this.contextRunner.withBean(Parts.class)
			.withPropertyValues("k8s.client.informer-defaults.namespaces=web")
			.run((context) -> awaitTrue(() -> this.cluster.requests().contains(request(Pod.class, "web"))));
	}

	@Test
	void beanOfTheApplicationWinsForItsKindOnly() {
		this.contextRunner.withUserConfiguration(OwnListerConfiguration.class).withBean(Parts.class).run((context) -> {
			Parts parts = context.getBean(Parts.class);

			assertThat(parts.pods).isSameAs(context.getBean("webPods"));
			assertThat(parts.deployments.getObject()).isNotSameAs(parts.pods);
		});
	}

	@Test
	void kindThatSeveralInformersWatchIsExplained() {
		this.contextRunner.withBean(Parts.class)
			.withPropertyValues("k8s.client.informers.web.resource=pods", "k8s.client.informers.web.namespace=web",
					"k8s.client.informers.shop.resource=pods", "k8s.client.informers.shop.namespace=shop")
			.run((context) -> {
				FailureAnalysis analysis = analysis(context);
				assertThat(analysis.getDescription()).contains("Parts.pods", "in namespace web", "in namespace shop");
				assertThat(analysis.getAction()).contains("@Bean");
			});
	}

	@Test
	void kindThatIsNotNamedIsExplained() {
		this.contextRunner.withBean(Open.class)
			.run((context) -> assertThat(analysis(context).getAction()).contains("Lister<Pod>"));
	}

	@Test
	void kindThatTheClientDoesNotKnowIsExplained() {
		this.contextRunner.withBean(Unknown.class)
			.run((context) -> assertThat(analysis(context).getDescription()).contains(Unstructured.class.getName(),
					"no informer is configured"));
	}

	private static FailureAnalysis analysis(AssertableApplicationContext context) {
		Throwable cause = context.getStartupFailure();
		while (!(cause instanceof FailureAnalyzedException)) {
			cause = cause.getCause();
		}
		return ((FailureAnalyzedException) cause).analysis();
	}

	private static void awaitTrue(BooleanSupplier condition) {
		Awaitility.await().atMost(TIMEOUT).until(condition::getAsBoolean);
	}

	private static FakeCluster.Request request(Class<? extends KubernetesObject> type, String namespace) {
		return new FakeCluster.Request(type, namespace, null, null);
	}

	private static Pod pod(String namespace, String name) {
		return Pod.builder()
			.metadata((metadata) -> metadata.namespace(namespace).name(name).uid(name).resourceVersion("1"))
			.build();
	}

	private static Node node(String name) {
		return Node.builder().metadata((metadata) -> metadata.name(name).uid(name).resourceVersion("1")).build();
	}

	static class Parts {

		@Autowired
		private Lister<Pod> pods;

		@Autowired
		private Indexer<Pod> podIndexer;

		@Autowired
		private SharedInformer<Node> nodes;

		@Autowired
		private ObjectProvider<Lister<Deployment>> deployments;

	}

	static class Open {

		@Autowired
		private Lister<?> anything;

	}

	static class Unknown {

		@Autowired
		private Lister<Unstructured> anything;

	}

	static class Listener {

		private volatile boolean heard;

		@EventListener
		void added(ResourceAddedEvent<Pod> event) {
			this.heard = true;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ParameterConfiguration {

		@Bean
		BooleanSupplier count(Lister<Pod> pods, ObjectProvider<Lister<Node>> nodes) {
			Lister<Node> lister = nodes.getObject();
			return () -> pods.list().size() + lister.list().size() == 2;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnListerConfiguration {

		@Bean
		Lister<Pod> webPods(SharedInformerFactory informers) {
			return informers.forResource(Pod.class).inNamespace("web").informer().lister();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TransformationConfiguration {

		@Bean
		InformerRegistration<Pod> pods(@Value("${spring.application.name:test}") String name) {
			return (informers) -> informers.forResource(Pod.class)
				.withTransform((pod) -> pod.toBuilder().status((status) -> status.message(name)).build());
		}

		@Bean
		Set<String> names(Lister<Pod> pods) {
			return Set.of(String.valueOf(pods.list().size()));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UnstructuredConfiguration {

		@Bean
		InformerRegistration<Unstructured> widgets() {
			return (informers) -> informers.forResource(GroupVersionResource.of("example.org", "v1", "widgets"));
		}

		@Bean
		Set<String> names(Lister<Unstructured> widgets) {
			return Set.of(String.valueOf(widgets.list().size()));
		}

	}

}
