package io.github.k8sclient.autoconfigure.informer;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.autoconfigure.FakeCluster;
import io.github.k8sclient.autoconfigure.KubernetesClientAutoConfiguration;
import io.github.k8sclient.autoconfigure.KubernetesConnectionDetails;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.event.ResourceAddedEvent;
import io.github.k8sclient.informer.SharedInformerFactory;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for listeners in a hierarchy of application contexts.
 */
class ContextHierarchyTests {

	private static final ClientConfiguration UNREACHABLE = ClientConfiguration.builder()
		.server(URI.create("http://localhost:1"))
		.build();

	private final FakeCluster cluster = new FakeCluster().add(pod("shop-0")).add(node("worker-1"));

	@Test
	void eachListenerGetsEachEventOnceWhenParentAndChildAreAutoConfigured() {
		try (AnnotationConfigApplicationContext parent = context(null, AutoConfigured.class, PodListener.class);
				AnnotationConfigApplicationContext child = context(parent, AutoConfigured.class, PodListener.class,
						NodeListener.class)) {
			await(parent.getBean(PodListener.class).events, "shop-0");
			await(child.getBean(PodListener.class).events, "shop-0");
			await(child.getBean(NodeListener.class).events, "worker-1");
			this.cluster.add(pod("shop-1"));

			await(parent.getBean(PodListener.class).events, "shop-0", "shop-1");
			await(child.getBean(PodListener.class).events, "shop-0", "shop-1");
			assertThat(child.getBean(SharedInformerFactory.class))
				.isSameAs(parent.getBean(SharedInformerFactory.class));
		}
	}

	@Test
	void childServesListenersOfParentWithoutAutoConfiguration() {
		try (AnnotationConfigApplicationContext parent = context(null, PodListener.class);
				AnnotationConfigApplicationContext child = context(parent, AutoConfigured.class)) {
			await(parent.getBean(PodListener.class).events, "shop-0");
			assertThat(child.getBean(SharedInformerFactory.class).informers()).hasSize(1);
		}
	}

	@Test
	void closedChildGetsNoMoreEventsAndLeavesInformersRunning() {
		try (AnnotationConfigApplicationContext parent = context(null, AutoConfigured.class, PodListener.class)) {
			AnnotationConfigApplicationContext child = context(parent, AutoConfigured.class, PodListener.class);
			PodListener childListener = child.getBean(PodListener.class);
			await(childListener.events, "shop-0");
			child.close();
			this.cluster.add(pod("shop-1"));

			await(parent.getBean(PodListener.class).events, "shop-0", "shop-1");
			assertThat(childListener.events).containsExactly("shop-0");
		}
	}

	private AnnotationConfigApplicationContext context(@Nullable ApplicationContext parent, Class<?>... beans) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.setParent(parent);
		if (List.of(beans).contains(AutoConfigured.class) && !hasFactory(parent)) {
			context.registerBean(SharedInformerFactory.class, () -> SharedInformerFactory.create(this.cluster));
			context.registerBean(KubernetesConnectionDetails.class, () -> () -> UNREACHABLE);
		}
		context.register(beans);
		context.refresh();
		return context;
	}

	private static boolean hasFactory(@Nullable ApplicationContext context) {
		return context != null && context.getBeanProvider(SharedInformerFactory.class).getIfAvailable() != null;
	}

	private static void await(Queue<String> events, String... expected) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(events).containsExactly(expected));
	}

	private static Pod pod(String name) {
		return Pod.builder().metadata((metadata) -> metadata.name(name).resourceVersion("1")).build();
	}

	private static Node node(String name) {
		return Node.builder().metadata((metadata) -> metadata.name(name).resourceVersion("1")).build();
	}

	@ImportAutoConfiguration({ KubernetesClientAutoConfiguration.class, KubernetesInformerAutoConfiguration.class })
	static class AutoConfigured {

	}

	static class PodListener {

		private final Queue<String> events = new ConcurrentLinkedQueue<>();

		@EventListener
		void added(ResourceAddedEvent<Pod> event) {
			this.events.add(event.key().toString());
		}

	}

	static class NodeListener {

		private final Queue<String> events = new ConcurrentLinkedQueue<>();

		@EventListener
		void added(ResourceAddedEvent<Node> event) {
			this.events.add(event.key().toString());
		}

	}

}
