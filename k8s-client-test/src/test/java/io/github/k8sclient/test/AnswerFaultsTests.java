package io.github.k8sclient.test;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerFaultsTests {

	private static final String PODS = "/api/v1/pods";

	private static final String NAMESPACES = "/api/v1/namespaces";

	private final EmbeddedApiServer server = EmbeddedApiServer.create().start();

	private final ServerFaults faults = this.server.faults();

	private final HttpClient client = HttpClient.newHttpClient();

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void delayedRequestsWaitWhileOthersAreAnswered() throws Exception {
		this.faults.delay(Duration.ofHours(1), ("GET " + PODS)::equals);

		CompletableFuture<HttpResponse<String>> delayed = send(PODS);

		assertThat(answer(NAMESPACES).statusCode()).isEqualTo(200);
		assertThat(delayed).isNotDone();
	}

	@Test
	void delayedRequestIsAnsweredInTheEnd() throws Exception {
		this.faults.delay(Duration.ofMillis(1), (request) -> true);

		assertThat(answer(PODS).statusCode()).isEqualTo(200);
	}

	@Test
	void unansweredRequestStaysSoAfterClearWhileLaterOnesAreAnswered() throws Exception {
		CountDownLatch received = new CountDownLatch(1);
		this.faults.leaveUnanswered((request) -> {
			received.countDown();
			return request.equals("GET " + PODS);
		});
		CompletableFuture<HttpResponse<String>> unanswered = send(PODS);
		assertThat(received.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(answer(NAMESPACES).statusCode()).isEqualTo(200);

		this.faults.clear();

		assertThat(answer(PODS).statusCode()).isEqualTo(200);
		assertThat(unanswered).isNotDone();
	}

	@Test
	void bodyThatTricklesIsWhole() throws Exception {
		String whole = answer(NAMESPACES).body();

		this.faults.trickle(100, Duration.ofMillis(1));

		assertThat(answer(NAMESPACES).body()).isEqualTo(whole);
	}

	@Test
	void warningsAreAddedToAnswers() throws Exception {
		this.faults.warn("\"pods\" are \\ old", ("GET " + PODS)::equals);

		assertThat(answer(PODS).headers().allValues("Warning")).containsExactly("299 - \"\\\"pods\\\" are \\\\ old\"");
		assertThat(answer(NAMESPACES).headers().allValues("Warning")).isEmpty();
	}

	@Test
	void compactionForgetsTheHistory() throws Exception {
		String past = NAMESPACES + "?resourceVersion=2&resourceVersionMatch=Exact";
		assertThat(answer(past).statusCode()).isEqualTo(200);

		this.faults.compact();

		assertThat(answer(past).statusCode()).isEqualTo(410);
	}

	private HttpResponse<String> answer(String path) throws Exception {
		return send(path).get(30, TimeUnit.SECONDS);
	}

	private CompletableFuture<HttpResponse<String>> send(String path) {
		HttpRequest request = HttpRequest.newBuilder(this.server.url().resolve(path)).build();
		return this.client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
	}

}
