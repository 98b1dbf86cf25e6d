package io.github.k8sclient.autoconfigure.informer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.authentication.v1.TokenReview;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.autoconfigure.FakeCluster;
import io.github.k8sclient.autoconfigure.InformerRegistration;
import io.github.k8sclient.autoconfigure.KubernetesClientProperties;
import io.github.k8sclient.discovery.ServerResource;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.informer.HandlerOptions;
import io.github.k8sclient.informer.InformerOptions;
import io.github.k8sclient.informer.InformerSpec;
import io.github.k8sclient.informer.InitialListStrategy;
import io.github.k8sclient.informer.ListFreshness;
import io.github.k8sclient.informer.OverflowStrategy;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.CustomResource;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.meta.PartialObjectMetadata;
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
 * Tests for {@link InformerPlanner}.
 */
@ExtendWith(OutputCaptureExtension.class)
class InformerPlannerTests {

	private final SharedInformerFactory factory = SharedInformerFactory.create(new FakeCluster());

	private final KubernetesClientProperties properties = new KubernetesClientProperties();

	private final List<InformerRegistration<?>> beans = new ArrayList<>();

	@Test
	void runsNothingWithoutListenersAndProperties() {
		assertThat(informersFor()).isEmpty();
	}

	@Test
	void runsOneInformerInAllNamespacesForEachKindThatListenersAskFor() {
		assertThat(informersFor(listener(Pod.class), listener(Deployment.class), listener(Pod.class)))
			.containsExactly("pods in all namespaces", "deployments.apps in all namespaces");
	}

	@Test
	void propertyNarrowsInformerOfListener() {
		property("web", "deployments.apps").setLabelSelector("app=web");

		assertThat(informersFor(listener(Deployment.class), listener(Pod.class)))
			.containsExactly("deployments.apps in all namespaces with labels app=web", "pods in all namespaces");
	}

	@Test
	void propertyAddsInformerThatNoListenerAsksFor() {
		property("nodes", "Node");

		assertThat(informersFor()).containsExactly("nodes");
	}

	@Test
	void propertyOfOpenVersionMeansVersionOfListener() {
		property("scaling", "horizontalpodautoscalers.autoscaling").setNamespace("web");

		assertThat(planFor(listener(io.github.k8sclient.api.autoscaling.v1.HorizontalPodAutoscaler.class)).informers())
			.containsOnlyKeys(
					this.factory.forResource(io.github.k8sclient.api.autoscaling.v1.HorizontalPodAutoscaler.class)
						.inNamespace("web")
						.informer());
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

		InformerPlan plan = planFor();

		SharedInformer<?> planned = onlyInformer(plan);
		assertThat(planned.name())
			.isEqualTo("pods in namespace web with labels app=shop with fields spec.nodeName=worker-1");
		assertThat(planned.options()).isEqualTo(InformerOptions.defaults()
			.withInitialList(InitialListStrategy.PAGED_LIST)
			.withListFreshness(ListFreshness.NEWEST)
			.withPageSize(50)
			.withMinWatchTimeout(Duration.ofMinutes(2))
			.withStaleAfter(Duration.ofMinutes(7))
			.withConsistencyCheck(Duration.ofSeconds(30))
			.withDropManagedFields(true));
		HandlerOptions handler = plan.informers().get(planned);
		assertThat(handler.resync()).isEqualTo(Duration.ofMinutes(10));
		assertThat(handler.overflow()).isEqualTo(OverflowStrategy.ERROR);
		assertThat(handler.maxPending()).isEqualTo(10);
	}

	@Test
	void propertyLeavesOptionsAloneThatItDoesNotName() {
		property("pods", "pods").setPageSize(50);
		this.properties.getInformerDefaults().setOverflow(OverflowStrategy.COALESCE);

		InformerPlan plan = planFor();

		SharedInformer<?> planned = onlyInformer(plan);
		assertThat(planned.options()).isEqualTo(InformerOptions.defaults().withPageSize(50));
		assertThat(plan.informers().get(planned).overflow()).isEqualTo(OverflowStrategy.COALESCE);
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

		assertThat(informersFor()).containsExactly("pods in all namespaces");
	}

	@Test
	void propertyWithSeveralNamespacesRunsOneInformerOfThemAll() {
		KubernetesClientProperties.Informer informer = property("pods", "pods");
		informer.setNamespace("web");
		informer.setNamespaces(List.of("shop", "web"));

		assertThat(informersFor(listener(Pod.class))).containsExactly("pods in namespaces shop, web");
	}

	@Test
	void defaultNamespacesApplyWhereNoneIsNamed() {
		this.properties.getInformerDefaults().setNamespaces(List.of("shop", "blog"));
		property("deployments", "deployments");
		property("services", "services").setNamespace("web");
		property("secrets", "secrets").setNamespace("*");
		property("nodes", "nodes");

		assertThat(informersFor(listener(Pod.class))).containsExactly("deployments.apps in namespaces blog, shop",
				"services in namespace web", "secrets in all namespaces", "nodes", "pods in namespaces blog, shop");
	}

	@Test
	void defaultNamespacesDoNotApplyToBeans() {
		this.properties.getInformerDefaults().setNamespaces(List.of("shop"));
		bean((informers) -> informers.forResource(Pod.class));

		assertThat(informersFor(listener(Pod.class))).containsExactly("pods in all namespaces");
	}

	@Test
	void defaultNamespacesApplyToCustomResourcesThatHaveNamespaces() {
		this.properties.getInformerDefaults().setNamespaces(List.of("shop"));
		property("prometheus", "Prometheus.v1.monitoring.coreos.com");

		DeferredInformer deferred = planFor().deferred().get(0);

		assertThat(deferred.namespaces()).containsExactly("shop");
		assertThat(informerOf(deferred, found(true, "list", "watch")))
			.isEqualTo("prometheuses.monitoring.coreos.com in namespace shop");
		assertThat(informerOf(deferred, found(false, "list", "watch"))).isEqualTo("prometheuses.monitoring.coreos.com");
	}

