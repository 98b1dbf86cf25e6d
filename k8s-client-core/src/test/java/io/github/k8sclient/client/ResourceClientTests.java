package io.github.k8sclient.client;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.authentication.v1.TokenReview;
import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.Interner;
import io.github.k8sclient.meta.CreateOptions;
import io.github.k8sclient.meta.DeleteOptions;
import io.github.k8sclient.meta.GetOptions;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.PatchOptions;
import io.github.k8sclient.meta.UpdateOptions;
import io.github.k8sclient.rest.ScriptedApiServer;
import io.github.k8sclient.watch.ListWatch;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ResourceClient}, {@link CreateClient} and {@link RestListWatch}.
 */
class ResourceClientTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final String WEB = "{\"metadata\":{\"name\":\"web\",\"namespace\":\"a\"}}";

	private static final String LIST = "{\"kind\":\"DeploymentList\",\"apiVersion\":\"apps/v1\","
			+ "\"metadata\":{},\"items\":[" + WEB + "]}";

	private final Deployment web = Deployment.builder().metadata((metadata) -> metadata.name("web")).build();

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private ResourceClient<Deployment> deployments(String namespace) {
		return new ResourceClient<>(this.server.client(), Deployment.RESOURCE, namespace);
	}

	private RecordedRequest sent(String answer, Mono<?> request) {
		this.server.answer(200, answer);
		request.block(TIMEOUT);
		return this.server.request();
	}

	private String line(String answer, Mono<?> request) {
		RecordedRequest sent = sent(answer, request);
		return sent.getMethod() + " " + sent.getTarget();
	}

	@Test
	void sendsEachVerbToItsPath() {
		ResourceClient<Deployment> deployments = deployments("a");
		String collection = "/apis/apps/v1/namespaces/a/deployments";

		assertThat(line(WEB, deployments.get("web"))).isEqualTo("GET " + collection + "/web");
		assertThat(line(LIST, deployments.list())).isEqualTo("GET " + collection);
		assertThat(line("", deployments.watch().then())).isEqualTo("GET " + collection + "?watch=true");
		assertThat(line(WEB, deployments.create(this.web))).isEqualTo("POST " + collection);
		assertThat(line(WEB, deployments.update(this.web))).isEqualTo("PUT " + collection + "/web");
		assertThat(line(WEB, deployments.updateStatus(this.web))).isEqualTo("PUT " + collection + "/web/status");
		assertThat(line(WEB, deployments.patch("web", Patch.merge("{}")))).isEqualTo("PATCH " + collection + "/web");
		assertThat(line(WEB, deployments.patch("web", Patch.merge("{}"), "status")))
			.isEqualTo("PATCH " + collection + "/web/status");
		assertThat(line(WEB, deployments.delete("web"))).isEqualTo("DELETE " + collection + "/web");
		assertThat(line("{}",
				deployments.deleteCollection(DeleteOptions.builder().build(),
						ListOptions.builder().labelSelector("a=b").build())))
			.isEqualTo("DELETE " + collection + "?labelSelector=a%3Db");
	}

	@Test
	void sendsOptionsAsParameters() {
		ResourceClient<Deployment> deployments = deployments("a");
		List<String> dryRun = List.of("All");

		assertThat(line(WEB, deployments.get("web", GetOptions.builder().resourceVersion("0").build())))
			.endsWith("/web?resourceVersion=0");
		assertThat(line(LIST, deployments.list(ListOptions.builder().limit(5L).build()))).endsWith("?limit=5");
		assertThat(line("", deployments.watch(ListOptions.builder().resourceVersion("5").build()).then()))
			.endsWith("?resourceVersion=5&watch=true");
		assertThat(line(WEB, deployments.create(this.web, CreateOptions.builder().dryRun(dryRun).build())))
			.endsWith("/deployments?dryRun=All");
		assertThat(line(WEB, deployments.update(this.web, UpdateOptions.builder().dryRun(dryRun).build())))
			.endsWith("/web?dryRun=All");
		assertThat(line(WEB, deployments.updateStatus(this.web, UpdateOptions.builder().dryRun(dryRun).build())))
			.endsWith("/web/status?dryRun=All");
		assertThat(line(WEB,
				deployments.patch("web", Patch.of(PatchType.APPLY, "{}"),
						PatchOptions.builder().fieldManager("m").force(true).build())))
			.endsWith("/web?force=true&fieldManager=m");
	}

	@Test
	void sendsDeleteOptionsInTheBody() {
		RecordedRequest sent = sent(WEB,
				deployments("a").delete("web",
						DeleteOptions.builder()
							.gracePeriodSeconds(0L)
							.ignoreStoreReadErrorWithClusterBreakingPotential(true)
							.build()));

		assertThat(sent.getTarget()).endsWith("/web");
		assertThat(sent.getBody().utf8()).contains("\"gracePeriodSeconds\":0",
				"\"ignoreStoreReadErrorWithClusterBreakingPotential\":true");
	}

	@Test
	void returnsTheObjectThatIsBeingDeletedIfTheServerDoes() {
		this.server.answer(200, WEB);
		this.server.answer(200, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Success\"}");

		assertThat(deployments("a").delete("web").block(TIMEOUT).metadata().name()).isEqualTo("web");
		assertThat(deployments("a").delete("web").blockOptional(TIMEOUT)).isEmpty();
	}

	@Test
	void sendsPatchesAsTheyAreWithTheirMediaTypes() {
		ResourceClient<Deployment> deployments = deployments("a");

		assertPatch(sent(WEB, deployments.patch("web", Patch.merge(Map.of("spec", Map.of("replicas", 3))))),
				"application/merge-patch+json", "{\"spec\":{\"replicas\":3}}");
		assertPatch(sent(WEB, deployments.patch("web", Patch.strategicMerge(Map.of("x", List.of(1.5, true, "ü"))))),
				"application/strategic-merge-patch+json", "{\"x\":[1.5,true,\"ü\"]}");
		assertPatch(sent(WEB, deployments.patch("web", Patch.json(List.of(Map.of("op", "test"))))),
				"application/json-patch+json", "[{\"op\":\"test\"}]");
		assertPatch(sent(WEB, deployments.patch("web", Patch.of(PatchType.APPLY, "kind: Deployment\n"))),
				"application/apply-patch+yaml", "kind: Deployment\n");
	}

	private static void assertPatch(RecordedRequest request, String mediaType, String body) {
		assertThat(request.getHeaders().get("Content-Type")).isEqualTo(mediaType);
		assertThat(request.getBody().utf8()).isEqualTo(body);
	}

	@Test
	void listsAndWatchesAllNamespaces() {
		for (String all : Arrays.asList(null, "")) {
			assertThat(line(LIST, deployments(all).list())).isEqualTo("GET /apis/apps/v1/deployments");
			assertThat(line("", deployments(all).watch().then())).isEqualTo("GET /apis/apps/v1/deployments?watch=true");
		}
	}

	@Test
	void refusesToTouchOneObjectInAllNamespaces() {
		ResourceClient<Deployment> all = deployments(null);

		for (Mono<?> request : List.of(all.get("web"), all.update(this.web), all.updateStatus(this.web),
				all.patch("web", Patch.merge("{}")), all.delete("web"))) {
			assertThatIllegalArgumentException().isThrownBy(() -> request.block(TIMEOUT))
				.withMessage("an empty namespace may not be set when a resource name is provided");
		}
		assertThatIllegalArgumentException().isThrownBy(() -> all.create(this.web).block(TIMEOUT))
			.withMessage("an empty namespace may not be set during creation");
	}

	@Test
	void refusesAnObjectWithoutName() {
		assertThatIllegalArgumentException().isThrownBy(() -> deployments("a").update(Deployment.builder().build()))
			.withMessage("resource name may not be empty");
	}

	@Test
	void leavesOutTheNamespaceWhereThereIsNone() {
		ResourceClient<Node> nodes = new ResourceClient<>(this.server.client(), Node.RESOURCE, null);

		assertThat(line(WEB, nodes.get("n"))).isEqualTo("GET /api/v1/nodes/n");
		assertThat(line(WEB, nodes.create(Node.builder().build()))).isEqualTo("POST /api/v1/nodes");
	}

	@Test
	void makesARequestForEachSubscription() {
		Mono<Deployment> get = deployments("a").get("web");

		assertThat(this.server.server().getRequestCount()).isZero();
		line(WEB, get);
		line(WEB, get);
		assertThat(this.server.server().getRequestCount()).isEqualTo(2);
	}

	@Test
	void asksAQuestion() {
		CreateClient<TokenReview> reviews = new CreateClient<>(this.server.client(), TokenReview.RESOURCE, null);
		TokenReview question = TokenReview.builder().spec((spec) -> spec.token("t")).build();
		this.server.answer(201, "{\"status\":{\"authenticated\":true}}");

		TokenReview answer = reviews.create(question).block(TIMEOUT);

		assertThat(answer.status().authenticated()).isTrue();
		assertThat(this.server.requestLine()).isEqualTo("POST /apis/authentication.k8s.io/v1/tokenreviews");
	}

	@Test
	void informersListAndWatchWithTheSameOptions() {
		int[] calls = new int[1];
		ListWatch<Deployment> listWatch = Clientset.create(this.server.client())
			.listWatch(Deployment.RESOURCE, "a", () -> {
				calls[0]++;
				return DecodingOptions.defaults().withInterner(Interner.create()).withDropManagedFields(true);
			});
		String object = "{\"metadata\":{\"name\":\"web\",\"managedFields\":[{\"manager\":\"m\"}]}}";
		this.server.answer(200, LIST.replace(WEB, object));
		this.server.answer(200, "{\"type\":\"ADDED\",\"object\":" + object + "}");

		assertThat(listWatch.list(ListOptions.builder().limit(500L).build()).block(TIMEOUT).items()).singleElement()
			.satisfies((deployment) -> assertThat(deployment.metadata().managedFields()).isEmpty());
		assertThat(listWatch.watch(ListOptions.builder().resourceVersion("5").build())
			.blockLast(TIMEOUT)
			.object()
			.metadata()
			.managedFields()).isEmpty();

		assertThat(calls).containsExactly(1);
		assertThat(this.server.requestLine()).isEqualTo("GET /apis/apps/v1/namespaces/a/deployments?limit=500");
		assertThat(this.server.requestLine())
			.isEqualTo("GET /apis/apps/v1/namespaces/a/deployments?resourceVersion=5&watch=true");
	}

}
