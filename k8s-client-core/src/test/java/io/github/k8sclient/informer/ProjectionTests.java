package io.github.k8sclient.informer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.ContainerStatus;
import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.api.core.v1.PodSecurityContext;
import io.github.k8sclient.api.core.v1.PodSpec;
import io.github.k8sclient.api.core.v1.PodStatus;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.meta.CustomResource;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.wire.ListDecoder;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.WireFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.ReflectionHintsPredicates;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.util.Assert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Projection}.
 */
class ProjectionTests {

	private static final String POD = """
			{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web-0","namespace":"default","uid":"u",
			"resourceVersion":"7","labels":{"app":"web"}},
			"spec":{"volumes":[{"name":"data","emptyDir":{}}],"nodeName":"worker-1","terminationGracePeriodSeconds":30,
			"nodeSelector":{"zone":"a"},"hostNetwork":true,"securityContext":{"runAsUser":1000}},
			"status":{"phase":"Running","startTime":"2026-01-01T00:00:00Z","containerStatuses":[
			{"name":"main","ready":true,"restartCount":3,"image":"i","imageID":"id"}]},"unknown":{"a":[1,{}]}}
			""";

	@Test
	void recordHoldsTheFieldsThatItNames() {
		PodView view = read(PodView.class, POD);

		assertThat(view.metadata().name()).isEqualTo("web-0");
		assertThat(view.metadata().labels()).containsEntry("app", "web");
		assertThat(view.node()).isEqualTo("worker-1");
		assertThat(view.grace()).isEqualTo(30L);
		assertThat(view.zones()).isEqualTo(Map.of("zone", "a"));
		assertThat(view.hostNetwork()).isTrue();
		assertThat(view.security()).isNotNull().extracting(PodSecurityContext::runAsUser).isEqualTo(1000L);
		assertThat(view.phase()).isEqualTo("Running");
		assertThat(view.started()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
		assertThat(view.containers()).singleElement().extracting(ContainerStatus::restartCount).isEqualTo(3);
		assertThat(view.apiVersion()).isEqualTo("v1");
		assertThat(view.kind()).isEqualTo("Pod");
	}

	@Test
	void absentFieldsAreWhatTheyAreInTheModel() {
		for (String pod : List.of("{\"metadata\":{\"name\":\"a\"}}",
				"{\"metadata\":{\"name\":\"a\"},\"spec\":null,\"status\":{\"containerStatuses\":null}}")) {
			PodView view = read(PodView.class, pod);

			assertThat(view.node()).isNull();
			assertThat(view.grace()).isNull();
			assertThat(view.phase()).isNull();
			assertThat(view.security()).isNull();
			assertThat(view.zones()).isEmpty();
			assertThat(view.containers()).isEmpty();
		}
	}

	@Test
	void componentWithoutAPathHoldsTheFieldOfItsName() {
		assertThat(read(MapView.class, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"x\":\"y\"},\"immutable\":true}"))
			.isEqualTo(new MapView(ObjectMeta.builder().name("a").build(), Map.of("x", "y")));
	}

	@Test
	void listOfObjectsIsReadAsViews() {
		List<PodView> views = new ArrayList<>();
		ListDecoder<PodView> decoder = ListDecoder.json(describe(PodView.class).codec(), DecodingOptions.defaults());
		byte[] bytes = ("{\"kind\":\"PodList\",\"metadata\":{\"resourceVersion\":\"9\"},\"items\":[" + POD + "," + POD
				+ "]}")
			.getBytes();

		decoder.decode(bytes, 0, bytes.length, views::add);

		assertThat(decoder.end().metadata().resourceVersion()).isEqualTo("9");
		assertThat(views).hasSize(2).extracting(PodView::node).containsOnly("worker-1");
	}

	@Test
	void resourceIsThatOfTheKindAndReadAsJson() {
		ResourceDescriptor<PodView> resource = describe(PodView.class);

		assertThat(resource.resource()).isEqualTo(Pod.RESOURCE.resource());
		assertThat(resource.namespaced()).isTrue();
		assertThat(resource.codec().supportsProtobuf()).isFalse();
		assertThat(describe(NodeView.class).namespaced()).isFalse();
	}

	@Test
	void malformedValueSaysWhereItIs() {
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> read(PodView.class, "{\"metadata\":{},\"spec\":{\"nodeName\":5}}"))
			.withMessageContaining("spec.nodeName");
	}

