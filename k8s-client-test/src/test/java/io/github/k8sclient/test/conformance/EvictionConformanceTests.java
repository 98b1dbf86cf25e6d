package io.github.k8sclient.test.conformance;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

import static org.assertj.core.api.Assertions.assertThat;

@ConformanceTest
class EvictionConformanceTests {

	private static final String EVICTION = """
			{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"p"}}""";

	@Parameter
	ConformanceServer server;

	private String pod;

	private String budgets;

	@BeforeEach
	void createRunningPod() {
		this.server.assumeRelease(22, "no policy/v1");
		String namespace = this.server.newNamespace();
		this.pod = "/api/v1/namespaces/" + namespace + "/pods/p";
		this.budgets = "/apis/policy/v1/namespaces/" + namespace + "/poddisruptionbudgets";
		this.server.post("/api/v1/namespaces/" + namespace + "/pods", """
				{"metadata":{"name":"p","labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}""")
			.expect(201);
		this.server
			.patch(this.pod + "/status",
					"{\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}")
			.expect(200);
	}

	@Test
	void podWithoutBudgetIsEvicted() {
		this.server.post(this.pod + "/eviction", EVICTION).expect(201);

		this.server.get(this.pod).expect(404);
	}

	@Test
	void budgetThatIsSpentProtectsThePod() {
		createBudget(0);

		Answer answer = this.server.post(this.pod + "/eviction", EVICTION)
			.expectFailure(429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.");

		assertThat(answer.at("/details/causes/0/reason").asString()).isEqualTo("DisruptionBudget");
		assertThat(answer.at("/details/causes/0/message").asString())
			.isEqualTo("The disruption budget b needs 2 healthy pods and has 2 currently");
		this.server.get(this.pod).expect(200);
	}

	@Test
	void evictionSpendsTheBudget() {
		createBudget(1);

		this.server.post(this.pod + "/eviction", EVICTION).expect(201);

		assertThat(this.server.get(this.budgets + "/b").at("/status/disruptionsAllowed").asInt()).isZero();
	}

	@Test
	void dryRunEvictsNothing() {
		createBudget(1);

		this.server.post(this.pod + "/eviction", """
				{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"p"},
				"deleteOptions":{"dryRun":["All"]}}""").expect(201);

		this.server.get(this.pod).expect(200);
		assertThat(this.server.get(this.budgets + "/b").at("/status/disruptionsAllowed").asInt()).isEqualTo(1);
	}

	private void createBudget(int disruptionsAllowed) {
		this.server.post(this.budgets, """
				{"metadata":{"name":"b"},"spec":{"minAvailable":2,"selector":{"matchLabels":{"a":"b"}}}}""")
			.expect(201);
		this.server.patch(this.budgets + "/b/status", """
				{"status":{"observedGeneration":1,"disruptionsAllowed":%d,"desiredHealthy":2,"currentHealthy":2,
				"expectedPods":2}}""".formatted(disruptionsAllowed)).expect(200);
	}

}
