package io.github.k8sclient.autoconfigure.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.autoconfigure.FakeCluster;
import io.github.k8sclient.autoconfigure.informer.UnresolvedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthContributors.Entry;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InformersHealthContributor}.
 */
class InformersHealthContributorTests {

	private final SharedInformerFactory factory = SharedInformerFactory.create(new FakeCluster());

	private final List<UnresolvedInformer> unresolved = new ArrayList<>();

	private final InformersHealthContributor contributor = new InformersHealthContributor(this.factory,
			() -> List.copyOf(this.unresolved), Duration.ofMinutes(1), Clock.systemUTC());

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
	void namesSeveralNamespaces() {
		this.factory.forResource(Pod.class).inNamespaces("web", "shop").informer();

		assertThat(this.contributor.stream().map(Entry::name)).containsExactly("pods@shop,web");
		assertThat(health("pods@shop,web").getDetails()).containsEntry("namespaces", Set.of("shop", "web"));
	}

	@Test
	void kindIsOutOfServiceUntilTheServerHasBeenAskedForIt() {
		this.unresolved.add(gadgets(0, null));

		Health health = health("gadgets.example.com");

		assertThat(this.contributor.stream().map(Entry::name)).containsExactly("gadgets.example.com");
		assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(health.getDetails()).containsEntry("state", "UNRESOLVED")
			.containsEntry("resource", "gadgets.example.com")
			.containsEntry("property", "k8s.client.informers.gadgets.resource")
			.containsEntry("namespaces", Set.of("web"))
			.containsKey("since")
			.doesNotContainKey("error");
	}

	@Test
	void kindThatIsNotServedIsDownUntilItIs() {
		this.unresolved.add(gadgets(3, "no matches for gadgets.example.com"));

		Health health = health("gadgets.example.com");

		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("failures", 3L)
			.containsEntry("error", "no matches for gadgets.example.com");

		this.unresolved.clear();
		assertThat(this.contributor.getContributor("gadgets.example.com")).isNull();
	}

	private static UnresolvedInformer gadgets(long attempts, @Nullable String problem) {
		return new UnresolvedInformer("gadgets.example.com", "k8s.client.informers.gadgets.resource", Set.of("web"),
				Instant.EPOCH, attempts, problem);
	}

	private Health health(String name) {
		ReactiveHealthIndicator indicator = (ReactiveHealthIndicator) this.contributor.getContributor(name);
		return indicator.health().block(Duration.ofSeconds(20));
	}

	@Test
	void showsInformersThatAreAskedForLater() {
		assertThat(this.contributor.stream()).isEmpty();

		this.factory.forResource(Pod.class).informer();

		assertThat(this.contributor.stream().map(Entry::name)).containsExactly("pods");
	}

}
