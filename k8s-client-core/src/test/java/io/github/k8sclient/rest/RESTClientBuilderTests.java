package io.github.k8sclient.rest;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.config.ContentTypePreference;
import io.github.k8sclient.discovery.DiscoveryClient;
import io.github.k8sclient.dynamic.DynamicClient;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.transport.KubernetesConnectionException;
import io.github.k8sclient.transport.KubernetesTransport;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what a {@link RESTClient.Builder} makes of its parts.
 */
class RESTClientBuilderTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private final List<String> seen = new CopyOnWriteArrayList<>();

	private RESTClient client(WebClient.Builder webClientBuilder) {
		return this.server.client(ContentTypePreference.JSON, (builder) -> builder.webClientBuilder(webClientBuilder));
	}

	@Test
	void closesTheConnectionsThatItHasOpened() {
		RESTClient client = RESTClient.create(this.server.configuration());
		this.server.answer(200, "{}");
		client.get().absPath("/x").raw().block(TIMEOUT);

		client.forGroupVersion(new GroupVersion("apps", "v1")).close().block(TIMEOUT);

		assertThatExceptionOfType(KubernetesConnectionException.class)
			.isThrownBy(() -> client.get().absPath("/x").raw().block(TIMEOUT))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(KubernetesConnectionException.Reason.SHUT_DOWN));
	}

	@Test
	void leavesTheConnectionsOfOthersOpen() {
		KubernetesTransport transport = KubernetesTransport.create(this.server.configuration());
		RESTClient client = RESTClient.create(transport);
		this.server.answer(200, "[]");

		client.close().block(TIMEOUT);

		assertThat(client.get().absPath("/x").raw().block(TIMEOUT)).asString().isEqualTo("[]");
		transport.close().block(TIMEOUT);
	}

	@Test
	void otherClientsCloseWhatTheyHaveOpened() {
		RESTClient mine = RESTClient.create(this.server.configuration());
		Clientset owner = Clientset.create(this.server.configuration());
		this.server.answer(200, "[]");

		owner.close().block(TIMEOUT);
		Clientset.create(mine).close().block(TIMEOUT);
		DynamicClient.create(mine).close().block(TIMEOUT);
		DynamicClient.create(this.server.configuration()).close().block(TIMEOUT);

		assertThatExceptionOfType(KubernetesConnectionException.class)
			.isThrownBy(() -> owner.coreV1().pods().list().block(TIMEOUT));
		assertThat(mine.get().absPath("/x").raw().block(TIMEOUT)).asString().isEqualTo("[]");
		mine.close().block(TIMEOUT);
	}

	@Test
	void filtersSeeEachAttemptOfAllClients() {
		RESTClient client = this.server.client(ContentTypePreference.JSON,
				(builder) -> builder.filter((request, next) -> {
					this.seen.add(request.method() + " " + request.url().getPath());
					return next.exchange(request);
				}));
		this.server.answer(ScriptedApiServer.response(429).setHeader("Retry-After", "0").body("{}"));
		this.server.answer(200, Wire.json(Wire.pod("web")));
		this.server.answer(200, "");
		this.server.answer(200, "{\"gitVersion\":\"v1.36.4\"}");
		this.server.answer(200, "{}");

		new ResourceClient<>(client, Pod.RESOURCE, "a").get("web").block(TIMEOUT);
		new ResourceClient<>(client, Pod.RESOURCE, "a").watch().blockLast(TIMEOUT);
		DiscoveryClient.create(client).serverVersion().block(TIMEOUT);
		client.get().absPath("/livez").raw().block(TIMEOUT);

		assertThat(this.seen).containsExactly("GET /api/v1/namespaces/a/pods/web", "GET /api/v1/namespaces/a/pods/web",
				"GET /api/v1/namespaces/a/pods", "GET /version", "GET /livez");
	}

	@Test
	void observationsTellTheTemplateOfThePath() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {

			@Override
			public void onStop(Observation.Context context) {
				RESTClientBuilderTests.this.seen.add(context.getLowCardinalityKeyValue("uri").getValue());
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		this.server.answer(200, Wire.json(Wire.pod("web")));

		client(WebClient.builder().observationRegistry(registry)).get()
			.namespace("a")
			.resource("pods")
			.name("web")
			.param("pretty", "true")
			.into(Pod.class)
			.block(TIMEOUT);

		assertThat(this.seen).containsExactly("/api/v1/namespaces/{namespace}/pods/{name}");
	}

	@Test
	void leavesTheGivenBuilderAsItIs() {
		WebClient.Builder given = WebClient.builder().defaultHeader("X-Given", "yes");
		this.server.answer(200, "{}");

		client(given).get().absPath("/x").raw().block(TIMEOUT);

		assertThat(this.server.request().getHeaders().get("X-Given")).isEqualTo("yes");
		given.filters((filters) -> assertThat(filters).isEmpty());
	}

	@Test
	void customizersChangeAllRequests() {
		RESTClient client = this.server.client(ContentTypePreference.JSON,
				(builder) -> builder.webClient((webClient) -> webClient.defaultHeader("X-A", "1"))
					.webClient((webClient) -> webClient.defaultHeader("X-B", "2")));
		this.server.answer(200, "{}");
		this.server.answer(200, "");

		client.get().absPath("/x").raw().block(TIMEOUT);
		client.get().resource("pods").watch(Pod.class).blockLast(TIMEOUT);

		assertThat(this.server.request().getHeaders().toMultimap()).containsKeys("x-a", "x-b");
		assertThat(this.server.request().getHeaders().toMultimap()).containsKeys("x-a", "x-b");
	}

	@Test
	void filtersReadAndWriteTexts() {
		RESTClient client = this.server.client(ContentTypePreference.JSON,
				(builder) -> builder.filter((request, next) -> next.exchange(request)
					.flatMap((response) -> response.bodyToMono(String.class)
						.map((body) -> response.mutate().body(body.replace("old", "new")).build()))));
		this.server.answer(200, "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"old\"}}");

		Pod pod = client.get().resource("pods").into(Pod.class).block(TIMEOUT);

		assertThat(pod.metadata().name()).isEqualTo("new");
	}

	@Test
	void codecsOfTheWebClientCanBeAskedFor() {
		RESTClient client = this.server.client(ContentTypePreference.JSON,
				(builder) -> builder
					.webClient((webClient) -> webClient.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(4)))
					.filter((request, next) -> next.exchange(request)
						.flatMap((response) -> response.bodyToMono(Map.class).thenReturn(response))));
		this.server.answer(200, "{\"kind\":\"Pod\"}");

		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> client.get().resource("pods").into(Pod.class).block(TIMEOUT))
			.withRootCauseInstanceOf(DataBufferLimitException.class);
	}

}
