package io.github.k8sclient.informer;

import java.util.List;

import io.github.k8sclient.api.batch.v1.Job;
import io.github.k8sclient.api.core.v1.Event;
import io.github.k8sclient.api.core.v1.Namespace;
import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.api.core.v1.Secret;
import io.github.k8sclient.meta.FieldQuery;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link FieldMatcher} and {@link SelectableFields}.
 */
class FieldMatcherTests {

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

	private static <T extends KubernetesObject> FieldMatcher<T> matcher(String selector,
			ResourceDescriptor<T> resource) {
		return FieldMatcher.of(FieldQuery.parse(selector), resource);
	}

}
