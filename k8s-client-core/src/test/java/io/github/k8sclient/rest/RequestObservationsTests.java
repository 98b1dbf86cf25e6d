package io.github.k8sclient.rest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.config.ContentTypePreference;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.observation.DefaultRequestObservationConvention;
import io.github.k8sclient.observation.RequestObservationContext;
import io.github.k8sclient.transport.KubernetesConnectionException;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the observations of the requests of a {@link RESTClient}.
 */
class RequestObservationsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final BlockingQueue<Observation.Context> stopped = new LinkedBlockingQueue<>();

	@BeforeEach
	void recordObservations() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public void onStop(Observation.Context context) {
				RequestObservationsTests.this.stopped.add(context);
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
	}

	private RESTClient client() {
		return client(UnaryOperator.identity());
	}

	private RESTClient client(UnaryOperator<RESTClient.Builder> customizer) {
		return this.server.client(ContentTypePreference.JSON,
				(builder) -> customizer.apply(builder.observationRegistry(this.registry)));
	}

	private Observation.Context next() {
		try {
			Observation.Context context = this.stopped.poll(10, TimeUnit.SECONDS);
			assertThat(context).as("an observation").isNotNull();
			return context;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Map<String, String> tags() {
		Observation.Context context = next();
		assertThat(context.getHighCardinalityKeyValues()).isEmpty();
		Map<String, String> tags = new TreeMap<>();
		for (KeyValue tag : context.getLowCardinalityKeyValues()) {
			tags.put(tag.getKey(), tag.getValue());
		}
		return tags;
	}

	private static Map<String, String> tags(String verb, String group, String version, String resource,
			String subresource, String code, String outcome, String exception) {
		return Map.of("verb", verb, "group", group, "version", version, "resource", resource, "subresource",
				subresource, "code", code, "outcome", outcome, "exception", exception);
	}

	@Test
	void tellWhatTheRequestWasAboutButNoNames() {
		this.server.answer(200, Wire.json(Wire.pod("web")));

		client().get().namespace("a").resource("pods").name("web").subResource("status").into(Pod.class).block(TIMEOUT);

		Observation.Context context = this.stopped.peek();
		assertThat(context.getName()).isEqualTo("kubernetes.client.requests");
		assertThat(context.getContextualName()).isEqualTo("kubernetes get pods/status");
		assertThat(tags()).isEqualTo(tags("get", "core", "v1", "pods", "status", "200", "SUCCESS", "none"));
	}

	@ParameterizedTest
	@CsvSource({ "GET,web,get", "GET,,list", "POST,,create", "PUT,web,update", "PATCH,web,patch", "DELETE,web,delete",
			"DELETE,,deletecollection" })
	void tellTheVerbsOfRoles(String method, String name, String verb) {
		this.server.answer(200, "{}");
		Request request = client().forGroupVersion(new GroupVersion("apps", "v1"))
			.verb(HttpMethod.valueOf(method))
			.namespace("a")
			.resource("deployments");

		((name != null) ? request.name(name) : request).send().block(TIMEOUT);

		assertThat(tags()).isEqualTo(tags(verb, "apps", "v1", "deployments", "none", "200", "SUCCESS", "none"));
	}

	@Test
	void tellTheMethodWhereThePathNamesNoResource() {
		this.server.answer(200, "ok");

		client().get().absPath("/livez/etcd").raw().block(TIMEOUT);

		assertThat(this.stopped.peek().getContextualName()).isEqualTo("kubernetes get");
		assertThat(tags()).isEqualTo(tags("get", "none", "none", "none", "none", "200", "SUCCESS", "none"));
	}

	@Test
	void tellOfASubresourceOnlyItsName() {
		this.server.answer(200, "ok");

		client().get()
			.namespace("a")
			.resource("services")
			.name("web")
			.subResource("proxy", "index.html")
			.raw()
			.block(TIMEOUT);

		assertThat(tags()).containsEntry("subresource", "proxy");
	}

	@Test
	void tellWhyARequestFailed() {
		this.server.answer(404, Wire.json(Status.builder().code(404).reason("NotFound").build()));
		this.server.answer(new MockResponse.Builder().code(503));
		this.server.answer(200, "text/html", "<html>".getBytes());
		this.server.answer(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()));
		RESTClient client = client();

		for (int i = 0; i < 4; i++) {
			StepVerifier.create(client.put().resource("nodes").name("n").into(Pod.class))
				.expectError(KubernetesException.class)
				.verify(TIMEOUT);
		}

		assertThat(tags())
			.isEqualTo(tags("update", "core", "v1", "nodes", "none", "404", "CLIENT_ERROR", "NotFoundException"));
		assertThat(tags())
			.isEqualTo(tags("update", "core", "v1", "nodes", "none", "503", "SERVER_ERROR", "KubernetesApiException"));
		assertThat(tags())
			.isEqualTo(tags("update", "core", "v1", "nodes", "none", "200", "IO_ERROR", "KubernetesException"));
		assertThat(tags()).isEqualTo(
				tags("update", "core", "v1", "nodes", "none", "none", "IO_ERROR", "KubernetesConnectionException"));
	}

	@Test
	void coverAllAttempts() {
		this.server.answer(ScriptedApiServer.response(429).setHeader("Retry-After", "0").body("{}"));
		this.server.answer(415, "{}");
		this.server.answer(201, Wire.json(Wire.pod("web")));

		this.server.client(ContentTypePreference.PROTOBUF, (builder) -> builder.observationRegistry(this.registry))
			.post()
			.namespace("a")
			.resource("pods")
			.body(Wire.pod("web"))
			.into(Pod.class)
			.block(TIMEOUT);

		assertThat(tags()).isEqualTo(tags("create", "core", "v1", "pods", "none", "201", "SUCCESS", "none"));
		assertThat(this.stopped).isEmpty();
	}

	@Test
	void endWhenAWatchIsAccepted() {
		this.server.answer(ScriptedApiServer.response(200)
			.body(Wire.jsonFrame("ADDED", Wire.json(Wire.pod("web"))) + " ".repeat(100_000))
			.onResponseBody(new SocketEffect.CloseSocket()));

		StepVerifier.create(client().get().resource("pods").watch(Pod.class))
			.expectNextCount(1)
			.expectError(KubernetesConnectionException.class)
			.verify(TIMEOUT);

		assertThat(tags()).isEqualTo(tags("watch", "core", "v1", "pods", "none", "200", "SUCCESS", "none"));
		assertThat(this.stopped).isEmpty();
	}

	@Test
	void endWhenAWatchIsRefused() {
		this.server.answer(403, "{}");

		StepVerifier.create(client().get().resource("pods").watch(Pod.class))
			.expectError(KubernetesApiException.class)
			.verify(TIMEOUT);

		assertThat(tags())
			.isEqualTo(tags("watch", "core", "v1", "pods", "none", "403", "CLIENT_ERROR", "ForbiddenException"));
	}

	@Test
	void endWhenAStreamBegins() {
		this.server.answer(200, "lines");

		client().get().namespace("a").resource("pods").name("web").subResource("log").stream().doOnNext((buffer) -> {
			DataBufferUtils.release(buffer);
			assertThat(this.stopped).hasSize(1);
		}).blockLast(TIMEOUT);

		assertThat(tags()).isEqualTo(tags("get", "core", "v1", "pods", "log", "200", "SUCCESS", "none"));
	}

	@Test
	void tellCancellationFromFailure() {
		this.server.answer(ScriptedApiServer.response(200).body("{}").headersDelay(1, TimeUnit.HOURS));

		StepVerifier.create(client().get().resource("nodes").raw())
			.then(this.server::request)
			.thenCancel()
			.verify(TIMEOUT);

		Observation.Context context = this.stopped.peek();
		assertThat(context.getError()).isNull();
		assertThat(tags()).isEqualTo(tags("list", "core", "v1", "nodes", "none", "none", "CANCELLED", "none"));
	}

	@Test
	void tellATimeoutAsAFailure() {
		this.server.answer(ScriptedApiServer.response(200).body("{}").headersDelay(1, TimeUnit.HOURS));

		StepVerifier.create(client().get().resource("nodes").timeout(Duration.ofMillis(200)).raw())
			.expectError(KubernetesConnectionException.class)
			.verify(TIMEOUT);

		assertThat(tags()).isEqualTo(
				tags("list", "core", "v1", "nodes", "none", "none", "IO_ERROR", "KubernetesConnectionException"));
	}

	@Test
	void areMadeForEachSubscription() {
		this.server.answer(200, "{}");
		this.server.answer(200, "{}");
		Mono<byte[]> request = client().get().absPath("/x").raw();
		assertThat(this.stopped).isEmpty();

		request.block(TIMEOUT);
		request.block(TIMEOUT);

		assertThat(this.stopped).hasSize(2);
	}

	@Test
	void stayInTheTraceOfTheirSubscriber() {
		this.server.answer(200, "{}");
		Observation parent = Observation.start("parent", this.registry);

		client((builder) -> builder.webClientBuilder(WebClient.builder().observationRegistry(this.registry))).get()
			.resource("pods")
			.raw()
			.contextWrite((context) -> context.put("micrometer.observation", parent))
			.block(TIMEOUT);

		List<Observation.Context> contexts = new ArrayList<>();
		contexts.add(next());
		contexts.add(next());
		contexts.sort((a, b) -> b.getName().compareTo(a.getName()));
		assertThat(contexts).extracting(Observation.Context::getName)
			.containsExactly("kubernetes.client.requests", "http.client.requests");
		assertThat(contexts.get(0).getParentObservation()).isSameAs(parent);
		assertThat(contexts.get(1).getParentObservation().getContextView()).isSameAs(contexts.get(0));
	}

	@Test
	void areNamedAsTheApplicationWants() {
		this.server.answer(200, "{}");

		client((builder) -> builder
			.observationConvention(new DefaultRequestObservationConvention("rest.client.requests"))).get()
			.resource("pods")
			.raw()
			.block(TIMEOUT);

		assertThat(next()).isInstanceOf(RequestObservationContext.class)
			.satisfies((context) -> assertThat(context.getName()).isEqualTo("rest.client.requests"));
	}

}
