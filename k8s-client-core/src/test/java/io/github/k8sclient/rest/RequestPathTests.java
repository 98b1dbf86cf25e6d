package io.github.k8sclient.rest;

import java.util.List;
import java.util.function.UnaryOperator;

import io.github.k8sclient.meta.CreateOptions;
import io.github.k8sclient.meta.GetOptions;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.PatchOptions;
import io.github.k8sclient.meta.UpdateOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the paths and parameters of a {@link Request}.
 */
class RequestPathTests {

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private String sent(Request request) {
		this.server.answer(200, "{}");
		request.raw().block();
		return this.server.requestLine();
	}

	private String get(UnaryOperator<Request> parts) {
		return sent(parts.apply(this.server.client().get()));
	}

	@Test
	void buildsThePathsOfTheApi() {
		GroupVersion apps = new GroupVersion("apps", "v1");
		GroupVersion argo = new GroupVersion("argoproj.io", "v1alpha1");
		RESTClient client = this.server.client();

		assertThat(get((request) -> request.absPath("/version"))).isEqualTo("GET /version");
		assertThat(get((request) -> request.absPath("/apis"))).isEqualTo("GET /apis");
		assertThat(sent(client.forGroupVersion(apps).get().resource("deployments")))
			.isEqualTo("GET /apis/apps/v1/deployments");
		assertThat(sent(client.forGroupVersion(apps).get().namespace("default").resource("deployments")))
			.isEqualTo("GET /apis/apps/v1/namespaces/default/deployments");
		assertThat(
				sent(client.forGroupVersion(apps).get().namespace("default").resource("deployments").name("httpbin")))
			.isEqualTo("GET /apis/apps/v1/namespaces/default/deployments/httpbin");
		assertThat(get((request) -> request.namespace("default").resource("pods")))
			.isEqualTo("GET /api/v1/namespaces/default/pods");
		assertThat(get((request) -> request.groupVersion(argo).resource("rollouts")))
			.isEqualTo("GET /apis/argoproj.io/v1alpha1/rollouts");
	}

	@Test
	void buildsThePathOfAResourceInItsGroup() {
		assertThat(get((request) -> request.resource(GroupVersionResource.of("batch", "v1", "jobs")).namespace("a")))
			.isEqualTo("GET /apis/batch/v1/namespaces/a/jobs");
	}

	@Test
	void putsSubresourceAndSuffixBehindTheName() {
		assertThat(get((request) -> request.namespace("a").resource("pods").name("web").subResource("status")))
			.isEqualTo("GET /api/v1/namespaces/a/pods/web/status");
		assertThat(get((request) -> request.namespace("a")
			.resource("services")
			.name("web")
			.subResource("proxy")
			.suffix("index.html", "x y"))).isEqualTo("GET /api/v1/namespaces/a/services/web/proxy/index.html/x%20y");
	}

	@Test
	void putsAPrefixBehindThatOfTheGroupVersion() {
		assertThat(get((request) -> request.prefix("proxy").resource("nodes"))).isEqualTo("GET /api/v1/proxy/nodes");
	}

	@Test
	void leavesOutTheNamespaceForAllNamespaces() {
		assertThat(get((request) -> request.namespace("").resource("pods"))).isEqualTo("GET /api/v1/pods");
	}

	@Test
	void writesTheResourceInLowerCase() {
		assertThat(get((request) -> request.resource("Pods"))).isEqualTo("GET /api/v1/pods");
	}

	@Test
	void keepsTheSlashAtTheEndOfAnAbsolutePath() {
		assertThat(get((request) -> request.absPath("/apis/"))).isEqualTo("GET /apis/");
		assertThat(get((request) -> request.absPath("/"))).isEqualTo("GET /");
		assertThat(get((request) -> request.absPath("apis", "apps", "v1"))).isEqualTo("GET /apis/apps/v1");
	}

	@Test
	void goesWhereTheServerPoints() {
		assertThat(
				get((request) -> request.param("gone", "1").requestUri("/openapi/v3/apis/apps/v1?hash=A%2FB%3D&b=c+d")))
			.isEqualTo("GET /openapi/v3/apis/apps/v1?hash=A%2FB%3D&b=c%20d");
		assertThat(get((request) -> request.requestUri("/version"))).isEqualTo("GET /version");
	}