	@Test
	void recordThatRefusesItsValuesIsADecodingFailure() {
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> read(Picky.class, "{\"metadata\":{\"name\":\"a\"}}"))
			.withMessageContaining("a phase is needed");
	}

	@Test
	void fieldThatTheKindDoesNotHaveIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> describe(Misspelt.class))
			.withMessageContaining("'spec.nodName' is no field of Pod");
	}

	@Test
	void componentOfAnotherTypeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> describe(WronglyTyped.class))
			.withMessageContaining("'node'")
			.withMessageContaining("must be of type java.lang.String");
	}

	@Test
	void componentsThatOverlapAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> describe(Overlapping.class))
			.withMessageContaining("Two components hold");
	}

	@Test
	void classThatIsNoProjectionIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> describe(Unannotated.class))
			.withMessageContaining("not annotated with @Projection");
	}

	@Test
	void customResourceNeedsNoProjection() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SharedInformerFactory.create(new FakeProvider(new FakeListWatch<>()))
				.forProjection(GadgetView.class))
			.withMessageContaining("annotated with @CustomResource itself");
	}

	@Test
	void nativeImageKnowsWhatIsCalledByReflection() {
		RuntimeHints hints = new RuntimeHints();

		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, PodView.class);

		ReflectionHintsPredicates reflection = RuntimeHintsPredicates.reflection();
		assertThat(reflection.onConstructorInvocation(PodView.class.getDeclaredConstructors()[0])).accepts(hints);
		assertThat(List.of(Pod.class, PodSpec.class, PodStatus.class)).allSatisfy(
				(type) -> assertThat(reflection.onType(type).withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS))
					.accepts(hints));
		assertThat(List.of(ObjectMeta.class, ContainerStatus.class, PodSecurityContext.class)).allSatisfy(
				(type) -> assertThat(reflection.onMethodInvocation(type.getMethod("readJson", JsonReader.class)))
					.accepts(hints));
		assertThat(reflection.onType(Node.class)).rejects(hints);
	}

	@Test
	void factoryHandsOutOneInformerForAView() {
		SharedInformerFactory factory = SharedInformerFactory.create(new FakeProvider(new FakeListWatch<ConfigMap>()));

		SharedInformer<PodView> informer = factory.forProjection(PodView.class).inNamespace("web").informer();

		assertThat(informer).isSameAs(factory.forProjection(PodView.class).inNamespace("web").informer());
		assertThat(informer.name()).isEqualTo("PodView of pods in namespace web");
		assertThat(factory.forResource(Pod.class).inNamespace("web").informer()).isNotSameAs(informer);
	}

	private static <T extends ProjectedObject> ResourceDescriptor<T> describe(Class<T> view) {
		return ProjectedResource.describe(view);
	}

	private static <T extends ProjectedObject> T read(Class<T> view, String json) {
		return ObjectDecoder.decode(describe(view).codec(), WireFormat.JSON, json.getBytes(),
				DecodingOptions.defaults());
	}

	@Projection(of = Pod.class)
	record PodView(ObjectMeta metadata, @Projection.Field("spec.nodeName") @Nullable String node,
			@Projection.Field("spec.terminationGracePeriodSeconds") @Nullable Long grace,
			@Projection.Field("spec.nodeSelector") Map<String, String> zones,
			@Projection.Field("spec.hostNetwork") @Nullable Boolean hostNetwork,
			@Projection.Field("spec.securityContext") @Nullable PodSecurityContext security,
			@Projection.Field("status.phase") @Nullable String phase,
			@Projection.Field("status.startTime") @Nullable Instant started,
			@Projection.Field("status.containerStatuses") List<ContainerStatus> containers) implements ProjectedObject {

	}

	@Projection(of = ConfigMap.class)
	record MapView(ObjectMeta metadata, Map<String, String> data) implements ProjectedObject {

	}

	@CustomResource(group = "example.com", version = "v1", plural = "gadgets")
	record Gadget(ObjectMeta metadata) implements KubernetesObject {

	}

	@Projection(of = Gadget.class)
	record GadgetView(ObjectMeta metadata) implements ProjectedObject {

	}

	@Projection(of = Node.class)
	record NodeView(ObjectMeta metadata) implements ProjectedObject {

	}

	@Projection(of = Pod.class)
	record Picky(ObjectMeta metadata,
			@Projection.Field("status.phase") @Nullable String phase) implements ProjectedObject {

		Picky {
			Assert.notNull(phase, "a phase is needed");
		}

	}

	@Projection(of = Pod.class)
	record Misspelt(ObjectMeta metadata,
			@Projection.Field("spec.nodName") @Nullable String node) implements ProjectedObject {

	}

	@Projection(of = Pod.class)
	record WronglyTyped(ObjectMeta metadata,
			@Projection.Field("spec.nodeName") @Nullable Integer node) implements ProjectedObject {

	}

	@Projection(of = Pod.class)
	record Overlapping(ObjectMeta metadata,
			@Projection.Field("metadata.name") @Nullable String name) implements ProjectedObject {

	}

	record Unannotated(ObjectMeta metadata) implements ProjectedObject {

	}

}
