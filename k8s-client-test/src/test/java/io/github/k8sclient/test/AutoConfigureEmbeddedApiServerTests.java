package io.github.k8sclient.test;

import java.time.Duration;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutoConfigureEmbeddedApiServer @AutoConfigureEmbeddedApiServer} with a
 * test slice.
 */
@WebFluxTest
@AutoConfigureEmbeddedApiServer
@Import(AutoConfigureEmbeddedApiServerTests.TextController.class)
class AutoConfigureEmbeddedApiServerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@Test
	void controllerUsesTheEmbeddedServer(@Autowired WebTestClient web, @Autowired Clientset clientset,
			@Autowired EmbeddedApiServer server) {
		ConfigMap map = ConfigMap.builder()
			.metadata((metadata) -> metadata.name("greeting"))
			.putData("text", "hello")
			.build();
		clientset.coreV1().configMaps("default").create(map).block(TIMEOUT);

		web.mutate()
			.responseTimeout(TIMEOUT)
			.build()
			.get()
			.uri("/texts/greeting")
			.exchange()
			.expectBody(String.class)
			.isEqualTo("hello");
		server.reset();
	}

	@Test
	void sliceHasInformers(@Autowired SharedInformerFactory informers) {
		SharedInformer<ConfigMap> maps = informers.forResource(ConfigMap.class).informer();

		maps.whenSynced(TIMEOUT).block();

		assertThat(maps.status().synced()).isTrue();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

	}

	@RestController
	static class TextController {

		private final Clientset clientset;

		TextController(Clientset clientset) {
			this.clientset = clientset;
		}

		@GetMapping("/texts/{name}")
		Mono<String> text(@PathVariable String name) {
			return this.clientset.coreV1().configMaps("default").get(name).map((map) -> map.data().get("text"));
		}

	}

}
