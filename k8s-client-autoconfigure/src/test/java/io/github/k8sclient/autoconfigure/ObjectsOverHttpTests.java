package io.github.k8sclient.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.watch.WatchEvent;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.mock.http.MockHttpInputMessage;
import org.springframework.mock.http.MockHttpOutputMessage;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for controllers that answer with objects of the API, and take them, with what
 * Spring Boot sets up for Spring MVC and WebFlux.
 */
class ObjectsOverHttpTests {

	private static final ConfigMap SETTINGS = ConfigMap.builder()
		.metadata((metadata) -> metadata.name("settings"))
		.putData("colour", "green")
		.build();

	private static final String JSON = """
			{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"settings"},"data":{"colour":"green"}}""";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, CodecsAutoConfiguration.class,
				HttpMessageConvertersAutoConfiguration.class));

	@Test
	void mvcWritesAndReadsThem() {
		this.contextRunner.run((context) -> {
			HttpMessageConverter<Object> converter = converter(context);
			MockHttpOutputMessage output = new MockHttpOutputMessage();
			converter.write(new View(SETTINGS, List.of(SETTINGS), Duration.ofMinutes(1)), MediaType.APPLICATION_JSON,
					output);

			assertThat(output.getBodyAsString())
				.isEqualTo("{\"one\":" + JSON + ",\"all\":[" + JSON + "],\"age\":\"PT1M\"}");
			assertThat(read(converter, ConfigMap.class, JSON)).isEqualTo(SETTINGS);
			assertThat(read(converter, Unstructured.class, JSON)).isEqualTo(Unstructured.of(SETTINGS));
		});
	}

	@Test
	void mvcRefusesWhatIsNone() {
		this.contextRunner.run((context) -> assertThatExceptionOfType(HttpMessageNotReadableException.class)
			.isThrownBy(() -> read(converter(context), ConfigMap.class, "{\"data\":[]}"))
			.withMessageContaining("data"));
	}

	@SuppressWarnings("unchecked")
	private static HttpMessageConverter<Object> converter(ApplicationContext context) {
		HttpMessageConverters.ServerBuilder builder = HttpMessageConverters.forServer();
		context.getBeanProvider(ServerHttpMessageConvertersCustomizer.class)
			.orderedStream()
			.forEach((customizer) -> customizer.customize(builder));
		for (HttpMessageConverter<?> converter : builder.build()) {
			if (converter.canWrite(ConfigMap.class, MediaType.APPLICATION_JSON)) {
				return (HttpMessageConverter<Object>) converter;
			}
		}
		throw new AssertionError("no converter");
	}

	private static Object read(HttpMessageConverter<Object> converter, Class<?> type, String json) throws IOException {
		assertThat(converter.canRead(type, MediaType.APPLICATION_JSON)).isTrue();
		return converter.read(type, new MockHttpInputMessage(json.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void webFluxWritesAndReadsThem() {
		this.contextRunner.run((context) -> {
			WebTestClient client = client(context);

			client.get().uri("/one").exchange().expectBody(String.class).isEqualTo(JSON);
			client.get().uri("/one").exchange().expectBody(ConfigMap.class).isEqualTo(SETTINGS);
			client.get().uri("/all").exchange().expectBodyList(ConfigMap.class).isEqualTo(List.of(SETTINGS, SETTINGS));
			client.post()
				.uri("/name")
				.bodyValue(SETTINGS)
				.exchange()
				.expectBody(Map.class)
				.isEqualTo(Map.of("name", "settings"));
			client.post()
				.uri("/name")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"data\":[]}")
				.exchange()
				.expectStatus()
				.isBadRequest();
		});
	}

	@Test
	void webFluxStreamsTheEventsOfAWatch() {
		this.contextRunner.run((context) -> client(context).get()
			.uri("/watch")
			.accept(MediaType.APPLICATION_NDJSON)
			.exchange()
			.expectBody(String.class)
			.isEqualTo(
					"{\"type\":\"ADDED\",\"object\":" + JSON + "}\n{\"type\":\"DELETED\",\"object\":" + JSON + "}\n"));
	}

	private static WebTestClient client(ApplicationContext context) {
		return WebTestClient.bindToController(new Controller())
			.httpMessageCodecs((codecs) -> context.getBeanProvider(CodecCustomizer.class)
				.orderedStream()
				.forEach((customizer) -> customizer.customize(codecs)))
			.configureClient()
			.responseTimeout(Duration.ofSeconds(60))
			.codecs((codecs) -> context.getBeanProvider(CodecCustomizer.class)
				.orderedStream()
				.forEach((customizer) -> customizer.customize(codecs)))
			.build();
	}

	record View(ConfigMap one, List<ConfigMap> all, Duration age) {
	}

	@RestController
	static class Controller {

		@GetMapping("/one")
		ConfigMap one() {
			return SETTINGS;
		}

		@GetMapping("/all")
		Flux<ConfigMap> all() {
			return Flux.just(SETTINGS, SETTINGS);
		}

		@GetMapping("/watch")
		Flux<WatchEvent<ConfigMap>> watch() {
			return Flux.just(new WatchEvent.Added<>(SETTINGS), new WatchEvent.Deleted<>(SETTINGS));
		}

		@PostMapping("/name")
		Map<String, String> name(@RequestBody ConfigMap configMap) {
			return Map.of("name", String.valueOf(configMap.metadata().name()));
		}

	}

}
