package io.github.k8sclient.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.k8sclient.GoneException;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.watch.RetryWatcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What follows from a compaction of etcd.
 */
@EnabledIfEnvironmentVariable(named = ApiServerLauncher.ASSETS_VARIABLE, matches = ".+")
class ForgottenHistoryTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final ApiServerLauncher server = ApiServerLauncher.create();

	private Clientset clientset;

	private ResourceClient<ConfigMap> maps;

	@BeforeEach
	void start() {
		this.server.start();
		this.clientset = Clientset.create(this.server.clientConfiguration());
		this.maps = this.clientset.coreV1().configMaps("default");
	}

	@AfterEach
	void stop() {
		this.clientset.close().block(TIMEOUT);
		this.server.close();
	}

	private ConfigMap create(String name) {
		return this.maps.create(ConfigMap.builder().metadata((meta) -> meta.name(name).putLabel("mine", "")).build())
			.block(TIMEOUT);
	}

	// The API server itself remembers for a while what etcd has forgotten
	private void forgetHistory() {
		this.server.stopApiServer();
		this.server.compactHistory();
		this.server.startApiServer();
	}

	@Test
	void listGoesOnAfterItsTokenHasExpired() {
		for (String name : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
			create(name);
		}
		ListOptions pagesOfTwo = ListOptions.builder().labelSelector("mine").limit(2L).build();
		KubernetesList<ConfigMap> first = this.maps.list(pagesOfTwo).block(TIMEOUT);
		List<String> names = new ArrayList<>();

		StepVerifier.create(this.maps.listAll(pagesOfTwo).map((map) -> map.metadata().name()).doOnNext(names::add), 1)
			.expectNext("a")
			.then(() -> {
				create("z");
				forgetHistory();
			})
			.thenRequest(20)
			.expectNextCount(8)
			.expectComplete()
			.verify(TIMEOUT);

		assertThat(names).containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "z");
		StepVerifier.create(this.maps.list(pagesOfTwo.toBuilder().continue_(first.metadata().continue_()).build()))
			.expectErrorSatisfies((failure) -> {
				assertThat(failure).isInstanceOf(GoneException.class);
				assertThat(((GoneException) failure).status().metadata().continue_()).isNotEmpty();
			})
			.verify(TIMEOUT);
	}

	@Test
	void watcherCannotGoOnBeforeWhatIsForgotten() {
		String start = create("a").metadata().resourceVersion();
		create("b");
		forgetHistory();

		StepVerifier.create(RetryWatcher.startingAfter(start, this.maps::watch).events())
			.expectError(GoneException.class)
			.verify(TIMEOUT);
	}

}