	@ParameterizedTest
	@ValueSource(strings = { "version", "", "http://other/version", "/a/../b" })
	void refusesToGoWhereNoPathOfTheServerPoints(String uri) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.server.client().get().requestUri(uri));
	}

	@Test
	void encodesWhatAPathCannotHold() {
		assertThat(get((request) -> request.resource("clusterroles").name("system:a b?c#d")))
			.isEqualTo("GET /api/v1/clusterroles/system:a%20b%3Fc%23d");
	}

	@ParameterizedTest
	@CsvSource({ ".,may not be '.'", "..,may not be '..'", "a/b,may not contain '/'", "a%2fb,may not contain '%'" })
	void refusesSegmentsThatWouldLeadElsewhere(String segment, String reason) {
		Request request = this.server.client().get();

		assertThatIllegalArgumentException().isThrownBy(() -> request.namespace(segment))
			.withMessage("invalid namespace '%s': %s", segment, reason);
		assertThatIllegalArgumentException().isThrownBy(() -> request.resource(segment))
			.withMessage("invalid resource '%s': %s", segment, reason);
		assertThatIllegalArgumentException().isThrownBy(() -> request.name(segment))
			.withMessage("invalid resource name '%s': %s", segment, reason);
		assertThatIllegalArgumentException().isThrownBy(() -> request.subResource("proxy", segment))
			.withMessage("invalid subresource '%s': %s", segment, reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/../version", "..", "./x" })
	void refusesAbsolutePathsThatClimb(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.server.client().get().absPath(path));
	}

	@Test
	void refusesAnEmptyName() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.server.client().get().name(""))
			.withMessage("resource name may not be empty");
	}

	@Test
	void refusesToSetAPartTwice() {
		Request request = this.server.client().get().namespace("a").resource("pods").name("web").subResource("log");

		assertThatIllegalStateException().isThrownBy(() -> request.namespace("b"))
			.withMessage("namespace already set to 'a', cannot change to 'b'");
		assertThatIllegalStateException().isThrownBy(() -> request.resource("b"));
		assertThatIllegalStateException().isThrownBy(() -> request.name("b"));
		assertThatIllegalStateException().isThrownBy(() -> request.subResource("b"));
	}

	@Test
	void refusesAnEmptyNamespaceWhereOneIsNeeded() {
		RESTClient client = this.server.client();

		assertThatIllegalArgumentException()
			.isThrownBy(() -> client.post().namespace("").resource("pods").raw().block())
			.withMessage("an empty namespace may not be set during creation");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> client.get().namespace("").resource("pods").name("web").raw().block())
			.withMessage("an empty namespace may not be set when a resource name is provided");
		assertThat(this.server.server().getRequestCount()).isZero();
	}

	@Test
	void writesOnlyTheOptionsThatAreSet() {
		assertThat(get((request) -> request.resource("pods").versionedParams(ListOptions.builder().build())))
			.isEqualTo("GET /api/v1/pods");
		assertThat(get((request) -> request.resource("pods")
			.versionedParams(
					ListOptions.builder().labelSelector("").limit(0L).watch(false).allowWatchBookmarks(false).build())))
			.isEqualTo("GET /api/v1/pods");
	}

	@Test
	void writesOptionsWithTheirNamesOnTheWire() {
		ListOptions options = ListOptions.builder()
			.labelSelector("app=redis,tier in (a, b)")
			.fieldSelector("metadata.name!=x")
			.watch(true)
			.allowWatchBookmarks(true)
			.resourceVersion("0")
			.resourceVersionMatch("NotOlderThan")
			.timeoutSeconds(0L)
			.limit(500L)
			.continue_("abc==")
			.sendInitialEvents(false)
			.shardSelector("s")
			.build();

		assertThat(get((request) -> request.resource("pods").versionedParams(options)))
			.isEqualTo("GET /api/v1/pods?labelSelector=app%3Dredis%2Ctier%20in%20%28a%2C%20b%29"
					+ "&fieldSelector=metadata.name%21%3Dx&watch=true&allowWatchBookmarks=true&resourceVersion=0"
					+ "&resourceVersionMatch=NotOlderThan&timeoutSeconds=0&limit=500&continue=abc%3D%3D"
					+ "&sendInitialEvents=false&shardSelector=s");
		assertThat(get((request) -> request.versionedParams(GetOptions.builder().resourceVersion("7").build())))
			.isEqualTo("GET /api/v1?resourceVersion=7");
		assertThat(get((request) -> request.versionedParams(
				CreateOptions.builder().dryRun(List.of("All")).fieldManager("m").fieldValidation("Strict").build())))
			.isEqualTo("GET /api/v1?dryRun=All&fieldManager=m&fieldValidation=Strict");
		assertThat(get((request) -> request.versionedParams(UpdateOptions.builder().fieldManager("m").build())))
			.isEqualTo("GET /api/v1?fieldManager=m");
		assertThat(get((request) -> request.versionedParams(PatchOptions.builder().force(false).build())))
			.isEqualTo("GET /api/v1?force=false");
	}

	@Test
	void addsParametersToThoseThatAreThere() {
		assertThat(get((request) -> request.absPath("/x").param("command", "a b").param("command", "ü+")))
			.isEqualTo("GET /x?command=a%20b&command=%C3%BC%2B");
	}

}
