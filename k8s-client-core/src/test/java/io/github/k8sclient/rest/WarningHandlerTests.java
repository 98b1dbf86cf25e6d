package io.github.k8sclient.rest;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.config.CapturedLog;
import io.github.k8sclient.config.ContentTypePreference;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the warnings that a {@link RESTClient} passes on.
 */
class WarningHandlerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private final List<Warning> warnings = new CopyOnWriteArrayList<>();

	private RESTClient client(WarningHandler handler) {
		return this.server.client(ContentTypePreference.JSON, (builder) -> builder.warningHandler(handler));
	}

	private static Warning warning(String text) {
		return new Warning(299, "-", text);
	}

	private static MockResponse.Builder warned(int code, String... texts) {
		MockResponse.Builder response = ScriptedApiServer.response(code);
		for (String text : texts) {
			response.addHeader("Warning", "299 - \"" + text + "\"");
		}
		return response;
	}

	@Test
	void getsTheWarningsOfAnyResponse() {
		RESTClient client = client(this.warnings::add);
		this.server.answer(warned(201, "deprecated", "unknown field \\\"spec.x\\\"").body(Wire.json(Wire.pod("web"))));
		this.server.answer(warned(422, "refused").body("{}"));
		this.server.answer(warned(200, "watched").body(""));

		client.post().namespace("a").resource("pods").into(Pod.class).block(TIMEOUT);
		StepVerifier.create(client.put().resource("nodes").name("n").send())
			.expectError(KubernetesApiException.class)
			.verify(TIMEOUT);
		client.get().resource("pods").watch(Pod.class).blockLast(TIMEOUT);

		assertThat(this.warnings).containsExactly(warning("deprecated"), warning("unknown field \"spec.x\""),
				warning("refused"), warning("watched"));
	}

	@Test
	void getsNoWarningOfAnAttemptThatIsRepeated() {
		this.server.answer(warned(429, "first").setHeader("Retry-After", "0").body("{}"));
		this.server.answer(warned(200, "second").body("{}"));

		client(this.warnings::add).get().absPath("/x").raw().block(TIMEOUT);

		assertThat(this.warnings).containsExactly(warning("second"));
	}

	@Test
	void doesNotFailTheRequestWhenItFails() {
		this.server.answer(warned(200, "a", "b").body("done"));
		RESTClient client = client((warning) -> {
			this.warnings.add(warning);
			throw new IllegalStateException("no handler");
		});

		try (CapturedLog log = CapturedLog.of(ApiExchange.class)) {
			assertThat(client.get().absPath("/x").raw().block(TIMEOUT)).asString().isEqualTo("done");
			assertThat(this.warnings).containsExactly(warning("a"), warning("b"));
			assertThat(log.warnings()).hasSize(2).allMatch((message) -> message.contains("warnings failed"));
		}
	}

	@Test
	void logsEachWarningOnceByDefault() {
		RESTClient client = this.server.client();

		try (CapturedLog log = CapturedLog.of(WarningHandler.class)) {
			for (int i = 0; i < 3; i++) {
				this.server.answer(warned(200, "v1 Endpoints is deprecated").body("{}"));
				client.get().resource("endpoints").raw().block(TIMEOUT);
			}
			assertThat(log.warnings()).containsExactly("The Kubernetes API server warns: v1 Endpoints is deprecated");
		}
	}

	@Test
	void logsOnlyWarningsOfKubernetes() {
		try (CapturedLog log = CapturedLog.of(WarningHandler.class)) {
			WarningHandler.logging().handleWarning(new Warning(110, "proxy", "Response is Stale"));
			WarningHandler.logging().handleWarning(warning(""));

			assertThat(log.warnings()).isEmpty();
		}
	}

	@Test
	void passesEachWarningOnOnce() {
		WarningHandler handler = ((WarningHandler) this.warnings::add).once();

		handler.handleWarning(warning("a"));
		handler.handleWarning(warning("b"));
		handler.handleWarning(warning("a"));

		assertThat(this.warnings).containsExactly(warning("a"), warning("b"));
	}

	@Test
	void forgetsTheOldestOfManyWarnings() {
		WarningHandler handler = ((WarningHandler) this.warnings::add).once();
		for (int i = 0; i <= 1000; i++) {
			handler.handleWarning(warning("" + i));
		}

		handler.handleWarning(warning("1000"));
		handler.handleWarning(warning("0"));

		assertThat(this.warnings).hasSize(1002).endsWith(warning("1000"), warning("0"));
	}

	@Test
	void passesWarningsOnToSeveral() {
		List<Warning> others = new CopyOnWriteArrayList<>();

		((WarningHandler) this.warnings::add).andThen(others::add).handleWarning(warning("a"));

		assertThat(this.warnings).containsExactly(warning("a"));
		assertThat(others).containsExactly(warning("a"));
	}

}
