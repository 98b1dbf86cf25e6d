package io.github.k8sclient.autoconfigure.informer;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.authentication.v1.TokenReview;
import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.autoconfigure.InformerRegistration;
import io.github.k8sclient.autoconfigure.KubernetesClientProperties;
import io.github.k8sclient.discovery.ServerResource;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.informer.HandlerOptions;
import io.github.k8sclient.informer.InformerOptions;
import io.github.k8sclient.informer.InitialListStrategy;
import io.github.k8sclient.informer.ListFreshness;
import io.github.k8sclient.informer.OverflowStrategy;
import io.github.k8sclient.meta.CustomResource;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ObjectMeta;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link InformerPlan}.
 */
@ExtendWith(OutputCaptureExtension.class)
class InformerPlanTests {

	private final Map<String, KubernetesClientProperties.Informer> properties = new LinkedHashMap<>();

	private List<InformerRegistration<?>> beans = List.of();

	@Test
	void runsNothingWithoutListenersAndProperties() {
		assertThat(informersFor()).isEmpty();
	}

	@Test
	void runsOneInformerInAllNamespacesForEachKindThatListenersAskFor() {
		assertThat(informersFor(listener(Pod.class), listener(Deployment.class), listener(Pod.class))).containsExactly(
				InformerRegistration.forResource(Pod.class), InformerRegistration.forResource(Deployment.class));
	}

	@Test
	void propertyNarrowsInformerOfListener() {
		property("web", "deployments.apps").setLabelSelector("app=web");

		assertThat(informersFor(listener(Deployment.class), listener(Pod.class))).containsExactly(
				InformerRegistration.forResource(Deployment.class).withLabelSelector("app=web"),
				InformerRegistration.forResource(Pod.class));
	}

	@Test
	void propertyAddsInformerThatNoListenerAsksFor() {
		property("nodes", "Node");

		assertThat(informersFor()).containsExactly(InformerRegistration.forResource(Node.class));
	}

	@Test
	void propertyOfOpenVersionMeansVersionOfListener() {
		property("scaling", "horizontalpodautoscalers.autoscaling").setNamespace("web");

		assertThat(informersFor(listener(io.github.k8sclient.api.autoscaling.v1.HorizontalPodAutoscaler.class)))
			.containsExactly(InformerRegistration
				.forResource(io.github.k8sclient.api.autoscaling.v1.HorizontalPodAutoscaler.class)
				.inNamespace("web"));
	}

	@Test
	void propertyCarriesAllItsSettings() {
		KubernetesClientProperties.Informer informer = property("pods", "pods");
		informer.setNamespace("web");
		informer.setLabelSelector("app=shop");
		informer.setFieldSelector("spec.nodeName=worker-1");
		informer.setInitialList(InitialListStrategy.PAGED_LIST);
		informer.setListFreshness(ListFreshness.NEWEST);
		informer.setPageSize(50);
		informer.setMinWatchTimeout(Duration.ofMinutes(2));
		informer.setStaleAfter(Duration.ofMinutes(7));
		informer.setConsistencyCheck(Duration.ofSeconds(30));
		informer.setDropManagedFields(true);
		informer.setResync(Duration.ofMinutes(10));
		informer.setOverflow(OverflowStrategy.ERROR);
		informer.setMaxPending(10);

		InformerRegistration<?> registration = informersFor().iterator().next();

		assertThat(registration.namespaces()).containsExactly("web");
		assertThat(registration.labelSelector()).isEqualTo("app=shop");
		assertThat(registration.fieldSelector()).isEqualTo("spec.nodeName=worker-1");
		assertThat(registration.options().apply(InformerOptions.defaults())).isEqualTo(InformerOptions.defaults()
			.withInitialList(InitialListStrategy.PAGED_LIST)
			.withListFreshness(ListFreshness.NEWEST)
			.withPageSize(50)
			.withMinWatchTimeout(Duration.ofMinutes(2))
			.withStaleAfter(Duration.ofMinutes(7))
			.withConsistencyCheck(Duration.ofSeconds(30))
			.withDropManagedFields(true));
		HandlerOptions handler = registration.handlerOptions().apply(HandlerOptions.defaults());
		assertThat(handler.resync()).isEqualTo(Duration.ofMinutes(10));
		assertThat(handler.overflow()).isEqualTo(OverflowStrategy.ERROR);
		assertThat(handler.maxPending()).isEqualTo(10);
	}

