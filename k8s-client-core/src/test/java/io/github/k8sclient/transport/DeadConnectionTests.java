package io.github.k8sclient.transport;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.TlsConfiguration;
import io.github.k8sclient.tls.TlsFiles;
import io.github.k8sclient.transport.KubernetesConnectionException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.StepVerifier;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * HTTP/2 connections that stay open although nothing arrives any more.
 */
class DeadConnectionTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Duration SHORT = Duration.ofMillis(200);

	private final Sinks.Many<String> events = Sinks.many().unicast().onBackpressureBuffer();

	private TestServer server;

	private Relay relay;

	private KubernetesTransport transport;

	@BeforeEach
	void start() throws IOException {
		this.server = TestServer.https("server-ec", this::answer);
		this.relay = new Relay(this.server.url().getPort());
	}

	@AfterEach
	void close() throws IOException {
		this.transport.close().block(TIMEOUT);
		this.relay.close();
		this.server.close();
	}

	@Test
	void watchOnDeadConnectionEnds() {
		connect(SHORT, SHORT);

		StepVerifier.create(watch())
			.then(() -> this.events.tryEmitNext("event").orThrow())
			.expectNext("event")
			.then(this.relay::freeze)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(KubernetesConnectionException.class,
					(failure) -> assertThat(failure.reason()).isEqualTo(Reason.CLOSED)))
			.verify(TIMEOUT);
	}

	@Test
	void nextRequestAfterDeadConnectionUsesAnother() {
		connect(SHORT, SHORT);
		StepVerifier.create(watch())
			.then(() -> this.events.tryEmitNext("event").orThrow())
			.expectNext("event")
			.then(this.relay::freeze)
			.expectError()
			.verify(TIMEOUT);

		this.relay.thaw();

		assertThat(webClient(true).get().uri("/").retrieve().bodyToMono(String.class).block(TIMEOUT))
			.isEqualTo("answer");
	}

	@Test
	void quietWatchOnLivingConnectionGoesOn() {
		connect(SHORT, TIMEOUT);

		StepVerifier.create(watch())
			.then(() -> this.events.tryEmitNext("one").orThrow())
			.expectNext("one")
			.then(() -> awaitPings(5))
			.then(() -> this.events.tryEmitNext("two").orThrow())
			.expectNext("two")
			.thenCancel()
			.verify(TIMEOUT);
	}

	private void awaitPings(int count) {
		try {
			// The ping and its answer
			this.relay.awaitTraffic(2 * count);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void connect(Duration idleTime, Duration pingTimeout) {
		ClientConfiguration configuration = ClientConfiguration.builder()
			.server(URI.create("https://localhost:" + this.relay.port()))
			.tls(TlsConfiguration.defaults().withCertificateAuthority(TlsFiles.pem("ca.crt")))
			.build();
		this.transport = KubernetesTransport.builder(configuration).liveness(idleTime, pingTimeout).build();
	}

	private Flux<String> watch() {
		return webClient(true).get()
			.uri("/watch")
			.exchangeToFlux((response) -> response.bodyToFlux(byte[].class))
			.map((bytes) -> new String(bytes, StandardCharsets.UTF_8));
	}

	private WebClient webClient(boolean watch) {
		return WebClient.builder()
			.clientConnector(watch ? this.transport.watchConnector() : this.transport.connector())
			.filters((filters) -> filters.addAll(this.transport.filters()))
			.baseUrl(this.transport.configuration().server().toString())
			.build();
	}

	private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		return request.uri().equals("/watch") ? response.sendString(this.events.asFlux(), StandardCharsets.UTF_8).then()
				: response.sendString(Mono.just("answer")).then();
	}

}