	@Test
	void beanReplacesInformerOfListener() {
		bean((informers) -> informers.forResource(Pod.class).inNamespace("web"));

		assertThat(informersFor(listener(Pod.class))).containsExactly("pods in namespace web");
	}

	@Test
	void beanMayRegisterWhateverAFactoryOffers() {
		bean((informers) -> informers.forMetadata(Pod.class));
		bean((informers) -> informers.forResource(Deployment.class).withTransform(UnaryOperator.identity()));

		assertThat(informersFor(listener(PartialObjectMetadata.class), listener(Deployment.class)))
			.containsExactly("metadata of pods in all namespaces", "deployments.apps in all namespaces, transformed");
	}

	@Test
	void beanOfMetadataDoesNotReplaceInformerOfWholeResources() {
		bean((informers) -> informers.forMetadata(Pod.class));

		assertThat(informersFor(listener(Pod.class))).containsExactly("metadata of pods in all namespaces",
				"pods in all namespaces");
	}

	@Test
	void samePropertyAndBeanRunOneInformerWithTheOptionsOfBoth() {
		property("pods", "pods").setResync(Duration.ofMinutes(10));
		bean(new InformerRegistration<Pod>() {

			@Override
			public InformerSpec<Pod> specify(SharedInformerFactory informers) {
				return informers.forResource(Pod.class);
			}

			@Override
			public HandlerOptions handlerOptions(HandlerOptions options) {
				return options.withOverflow(OverflowStrategy.COALESCE);
			}

		});

		InformerPlan plan = planFor();

		HandlerOptions options = plan.informers().get(onlyInformer(plan));
		assertThat(options.resync()).isEqualTo(Duration.ofMinutes(10));
		assertThat(options.overflow()).isEqualTo(OverflowStrategy.COALESCE);
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

	@ParameterizedTest
	@ValueSource(strings = { "OwnResource", "ownresources", "ownresources.v1.example.com", "OwnResource.v1.example.com",
			"ownresources.example.com" })
	void propertyMeansClassOfListener(String name) {
		property("own", name).setLabelSelector("app=web");

		assertThat(informersFor(listener(OwnResource.class)))
			.containsExactly("ownresources.example.com in all namespaces with labels app=web");
	}

	@Test
	void listenerOfAnnotatedClassRunsInformer() {
		assertThat(informersFor(listener(OwnResource.class)))
			.containsExactly("ownresources.example.com in all namespaces");
	}

	@ParameterizedTest
	@ValueSource(strings = { "prometheuses.v1.monitoring.coreos.com", "Prometheus.v1.monitoring.coreos.com",
			"prometheuses.monitoring.coreos.com", "prometheuses.example.com" })
	void customResourceThatOnlyTheServerKnowsIsDeferred(String name) {
		property("prometheus", name).setNamespaces(List.of("a", "b"));

		InformerPlan plan = planFor(listener(Unstructured.class));

		assertThat(plan.informers()).isEmpty();
		DeferredInformer deferred = plan.deferred().get(0);
		assertThat(deferred.resource()).isEqualTo(name);
		assertThat(informerOf(deferred, found(true, "list", "watch")))
			.isEqualTo("prometheuses.monitoring.coreos.com in namespaces a, b");
		assertThatIllegalArgumentException().isThrownBy(() -> deferred.registration(found(true, "list")))
			.withMessageContaining("cannot be watched");
		assertThatIllegalArgumentException().isThrownBy(() -> deferred.registration(found(false, "list", "watch")))
			.withMessageContaining("not namespaced");
	}

	private String informerOf(DeferredInformer deferred, ServerResource found) {
		return onlyInformer(planner().planFor(deferred.registration(found))).name();
	}

	private static ServerResource found(boolean namespaced, String... verbs) {
		return new ServerResource(GroupVersionResource.of("monitoring.coreos.com", "v1", "prometheuses"),
				GroupVersionKind.of("monitoring.coreos.com", "v1", "Prometheus"), "prometheus", namespaced,
				Set.of(verbs), List.of(), List.of(), List.of());
	}

	@Test
	void failsForKindThatCannotBeWatched() {
		property("reviews", "tokenreviews");

		assertThat(failure().getDescription()).contains("'tokenreviews'")
			.contains("not a kind that this client can watch");
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
		assertThat(output).contains("The method Watcher.changed listens to resource events but does not name a kind");
	}

	private KubernetesClientProperties.Informer property(String name, @Nullable String resource) {
		KubernetesClientProperties.Informer informer = new KubernetesClientProperties.Informer();
		informer.setResource(resource);
		this.properties.getInformers().put(name, informer);
		return informer;
	}

	private static ResourceEventListener listener(@Nullable Class<? extends KubernetesObject> type) {
		return new ResourceEventListener("method Watcher.changed", type);
	}

	private <T extends KubernetesObject> void bean(InformerRegistration<T> bean) {
		this.beans.add(bean);
	}

	private InformerPlanner planner() {
		return new InformerPlanner(this.factory, this.properties, this.beans);
	}

	private InformerPlan planFor(ResourceEventListener... listeners) {
		return planner().planFor(List.of(listeners));
	}

	private List<String> informersFor(ResourceEventListener... listeners) {
		return planFor(listeners).informers().keySet().stream().map(SharedInformer::name).toList();
	}

	private static SharedInformer<?> onlyInformer(InformerPlan plan) {
		assertThat(plan.informers()).hasSize(1);
		return plan.informers().keySet().iterator().next();
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