	@Test
	void propertyLeavesOptionsAloneThatItDoesNotName() {
		property("pods", "pods").setPageSize(50);
		InformerOptions all = InformerOptions.defaults().withStaleAfter(Duration.ofMinutes(7));

		InformerRegistration<?> registration = informersFor().iterator().next();

		assertThat(registration.options().apply(all)).isEqualTo(all.withPageSize(50));
		assertThat(registration.handlerOptions()).isNull();
	}

	@Test
	void failsForOptionOutOfRange() {
		property("web", "pods").setPageSize(0);

		assertThat(failure().getDescription()).contains("'k8s.client.informers.web'", "'pageSize' must be positive");
	}

	@Test
	void failsForHandlerOptionOutOfRange() {
		property("web", "pods").setResync(Duration.ofMillis(5));

		assertThat(failure().getDescription()).contains("'k8s.client.informers.web'", "'resync'");
	}

	@Test
	void failsForWrongLabelSelector() {
		property("web", "pods").setLabelSelector("app in (");

		FailureAnalysis analysis = failure();

		assertThat(analysis.getDescription()).contains("'k8s.client.informers.web.label-selector'", "'app in ('");
		assertThat(analysis.getAction()).contains("kubectl get -l");
	}

	@Test
	void emptyTextsOfPropertyMeanNothing() {
		KubernetesClientProperties.Informer informer = property("pods", "pods");
		informer.setNamespace("");
		informer.setLabelSelector("");
		informer.setFieldSelector(" ");

		assertThat(informersFor()).containsExactly(InformerRegistration.forResource(Pod.class));
	}

	@Test
	void propertyWithSeveralNamespacesRunsOneInformerOfThemAll() {
		KubernetesClientProperties.Informer informer = property("pods", "pods");
		informer.setNamespace("web");
		informer.setNamespaces(List.of("shop", "web"));

		assertThat(informersFor(listener(Pod.class)))
			.containsExactly(InformerRegistration.forResource(Pod.class).inNamespaces(Set.of("shop", "web")));
	}

	@Test
	void beanReplacesInformerOfListener() {
		InformerRegistration<Pod> bean = InformerRegistration.forResource(Pod.class).inNamespace("web");
		this.beans = List.of(bean);

		assertThat(informersFor(listener(Pod.class))).containsExactly(bean);
	}

	@Test
	void samePropertyAndBeanRunOneInformer() {
		property("pods", "pods").setNamespace("web");
		this.beans = List.of(InformerRegistration.forResource(Pod.class).inNamespace("web"));

		assertThat(informersFor()).hasSize(1);
	}

	@Test
	void failsForUnknownKindWithPropertyAndCloseMatches() {
		property("web", "deploymnets.apps");

		FailureAnalysis analysis = failure();

		assertThat(analysis.getDescription()).contains("'k8s.client.informers.web.resource'")
			.contains("'deploymnets.apps'");
		assertThat(analysis.getAction()).startsWith("Did you mean deployments.apps");
	}

