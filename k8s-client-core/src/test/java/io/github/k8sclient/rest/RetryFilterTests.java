package io.github.k8sclient.rest;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.TooManyRequestsException;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.config.ContentTypePreference;
import io.github.k8sclient.transport.KubernetesConnectionException;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the retries of a {@link RESTClient}.
 */
class RetryFilterTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private final RecordingScheduler scheduler = new RecordingScheduler();

	private RESTClient client() {
		return this.server.client(ContentTypePreference.JSON, (builder) -> builder.scheduler(this.scheduler));
	}

	private void answers(int times, MockResponse.Builder response) {
		for (int i = 0; i < times; i++) {
			this.server.answer(response);
		}
	}

	private static MockResponse.Builder retryAfter(int code, String seconds) {
		return ScriptedApiServer.response(code).setHeader("Retry-After", seconds).body("{}");
	}

	@Test
	void waitsAsLongAsTheServerAsks() {
		this.server.answer(retryAfter(429, "3"));
		this.server.answer(retryAfter(503, "1"));
		this.server.answer(200, "done");

		StepVerifier.create(client().get().absPath("/x").raw().map(String::new))
			.expectNext("done")
			.expectComplete()
			.verify(TIMEOUT);

		assertThat(this.scheduler.delays).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(1));
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 500, 503 })
	void repeatsTheBodyOfAPostThatTheServerAsksToRepeat(int code) {
		this.server.answer(retryAfter(code, "1"));
		this.server.answer(201, "done");

		client().post().absPath("/x").body("text".getBytes(), "text/plain").raw().block(TIMEOUT);

		RecordedRequest first = this.server.request();
		RecordedRequest second = this.server.request();
		assertThat(first.getBody().utf8()).isEqualTo("text");
		assertThat(second.getBody().utf8()).isEqualTo("text");
		assertThat(this.scheduler.delays).contains(Duration.ofSeconds(1));
	}

	@Test
	void givesUpAfterTenRepetitionsWithTheLastAnswer() {
		answers(11, retryAfter(429, "1"));

		StepVerifier.create(client().get().absPath("/x").raw()).expectErrorSatisfies((ex) -> {
			assertThat(ex).isInstanceOf(TooManyRequestsException.class);
			assertThat(((KubernetesApiException) ex).retryAfter()).isEqualTo(Duration.ofSeconds(1));
		}).verify(TIMEOUT);

		assertThat(this.server.server().getRequestCount()).isEqualTo(11);
	}

	@Test
	void repeatsAsOftenAsTheRequestAllows() {
		answers(3, retryAfter(500, "1"));

		StepVerifier.create(client().get().absPath("/x").maxRetries(2).raw())
			.expectError(KubernetesApiException.class)
			.verify(TIMEOUT);

		assertThat(this.server.server().getRequestCount()).isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST" })
	void doesNotRepeatWithoutBeingAsked(String verb) {
		assertNotRepeated(verb, ScriptedApiServer.response(429).body("{}"));
		assertNotRepeated(verb, ScriptedApiServer.response(500).body("{}"));
		assertNotRepeated(verb, retryAfter(500, "Fri, 31 Dec 1999 23:59:59 GMT"));
		assertNotRepeated(verb, retryAfter(404, "1"));
	}

	private void assertNotRepeated(String verb, MockResponse.Builder response) {
		int before = this.server.server().getRequestCount();
		this.server.answer(response);
		Request request = verb.equals("POST") ? client().post().body("text".getBytes(), "text/plain") : client().get();

		StepVerifier.create(request.absPath("/x").raw()).expectError(KubernetesApiException.class).verify(TIMEOUT);

		assertThat(this.server.server().getRequestCount()).isEqualTo(before + 1);
	}

	@Test
	void repeatsAWatchThatTheServerAsksToRepeat() {
		this.server.answer(retryAfter(429, "1"));
		this.server.answer(200, Wire.jsonFrame("ADDED", Wire.json(Wire.pod("web"))));

		StepVerifier.create(client().get().resource("pods").watch(Pod.class))
			.expectNextCount(1)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void asksForPermissionBeforeItRepeats() {
		List<String> steps = new CopyOnWriteArrayList<>();
		RetryFilter filter = new RetryFilter(this.scheduler, Mono.fromRunnable(() -> steps.add("permission")), true);
		ClientRequest request = ClientRequest.create(HttpMethod.POST, URI.create("/x"))
			.attribute(RetryFilter.MAX_RETRIES, 2)
			.build();

		filter.filter(request, (attempt) -> {
			steps.add("attempt");
			return Mono.just(ClientResponse.create(HttpStatus.TOO_MANY_REQUESTS).header("Retry-After", "0").build());
		}).block(TIMEOUT);

		assertThat(steps).containsExactly("attempt", "permission", "attempt", "permission", "attempt");
	}

	@Test
	void repeatsAGetWhoseConnectionBrokeBeforeTheAnswer() {
		this.server.answer(broken());
		this.server.answer(broken());
		this.server.answer(200, "done");

		StepVerifier.create(client().get().absPath("/x").raw().map(String::new))
			.expectNext("done")
			.expectComplete()
			.verify(TIMEOUT);

		assertThat(this.scheduler.delays).contains(Duration.ofSeconds(1));
	}

	@Test
	void doesNotRepeatAPostWhoseConnectionBroke() {
		this.server.answer(broken());
		this.server.answer(200, "done");

		StepVerifier.create(client().post().absPath("/x").body("text".getBytes(), "text/plain").raw())
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(KubernetesConnectionException.class,
					(failure) -> assertThat(failure.reason()).isEqualTo(KubernetesConnectionException.Reason.CLOSED)))
			.verify(TIMEOUT);

		assertThat(this.server.server().getRequestCount()).isEqualTo(1);
	}

	@Test
	void doesNotRepeatAGetWhoseAnswerHadBegun() {
		this.server.answer(ScriptedApiServer.response(200)
			.body("x".repeat(100_000))
			.onResponseBody(new SocketEffect.CloseSocket()));
		this.server.answer(200, "done");

		StepVerifier.create(client().get().absPath("/x").raw())
			.expectError(KubernetesConnectionException.class)
			.verify(TIMEOUT);

		assertThat(this.server.server().getRequestCount()).isEqualTo(1);
	}

	@Test
	void stopsWaitingWhenCancelled() {
		this.server.answer(retryAfter(429, "3600"));

		StepVerifier.create(this.server.client().get().absPath("/x").raw())
			.then(this.server::request)
			.expectNoEvent(Duration.ofMillis(50))
			.thenCancel()
			.verify(TIMEOUT);

		assertThat(this.server.server().getRequestCount()).isEqualTo(1);
	}

	@Test
	void stopsWaitingWhenTheRequestTakesTooLong() {
		this.server.answer(retryAfter(429, "3600"));

		StepVerifier.create(this.server.client().get().absPath("/x").timeout(Duration.ofMillis(300)).raw())
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(KubernetesConnectionException.class,
					(failure) -> assertThat(failure.reason()).isEqualTo(KubernetesConnectionException.Reason.TIMEOUT)))
			.verify(TIMEOUT);

		assertThat(this.server.requestLine()).isEqualTo("GET /x?timeout=300ms");
	}

	private static MockResponse.Builder broken() {
		return new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket());
	}

}
