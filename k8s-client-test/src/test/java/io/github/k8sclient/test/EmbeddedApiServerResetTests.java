package io.github.k8sclient.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.ForbiddenException;
import io.github.k8sclient.UnauthorizedException;
import io.github.k8sclient.api.apiextensions.v1.CustomResourceDefinition;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link EmbeddedApiServer#reset()}.
 */
class EmbeddedApiServerResetTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final EmbeddedApiServer server = EmbeddedApiServer.create().start();

	private final Clientset clientset = Clientset.create(this.server.clientConfiguration());

	@AfterEach
	void close() {
		this.clientset.close().block(TIMEOUT);
		this.server.close();
	}

	@Test
	void objectsGoWhateverHoldsThem() {
		create("held", List.of("example.com/hold"));
		String version = create("free", List.of()).metadata().resourceVersion();

		this.server.reset();

		assertThat(list()).isEmpty();
		assertThat(this.clientset.coreV1().namespaces().list().block(TIMEOUT).items())
			.extracting((namespace) -> namespace.metadata().name())
			.containsExactly("default", "kube-node-lease", "kube-public", "kube-system");
		assertThat(Long.parseLong(create("free", List.of()).metadata().resourceVersion()))
			.isGreaterThan(Long.parseLong(version));
	}

	@Test
	void informersSeeTheDeletions() {
		SharedInformerFactory factory = SharedInformerFactory.create(this.clientset);
		SharedInformer<ConfigMap> maps = factory.forResource(ConfigMap.class).informer();
		create("web", List.of());
		factory.start();
		factory.whenSynced(TIMEOUT).block();
		assertThat(maps.store().list()).hasSize(1);

		this.server.reset();

		Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> assertThat(maps.store().list()).isEmpty());
		factory.stop().block(TIMEOUT);
	}

	@Test
	void customResourcesAreNotServedAnyMore() {
		CustomResourceDefinition definition = CustomResourceDefinition.builder()
			.metadata((metadata) -> metadata.name("widgets.example.com"))
			.spec((spec) -> spec.group("example.com")
				.scope("Namespaced")
				.names((names) -> names.plural("widgets").kind("Widget"))
				.addVersion((version) -> version.name("v1")
					.served(true)
					.storage(true)
					.schema((schema) -> schema
						.openAPIV3Schema((root) -> root.type("object").xKubernetesPreserveUnknownFields(true)))))
			.build();
		this.clientset.apiextensionsV1().customResourceDefinitions().create(definition).block(TIMEOUT);

		this.server.reset();

		assertThat(this.clientset.apiextensionsV1().customResourceDefinitions().list().block(TIMEOUT).items())
			.isEmpty();
		this.clientset.apiextensionsV1().customResourceDefinitions().create(definition).block(TIMEOUT);
	}

	@Test
	void faultsAreForgotten() {
		this.server.faults().forbid("configmaps");
		assertThatExceptionOfType(ForbiddenException.class).isThrownBy(this::list);

		this.server.reset();

		assertThat(list()).isEmpty();
	}

	@Test
	void usersAreForgotten() {
		this.server.addUser("alice", "secret", (line) -> true);
		assertThatExceptionOfType(UnauthorizedException.class).isThrownBy(this::list);

		this.server.reset();

		assertThat(list()).isEmpty();
	}

	@Test
	void logsAreForgotten() {
		PodLog log = this.server.log("default", "web", "app").writeLine("started");

		this.server.reset();

		assertThat(this.server.log("default", "web", "app")).isNotSameAs(log);
	}

	private List<ConfigMap> list() {
		return this.clientset.coreV1().configMaps().list().block(TIMEOUT).items();
	}

	private ConfigMap create(String name, List<String> finalizers) {
		ConfigMap map = ConfigMap.builder()
			.metadata((metadata) -> metadata.name(name).finalizers(finalizers))
			.data(Map.of("key", "value"))
			.build();
		return this.clientset.coreV1().configMaps("default").create(map).block(TIMEOUT);
	}

}