	@Test
	void failsForUnknownKindUnlikeAnyWithForms() {
		property("prometheus", "prometheuses");

		assertThat(failure().getAction()).startsWith("Kinds are named like 'pods'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "deploymnets.v1.apps", "ingresss.v1.networking.k8s.io", "Pood.v1", "prometheuses.v1" })
	void failsForNameThatIsNoneOfACustomResource(String name) {
		property("web", name);

		assertThat(failure().getDescription()).contains("'" + name + "'");
	}

	@Test
	void propertyNamesCustomResourceWithoutClass() {
		property("prometheus", "prometheuses.v1.monitoring.coreos.com").setNamespace("monitoring");

		assertThat(informersFor(listener(Unstructured.class))).containsExactly(
				InformerRegistration
					.forResource(Unstructured
						.descriptor(GroupVersionResource.of("monitoring.coreos.com", "v1", "prometheuses"), "*")
						.build())
					.inNamespace("monitoring"));
		assertThat(deferred(listener(Unstructured.class))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "OwnResource", "ownresources", "ownresources.v1.example.com", "OwnResource.v1.example.com",
			"ownresources.example.com" })
	void propertyMeansClassOfListener(String name) {
		property("own", name).setLabelSelector("app=web");

		assertThat(informersFor(listener(OwnResource.class)))
			.containsExactly(InformerRegistration.forResource(OwnResource.class).withLabelSelector("app=web"));
	}

	@Test
	void listenerOfAnnotatedClassRunsInformer() {
		assertThat(informersFor(listener(OwnResource.class)))
			.containsExactly(InformerRegistration.forResource(OwnResource.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Prometheus.v1.monitoring.coreos.com", "prometheuses.monitoring.coreos.com" })
	void customResourceThatOnlyTheServerKnowsIsDeferred(String name) {
		property("prometheus", name).setNamespaces(List.of("a", "b"));

		assertThat(informersFor(listener(Unstructured.class))).isEmpty();
		DeferredInformer deferred = deferred(listener(Unstructured.class)).get(0);
		assertThat(deferred.resource()).isEqualTo(name);
		assertThat(deferred.registration(found(true, "list", "watch")).namespaces()).containsExactly("a", "b");
		assertThatIllegalArgumentException().isThrownBy(() -> deferred.registration(found(true, "list")))
			.withMessageContaining("cannot be watched");
		assertThatIllegalArgumentException().isThrownBy(() -> deferred.registration(found(false, "list", "watch")))
			.withMessageContaining("live in no namespace");
	}

	private static ServerResource found(boolean namespaced, String... verbs) {
		return new ServerResource(GroupVersionResource.of("monitoring.coreos.com", "v1", "prometheuses"),
				GroupVersionKind.of("monitoring.coreos.com", "v1", "Prometheus"), "prometheus", namespaced,
				Set.of(verbs), List.of(), List.of(), List.of());
	}

	@Test
	void failsForKindThatCannotBeWatched() {
		property("reviews", "tokenreviews");

		assertThat(failure().getDescription()).contains("'tokenreviews'").contains("no kind that the client can watch");
	}

	@Test
	void failsForInformerWithoutResource() {
		property("web", null);

		assertThat(failure().getDescription())
			.isEqualTo("The property 'k8s.client.informers.web.resource' is not set.");
	}

	@Test
	void failsForNamespaceOfClusterScopedKind() {
		property("nodes", "nodes").setNamespace("web");

		FailureAnalysis analysis = failure();

		assertThat(analysis.getDescription()).contains("'k8s.client.informers.nodes'").contains("web");
		assertThat(analysis.getAction()).contains("'k8s.client.informers.nodes.namespace'");
	}

	@Test
	void failsForListenerOfKindThatCannotBeWatched() {
		FailureAnalysis analysis = failure(listener(TokenReview.class));

		assertThat(analysis.getDescription())
			.startsWith("The method Watcher.changed listens to events of " + TokenReview.class.getName());
	}

	@Test
	void failsForListenerOfKindOfTheApplicationWithoutRegistration() {
		FailureAnalysis analysis = failure(listener(OwnKind.class));

		assertThat(analysis.getDescription()).contains(OwnKind.class.getName());
		assertThat(analysis.getAction()).contains("InformerRegistration<OwnKind>");
	}

	@Test
	void warnsAboutListenerThatLeavesKindOpen(CapturedOutput output) {
		assertThat(informersFor(listener(null))).isEmpty();
		assertThat(output).contains("The method Watcher.changed listens to resource events but leaves the kind open");
	}

	private KubernetesClientProperties.Informer property(String name, @Nullable String resource) {
		KubernetesClientProperties.Informer informer = new KubernetesClientProperties.Informer();
		informer.setResource(resource);
		this.properties.put(name, informer);
		return informer;
	}

	private static ResourceEventListener listener(@Nullable Class<? extends KubernetesObject> type) {
		return new ResourceEventListener("method Watcher.changed", type);
	}

	private Collection<InformerRegistration<?>> informersFor(ResourceEventListener... listeners) {
		return new InformerPlan(this.properties, this.beans).informersFor(List.of(listeners));
	}

	private List<DeferredInformer> deferred(ResourceEventListener... listeners) {
		return new InformerPlan(this.properties, this.beans).deferredInformersFor(List.of(listeners));
	}

	private FailureAnalysis failure(ResourceEventListener... listeners) {
		return catchThrowableOfType(FailureAnalyzedException.class, () -> informersFor(listeners)).analysis();
	}

	record OwnKind(String apiVersion, String kind, ObjectMeta metadata) implements KubernetesObject {

	}

	@CustomResource(group = "example.com", version = "v1", plural = "ownresources")
	record OwnResource(ObjectMeta metadata) implements KubernetesObject {

	}

}
