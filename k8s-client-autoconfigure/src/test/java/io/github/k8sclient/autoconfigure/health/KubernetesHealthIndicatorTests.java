package io.github.k8sclient.autoconfigure.health;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.discovery.DiscoveryClient;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.transport.KubernetesTransport;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link KubernetesHealthIndicator}.
 */
@ExtendWith(OutputCaptureExtension.class)
class KubernetesHealthIndicatorTests {

	private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

	private static final Duration GRACE_PERIOD = Duration.ofMinutes(1);

	private final MockWebServer server = new MockWebServer();

	private final Clock clock = mock(Clock.class);

	private KubernetesTransport transport;

	private KubernetesHealthIndicator indicator;

	@BeforeEach
	void start() throws IOException {
		this.server.start();
		this.transport = KubernetesTransport.create(ClientConfiguration.builder()
			.server(URI.create(this.server.url("/").toString()))
			.source("kubeconfig /home/joe/.kube/config, context prod")
			.build());
		this.indicator = indicator(Duration.ofSeconds(30));
		given(this.clock.instant()).willReturn(START);
	}

	private KubernetesHealthIndicator indicator(Duration timeout) {
		ClientConfiguration configuration = this.transport.configuration();
		DiscoveryClient discoveryClient = DiscoveryClient.create(RESTClient.create(this.transport));
		return new KubernetesHealthIndicator(discoveryClient, configuration, Duration.ofSeconds(60), timeout,
				GRACE_PERIOD, this.clock);
	}

	@AfterEach
	void stop() {
		this.transport.close().block(Duration.ofSeconds(60));
		this.server.close();
	}

	@Test
	void isUpWithVersionWhenServerAnswers() {
		this.server.enqueue(version());

		Health health = health();

		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsOnly(
				entry("server", "http://" + this.server.getHostName() + ":" + this.server.getPort()),
				entry("source", "kubeconfig /home/joe/.kube/config, context prod"), entry("version", "v1.36.0"));
	}

	@Test
	void isUpWhenServerDoesNotTellItsVersion() {
		this.server.enqueue(status(403, "Forbidden"));

		assertThat(health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void isDownWhenServerHasNeverAnswered() {
		this.server.close();

		Health health = health();

		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsKeys("error", "failingSince");
	}

	@Test
	void isDownWhenServerRefusesToken() {
		this.server.enqueue(status(401, "Unauthorized"));

		Health health = health();

		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails().get("error")).asString().contains("Unauthorized");
	}

	@Test
	void isDownWhenServerDoesNotAnswerInTime() {
		this.indicator = indicator(Duration.ofMillis(500));
		this.server.enqueue(status(401, "Unauthorized"));
		this.server.enqueue(version().newBuilder().headersDelay(60, TimeUnit.SECONDS).build());
		health();

		Health health = health();

		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).contains(entry("error", "no answer within 500 ms"));
	}

	@Test
	void firstAnswerMayTakeLonger(CapturedOutput output) {
		this.indicator = indicator(Duration.ofNanos(1));
		this.server.enqueue(version());

		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).contains(entry("error", "no answer within 0 ms"));
		assertThat(output).containsOnlyOnce("does not answer");
	}

	@Test
	void staysUpDuringShortOutage(CapturedOutput output) {
		this.server.enqueue(version());
		this.server.enqueue(status(401, "Unauthorized"));
		this.server.enqueue(status(401, "Unauthorized"));
		this.server.enqueue(version());

		assertThat(health().getStatus()).isEqualTo(Status.UP);
		Health failing = health();
		assertThat(failing.getStatus()).isEqualTo(Status.UP);
		assertThat(failing.getDetails()).contains(entry("failingSince", START)).containsKey("error");
		advance(GRACE_PERIOD.minusMillis(1));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).doesNotContainKeys("error", "failingSince");
		assertThat(output).containsOnlyOnce("does not answer").containsOnlyOnce("answers again");
	}

	@Test
	void isDownAfterGracePeriodAndUpAgainWithTheNextAnswer() {
		this.server.enqueue(version());
		this.server.enqueue(status(401, "Unauthorized"));
		this.server.enqueue(status(401, "Unauthorized"));
		this.server.enqueue(version());
		health();
		health();
		advance(GRACE_PERIOD);

		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(health().getStatus()).isEqualTo(Status.UP);
	}

	private void advance(Duration duration) {
		given(this.clock.instant()).willReturn(START.plus(duration));
	}

	private Health health() {
		return this.indicator.health().block(Duration.ofSeconds(40));
	}

	private static MockResponse version() {
		return new MockResponse.Builder().addHeader("Content-Type", "application/json")
			.body("{\"major\":\"1\",\"minor\":\"36\",\"gitVersion\":\"v1.36.0\"}")
			.build();
	}

	private static MockResponse status(int code, String reason) {
		String status = """
				{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"%s","message":"%s","code":%d}
				""".formatted(reason, reason, code);
		return new MockResponse.Builder().code(code).addHeader("Content-Type", "application/json").body(status).build();
	}

}
