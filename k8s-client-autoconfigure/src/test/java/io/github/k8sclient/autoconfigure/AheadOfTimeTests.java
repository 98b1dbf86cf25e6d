package io.github.k8sclient.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.autoconfigure.health.KubernetesHealthContributorAutoConfiguration;
import io.github.k8sclient.autoconfigure.informer.KubernetesInformerAutoConfiguration;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.event.ResourceAddedEvent;
import io.github.k8sclient.informer.Lister;
import io.github.k8sclient.informer.SharedInformerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.event.EventListener;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications that are processed ahead of time.
 */
class AheadOfTimeTests {

	@Test
	@CompileWithForkedClassLoader
	void processedApplicationStartsAndGetsEvents() {
		process((context) -> {
			context.refresh();
			assertThat(context.getBean(Clientset.class)).isNotNull();
			Queue<String> events = context.getBean(Watcher.class).events;
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(events).containsExactly("shop-0 of 1"));
			context.close();
		});
	}

	@Test
	void registersHintsForPropertiesAndListeners() throws NoSuchMethodException {
		TestGenerationContext generationContext = new TestGenerationContext(AheadOfTimeTests.class);
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(Application.class);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generationContext);
		}

		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(KubernetesClientProperties.Informer.class.getMethod("setResource", String.class)))
			.accepts(generationContext.getRuntimeHints());
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(KubernetesClientProperties.Impersonate.class.getMethod("setUser", String.class)))
			.accepts(generationContext.getRuntimeHints());
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(Watcher.class.getDeclaredMethod("added", ResourceAddedEvent.class)))
			.accepts(generationContext.getRuntimeHints());
	}

	@SuppressWarnings("unchecked")
	private static void process(Consumer<GenericApplicationContext> test) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.register(Application.class);
		TestGenerationContext generationContext = new TestGenerationContext(AheadOfTimeTests.class);
		ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, generationContext);
		generationContext.writeGeneratedContent();
		TestCompiler.forSystem().with(generationContext).compile((compiled) -> {
			GenericApplicationContext fresh = new GenericApplicationContext();
			compiled.getInstance(ApplicationContextInitializer.class, initializer.toString()).initialize(fresh);
			test.accept(fresh);
		});
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ KubernetesClientAutoConfiguration.class, KubernetesInformerAutoConfiguration.class,
			KubernetesHealthContributorAutoConfiguration.class })
	static class Application {

		@Bean
		KubernetesConnectionDetails connection() {
			return () -> ClientConfiguration.builder().server(URI.create("http://localhost:1")).build();
		}

		@Bean
		SharedInformerFactory informerFactory() {
			return SharedInformerFactory.create(new FakeCluster()
				.add(Pod.builder().metadata((metadata) -> metadata.name("shop-0").resourceVersion("1")).build()));
		}

		@Bean
		Watcher watcher(Lister<Pod> pods) {
			return new Watcher(pods);
		}

	}

	static class Watcher {

		private final Queue<String> events = new ConcurrentLinkedQueue<>();

		private final Lister<Pod> pods;

		Watcher(Lister<Pod> pods) {
			this.pods = pods;
		}

		@EventListener
		void added(ResourceAddedEvent<Pod> event) {
			this.events.add(event.key() + " of " + this.pods.list().size());
		}

	}

}
