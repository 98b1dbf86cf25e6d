package io.github.k8sclient.autoconfigure.informer;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.k8sclient.autoconfigure.KubernetesClientProperties;
import io.github.k8sclient.discovery.RESTMapper;
import io.github.k8sclient.discovery.ServerResource;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.Answers;
import org.mockito.ArgumentMatchers;
import org.mockito.BDDMockito;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InformerLifecycle}, with a clock of their own.
 */
class InformerLifecycleTests {

	private static final ServerResource GADGETS = new ServerResource(
			GroupVersionResource.of("example.com", "v1", "gadgets"), GroupVersionKind.of("example.com", "v1", "Gadget"),
			"gadget", true, Set.of("list", "watch"), List.of(), List.of(), List.of());

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final RESTMapper mapper = BDDMockito.mock();

	private final SharedInformerFactory factory = BDDMockito.mock(Answers.RETURNS_DEEP_STUBS);

	@AfterEach
	void closeContext() {
		this.context.close();
	}

	@Test
	void findingKindsAndSyncingShareOneTimeout() {
		BDDMockito.given(this.factory.whenSynced()).willReturn(Mono.never());
		StepVerifier.withVirtualTime(() -> {
			BDDMockito.given(this.mapper.resourceFor("Gadget.v1.example.com"))
				.willReturn(Mono.delay(Duration.ofSeconds(20)).thenReturn(GADGETS));
			return startedLifecycle().whenSynced(Duration.ofSeconds(30));
		})
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(29))
			.thenAwait(Duration.ofSeconds(1))
			.expectErrorSatisfies((ex) -> assertThat(((FailureAnalyzedException) ex).analysis().getDescription())
				.contains("30000 ms"))
			.verify(Duration.ofSeconds(60));
	}

	private InformerLifecycle startedLifecycle() {
		BDDMockito.given(this.factory.forResource(ArgumentMatchers.<ResourceDescriptor<Unstructured>>any()).informer())
			.willReturn(BDDMockito.mock());
		BDDMockito.given(this.factory.stop()).willReturn(Mono.empty());
		KubernetesClientProperties properties = new KubernetesClientProperties();
		KubernetesClientProperties.Informer gadgets = new KubernetesClientProperties.Informer();
		gadgets.setResource("Gadget.v1.example.com");
		properties.getInformers().put("gadgets", gadgets);
		this.context.refresh();
		InformerLifecycle lifecycle = new InformerLifecycle(this.factory, new ResourceEventScope(this.context),
				new InformerPlanner(this.factory, properties, List.of()), new DeferredInformers(this.mapper), null);
		lifecycle.start();
		this.context.registerBean(InformerLifecycle.class, () -> lifecycle);
		return lifecycle;
	}

}
