package io.github.k8sclient.event;

import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.api.core.v1.Secret;
import io.github.k8sclient.informer.ObjectKey;
import org.junit.jupiter.api.Test;

import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ResourceEvent} and its kinds.
 */
class ResourceEventTests {

	private static final Pod POD = Pod.builder()
		.metadata((metadata) -> metadata.namespace("web").name("shop-0"))
		.build();

	@Test
	void keyIsNamespaceAndName() {
		assertThat(new ResourceAddedEvent<>(this, POD, false).key()).isEqualTo(new ObjectKey("web", "shop-0"));
	}

	@Test
	void keyOfClusterScopedResourceIsName() {
		Node node = Node.builder().metadata((metadata) -> metadata.name("worker-1")).build();

		assertThat(new ResourceAddedEvent<>(this, node, false).key()).isEqualTo(new ObjectKey(null, "worker-1"));
	}

	@Test
	void resourceHasAName() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ResourceAddedEvent<>(this, Pod.builder().build(), false))
			.withMessage("'resource' must have a name");
	}

	@Test
	void typeMatchesListenerOfSameChangeAndKind() {
		ResolvableType type = new ResourceUpdatedEvent<>(this, POD, POD).getResolvableType();

		assertThat(ResolvableType.forClassWithGenerics(ResourceUpdatedEvent.class, Pod.class).isAssignableFrom(type))
			.isTrue();
		assertThat(ResolvableType.forClassWithGenerics(ResourceEvent.class, Pod.class).isAssignableFrom(type)).isTrue();
		assertThat(ResolvableType.forClass(ResourceEvent.class).isAssignableFrom(type)).isTrue();
	}

	@Test
	void typeDoesNotMatchListenerOfOtherChangeOrKind() {
		ResolvableType type = new ResourceUpdatedEvent<>(this, POD, POD).getResolvableType();

		assertThat(ResolvableType.forClassWithGenerics(ResourceAddedEvent.class, Pod.class).isAssignableFrom(type))
			.isFalse();
		assertThat(ResolvableType.forClassWithGenerics(ResourceEvent.class, Deployment.class).isAssignableFrom(type))
			.isFalse();
	}

	@Test
	void eventsCarryWhatTheInformerSaw() {
		Pod changed = POD.toBuilder()
			.metadata((metadata) -> metadata.namespace("web").name("shop-0").generation(2L))
			.build();

		assertThat(new ResourceAddedEvent<>(this, POD, true).initial()).isTrue();
		assertThat(new ResourceUpdatedEvent<>(this, POD, changed).previous()).isSameAs(POD);
		assertThat(new ResourceUpdatedEvent<>(this, POD, changed).resource()).isSameAs(changed);
		assertThat(new ResourceDeletedEvent<>(this, POD, true).finalStateUnknown()).isTrue();
		assertThat(new ResourceDeletedEvent<>(this, POD, true).getSource()).isSameAs(this);
	}

	@Test
	void updateThatShowsTheSameStateIsAResync() {
		Pod equal = POD.toBuilder().build();

		assertThat(new ResourceUpdatedEvent<>(this, POD, POD).resync()).isTrue();
		assertThat(new ResourceUpdatedEvent<>(this, POD, equal).resync()).isFalse();
	}

	@Test
	void textShowsKindAndKeyButNoContent() {
		Secret secret = Secret.builder()
			.metadata((metadata) -> metadata.namespace("web").name("login"))
			.putStringData("password", "hunter2")
			.build();

		assertThat(new ResourceDeletedEvent<>(this, secret, false))
			.hasToString("ResourceDeletedEvent[Secret web/login]");
	}

	@Test
	void resourceIsRequired() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ResourceAddedEvent<Pod>(this, null, false))
			.withMessage("'resource' must not be null");
	}

}
