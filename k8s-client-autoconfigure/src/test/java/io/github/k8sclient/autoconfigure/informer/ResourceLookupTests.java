package io.github.k8sclient.autoconfigure.informer;

import java.util.Set;

import io.github.k8sclient.api.BuiltInResources;
import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.Event;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.discovery.ResourceName;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResourceLookup}.
 */
class ResourceLookupTests {

	private final ResourceLookup lookup = new ResourceLookup(BuiltInResources.all(), Set.of());

	@ParameterizedTest
	@ValueSource(strings = { "deployments", "deployments.apps", "deployments.v1.apps", "Deployment", "deployment",
			"Deployment.apps", "Deployment.v1.apps", " deployments.apps " })
	void findsResourceByEachForm(String name) {
		assertThat(find(name)).isSameAs(Deployment.RESOURCE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "pods", "Pod", "pod", "pods.v1" })
	void findsResourceOfCoreGroup(String name) {
		assertThat(find(name)).isSameAs(Pod.RESOURCE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "deploymnets", "deployments.v2.apps", "deployments.batch", "pods.apps" })
	void findsNothingForOtherNames(String name) {
		ResourceLookup.Result result = this.lookup.find(ResourceName.parse(name));

		assertThat(result.resources()).isEmpty();
		assertThat(result.ambiguous()).isFalse();
	}

	@Test
	void prefersHighestStableVersion() {
		assertThat(find("horizontalpodautoscalers"))
			.isSameAs(io.github.k8sclient.api.autoscaling.v2.HorizontalPodAutoscaler.RESOURCE);
		assertThat(find("deviceclasses")).isSameAs(io.github.k8sclient.api.resource.v1.DeviceClass.RESOURCE);
		assertThat(find("leasecandidates"))
			.isSameAs(io.github.k8sclient.api.coordination.v1beta1.LeaseCandidate.RESOURCE);
		assertThat(find("devicetaintrules"))
			.isSameAs(io.github.k8sclient.api.resource.v1beta2.DeviceTaintRule.RESOURCE);
	}

	@Test
	void prefersVersionInUse() {
		ResourceLookup lookup = new ResourceLookup(BuiltInResources.all(),
				Set.of(io.github.k8sclient.api.autoscaling.v1.HorizontalPodAutoscaler.class));

		assertThat(lookup.find(ResourceName.parse("horizontalpodautoscalers.autoscaling")).resources())
			.containsExactly(io.github.k8sclient.api.autoscaling.v1.HorizontalPodAutoscaler.RESOURCE);
	}

	@Test
	void prefersCoreGroup() {
		assertThat(find("events")).isSameAs(Event.RESOURCE);
		assertThat(find("events.events.k8s.io")).isSameAs(io.github.k8sclient.api.events.v1.Event.RESOURCE);
	}

	@Test
	void prefersGroupInUseOverCoreGroup() {
		ResourceLookup lookup = new ResourceLookup(BuiltInResources.all(),
				Set.of(io.github.k8sclient.api.events.v1.Event.class));

		assertThat(lookup.find(ResourceName.parse("events")).resources()).first()
			.isSameAs(io.github.k8sclient.api.events.v1.Event.RESOURCE);
	}

	@Test
	void suggestsNamesThatAreSpelledAlike() {
		assertThat(this.lookup.suggest("deploymnets")).first().isEqualTo("deployments.apps");
		assertThat(this.lookup.suggest("Pood")).contains("pods");
		assertThat(this.lookup.suggest("deployments.app")).first().isEqualTo("deployments.apps");
	}

	@Test
	void suggestsNothingForNamesUnlikeAny() {
		assertThat(this.lookup.suggest("prometheusrules.monitoring.coreos.com")).isEmpty();
	}

	private ResourceDescriptor<?> find(String name) {
		return this.lookup.find(ResourceName.parse(name)).resources().get(0);
	}

}
