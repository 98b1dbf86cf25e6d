package io.github.k8sclient.transport;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ContentTypePreference;
import io.github.k8sclient.watch.RetryWatcher;
import io.github.k8sclient.watch.WatchEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Watches on connections of HTTP/1.1, which no ping proves alive, when nothing arrives
 * any more.
 */
class HalfOpenWatchTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final CountDownLatch watches = new CountDownLatch(2);

	private TestServer server;

	private Relay relay;

	private Clientset clientset;

	private ResourceClient<ConfigMap> maps;

	@BeforeEach
	void start() throws IOException {
		this.server = TestServer.http(HalfOpenWatchTests::answer);
		this.relay = new Relay(this.server.url().getPort());
		ClientConfiguration configuration = ClientConfiguration.builder()
			.server(URI.create("http://localhost:" + this.relay.port()))
			.contentType(ContentTypePreference.JSON)
			.build();
		this.clientset = Clientset.create(configuration);
		this.maps = this.clientset.coreV1().configMaps("a");
	}

	@AfterEach
	void close() throws IOException {
		this.clientset.close().block(TIMEOUT);
		this.relay.close();
		this.server.close();
	}

	@Test
	void retriedWatchGoesOnAfterTheLastEvent() {
		Flux<String> names = RetryWatcher.startingAfter("1", (options) -> {
			assertThat(options.timeoutSeconds()).isPositive();
			this.watches.countDown();
			// The same limit, but for a test that need not wait for minutes
			return this.maps.watch(options.toBuilder().timeoutSeconds(1L).build());
		}).events().map(HalfOpenWatchTests::name);

		StepVerifier.create(names)
			.expectNext("after-1")
			.then(this.relay::freeze)
			.then(this::awaitSecondWatch)
			.then(this.relay::thaw)
			.expectNext("after-2")
			.thenCancel()
			.verify(TIMEOUT);
	}

	private void awaitSecondWatch() {
		try {
			assertThat(this.watches.await(60, TimeUnit.SECONDS)).as("a second watch").isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String name(WatchEvent<ConfigMap> event) {
		return String.valueOf(event.object().metadata().name());
	}

	/** Sends the event after the version that is asked for, and nothing more. */
	private static Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		int version = Integer.parseInt(request.uri().replaceFirst(".*resourceVersion=([0-9]+).*", "$1"));
		String event = """
				{"type":"ADDED","object":{"kind":"ConfigMap","apiVersion":"v1",\
				"metadata":{"name":"after-%d","resourceVersion":"%d"}}}
				""".formatted(version, version + 1);
		return response.header("Content-Type", "application/json")
			.sendString(Flux.just(event).concatWith(Flux.never()), StandardCharsets.UTF_8)
			.then();
	}

}
