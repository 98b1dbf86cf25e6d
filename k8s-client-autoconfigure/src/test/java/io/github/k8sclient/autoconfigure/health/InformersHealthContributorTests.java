package io.github.k8sclient.autoconfigure.health;

import java.time.Clock;
import java.time.Duration;

import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.autoconfigure.FakeCluster;
import io.github.k8sclient.informer.SharedInformerFactory;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.ReactiveHealthContributors.Entry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InformersHealthContributor}.
 */
class InformersHealthContributorTests {

	private final SharedInformerFactory factory = SharedInformerFactory.create(new FakeCluster());

	private final InformersHealthContributor contributor = new InformersHealthContributor(this.factory,
			Duration.ofMinutes(1), Clock.systemUTC());

	@Test
	void hasNoEntriesWithoutInformers() {
		assertThat(this.contributor.stream()).isEmpty();
		assertThat(this.contributor.getContributor("pods")).isNull();
	}

	@Test
	void namesEntriesByResourceAndNamespace() {
		this.factory.forResource(Pod.class).informer();
		this.factory.forResource(Deployment.class).inNamespace("web").informer();

		assertThat(this.contributor.stream().map(Entry::name)).containsExactly("pods", "deployments.apps@web");
		assertThat(this.contributor.getContributor("deployments.apps@web")).isNotNull();
	}

	@Test
	void numbersInformersThatDifferInSelectorsOnly() {
		this.factory.forResource(Pod.class).withLabelSelector("app=shop").informer();
		this.factory.forResource(Pod.class).withLabelSelector("app=web").informer();

		assertThat(this.contributor.stream().map(Entry::name)).containsExactly("pods", "pods-2");
	}

	@Test
	void showsInformersThatAreAskedForLater() {
		assertThat(this.contributor.stream()).isEmpty();

		this.factory.forResource(Pod.class).informer();

		assertThat(this.contributor.stream().map(Entry::name)).containsExactly("pods");
	}

}
