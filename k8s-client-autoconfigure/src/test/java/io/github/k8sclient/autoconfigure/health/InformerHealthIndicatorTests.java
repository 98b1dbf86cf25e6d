package io.github.k8sclient.autoconfigure.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.informer.InformerState;
import io.github.k8sclient.informer.InformerStatus;
import io.github.k8sclient.informer.SharedInformer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link InformerHealthIndicator}.
 */
class InformerHealthIndicatorTests {

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private static final Duration GRACE_PERIOD = Duration.ofMinutes(1);

	private static final Duration SHORT = GRACE_PERIOD.minusMillis(1);

	@SuppressWarnings("unchecked")
	private final SharedInformer<Deployment> informer = mock(SharedInformer.class);

	@Test
	void isUpWithFiguresWhileSynced() {
		Health health = health(InformerState.SYNCED, Duration.ofHours(1), true, null);

		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails())
			.contains(entry("state", InformerState.SYNCED), entry("since", NOW.minus(Duration.ofHours(1))),
					entry("resource", "deployments.v1.apps"), entry("namespace", "web"), entry("objects", 7),
					entry("resourceVersion", "4711"), entry("lastActivity", NOW.minusSeconds(5)),
					entry("lastActivityAge", Duration.ofSeconds(5)), entry("restarts", 3L))
			.doesNotContainKeys("error", "verb", "labelSelector", "fieldSelector");
	}

	@ParameterizedTest
	@EnumSource(names = { "STARTING", "STOPPED" })
	void isOutOfServiceBeforeFirstListAndAfterStop(InformerState state) {
		assertThat(health(state, Duration.ofHours(1), false, null).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
	}

	@ParameterizedTest
	@EnumSource(names = { "RETRYING", "FORBIDDEN" })
	void staysUpWithErrorDuringShortOutage(InformerState state) {
		Health health = health(state, SHORT, true, new IllegalStateException("Connection refused"));

		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).contains(entry("state", state), entry("failures", 4),
				entry("error", "Connection refused"));
	}

	@ParameterizedTest
	@EnumSource(names = { "RETRYING", "FORBIDDEN" })
	void isDownAfterGracePeriod(InformerState state) {
		assertThat(health(state, GRACE_PERIOD, true, new IllegalStateException("Connection refused")).getStatus())
			.isEqualTo(Status.DOWN);
	}

	@ParameterizedTest
	@EnumSource(names = { "RETRYING", "FORBIDDEN" })
	void isDownAfterGracePeriodWhateverTheStatesWere(InformerState state) {
		Health health = health(state, Duration.ZERO, GRACE_PERIOD, true, new IllegalStateException("Not allowed"));

		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
	}

	@ParameterizedTest
	@EnumSource(names = { "RETRYING", "FORBIDDEN" })
	void isDownAtOnceIfFirstListFails(InformerState state) {
		assertThat(health(state, Duration.ZERO, false, new IllegalStateException("Connection refused")).getStatus())
			.isEqualTo(Status.DOWN);
	}

	@Test
	void isDownWhenStale() {
		assertThat(health(InformerState.STALE, Duration.ZERO, true, null).getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void forbiddenNamesVerbAndResourceAndNamespace() {
		Health health = health(InformerState.FORBIDDEN, Duration.ZERO, false, forbidden());

		assertThat(health.getDetails()).contains(entry("verb", "list"), entry("resource", "deployments.v1.apps"),
				entry("namespace", "web"));
		assertThat(health.getDetails().get("error")).asString()
			.contains("User \"alice\" cannot list resource \"deployments\"");
	}

	@Test
	void forbiddenAfterFirstListNamesWatch() {
		assertThat(health(InformerState.FORBIDDEN, Duration.ZERO, true, forbidden()).getDetails())
			.contains(entry("verb", "watch"));
	}

	private static KubernetesApiException forbidden() {
		return KubernetesApiException.of(io.github.k8sclient.meta.Status.builder()
			.code(403)
			.reason("Forbidden")
			.message("deployments.apps is forbidden: User \"alice\" cannot list resource \"deployments\" in API group"
					+ " \"apps\" in the namespace \"web\"")
			.build());
	}

	private Health health(InformerState state, Duration lasting, boolean synced, @Nullable Throwable cause) {
		return health(state, lasting, lasting, synced, cause);
	}

	private Health health(InformerState state, Duration lasting, Duration trouble, boolean synced,
			@Nullable Throwable cause) {
		InformerStatus status = new InformerStatus(state, NOW.minus(lasting), trouble, cause, synced, "4711", 7,
				NOW.minusSeconds(5), (cause != null) ? 4 : 0, 3,
				new InformerStatus.Counters(1, 1, 7, 0, 0, 0, 0, 0, 0, Duration.ZERO));
		given(this.informer.status()).willReturn(status);
		given(this.informer.resource()).willReturn(Deployment.RESOURCE);
		given(this.informer.namespace()).willReturn("web");
		return new InformerHealthIndicator(this.informer, GRACE_PERIOD, Clock.fixed(NOW, ZoneOffset.UTC)).health()
			.block(Duration.ofSeconds(60));
	}

}
