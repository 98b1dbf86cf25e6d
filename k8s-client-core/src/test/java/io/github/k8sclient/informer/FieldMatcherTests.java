package io.github.k8sclient.informer;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.k8sclient.api.batch.v1.Job;
import io.github.k8sclient.api.core.v1.Event;
import io.github.k8sclient.api.core.v1.Namespace;
import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.api.core.v1.Secret;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.meta.CustomResource;
import io.github.k8sclient.meta.FieldQuery;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.resource.Resources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link FieldMatcher} and {@link SelectableFields}.
 */
class FieldMatcherTests {

	private static final ResourceDescriptor<Widget> WIDGETS = Resources.of(Widget.class);

	private static final ResourceDescriptor<Unstructured> TREES = Unstructured.descriptor(WIDGETS.resource(), "Widget")
		.selectableFields(".spec.color", ".spec.size", ".spec.on", ".spec.nested.name")
		.build();

	private final Pod pod = Pod.builder()
		.metadata((meta) -> meta.namespace("default").name("web-0"))
		.spec((spec) -> spec.nodeName("worker-1").restartPolicy("Always").serviceAccountName("web"))
		.status((status) -> status.phase("Running").podIP("10.0.0.7"))
		.build();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''                                                        | true
			,                                                         | true
			metadata.name=web-0                                       | true
			metadata.name==web-0                                      | true
			metadata.name!=web-0                                      | false
			metadata.namespace=default,spec.nodeName=worker-1         | true
			metadata.namespace=default,spec.nodeName=worker-2         | false
			spec.host=worker-1                                        | true
			status.phase!=Running                                     | false
			status.phase!=Succeeded,status.phase!=Failed              | true
			status.podIP=10.0.0.7                                     | true
			status.nominatedNodeName=                                 | true
			spec.schedulerName!=                                      | false
			spec.hostNetwork=false                                    | true
			spec.restartPolicy=always                                 | false
			""")
	void matchesPodsAsTheServerDoes(String selector, boolean matches) {
		assertThat(matcher(selector, Pod.RESOURCE).matches(this.pod)).isEqualTo(matches);
	}

	@Test
	void absentValuesReadAsTheZeroValuesOfGo() {
		Pod empty = Pod.builder().metadata((meta) -> meta.name("a")).build();

		assertThat(matcher("spec.nodeName=,status.phase=,spec.hostNetwork=false", Pod.RESOURCE).matches(empty))
			.isTrue();
		assertThat(matcher("spec.unschedulable=false", Node.RESOURCE).matches(Node.builder().build())).isTrue();
		assertThat(matcher("status.successful=0", Job.RESOURCE).matches(Job.builder().build())).isTrue();
	}

	@Test
	void readsNumbersAndFlags() {
		Node node = Node.builder().spec((spec) -> spec.unschedulable(true)).build();
		Job job = Job.builder().status((status) -> status.succeeded(3)).build();

		assertThat(matcher("spec.unschedulable=true", Node.RESOURCE).matches(node)).isTrue();
		assertThat(matcher("status.successful=3", Job.RESOURCE).matches(job)).isTrue();
	}

	@Test
	void eventsWithoutASourceAreFoundByTheirReporter() {
		Event event = Event.builder()
			.involvedObject((object) -> object.kind("Pod").name("web-0"))
			.reportingComponent("kubelet")
			.build();

		assertThat(matcher("source=kubelet,involvedObject.kind=Pod,involvedObject.name=web-0", Event.RESOURCE)
			.matches(event)).isTrue();
	}

	@Test
	void escapedValuesAreRead() {
		Secret secret = Secret.builder().type("a,b=c\\d").build();

		assertThat(matcher("type=a\\,b\\=c\\\\d", Secret.RESOURCE).matches(secret)).isTrue();
	}

	@Test
	void fieldThatTheServerDoesNotKnowIsRefusedWithThoseThatItKnows() {
		List<ResourceDescriptor<? extends KubernetesObject>> resources = List.of(Pod.RESOURCE, Namespace.RESOURCE,
				Job.RESOURCE);

		assertThat(resources).allSatisfy(
				(resource) -> assertThatIllegalArgumentException().isThrownBy(() -> matcher("spec.color=red", resource))
					.withMessageContaining("'spec.color'")
					.withMessageContaining("metadata.name"));
		assertThatIllegalArgumentException().isThrownBy(() -> matcher("metadata.namespace=a", Namespace.RESOURCE));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			spec.color=red                     | true
			spec.color!=red                    | false
			spec.size=3,spec.on=true           | true
			spec.size=3.0                      | false
			spec.on=false                      | false
			spec.nested.name=                  | true
			metadata.name=w,metadata.namespace= | true
			""")
	void matchesCustomResourcesByTheFieldsOfTheirDefinition(String selector, boolean matches) {
		Widget widget = new Widget(ObjectMeta.builder().name("w").build(), new WidgetSpec("red", 3L, true, null));

		assertThat(matcher(selector, WIDGETS).matches(widget)).isEqualTo(matches);
		assertThat(matcher(selector, TREES).matches(Unstructured.of(widget))).isEqualTo(matches);
	}

	@Test
	void absentFieldsOfCustomResourcesAreEmpty() {
		Widget widget = new Widget(ObjectMeta.builder().name("w").build(), null);
		String selector = "spec.color=,spec.size=,spec.on=,spec.nested.name=";

		assertThat(matcher(selector, WIDGETS).matches(widget)).isTrue();
		assertThat(matcher(selector, TREES).matches(Unstructured.of(widget))).isTrue();
	}

	@Test
	void fieldThatNobodyNamedIsRefusedWithTheWayToNameIt() {
		ResourceDescriptor<Unstructured> unnamed = Unstructured
			.descriptor(GroupVersionResource.of("example.org", "v1", "widgets"), "Widget")
			.build();

		assertThatIllegalArgumentException().isThrownBy(() -> matcher("spec.color=red", unnamed))
			.withMessageContaining("'spec.color'")
			.withMessageContaining("widgets.v1.example.org")
			.withMessageContaining("@CustomResource(selectableFields)")
			.withMessageContaining("ResourceDescriptor");
		assertThatIllegalArgumentException().isThrownBy(() -> matcher("spec.height=3", WIDGETS))
			.withMessageContaining("spec.color, spec.size, spec.on, spec.nested.name");
	}

	@Test
	void fieldsAreNotReadFromMetadataAndTreesOfBuiltInKinds() {
		assertThatIllegalArgumentException().isThrownBy(() -> matcher("spec.color=red", Resources.metadataOf(WIDGETS)))
			.withMessageContaining("not read from metadata only");
		assertThatIllegalArgumentException()
			.isThrownBy(
					() -> matcher("spec.nodeName=a", Unstructured.descriptor(Pod.RESOURCE.resource(), "Pod").build()))
			.withMessageContaining("not from Unstructured");
	}

	@Test
	void namespaceIsNoFieldOfCustomResourcesWithout() {
		ResourceDescriptor<Unstructured> global = Unstructured
			.descriptor(GroupVersionResource.of("example.org", "v1", "worlds"), "World")
			.clusterScoped()
			.build();

		assertThatIllegalArgumentException().isThrownBy(() -> matcher("metadata.namespace=a", global));
	}

	@Test
	void classThatDoesNotKeepTheFieldIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> matcher("metadata.name=a", Resources.of(Forgetful.class)))
			.withMessageContaining(Forgetful.class.getName() + " does not keep the selectable field 'spec.shape'");
	}

	@Test
	void classThatMakesUpValuesIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> matcher("metadata.name=a", Resources.of(Inventive.class)))
			.withMessageContaining("has a value for the selectable field 'size' where there is none");
	}

	@Test
	void classThatIsParticularIsBelieved() {
		Particular object = new Particular(ObjectMeta.builder().build(), Color.RED);

		assertThat(matcher("color=RED", Resources.of(Particular.class)).matches(object)).isTrue();
	}

	private static <T extends KubernetesObject> FieldMatcher<T> matcher(String selector,
			ResourceDescriptor<T> resource) {
		return FieldMatcher.of(FieldQuery.parse(selector), resource);
	}

	@CustomResource(group = "example.org", version = "v1", plural = "widgets",
			selectableFields = { ".spec.color", ".spec.size", ".spec.on", ".spec.nested.name" })
	record Widget(ObjectMeta metadata, WidgetSpec spec) implements KubernetesObject {

	}

	record WidgetSpec(String color, Long size, Boolean on, Map<String, String> nested) {

	}

	@CustomResource(group = "example.org", version = "v1", plural = "forgetfuls", selectableFields = ".spec.shape")
	record Forgetful(ObjectMeta metadata, WidgetSpec spec) implements KubernetesObject {

	}

	@CustomResource(group = "example.org", version = "v1", plural = "inventives", selectableFields = ".size")
	record Inventive(ObjectMeta metadata, int size) implements KubernetesObject {

	}

	enum Color {

		RED

	}

	@CustomResource(group = "example.org", version = "v1", plural = "particulars", selectableFields = ".color")
	record Particular(ObjectMeta metadata, Color color) implements KubernetesObject {

		Particular {
			Objects.requireNonNull(color);
		}

	}

}
